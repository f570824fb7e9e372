// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that mean no good, or went wrong, in the real preview pane: the window stays free, what is said is true, and
// one button leads on.
#include "tests/gui/app/localserver.h"
#include "tests/support/webfolders.h"
#include "widgets/common/theme.h"
#include "widgets/preview/askbar.h"
#include "widgets/preview/consolemodel.h"
#include "widgets/preview/consolepanel.h"
#include "widgets/preview/pagedownloads.h"
#include "widgets/preview/previewpage.h"
#include "widgets/preview/previewpane.h"
#include "widgets/preview/webhost.h"
#include "widgets/preview/webprobe.h"

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QWebEngineView>

#include <memory>
#include <optional>

using namespace Flotilla;
using namespace Flotilla::Test;
using Action = PreviewScene::Action;

class tst_HostilePages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("HOME", m_home.path().toLocal8Bit()); // downloads go there
        qputenv("XDG_CONFIG_HOME", m_home.path().toLocal8Bit());
        Theme::instance().install(*qApp);
    }
    void init();
    void cleanup() { m_pane.reset(); }
    void downloadsWaitForTheirAnswer();
    void aPageThatGoesLeavesNoDownloads();
    void fewDownloadsWait();
    void aLoopWithoutEndIsTold_data();
    void aLoopWithoutEndIsTold();
    void aPageThatWaitsForAnAnswerHangsNot();
    void errorsOfTheServerAreNamed_data();
    void errorsOfTheServerAreNamed();
    void aRedirectWithoutEndIsLost();
    void aSlowBodyIsNotCalledEmpty();
    void fewWindowsAreMade();
    void alertsWithoutEndLeaveTheWindowFree();
    void questionsWithoutEndAreTold();
    void aPageThatDoesNotLetGoIsEnded();
    void printingIsLeftToTheBrowser();
    void copiesAfterAClickOnly();
    void fillsThePreviewAtMost();
    void filesAreChosenByAPersonOnly();
    void aGiantPageIsShown();
    void aConsoleWithoutEndLeavesTheWindowFree();
    void goingBackAsksNobody();
    void whatHangsKeepsNoOtherFromBeingLookedAt();

private:
    template <typename T>
    T *find(const char *name)
    {
        return m_pane->findChild<T *>(QString::fromLatin1(name));
    }
    static bool holdsNothing(const QString &folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty();
    }
    QString title() { return m_pane->scene().title; }
    QString pageTitle() { return m_pane->web()->view()->title(); }
    QWebEnginePage *page() { return m_pane->web()->view()->page(); }
    void run(const QString &code) { page()->runJavaScript(code); }
    void click(const char *button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    /// A page to come back to.
    void serveWell() { m_server.pages[QStringLiteral("/")] = "<!doctype html><title>well</title><h1>y</h1>"; }
    void ready();
    void show(const QByteArray &body);
    /// A page that is one button, and a click on it.
    void showButton(const QByteArray &onClick, const QByteArray &more = {});
    void clickPage();

    QTemporaryDir m_home;
    LocalServer m_server;
    std::unique_ptr<PreviewPane> m_pane;
};

void tst_HostilePages::init()
{
    m_pane = std::make_unique<PreviewPane>(newWebFolder(), QString());
    m_pane->resize(900, 600);
    m_pane->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    m_server.streams.clear();
    m_server.statuses.clear();
    m_server.silent.clear();
    m_server.streamed = 0;
}

void tst_HostilePages::ready()
{
    PreviewStatus status;
    status.state = PreviewState::Ready;
    status.url = m_server.url();
    status.revision = 1;
    m_pane->setStatus(status);
}

void tst_HostilePages::show(const QByteArray &body)
{
    m_server.setPage("<h1>x</h1>" + body);
    ready();
    QSignalSpy loaded(m_pane->web(), &WebHost::loaded);
    QVERIFY(loaded.wait(20000));
}

void tst_HostilePages::showButton(const QByteArray &onClick, const QByteArray &more)
{
    show("<button style='position:fixed;inset:0;width:100%;height:100%' onclick='" + onClick + "'>x</button>" + more);
}

void tst_HostilePages::clickPage()
{
    QWidget *target = m_pane->web()->view()->focusProxy();
    QTest::mouseClick(target, Qt::LeftButton, {}, target->rect().center());
}

/// A server on this computer sends hundreds of megabytes before the engine first tells how far it is.
void tst_HostilePages::downloadsWaitForTheirAnswer()
{
    constexpr qint64 size = 256ll << 20, most = 32ll << 20;
    m_server.streams[QStringLiteral("/large")] = size;
    show("<a id=d download=large.bin href=/large>Save</a>");
    run(QStringLiteral("document.getElementById('d').click()"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("previewAskBar")->isVisible(), 10000);
    QTest::qWait(1500); // three times as long as the engine takes to tell
    const QString folder = m_pane->findChild<PageDownloads *>()->folder();
    const QFileInfoList held = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
    QCOMPARE(held.size(), 1);
    QVERIFY2(held[0].size() < most, qPrintable(QString::number(held[0].size())));
    QVERIFY(m_server.streamed < size); // the rest of it is on its way
    click("askYesButton");
    const QString file = m_home.path() + QStringLiteral("/Downloads/large.bin");
    QTRY_COMPARE_WITH_TIMEOUT(QFileInfo(file).size(), size, 60000);
    QTRY_VERIFY(holdsNothing(folder));
    QVERIFY(QFile::remove(file));
}

void tst_HostilePages::aPageThatGoesLeavesNoDownloads()
{
    m_server.streams[QStringLiteral("/large")] = 256ll << 20;
    show("<a id=d download=large.bin href=/large>Save</a><a id=e download=small.txt href='data:text/plain,x'>x</a>");
    run(QStringLiteral("document.getElementById('d').click(); setTimeout(() => "
                       "document.getElementById('e').click(), 200)"));
    const auto *downloads = m_pane->findChild<PageDownloads *>();
    const auto holds = [downloads](const char *pattern) {
        return !QDir(downloads->folder()).entryList({QLatin1String(pattern)}).isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(!downloads->folder().isEmpty() && holds("large*") && holds("small*"), 10000);
    m_pane->reset();
    QVERIFY(!find<QWidget>("previewAskBar")->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(holdsNothing(downloads->folder()), 10000);
    QVERIFY(!QFile::exists(m_home.path() + QStringLiteral("/Downloads/small.txt")));
}

void tst_HostilePages::fewDownloadsWait()
{
    show("<script>function save(i) { const a = document.createElement('a'); a.download = `file${i}.txt`; "
         "a.href = 'data:text/plain,' + i; a.click(); }</script>");
    run(QStringLiteral("for (let i = 0; i < 8; ++i) setTimeout(() => save(i), 100 * i)"));
    const auto *bar = find<AskBar>("previewAskBar");
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->console()->problems() >= 8 - PageDownloads::MostWaiting, 10000);
    QCOMPARE(bar->waiting(), PageDownloads::MostWaiting);
    while (bar->isVisible())
        click("askNoButton");
    QTRY_VERIFY(holdsNothing(m_pane->findChild<PageDownloads *>()->folder()));
}

void tst_HostilePages::aLoopWithoutEndIsTold_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("later") << QByteArray("<h1>x</h1><script>setTimeout(() => { for (;;); }, 1500)</script>");
    QTest::newRow("at once") << QByteArray("<h1>x</h1><script>for (;;);</script>");
}

/// Its renderer is ended by the reload, which could not even begin otherwise.
void tst_HostilePages::aLoopWithoutEndIsTold()
{
    QFETCH(const QByteArray, body);
    m_server.setPage(body);
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("The page does not answer"), 40000);
    QCOMPARE(m_pane->scene().action, Action::Reload);
    serveWell();
    click("previewStateButton");
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("well"), 10000);
    QTRY_VERIFY(m_pane->scene().web);
}

/// confirm() holds the page up, as it should.
void tst_HostilePages::aPageThatWaitsForAnAnswerHangsNot()
{
    show({});
    run(QStringLiteral("setTimeout(() => document.title = 'said ' + confirm('Sure?'))"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QWidget>("previewAskBar")->isVisible(), 10000);
    QSignalSpy hung(m_pane->web(), &WebHost::hung);
    QVERIFY(!hung.wait(16000));
    click("askYesButton");
    QTRY_COMPARE(pageTitle(), QStringLiteral("said true"));
}

void tst_HostilePages::errorsOfTheServerAreNamed_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("500") << QByteArray("500 Internal Server Error") << QByteArray("<h1>Oh</h1>");
    QTest::newRow("500, empty") << QByteArray("500 Internal Server Error") << QByteArray();
    QTest::newRow("404") << QByteArray("404 Not Found") << QByteArray("<h1>No</h1>");
}

void tst_HostilePages::errorsOfTheServerAreNamed()
{
    QFETCH(const QByteArray, status);
    QFETCH(const QByteArray, body);
    m_server.setPage(body);
    m_server.statuses[QStringLiteral("/")] = status;
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("The app answers with an error"), 20000);
    QVERIFY(m_pane->scene().text.contains(QLatin1String(status.left(3))));
    QCOMPARE(m_pane->scene().action, Action::Fix);
    QSignalSpy fix(m_pane.get(), &PreviewPane::fixRequested);
    click("previewStateButton");
    QVERIFY(fix.value(0).value(0).toString().contains(QLatin1String(status.left(3))));
    click("previewStateSecondButton");
    QVERIFY(m_pane->scene().web);
    m_server.statuses.clear();
    m_pane->reload();
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->scene().web || title() == QLatin1String("The page is empty"), 20000);
}

void tst_HostilePages::aRedirectWithoutEndIsLost()
{
    m_server.setPage({});
    m_server.statuses[QStringLiteral("/")] = "302 Found\r\nLocation: /";
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("The page does not load"), 20000);
    QCOMPARE(m_pane->scene().action, Action::Reload);
    m_server.statuses.clear();
    serveWell();
    click("previewStateButton");
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("well"), 10000);
    QTRY_VERIFY(m_pane->scene().web);
}

/// What takes its time is still loading.
void tst_HostilePages::aSlowBodyIsNotCalledEmpty()
{
    m_server.setPage("<script src='/never'></script><h1>y</h1>");
    m_server.silent = {QStringLiteral("/never")};
    ready();
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("The page is loading"), 20000);
    QVERIFY(m_pane->scene().busy);
    QCOMPARE(m_pane->scene().action, Action::ShowAnyway);
    m_server.endAll();
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->scene().web, 20000);
}

/// Each would be a page of the engine.
void tst_HostilePages::fewWindowsAreMade()
{
    show("<button id=b style='position:fixed;inset:0;width:100%;height:100%' onclick='for (let i = 0; i < 50; ++i) "
         "window.open()'>x</button>");
    const auto windows = [this] { return page()->findChildren<QWebEnginePage *>().size(); };
    run(QStringLiteral("for (let i = 0; i < 50; ++i) window.open(); document.title = 'tried'"));
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("tried"), 10000);
    QCOMPARE(windows(), 0);
    QWidget *target = m_pane->web()->view()->focusProxy();
    for (int i = 0; i < 5; ++i)
        QTest::mouseClick(target, Qt::LeftButton, {}, target->rect().center());
    run(QStringLiteral("document.title = 'clicked'"));
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("clicked"), 10000);
    QTRY_VERIFY(windows() <= 1);
}

void tst_HostilePages::alertsWithoutEndLeaveTheWindowFree()
{
    show({});
    run(QStringLiteral("setTimeout(() => { for (;;) alert('x'); })"));
    const auto *bar = find<AskBar>("previewAskBar");
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 10000);
    click("askYesButton");
    for (int i = 0; i < 3 && bar->isVisible(); ++i)
        click("askYesButton");
    QVERIFY(bar->waiting() <= 3);
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("The page does not answer"), 40000); // a loop without an end
    serveWell();
    m_pane->reload();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("well"), 20000);
}

/// Refused at once they were a loop through the window, and no sign of one that hangs.
void tst_HostilePages::questionsWithoutEndAreTold()
{
    show({});
    run(QStringLiteral("setTimeout(() => { for (;;) confirm('x'); })"));
    const auto *bar = find<AskBar>("previewAskBar");
    for (int i = 0; i < 3; ++i) {
        QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), 10000);
        click("askYesButton");
    }
    QTRY_COMPARE_WITH_TIMEOUT(title(), QStringLiteral("The page does not answer"), 40000);
    QVERIFY(!bar->isVisible());
    serveWell();
    m_pane->reload();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("well"), 20000);
}

void tst_HostilePages::aPageThatDoesNotLetGoIsEnded()
{
    showButton({}, "<script>onbeforeunload = () => { for (;;); }</script>");
    clickPage(); // or beforeunload is not heard
    serveWell();
    m_pane->reload();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("well"), 30000);
    QTRY_VERIFY(m_pane->scene().web);
}

void tst_HostilePages::printingIsLeftToTheBrowser()
{
    QSignalSpy browser(m_pane.get(), &PreviewPane::openInBrowserRequested);
    showButton("for (let i = 0; i < 50; ++i) print(); document.title = \"printed\"");
    clickPage();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("printed"), 20000);
    const auto *bar = find<AskBar>("previewAskBar");
    QTRY_COMPARE(bar->waiting(), 1);
    click("askYesButton");
    QCOMPARE(browser.size(), 1);
    QVERIFY(!bar->isVisible());
}

void tst_HostilePages::copiesAfterAClickOnly()
{
    QApplication::clipboard()->setText(QStringLiteral("mine"));
    showButton("copy(\"theirs\")", "<script>const copy = text => navigator.clipboard.writeText(text)"
                                   ".then(() => document.title = 'copied', e => document.title = e.name)</script>");
    run(QStringLiteral("copy('stolen')"));
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("NotAllowedError"), 10000);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("mine"));
    clickPage();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("copied"), 10000);
    QTRY_COMPARE(QApplication::clipboard()->text(), QStringLiteral("theirs"));
    QApplication::clipboard()->setText(QStringLiteral("mine"));
    run(QStringLiteral("document.querySelector('button').onclick = () => navigator.clipboard.readText()"
                       ".then(text => document.title = text, e => document.title = 'not read');"
                       "document.title = 'ready'"));
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("ready"), 10000);
    clickPage();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("not read"), 10000);
}

void tst_HostilePages::fillsThePreviewAtMost()
{
    showButton(
        "document.body.requestFullscreen().then(() => document.title = \"full\")",
        "<script>document.onfullscreenchange = () => document.fullscreenElement || (document.title = 'left')</script>");
    const QSize size = m_pane->web()->view()->size();
    clickPage();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("full"), 10000);
    QCOMPARE(m_pane->web()->view()->size(), size);
    QTest::keyClick(m_pane->web()->view()->focusProxy(), Qt::Key_Escape);
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("left"), 10000);
}

/// And the page that asked may go meanwhile.
void tst_HostilePages::filesAreChosenByAPersonOnly()
{
    show("<input type=file style='position:fixed;inset:0;width:100%;height:100%'>");
    run(QStringLiteral("document.querySelector('input').click(); document.title = 'tried'"));
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("tried"), 10000);
    QVERIFY(!QApplication::activeModalWidget());
    serveWell();
    QString whileChosen;
    QTimer poll; // the dialog of the engine has a loop of its own
    connect(&poll, &QTimer::timeout, this, [&] {
        auto *dialog = qobject_cast<QFileDialog *>(QApplication::activeModalWidget());
        if (dialog && pageTitle() == QLatin1String("tried"))
            m_pane->reload();
        if (!dialog || pageTitle() != QLatin1String("well"))
            return;
        whileChosen = pageTitle();
        dialog->reject();
    });
    poll.start(100);
    clickPage();
    QTRY_COMPARE_WITH_TIMEOUT(whileChosen, QStringLiteral("well"), 20000);
    QTRY_VERIFY(!QApplication::activeModalWidget());
}

void tst_HostilePages::aGiantPageIsShown()
{
    m_server.setPage("<script>const all = document.createDocumentFragment(); for (let i = 0; i < 200000; ++i) "
                     "all.append(Object.assign(document.createElement('div'), {textContent: 'row ' + i}));"
                     "document.body.append(all)</script>");
    ready();
    QSignalSpy loaded(m_pane->web(), &WebHost::loaded);
    QVERIFY(loaded.wait(60000));
    QCOMPARE(loaded.value(0), QList<QVariant>({true, false}));
    run(QStringLiteral("document.title = 'alive'"));
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("alive"), 30000);
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->scene().web, 30000);
}

void tst_HostilePages::aConsoleWithoutEndLeavesTheWindowFree()
{
    ConsoleModel *model = m_pane->console();
    ConsolePanel panel(model);
    panel.resize(900, 300);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    show("<script>for (let i = 0; i < 100000; ++i) console.log('line ' + i)</script>");
    const auto newest = [model] { return model->index(model->rowCount() - 1).data().toString(); };
    QTRY_COMPARE_WITH_TIMEOUT(newest(), QStringLiteral("line 99999"), 60000);
    QCOMPARE(model->rowCount(), ConsoleModel::MaxEntries);
}

void tst_HostilePages::goingBackAsksNobody()
{
    m_server.pages[QStringLiteral("/second")] = "<title>second</title><h1>y</h1>"
                                                "<script>onbeforeunload = e => e.preventDefault()</script>";
    show("<button id=b style='position:fixed;inset:0;width:100%;height:100%' "
         "onclick='location.href = \"/second\"'>x</button>");
    QWidget *target = m_pane->web()->view()->focusProxy();
    QTest::mouseClick(target, Qt::LeftButton, {}, target->rect().center());
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("second"), 10000);
    QTest::mouseClick(target, Qt::LeftButton, {}, target->rect().center()); // or beforeunload is not heard
    m_pane->back();
    QTRY_COMPARE_WITH_TIMEOUT(pageTitle(), QStringLiteral("Test page"), 10000);
}

/// The next version of an app that hangs is looked at in a renderer of its own.
void tst_HostilePages::whatHangsKeepsNoOtherFromBeingLookedAt()
{
    WebProbe probe;
    const auto look = [&](const QByteArray &body) {
        m_server.setPage(body);
        const Future<ProbeReport> looked = probe.probe(m_server.url());
        [&] { QTRY_VERIFY_WITH_TIMEOUT(looked.isFinished(), 30000); }();
        return looked.isFinished() ? *looked.result() : ProbeReport();
    };
    QVERIFY(!look("<h1>x</h1><script>for (;;);</script>").errors.isEmpty());
    const ProbeReport mended = look("<h1>Mended</h1>");
    QVERIFY2(mended.loaded && mended.errors.isEmpty(), qPrintable(mended.errors.join(QLatin1Char(' '))));
}

QTEST_MAIN(tst_HostilePages)
#include "tst_hostilepages.moc"
