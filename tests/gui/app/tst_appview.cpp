// SPDX-License-Identifier: GPL-3.0-or-later
// The App screen with a real web view and a session that the test plays.
#include "tests/gui/app/fakesession.h"
#include "tests/gui/app/localserver.h"
#include "widgets/chat/apptabbar.h"
#include "widgets/chat/appview.h"
#include "widgets/chat/chatpane.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/theme.h"
#include "widgets/preview/previewpane.h"
#include "widgets/preview/webhost.h"

#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEngineView>

#include <memory>
#include <optional>

using namespace Flotilla;
using namespace Flotilla::Test;

class tst_AppView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::instance().install(*qApp); }
    void init();
    void cleanup() { m_view.reset(); }
    void typingSubmits();
    void showsTheApp();
    void emptyPageIsCalledEmpty();
    void errorsReachTheConsoleAndTheChat();
    void blocksAndCounts();
    void crashIsAPage();
    void noWebViewWithoutItsSandbox();
    void tabsByKeyboard();
    void pointsAtAnElement();

private:
    void ready(qint64 revision = 1);
    QVariant script(const QString &code);
    LocalServer m_server;
    std::unique_ptr<QTemporaryDir> m_dir;
    FakeSession *m_session = nullptr;
    std::unique_ptr<AppView> m_view;
};

void tst_AppView::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("asking again"))); // every load arrives the first time
    AppServices services;
    m_dir = std::make_unique<QTemporaryDir>(); // a profile ends some time after its view: never two on one folder
    services.dataDir = m_dir->path();
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

void tst_AppView::ready(qint64 revision)
{
    PreviewStatus status;
    status.state = PreviewState::Ready;
    status.url = m_server.url();
    status.revision = revision;
    Q_EMIT m_session->previewChanged(status);
}

QVariant tst_AppView::script(const QString &code)
{
    const auto answer = std::make_shared<std::optional<QVariant>>(); // may come after the wait was given up
    m_view->preview()->web()->view()->page()->runJavaScript(code, [answer](const QVariant &value) { *answer = value; });
    [&] { QTRY_VERIFY(answer->has_value()); }();
    return answer->value_or(QVariant());
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
    QTest::mouseClick(m_view->findChild<QPushButton *>(QStringLiteral("previewStateButton")), Qt::LeftButton);
    QCOMPARE(m_session->wishes.size(), 1);
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
    QCOMPARE(script(QStringLiteral("document.querySelector('h1').textContent")).toString(), QStringLiteral("x"));
    QCOMPARE(other.asked, QStringList());
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

QTEST_MAIN(tst_AppView)
#include "tst_appview.moc"
