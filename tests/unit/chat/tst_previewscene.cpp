// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/previewscene.h"

#include <QTest>

using namespace Flotilla;
using Action = PreviewScene::Action;

class tst_PreviewScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasWords_data();
    void everyStateHasWords();
    void anErrorIsSaidOnce();
    void aLongBuildCanBeTriedAgain();
    void whatEndedByItselfIsNotAsleep();
    void readyShowsTheApp();
    void readyButBroken();
    void readyButLate();
    void readyButHung();
    void readyWithAnErrorOfTheServer();
};

void tst_PreviewScene::everyStateHasWords_data()
{
    QTest::addColumn<PreviewState>("state");
    QTest::addColumn<Action>("action");
    QTest::addColumn<Action>("second");
    QTest::newRow("nothing") << PreviewState::Nothing << Action::None << Action::None;
    QTest::newRow("starting") << PreviewState::Starting << Action::None << Action::None;
    QTest::newRow("building") << PreviewState::Building << Action::None << Action::None;
    QTest::newRow("build error") << PreviewState::BuildError << Action::Fix << Action::GoToGood;
    QTest::newRow("crashed") << PreviewState::Crashed << Action::Fix << Action::GoToGood;
    QTest::newRow("empty") << PreviewState::Empty << Action::Fix << Action::GoToGood;
    QTest::newRow("stopped") << PreviewState::Stopped << Action::Wake << Action::None;
    QTest::newRow("failed") << PreviewState::Failed << Action::TryAgain << Action::None;
}

void tst_PreviewScene::everyStateHasWords()
{
    QFETCH(PreviewState, state);
    PreviewStatus status;
    status.state = state;
    PreviewFacts facts;
    facts.lastGreen = 3;
    const PreviewScene scene = sceneFor(status, facts);
    QVERIFY(!scene.web);
    QVERIFY(!scene.title.isEmpty());
    QVERIFY(scene.busy || !scene.icon.isEmpty());
    QTEST(scene.action, "action");
    QTEST(scene.second, "second");
    facts.turnRunning = true;
    QVERIFY(sceneFor(status, facts).action != Action::Fix);
    const bool over = state == PreviewState::Stopped || state == PreviewState::Failed;
    QCOMPARE(sceneFor(status, facts).second == Action::Stop, !over);
}

void tst_PreviewScene::anErrorIsSaidOnce()
{
    PreviewStatus status;
    status.state = PreviewState::BuildError;
    status.text = QStringLiteral("The app does not build: Unexpected in src/App.tsx:4.");
    QCOMPARE(sceneFor(status, {}).text, status.text);
    const QString title = sceneFor(status, {}).title; // no line of it: then its server does not come up
    Diagnostic diagnostic;
    diagnostic.text = QStringLiteral("Unexpected");
    status.diagnostics = {diagnostic};
    QVERIFY(!sceneFor(status, {}).text.contains(diagnostic.text));
    QVERIFY(sceneFor(status, {}).title != title);
}

void tst_PreviewScene::aLongBuildCanBeTriedAgain()
{
    PreviewStatus status;
    status.state = PreviewState::Building;
    PreviewFacts facts;
    facts.slow = true;
    QCOMPARE(sceneFor(status, facts).action, Action::TryAgain);
    facts.turnRunning = true;
    QCOMPARE(sceneFor(status, facts).action, Action::None); // Stop comes first
    QCOMPARE(sceneFor(status, facts).second, Action::Stop);
}

void tst_PreviewScene::whatEndedByItselfIsNotAsleep()
{
    PreviewStatus status;
    status.state = PreviewState::Stopped;
    QVERIFY(sceneFor(status, {}).title.contains(QLatin1String("asleep")));
    status.text = QStringLiteral("Its host cannot be reached.");
    QVERIFY(!sceneFor(status, {}).title.contains(QLatin1String("asleep")));
    QCOMPARE(sceneFor(status, {}).text, status.text);
    QCOMPARE(sceneFor(status, {}).action, Action::Wake);
}

void tst_PreviewScene::readyShowsTheApp()
{
    PreviewStatus status;
    status.state = PreviewState::Ready;
    QVERIFY(!sceneFor(status, {}).web);
    QVERIFY(!sceneFor(status, {}).title.isEmpty());
    status.url = QUrl(QStringLiteral("http://abc.localhost:1/"));
    QVERIFY(sceneFor(status, {}).web);
}

void tst_PreviewScene::readyButBroken()
{
    PreviewStatus status;
    status.state = PreviewState::Ready;
    status.url = QUrl(QStringLiteral("http://abc.localhost:1/"));
    PreviewFacts facts;
    facts.pageBlank = true;
    QCOMPARE(sceneFor(status, facts).second, Action::ShowAnyway);
    facts.showAnyway = true;
    QVERIFY(sceneFor(status, facts).web);
    QCOMPARE(seenState(status, facts), PreviewState::Empty);
    facts.pageLost = true;
    QCOMPARE(sceneFor(status, facts).action, Action::Reload);
    QCOMPARE(seenState(status, facts), PreviewState::Failed);
    facts.pageCrashed = true;
    QCOMPARE(sceneFor(status, facts).action, Action::Reload);
    QCOMPARE(seenState(status, facts), PreviewState::Crashed);
    facts.webViewProblem = QStringLiteral("no web view as root");
    QCOMPARE(sceneFor(status, facts).action, Action::OpenInBrowser);
    QCOMPARE(sceneFor(status, facts).text, facts.webViewProblem);
}

namespace {
PreviewStatus shown()
{
    PreviewStatus status;
    status.state = PreviewState::Ready;
    status.url = QUrl(QStringLiteral("http://abc.localhost:1/"));
    return status;
}
} // namespace

void tst_PreviewScene::readyButLate()
{
    PreviewFacts facts;
    facts.pageBlank = facts.pageComing = true;
    QVERIFY(sceneFor(shown(), facts).busy);
    QCOMPARE(sceneFor(shown(), facts).action, Action::ShowAnyway);
    QCOMPARE(seenState(shown(), facts), PreviewState::Ready);
    facts.pageComing = false;
    QCOMPARE(seenState(shown(), facts), PreviewState::Empty);
}

void tst_PreviewScene::readyButHung()
{
    PreviewFacts facts;
    facts.pageHung = true;
    QCOMPARE(sceneFor(shown(), facts).action, Action::Reload);
    QCOMPARE(sceneFor(shown(), facts).second, Action::Fix);
    QCOMPARE(seenState(shown(), facts), PreviewState::Failed);
    facts.turnRunning = true;
    QCOMPARE(sceneFor(shown(), facts).action, Action::Reload);
    QCOMPARE(sceneFor(shown(), facts).second, Action::None);
}

void tst_PreviewScene::readyWithAnErrorOfTheServer()
{
    PreviewFacts facts;
    facts.pageStatus = 500;
    QVERIFY(sceneFor(shown(), facts).text.contains(QLatin1String("500")));
    QCOMPARE(sceneFor(shown(), facts).action, Action::Fix);
    QCOMPARE(sceneFor(shown(), facts).second, Action::ShowAnyway);
    facts.showAnyway = true;
    QVERIFY(sceneFor(shown(), facts).web);
    QCOMPARE(seenState(shown(), facts), PreviewState::Failed);
}

QTEST_APPLESS_MAIN(tst_PreviewScene)
#include "tst_previewscene.moc"
