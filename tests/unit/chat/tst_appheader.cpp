// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/appheader.h"
#include "widgets/common/tokens.h"

#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Flotilla;

class TestAppHeader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chipNeverContradictsThePreview_data()
    {
        QTest::addColumn<bool>("green");
        QTest::addColumn<PreviewState>("preview");
        QTest::addColumn<bool>("fine");
        QTest::newRow("ready") << true << PreviewState::Ready << true;
        QTest::newRow("asleep") << true << PreviewState::Stopped << true;
        QTest::newRow("building") << true << PreviewState::Building << true;
        QTest::newRow("build error") << true << PreviewState::BuildError << false;
        QTest::newRow("crashed") << true << PreviewState::Crashed << false;
        QTest::newRow("empty") << true << PreviewState::Empty << false;
        QTest::newRow("failed") << true << PreviewState::Failed << false;
        QTest::newRow("red") << false << PreviewState::Ready << false;
    }
    void chipNeverContradictsThePreview()
    {
        QFETCH(bool, green);
        QFETCH(PreviewState, preview);
        QFETCH(bool, fine);
        AppSummary app;
        app.version = 3;
        app.green = green;
        app.problem = green ? QString() : QStringLiteral("does not build");
        QCOMPARE(AppHeader::statusOf(app, preview) == StatusKind::Live, fine);
        QCOMPARE(AppHeader::stateText(app, preview).startsWith(QLatin1String("Green")), fine);
    }

    void whatWasStoppedIsNoFailure()
    {
        AppSummary app;
        app.version = 2;
        QCOMPARE(AppHeader::statusOf(app, PreviewState::Ready), StatusKind::Idle);
        QCOMPARE(AppHeader::stateText(app, PreviewState::Ready), QStringLiteral("Stopped · v2"));
        QCOMPARE(AppHeader::statusOf(app, PreviewState::Crashed), StatusKind::Failed);
        QCOMPARE(AppHeader::stateText(app, PreviewState::Crashed), QStringLiteral("Needs a look · v2"));
    }

    void anErrorWhileUsedIsNeverSimplyGreen()
    {
        AppSummary app;
        app.version = 3;
        app.green = true;
        app.useErrors = {QStringLiteral("Uncaught <b>Error</b>")};
        QCOMPARE(AppHeader::statusOf(app, PreviewState::Ready), StatusKind::Partial);
        QCOMPARE(AppHeader::stateText(app, PreviewState::Ready), QStringLiteral("Green, error while used · v3"));
        QCOMPARE(AppHeader::statusOf(app, PreviewState::BuildError), StatusKind::Failed);
        AppHeader header;
        header.setSummary(app);
        auto *fix = header.findChild<QPushButton *>(QStringLiteral("appFixButton"));
        QVERIFY(fix->isVisibleTo(&header));
        QCOMPARE(header.findChild<QWidget *>(QStringLiteral("appStateChip"))->toolTip(), app.useErrors.first());
        QSignalSpy asked(&header, &AppHeader::fixRequested);
        fix->click();
        QCOMPARE(asked.count(), 1);
        app.turn = TurnState::Streaming;
        header.setSummary(app);
        QVERIFY(!fix->isVisibleTo(&header));
        app.turn = TurnState::Idle;
        app.useErrors.clear();
        header.setSummary(app);
        QVERIFY(!fix->isVisibleTo(&header));
    }

    void whatMayBeSharedIsInTheMenuWhereThereIsNoRoom()
    {
        AppHeader header;
        const auto shared = [&header](const char *menu) {
            QStringList names;
            for (const QAction *action : header.findChild<QMenu *>(QLatin1String(menu))->actions())
                names.append(action->text());
            return names.contains(QStringLiteral("Copy link")) && names.contains(QStringLiteral("Export as zip…"));
        };
        const auto *share = header.findChild<QPushButton *>(QStringLiteral("appShareButton"));
        header.resize(1380, 48);
        header.show();
        QVERIFY(share->isVisible());
        header.resize(960, 48);
        QVERIFY(!share->isVisible());
        QVERIFY(shared("appShareMenu") && shared("appMenu"));
        QSignalSpy copied(&header, &AppHeader::copyLinkRequested);
        header.findChild<QMenu *>(QStringLiteral("appShareMenu"))->actions().first()->trigger();
        QCOMPARE(copied.size(), 1);
    }

    void theTitleHasTheRoomThatThereIs()
    {
        AppSummary app;
        app.title = QStringLiteral("Harbour habits of the whole family in the rain");
        app.version = 3;
        app.green = app.running = true;
        app.cost = 0.31;
        AppHeader header;
        const auto *title = header.findChild<QPushButton *>(QStringLiteral("appTitleButton"));
        const auto *cost = header.findChild<QWidget *>(QStringLiteral("appCostLabel"));
        header.resize(1380, 48);
        header.setSummary(app);
        header.show();
        QVERIFY(QTest::qWaitForWindowExposed(&header));
        QCOMPARE(title->text(), app.title);
        QVERIFY(cost->isVisible());
        app.useErrors = {QStringLiteral("Uncaught Error")};
        header.setSummary(app);
        header.resize(824, 48); // the window at its smallest
        QVERIFY(title->text().endsWith(QChar(0x2026)));
        QVERIFY(title->text().size() > 12);
        QTRY_VERIFY(title->width() >= title->sizeHint().width()); // its end is seen
    }
};

QTEST_MAIN(TestAppHeader)
#include "tst_appheader.moc"
