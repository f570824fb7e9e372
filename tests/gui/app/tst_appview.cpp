// SPDX-License-Identifier: GPL-3.0-or-later
// The App screen with a real web view and a session that the test plays.
#include "backends/projects/useerrors.h"
#include "tests/gui/app/fakesession.h"
#include "tests/gui/app/localserver.h"
#include "tests/support/samplefleet.h"
#include "tests/support/webfolders.h"
#include "widgets/chat/apptabbar.h"
#include "widgets/chat/appview.h"
#include "widgets/chat/chatpane.h"
#include "widgets/chat/conversationview.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/imageattachments.h"
#include "widgets/common/theme.h"
#include "widgets/preview/previewpage.h"
#include "widgets/preview/previewpane.h"
#include "widgets/preview/webhost.h"
#include "widgets/preview/webprobe.h"
#include "widgets/terminal/terminalpane.h"
#include "widgets/terminal/terminalscheme.h"

#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWebEngineProfile>
#include <QWebEngineView>

#include <memory>
#include <optional>

using namespace Flotilla;
using namespace Flotilla::Test;

class tst_AppView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HOME", m_home.path().toLocal8Bit()); // downloads go there
        qputenv("XDG_CONFIG_HOME", m_home.path().toLocal8Bit());
        TerminalScheme::registerScheme(); // before the first profile, as the program does it
        Theme::instance().install(*qApp);
    }
    void init();
    void cleanup() { m_view.reset(); }
    void restoresByTheKeyboardAlone();
    void typingSubmits();
    void showsTheApp();
    void emptyPageIsCalledEmpty();
    void errorsReachTheConsoleAndTheChat();
    void blocksAndCounts();
    void aPageThatIsKeptFromLeaving_data();
    void aPageThatIsKeptFromLeaving();
    void aPageThatWaitsIsLeftAlone();
    void fixingLeavesTheDraft();
    void resendingBringsTheDraftBack();
    void picturesWaitForTheirApp();
    void laterErrorsAreTold();
    void laterErrorsAreKept();
    void errorsOfAPageThatGoesDoNotCount();
    void aPageWithManyErrorsTellsAFew();
    void aNewSandboxMeansANewPage();
    void aPageThatEmptiesItselfIsTold();
    void aReloadThatFailsIsTold();
    void aVersionWithoutAPictureGetsOne();
    void whatAnotherProgramWakesIsShown();
    void aLostPageComesBackByItself();
    void answersOfAPageThatGoesAreDropped();
    void crashIsAPage();
    void noWebViewWithoutItsSandbox();
    void tabsByKeyboard();
    void pointsAtAnElement();
    void dialogsLeaveTheWindowFree_data();
    void dialogsLeaveTheWindowFree();
    void downloadsAreAsked_data();
    void downloadsAreAsked();
    void linksLeaveWithTheirAppsLeave();
    void opened(const QUrl &url) { m_opened.append(url); }
    void permissionsAreAsked_data();
    void permissionsAreAsked();
    void otherAddressesAreOutOfReach_data();
    void otherAddressesAreOutOfReach();
    void memoryIsShownWhileTheAppRuns();
    void whatHangsIsStartedAnew();
    void aBuildThatLastsOffersAnother();
    void aTerminalOpensInTheApp();

private:
    template <typename T>
    T *find(const char *name)
    {
        return m_view->findChild<T *>(QString::fromLatin1(name));
    }
    void showPage(const QByteArray &body);
    QString title() { return m_view->preview()->web()->view()->title(); }
    QTemporaryDir m_home;
    QList<QUrl> m_opened;

    void ready(qint64 revision = 1, int version = 0);
    QVariant script(const QString &code);
    LocalServer m_server;
    FakeSession *m_session = nullptr;
    std::unique_ptr<AppView> m_view;
};

void tst_AppView::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("asking again"))); // every load arrives the first time
    AppServices services;
    services.dataDir = Test::newWebFolder();
    m_session = new FakeSession;
    m_view = std::make_unique<AppView>(std::unique_ptr<ScreenSession>(m_session), services);
    m_view->resize(1300, 860);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    QApplication::setActiveWindow(m_view.get()); // there is no window manager under Xvfb
    m_session->files[0] = sampleFiles();
    m_view->openApp({QStringLiteral("harbour")});
    Q_EMIT m_session->summaryChanged(sampleApp());
    Q_EMIT m_session->conversationLoaded(sampleConversation());
    Q_EMIT m_session->versionsLoaded(sampleVersions(7, 4));
}

void tst_AppView::ready(qint64 revision, int version)
{
    PreviewStatus status;
    status.state = PreviewState::Ready;
    status.url = m_server.url();
    status.revision = revision;
    status.version = version;
    Q_EMIT m_session->previewChanged(status);
}

QVariant tst_AppView::script(const QString &code)
{
    const auto answer = std::make_shared<std::optional<QVariant>>(); // may come after the wait was given up
    m_view->preview()->web()->view()->page()->runJavaScript(code, [answer](const QVariant &value) { *answer = value; });
    [&] { QTRY_VERIFY(answer->has_value()); }();
    return answer->value_or(QVariant());
}

void tst_AppView::restoresByTheKeyboardAlone()
{
    auto *list = m_view->findChild<QListView *>(QStringLiteral("versionList"));
    QTRY_VERIFY(list->isVisible());
    list->setFocus(Qt::TabFocusReason);
    list->setCurrentIndex(list->model()->index(6, 0));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(list, Qt::Key_Left);
    QTest::keyClick(list, Qt::Key_Return);
    auto *restore = m_view->findChild<QPushButton *>(QStringLiteral("restoreButton"));
    QVERIFY(restore->isVisible());
    QTest::keyClick(list, Qt::Key_Tab);
    QVERIFY(restore->hasFocus());
    QTest::keyClick(restore, Qt::Key_Space);
    QCOMPARE(m_session->calls, QStringList{QStringLiteral("restore 4")});
    m_view->showTab(AppTabBar::Versions);
    auto *page = m_view->findChild<QListView *>(QStringLiteral("versionsPageList"));
    page->setFocus(Qt::TabFocusReason);
    page->setCurrentIndex(page->model()->index(1, 0));
    QContextMenuEvent key(QContextMenuEvent::Keyboard, QPoint(4, page->height() - 4), QPoint());
    QCoreApplication::sendEvent(page->viewport(), &key);
    auto *menu = m_view->findChild<QMenu *>(QStringLiteral("versionMenu"));
    QVERIFY(menu && menu->isVisible());
    menu->actions().at(2)->trigger();
    QCOMPARE(m_session->calls.last(), QStringLiteral("restore 6"));
    menu->close();
}

void tst_AppView::typingSubmits()
{
    auto *field = m_view->findChild<GrowingTextEdit *>(QStringLiteral("composerField"));
    QTest::keyClicks(field, QStringLiteral("warmer colours"));
    QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_session->wishes.size(), 1);
    QCOMPARE(m_session->wishes[0].prompt, QStringLiteral("warmer colours"));
    QVERIFY(field->toPlainText().isEmpty());
}

void tst_AppView::showsTheApp()
{
    QVERIFY(!m_view->preview()->web());
    m_server.setPage("<style>body{margin:0;background:#c8553d}</style><h1>Hello</h1>");
    ready();
    QVERIFY(m_view->preview()->web());
    QWidget *web = m_view->preview()->web()->view();
    QSignalSpy loaded(m_view->preview()->web(), &WebHost::loaded); // grabbed before the first frame it would stay white
    QVERIFY(loaded.wait(20000));
    QTRY_COMPARE_WITH_TIMEOUT(web->grab().toImage().pixelColor(web->width() / 2, web->height() - 40).name(),
                              QStringLiteral("#c8553d"), 10000);
    QCOMPARE(script(QStringLiteral("document.querySelector('h1').textContent")).toString(), QStringLiteral("Hello"));
    m_server.setPage("<h1>Second</h1>");
    ready(2);
    QTRY_COMPARE_WITH_TIMEOUT(script(QStringLiteral("document.querySelector('h1').textContent")).toString(),
                              QStringLiteral("Second"), 10000);
}

void tst_AppView::emptyPageIsCalledEmpty()
{
    m_server.setPage("<div id='root'></div>");
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->scene().title, QStringLiteral("The page is empty"), 10000);
    auto *chip = find<QAbstractButton>("appStateChip");
    QVERIFY2(chip->text().startsWith(QStringLiteral("Needs a look")), qPrintable(chip->text())); // green, but empty
    QTest::mouseClick(find<QPushButton>("previewStateButton"), Qt::LeftButton);
    QCOMPARE(m_session->wishes.size(), 1);
    m_server.setPage("<h1>Something</h1>");
    ready(2);
    QTRY_VERIFY2_WITH_TIMEOUT(chip->text().startsWith(QStringLiteral("Green")), qPrintable(chip->text()), 10000);
}

void tst_AppView::errorsReachTheConsoleAndTheChat()
{
    m_server.setPage("<h1>x</h1><script>undefined.map()</script>");
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->console()->problems(), 1, 10000);
    QVERIFY(m_view->preview()->console()->lastError().uncaught);
    m_view->showTab(AppTabBar::Console);
    QTest::mouseClick(m_view->findChild<QPushButton *>(QStringLiteral("consoleFixButton")), Qt::LeftButton);
    QVERIFY(m_session->wishes.value(0).prompt.contains(QStringLiteral("TypeError")));
}

void tst_AppView::blocksAndCounts()
{
    LocalServer other;
    m_server.setPage("<h1>x</h1><img src='" + other.url(QStringLiteral("other")).toEncoded() +
                     "'><img src='https://example.org/a.png'>");
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->blockedRequests(), 2, 10000);
    QCOMPARE(other.asked, QStringList());
    script(QStringLiteral("location.href = 'http://127.0.0.1:%1/'; 1").arg(other.serverPort()));
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->blockedRequests(), 3, 10000);
    QTRY_COMPARE_WITH_TIMEOUT(script(QStringLiteral("document.querySelector('h1')?.textContent")).toString(),
                              QStringLiteral("x"), 10000);
    QCOMPARE(other.asked, QStringList());
}

void tst_AppView::aPageThatIsKeptFromLeaving_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("at once") << QByteArray("<h1>x</h1><script>location.href = 'http://127.0.0.1:1/'</script><p>y");
    QTest::newRow("while a picture comes") << QByteArray(
        "<h1>x</h1><img src='slow'><script>setTimeout(() => location.href = 'http://127.0.0.1:1/')</script>");
}

/// The load stops and the page stays: it is not asked for again, which would lose what was typed in it.
void tst_AppView::aPageThatIsKeptFromLeaving()
{
    QFETCH(const QByteArray, body);
    m_server.setPage(body);
    const auto before = m_server.asked.count(QStringLiteral("/"));
    ready();
    auto *web = m_view->preview()->web();
    QSignalSpy loaded(web, &WebHost::loaded);
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->blockedRequests(), 1, 10000);
    QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, 10000);
    QCOMPARE(loaded[0], (QVariantList{true, false}));
    QVERIFY(!web->isLoading());
    QCOMPARE(m_server.asked.count(QStringLiteral("/")), before + 1);
}

/// A picture that never comes keeps the load from ending; the page is there, and what was typed in it stays.
void tst_AppView::aPageThatWaitsIsLeftAlone()
{
    m_server.setPage("<input id='name'><img src='/never'>");
    m_server.silent = {QStringLiteral("/never")};
    const auto before = m_server.asked.count(QStringLiteral("/"));
    auto *web = (ready(), m_view->preview()->web());
    QSignalSpy loaded(web, &WebHost::loaded);
    QTRY_VERIFY_WITH_TIMEOUT(m_server.asked.contains(QStringLiteral("/never")), 20000);
    script(QStringLiteral("document.querySelector('#name').value = 'Ada'; 1"));
    QTRY_VERIFY_WITH_TIMEOUT(!web->isLoading(), 10000);
    QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, 10000);
    QCOMPARE(loaded[0], (QVariantList{true, false}));
    QCOMPARE(script(QStringLiteral("document.querySelector('#name').value")).toString(), QStringLiteral("Ada"));
    QCOMPARE(m_server.asked.count(QStringLiteral("/")), before + 1);
    m_server.silent.clear();
}

void tst_AppView::fixingLeavesTheDraft()
{
    m_server.setPage("<div id='root'></div>");
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->scene().action, PreviewScene::Action::Fix, 10000);
    auto *field = find<GrowingTextEdit>("composerField");
    QTest::keyClicks(field, QStringLiteral("half a wish"));
    QTest::mouseClick(find<QPushButton>("previewStateButton"), Qt::LeftButton);
    QCOMPARE(m_session->wishes.size(), 1);
    QCOMPARE(field->toPlainText(), QStringLiteral("half a wish"));
}

void tst_AppView::resendingBringsTheDraftBack()
{
    QImage picture(20, 10, QImage::Format_RGB32);
    picture.fill(Qt::red);
    Message wish = userMessage(9, QStringLiteral("like this sketch"));
    wish.blocks.append(toImageBlock(picture));
    Q_EMIT m_session->conversationLoaded({wish});
    auto *field = find<GrowingTextEdit>("composerField");
    QTest::keyClicks(field, QStringLiteral("half a wish"));
    Q_EMIT find<ConversationView>("conversationView")->editMessage(9);
    QCOMPARE(field->toPlainText(), QStringLiteral("like this sketch"));
    QTest::keyClick(field, Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(m_session->calls.last(), QStringLiteral("edit 9"));
    QCOMPARE(m_session->wishes.last().images, (QList<ImageBlock>{toImageBlock(picture)}));
    QCOMPARE(field->toPlainText(), QStringLiteral("half a wish"));
    QCOMPARE(find<ImageAttachments>("composerImages")->count(), 0);
}

void tst_AppView::picturesWaitForTheirApp()
{
    QImage picture(20, 10, QImage::Format_RGB32);
    picture.fill(Qt::blue);
    auto *images = find<ImageAttachments>("composerImages");
    images->add({picture});
    m_view->openApp({QStringLiteral("another")});
    QCOMPARE(images->count(), 0);
    m_view->openApp({QStringLiteral("harbour")});
    QCOMPARE(images->count(), 1);
}

void tst_AppView::laterErrorsAreTold()
{
    m_server.setPage("<h1>x</h1><button id=b onclick='undefined.map()'>Go</button>"
                     "<button id=p onclick='Promise.reject(new Error(\"late\"))'>Wait</button>");
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(script(QStringLiteral("document.querySelector('h1')?.textContent")).toString(),
                              QStringLiteral("x"), 10000);
    auto *bar = find<QWidget>("previewTroubleBar");
    QVERIFY(!bar->isVisible());
    script(QStringLiteral("document.getElementById('b').click(); 1"));
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 10000);
    QVERIFY(find<QLabel>("troubleText")->text().contains(QStringLiteral("TypeError")));
    QVERIFY(m_view->preview()->scene().web); // the app stays in sight
    QTest::mouseClick(find<QPushButton>("troubleFixButton"), Qt::LeftButton);
    QVERIFY(m_session->wishes.value(0).prompt.contains(QStringLiteral("TypeError")));
    QTest::mouseClick(find<QToolButton>("troubleCloseButton"), Qt::LeftButton);
    QVERIFY(!bar->isVisible());
    script(QStringLiteral("document.getElementById('p').click(); 1"));
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 10000); // another error
    QVERIFY(find<QLabel>("troubleText")->text().contains(QStringLiteral("late")));
    ready(2);
    QVERIFY(!bar->isVisible());
}

void tst_AppView::laterErrorsAreKept()
{
    showPage("<button id=b onclick='undefined.map()'>Go</button>");
    script(QStringLiteral("document.getElementById('b').click(); 1"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("previewTroubleBar")->isVisible(), 10000);
    QCOMPARE(m_session->useErrors, QStringList()); // of a version that is not recorded yet
    ready(1, 7);
    QCOMPARE(m_session->useErrors.size(), 1);
    QVERIFY2(m_session->useErrors[0].startsWith(QStringLiteral("v7: Uncaught TypeError")),
             qPrintable(m_session->useErrors[0]));
    QVERIFY(m_session->useErrors[0].contains(QStringLiteral("(index.html:1)")));
    AppSummary app = sampleApp();
    app.useErrors = {QStringLiteral("Uncaught TypeError: x")};
    Q_EMIT m_session->summaryChanged(app);
    auto *chip = find<QAbstractButton>("appStateChip");
    QCOMPARE(chip->text(), QStringLiteral("Green, error while used · v7"));
    QTest::mouseClick(find<QPushButton>("appFixButton"), Qt::LeftButton);
    QVERIFY(m_session->wishes.value(0).prompt.endsWith(QStringLiteral("Uncaught TypeError: x")));
    Q_EMIT find<ConversationView>("conversationView")->fixRequested();
    QCOMPARE(m_session->wishes.size(), 2);
    app.turn = TurnState::Streaming;
    Q_EMIT m_session->summaryChanged(app);
    Q_EMIT find<ConversationView>("conversationView")->fixRequested();
    QCOMPARE(m_session->wishes.size(), 2); // a turn is at it
}

/// The page of the version before still runs while the new one is on its way.
void tst_AppView::errorsOfAPageThatGoesDoNotCount()
{
    showPage("<script>setInterval(() => { throw new Error('old') }, 1)</script>");
    m_server.setPage("<h1>new</h1>");
    ready(1, 6);
    QTRY_COMPARE_WITH_TIMEOUT(m_session->useErrors.size(), 1, 10000);
    QVERIFY(m_session->useErrors[0].startsWith(QStringLiteral("v6: ")));
    ready(2, 7);
    QTRY_COMPARE_WITH_TIMEOUT(script(QStringLiteral("document.querySelector('h1')?.textContent")).toString(),
                              QStringLiteral("new"), 20000);
    QCOMPARE(m_session->useErrors.size(), 1);
    QVERIFY(!find<QWidget>("previewTroubleBar")->isVisible());
    script(QStringLiteral("setTimeout(() => { throw new Error('fresh') }); 1"));
    QTRY_COMPARE_WITH_TIMEOUT(m_session->useErrors.size(), 2, 10000);
    QVERIFY(m_session->useErrors[1].startsWith(QStringLiteral("v7: Uncaught Error: fresh")));
}

void tst_AppView::aPageWithManyErrorsTellsAFew()
{
    showPage("<script>let n = 0; setInterval(() => { throw new Error('<b>' + n++ + 'x'.repeat(9000)) }, 5)</script>");
    ready(1, 7);
    QTRY_VERIFY_WITH_TIMEOUT(m_view->preview()->console()->problems() > 50, 20000);
    QCOMPARE(m_session->useErrors.size(), mostUseErrors);
    for (const QString &error : std::as_const(m_session->useErrors))
        QVERIFY(error.size() <= useErrorLength + QStringLiteral("v7: ").size());
}

/// The builds of a new sandbox are counted from the beginning.
void tst_AppView::aNewSandboxMeansANewPage()
{
    showPage({});
    PreviewStatus asleep;
    asleep.state = PreviewState::Stopped;
    Q_EMIT m_session->previewChanged(asleep);
    m_server.setPage("<h1>restored</h1>");
    ready(1, 8);
    QTRY_COMPARE_WITH_TIMEOUT(script(QStringLiteral("document.querySelector('h1')?.textContent")).toString(),
                              QStringLiteral("restored"), 20000);
}

void tst_AppView::aPageThatEmptiesItselfIsTold()
{
    showPage({});
    QVERIFY(m_view->preview()->scene().web);
    script(QStringLiteral("document.body.innerHTML = ''; 1"));
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->scene().title, QStringLiteral("The page is empty"), 10000);
    script(QStringLiteral("document.body.innerHTML = '<h1>back</h1>'; 1"));
    QTRY_VERIFY_WITH_TIMEOUT(m_view->preview()->scene().web, 10000);
}

/// The program with the gateway has ended; another one takes over.
void tst_AppView::aLostPageComesBackByItself()
{
    showPage({});
    const quint16 port = m_server.serverPort();
    m_server.close();
    m_view->preview()->reload();
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->scene().title, QStringLiteral("The page does not load"), 20000);
    QVERIFY(m_server.listen(QHostAddress::LocalHost, port));
    const auto shows = [this] {
        return m_view->preview()->scene().web &&
               script(QStringLiteral("document.querySelector('h1')?.textContent")).toString() == QLatin1String("x");
    };
    QVERIFY(QTest::qWaitFor(shows, 20000));
}

void tst_AppView::whatAnotherProgramWakesIsShown()
{
    PreviewStatus asleep;
    asleep.state = PreviewState::Stopped;
    AppSummary app = sampleApp();
    app.running = true;
    Q_EMIT m_session->summaryChanged(app);
    Q_EMIT m_session->previewChanged(asleep);
    QVERIFY(!m_session->calls.contains(QStringLiteral("wake"))); // it has just fallen asleep
    app.running = false;
    Q_EMIT m_session->summaryChanged(app);
    QVERIFY(!m_session->calls.contains(QStringLiteral("wake")));
    app.running = true;
    Q_EMIT m_session->summaryChanged(app);
    QCOMPARE(m_session->calls.count(QStringLiteral("wake")), 1);
}

void tst_AppView::aVersionWithoutAPictureGetsOne()
{
    m_server.setPage("<h1>made elsewhere</h1>");
    ready(1, 7);
    QTRY_VERIFY_WITH_TIMEOUT(m_session->kept.contains(7), 20000);
    const QImage picture = QImage::fromData(m_session->kept.value(7));
    QVERIFY(picture.width() > 300 && picture.width() <= 640);
    Q_EMIT m_session->thumbnailLoaded(6, sampleThumbnail(1)); // that one has a picture
    ready(2, 6);
    QSignalSpy taken(m_view->preview(), &PreviewPane::pictureTaken);
    QTRY_VERIFY_WITH_TIMEOUT(!taken.isEmpty() && taken.last()[0].toInt() == 6, 20000);
    QVERIFY(!m_session->kept.contains(6));
}

void tst_AppView::aReloadThatFailsIsTold()
{
    showPage({});
    const quint16 port = m_server.serverPort();
    m_server.close();
    m_view->preview()->reload();
    QTRY_COMPARE_WITH_TIMEOUT(m_view->preview()->scene().title, QStringLiteral("The page does not load"), 20000);
    QCOMPARE(m_view->preview()->scene().action, PreviewScene::Action::Reload);
    QVERIFY(m_server.listen(QHostAddress::LocalHost, port));
    QTest::mouseClick(find<QPushButton>("previewStateButton"), Qt::LeftButton);
    const auto shows = [this] { // asked once a time: the engine may load a page again that had failed
        return script(QStringLiteral("document.querySelector('h1')?.textContent")).toString() == QLatin1String("x");
    };
    QVERIFY(QTest::qWaitFor(shows, 30000));
}

/// The engine answers from the destructor of its page, when the view that asked is no more.
void tst_AppView::answersOfAPageThatGoesAreDropped()
{
    QWebEngineProfile profile;
    auto page = std::make_unique<PreviewPage>(&profile);
    QSignalSpy loaded(page.get(), &QWebEnginePage::loadFinished);
    m_server.setPage("<p>x");
    page->open(m_server.url());
    QVERIFY(loaded.wait(20000));
    QVariantList answers;
    page->evaluate(QStringLiteral("1 + 1"), [&answers](const QVariant &value) { answers.append(value); });
    QTRY_COMPARE(answers, QVariantList{2});
    page->evaluate(QStringLiteral("2 + 2"), [&answers](const QVariant &value) { answers.append(value); });
    page.reset();
    QCOMPARE(answers, QVariantList{2});
}

void tst_AppView::crashIsAPage()
{
    m_server.setPage("<h1>x</h1>");
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(script(QStringLiteral("document.querySelector('h1')?.textContent")).toString(),
                              QStringLiteral("x"), 10000);
    m_view->preview()->web()->view()->page()->load(QUrl(QStringLiteral("chrome://crash")));
    QTRY_VERIFY_WITH_TIMEOUT(!m_view->preview()->scene().web, 10000);
    QCOMPARE(m_view->preview()->scene().title, QStringLiteral("The page crashed"));
    QTest::mouseClick(m_view->findChild<QPushButton *>(QStringLiteral("previewStateButton")), Qt::LeftButton);
    QVERIFY(m_view->preview()->scene().web);
}

void tst_AppView::noWebViewWithoutItsSandbox()
{
    AppServices services;
    services.webViewProblem = QStringLiteral("No web view as administrator.");
    auto *session = new FakeSession;
    AppView view(std::unique_ptr<ScreenSession>(session), services);
    view.show();
    view.openApp({QStringLiteral("harbour")});
    PreviewStatus status;
    status.state = PreviewState::Ready;
    status.url = m_server.url();
    Q_EMIT session->previewChanged(status);
    QVERIFY(!view.preview()->web());
    QCOMPARE(view.preview()->scene().action, PreviewScene::Action::OpenInBrowser);
}

void tst_AppView::tabsByKeyboard()
{
    QTest::keyClick(m_view.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(m_view->tabs()->current(), AppTabBar::Code);
    QSignalSpy back(m_view.get(), &AppView::backRequested);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QCOMPARE(m_view->tabs()->current(), AppTabBar::Preview);
    QCOMPARE(back.size(), 0);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QCOMPARE(back.size(), 1);
}

void tst_AppView::pointsAtAnElement()
{
    m_server.setPage("<style>body{margin:0}h1{margin:0;height:200px}</style><h1>Pick me</h1>");
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(script(QStringLiteral("document.querySelector('h1')?.textContent")).toString(),
                              QStringLiteral("Pick me"), 10000);
    QSignalSpy picked(m_view->preview(), &PreviewPane::picked);
    m_view->preview()->startPicking();
    QTest::qWait(200);
    script(QStringLiteral("document.querySelector('h1').dispatchEvent(new MouseEvent('click', {bubbles: true, "
                          "cancelable: true, clientX: 50, clientY: 50})); 1"));
    QTRY_COMPARE_WITH_TIMEOUT(picked.size(), 1, 5000);
    QVERIFY(picked[0][0].value<PickedElement>().selector.contains(QStringLiteral("h1")));
}

void tst_AppView::showPage(const QByteArray &body)
{
    m_server.setPage("<h1>x</h1>" + body);
    ready();
    QSignalSpy loaded(m_view->preview()->web(), &WebHost::loaded);
    QVERIFY(loaded.wait(20000));
}

void tst_AppView::dialogsLeaveTheWindowFree_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("expected");
    const QString yes = QStringLiteral("askYesButton");
    const QString no = QStringLiteral("askNoButton");
    QTest::newRow("confirm yes") << QStringLiteral("confirm('Sure?')") << yes << QStringLiteral("true");
    QTest::newRow("confirm no") << QStringLiteral("confirm('Sure?')") << no << QStringLiteral("false");
    QTest::newRow("prompt") << QStringLiteral("prompt('Name?', 'moss')") << yes << QStringLiteral("moss");
    QTest::newRow("prompt no") << QStringLiteral("prompt('Name?', 'moss')") << no << QStringLiteral("null");
    QTest::newRow("alert") << QStringLiteral("alert('Hello')") << yes << QStringLiteral("undefined");
}

void tst_AppView::dialogsLeaveTheWindowFree()
{
    QFETCH(QString, code);
    QFETCH(QString, button);
    QFETCH(QString, expected);
    showPage({});
    script(QStringLiteral("setTimeout(() => { document.title = 'said ' + %1 }, 0); 1").arg(code));
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("askYesButton")->isVisible(), 10000);
    auto *field = find<GrowingTextEdit>("composerField");
    field->setFocus();
    QTest::keyClicks(field, QStringLiteral("still free"));
    QCOMPARE(field->toPlainText(), QStringLiteral("still free"));
    LocalServer other;
    other.setPage("<h1>Other</h1>");
    WebProbe probe;
    const Future<ProbeReport> probed = probe.probe(other.url());
    QTRY_VERIFY_WITH_TIMEOUT(probed.isFinished(), 20000);
    QVERIFY(probed.result()->loaded); // the engine still shows other pages
    QTest::mouseClick(find<QPushButton>(qPrintable(button)), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("said ") + expected, 10000);
    QVERIFY(!find<QWidget>("previewAskBar")->isVisible());
    QVERIFY(!QApplication::activeModalWidget());
}

void tst_AppView::downloadsAreAsked_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<bool>("kept");
    QTest::newRow("yes") << QStringLiteral("askYesButton") << true;
    QTest::newRow("no") << QStringLiteral("askNoButton") << false;
}

void tst_AppView::downloadsAreAsked()
{
    QFETCH(QString, button);
    QFETCH(bool, kept);
    const QString name = QStringLiteral("report-%1.txt").arg(kept);
    showPage("<a id=d download='" + name.toUtf8() + "' href='data:text/plain,figures'>Save</a>");
    script(QStringLiteral("document.getElementById('d').click(); 1"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("previewAskBar")->isVisible(), 10000);
    QVERIFY(find<QLabel>("askText")->text().contains(name));
    const QString target = m_home.path() + QStringLiteral("/Downloads/") + name;
    QVERIFY(!QFile::exists(target));
    QTest::mouseClick(find<QPushButton>(qPrintable(button)), Qt::LeftButton);
    QVERIFY(!find<QWidget>("previewAskBar")->isVisible());
    QFile file(target);
    if (!kept) {
        QTest::qWait(300);
        QVERIFY(!file.exists());
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(file.exists(), 10000);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("figures"));
}

void tst_AppView::linksLeaveWithTheirAppsLeave()
{
    m_opened.clear();
    QDesktopServices::setUrlHandler(QStringLiteral("https"), this, "opened");
    const auto unset = qScopeGuard([] { QDesktopServices::unsetUrlHandler(QStringLiteral("https")); });
    showPage("<a id=l href='https://example.org/?all=secrets'>Read more</a>");
    const auto *bar = find<QWidget>("previewAskBar");
    const auto follow = [this] { script(QStringLiteral("document.getElementById('l').click(); 1")); };
    follow();
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(m_opened.size(), 0);
    QTest::mouseClick(find<QPushButton>("askYesButton"), Qt::LeftButton);
    QCOMPARE(m_opened.size(), 1);
    follow(); // too soon to be a person
    QTRY_VERIFY(bar->isVisible());
    QTest::mouseClick(find<QPushButton>("askNoButton"), Qt::LeftButton);
    m_view->preview()->reset(); // another app
    showPage("<a id=l href='https://example.org/?all=secrets'>Read more</a>");
    follow();
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(m_opened.size(), 1);
}

void tst_AppView::permissionsAreAsked_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("expected");
    const QString notify = QStringLiteral("Notification.requestPermission().then(p => document.title = 'got ' + p)");
    const QString place = QStringLiteral("navigator.geolocation.getCurrentPosition(() => document.title = 'got it', "
                                         "e => document.title = 'got error ' + e.code)");
    const QString yes = QStringLiteral("askYesButton");
    const QString no = QStringLiteral("askNoButton");
    QTest::newRow("notifications") << notify << QStringLiteral("notifications") << yes << QStringLiteral("granted");
    QTest::newRow("no notifications") << notify << QStringLiteral("notifications") << no << QStringLiteral("denied");
    QTest::newRow("no place") << place << QStringLiteral("where you are") << no << QStringLiteral("error 1");
}

void tst_AppView::permissionsAreAsked()
{
    QFETCH(QString, code);
    QFETCH(QString, question);
    QFETCH(QString, button);
    QFETCH(QString, expected);
    showPage({});
    script(code + QStringLiteral("; 1"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("previewAskBar")->isVisible(), 10000);
    QVERIFY2(find<QLabel>("askText")->text().contains(question), qPrintable(find<QLabel>("askText")->text()));
    QTest::mouseClick(find<QPushButton>(qPrintable(button)), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("got ") + expected, 10000);
}

void tst_AppView::otherAddressesAreOutOfReach_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<bool>("counted"); // else the engine refuses before anybody is asked
    const auto row = [](const char *name, const QString &code, bool counted = true) {
        QTest::newRow(name) << code << counted;
    };
    const QString fetch = QStringLiteral("fetch('%1', {mode: 'no-cors'})");
    row("another loopback port", fetch.arg(QStringLiteral("http://127.0.0.1:PORT/")));
    row("by name", fetch.arg(QStringLiteral("http://localhost:PORT/")));
    row("another app", fetch.arg(QStringLiteral("http://other.localhost:PORT/")));
    row("as IPv6", fetch.arg(QStringLiteral("http://[::1]:PORT/")));
    row("as mapped IPv6", fetch.arg(QStringLiteral("http://[::ffff:127.0.0.1]:PORT/")));
    row("as a number", fetch.arg(QStringLiteral("http://2130706433:PORT/")));
    row("zero", fetch.arg(QStringLiteral("http://0.0.0.0:PORT/")));
    row("10/8", fetch.arg(QStringLiteral("http://10.0.0.1/")));
    row("192.168/16", fetch.arg(QStringLiteral("http://192.168.1.1/")));
    row("link-local", fetch.arg(QStringLiteral("http://169.254.169.254/latest/meta-data")));
    row("the internet", fetch.arg(QStringLiteral("https://example.org/")));
    row("file", fetch.arg(QStringLiteral("file:///etc/passwd")), false);
    row("WebSocket", QStringLiteral("new Promise((ok, bad) => { const s = new WebSocket('ws://127.0.0.1:PORT/'); "
                                    "s.onopen = ok; s.onerror = bad; })"));
    row("events", QStringLiteral("new Promise((ok, bad) => { const s = new EventSource('http://127.0.0.1:PORT/'); "
                                 "s.onopen = ok; s.onerror = bad; })"));
    row("image", QStringLiteral("new Promise((ok, bad) => { const i = new Image(); i.onload = ok; i.onerror = bad; "
                                "i.src = 'http://127.0.0.1:PORT/'; })"));
    row("worker", QStringLiteral("new Promise((ok, bad) => { const w = new Worker(URL.createObjectURL(new Blob(["
                                 "\"fetch('http://127.0.0.1:PORT/', {mode: 'no-cors'}).then(() => postMessage(1), () "
                                 "=> postMessage(0))\"]))); w.onmessage = e => e.data ? ok() : bad(); })"));
}

void tst_AppView::otherAddressesAreOutOfReach()
{
    QFETCH(QString, code);
    QFETCH(bool, counted);
    LocalServer other;
    showPage({});
    code.replace(QStringLiteral("PORT"), QString::number(other.serverPort()));
    script(QStringLiteral("%1.then(() => document.title = 'ended reached', () => document.title = 'ended blocked'); 1")
               .arg(code));
    QTRY_VERIFY_WITH_TIMEOUT(title().startsWith(QStringLiteral("ended")), 10000);
    QCOMPARE(title(), QStringLiteral("ended blocked"));
    QCOMPARE(other.asked, QStringList());
    if (counted)
        QTRY_VERIFY(m_view->preview()->blockedRequests() > 0);
}

void tst_AppView::memoryIsShownWhileTheAppRuns()
{
    int asked = 0;
    AppServices services;
    services.metrics = [&asked](const AppId &id) {
        ++asked;
        SandboxMetrics metrics;
        metrics.memoryBytes = id.value == QStringLiteral("harbour") ? 61'000'000 : 0;
        return readyFuture<SandboxMetrics>(metrics);
    };
    auto *session = new FakeSession;
    AppView view(std::unique_ptr<ScreenSession>(session), services);
    view.openApp({QStringLiteral("harbour")});
    AppSummary app = sampleApp();
    app.running = true;
    Q_EMIT session->summaryChanged(app);
    view.show();
    auto *place = view.findChild<QAbstractButton *>(QStringLiteral("appPlaceChip"));
    QTRY_VERIFY2(place->text().contains(QStringLiteral("MB")), qPrintable(place->text()));
    app.running = false;
    Q_EMIT session->summaryChanged(app);
    QTRY_VERIFY(place->text().contains(QStringLiteral("asleep")));
    view.hide();
    const int before = asked;
    QTest::qWait(2500);
    QCOMPARE(asked, before); // nobody looks
}

/// "Try again" takes another sandbox where one runs that did not answer.
void tst_AppView::whatHangsIsStartedAnew()
{
    for (const bool running : {true, false}) {
        m_session->calls.clear();
        AppSummary app = sampleApp();
        app.running = running;
        Q_EMIT m_session->summaryChanged(app);
        PreviewStatus status;
        status.state = PreviewState::Failed;
        status.text = QStringLiteral("The sandbox did not answer in time.");
        Q_EMIT m_session->previewChanged(status);
        QTest::mouseClick(find<QPushButton>("previewStateButton"), Qt::LeftButton);
        QCOMPARE(m_session->calls.count(running ? QStringLiteral("restart") : QStringLiteral("wake")), 1);
        QVERIFY(!m_session->calls.contains(running ? QStringLiteral("wake") : QStringLiteral("restart")));
        Q_EMIT m_session->previewChanged({});
    }
}

/// A build that lasts may wait for a sandbox that never answers.
void tst_AppView::aBuildThatLastsOffersAnother()
{
    AppSummary app = sampleApp();
    app.running = true;
    Q_EMIT m_session->summaryChanged(app);
    find<QTimer>("slowBuildQTimer")->setInterval(0);
    PreviewStatus status;
    status.state = PreviewState::Building;
    Q_EMIT m_session->previewChanged(status);
    auto *button = find<QPushButton>("previewStateButton");
    QTRY_VERIFY(button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(m_session->calls.count(QStringLiteral("restart")), 1);
    status.state = PreviewState::Starting;
    Q_EMIT m_session->previewChanged(status);
    QVERIFY(!button->isVisible());
}

void tst_AppView::aTerminalOpensInTheApp()
{
    AppSummary app = sampleApp();
    app.running = false;
    Q_EMIT m_session->summaryChanged(app);
    AppId opened;
    m_view->setOpenShell([&opened](const AppId &id, int, int) {
        opened = id;
        return readyFuture<SandboxTerminalHandle>(sampleTerminal("bash-5.2$ "));
    });
    auto *pane = m_view->findChild<TerminalPane *>(QStringLiteral("terminalPane"));
    QTest::keyClick(m_view.get(), Qt::Key_6, Qt::ControlModifier);
    QVERIFY(pane->isVisible());
    QCOMPARE(pane->state(), TerminalPane::State::Asleep);
    QTest::mouseClick(pane->findChild<QPushButton *>(QStringLiteral("emptyActionQPushButton")), Qt::LeftButton);
    QVERIFY(m_session->calls.contains(QStringLiteral("wake")));
    app.running = true;
    Q_EMIT m_session->summaryChanged(app);
    QTRY_COMPARE_WITH_TIMEOUT(pane->state(), TerminalPane::State::Open, 30000);
    QCOMPARE(opened, app.id);
}

QTEST_MAIN(tst_AppView)
#include "tst_appview.moc"
