// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal as a person uses it: the real web engine, a shell in a real sandbox, here and over a real sshd.
#include "backends/hosts/local/localhost.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/sandbox/sandboxprovider.h"
#include "tests/conformance/await.h"
#include "tests/conformance/sandbox/subjects.h"
#include "tests/conformance/sandboxssh/sshsubject.h"
#include "tests/gui/app/localserver.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/sheet.h"
#include "widgets/common/theme.h"
#include "widgets/terminal/terminalbridge.h"
#include "widgets/terminal/terminalpane.h"
#include "widgets/terminal/terminalscheme.h"
#include "widgets/terminal/terminalview.h"
#include "widgets/terminal/terminalzoom.h"

#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QShortcut>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QWebEnginePage>
#include <QWebEngineView>
#include <QWheelEvent>

#include <csignal>
#include <optional>

#include <unistd.h>

using namespace Flotilla;
using State = TerminalPane::State;

namespace {

/// Every app lives in one and the same sandbox.
class OneSandbox : public SandboxProvider
{
    Q_OBJECT

public:
    Future<SandboxInfo> acquire(const AppId &) override { return backend->get(id); }
    Result<SandboxInfo> current(const AppId &) const override
    {
        return Error{ErrorKind::NotFound, QStringLiteral("not asked for here"), {}};
    }
    Result<AgentClient *> agent(const AppId &) override { return backend->agent(id); }
    Future<void> release(const AppId &) override { return readyFuture<void>(Status()); }

    SandboxBackend *backend = nullptr;
    SandboxId id{QStringLiteral("box")};
};

TerminalPane::Subject subject(const char *app, bool alive = true)
{
    TerminalPane::Subject one;
    one.app = AppId{QString::fromLatin1(app)};
    one.title = QString::fromLatin1(app);
    one.alive = alive;
    one.canWake = !alive;
    one.absence = alive ? QString() : QStringLiteral("The app is asleep");
    return one;
}

qint64 residentKb(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').at(0).toLongLong();
    }
    return 0;
}

bool says(const QWidget *bar, const char *text)
{
    const auto labels = bar->findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(),
                       [text](const QLabel *label) { return label->text() == QLatin1String(text); });
}

constexpr int patience = 40'000;

} // namespace

class TestTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void typesAndReads_data();
    void typesAndReads();
    void theSizeFollowsThePane();
    void aFloodIsBoundedAndEndsWithCtrlC();
    void hostileOutput_data();
    void hostileOutput();
    void aCellKeepsFewMarks();
    void exitIsSaidAndTheOutputStays();
    void theSandboxEnds();
    void aKilledRendererStartsAgain();
    void aRendererThatHangsIsEnded();
    void copiesAndPastes();
    void theShellGetsTheKeys();
    void oneShellPerPane();
    void sleepingAppsCanBeWoken();
    void linksAreAsked();
    void addressesInTheTextAreLinks();
    void searchesUpwards();
    void countsWhileTheOutputFlows();
    void saysThatThereAreMoreThanItCounts();
    void theLettersGrow();
    void theMenuKnowsTheSelection();
    void filesAreDroppedIn();
    void foldersAreRefused();
    void reachesNothing();
    void followsTheTheme();

private:
    void openPane();
    void start(std::unique_ptr<Host> host);
    void waitOpen();
    void startAgain();
    QWidget *keyboard() const { return m_pane->findChild<QWebEngineView *>()->focusProxy(); }
    void type(const QString &text);
    void run(const QString &command);
    QVariant script(const QString &code);
    QPoint placeOf(const QString &text);
    void drop(const QStringList &paths);
    QString makeFile(const QString &name, const QByteArray &contents);
    QString screen();
    template <typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    QPushButton *action() const { return find<QPushButton>("emptyActionQPushButton"); }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<SshSubject> m_ssh;
    std::unique_ptr<Host> m_host;
    std::unique_ptr<SandboxBackend> m_backend;
    OneSandbox m_sandboxes;
    std::unique_ptr<SandboxAccess> m_access;
    std::unique_ptr<QWidget> m_window;
    TerminalPane *m_pane = nullptr;
};

void TestTerminal::initTestCase()
{
    TerminalScheme::registerScheme();
    Theme::instance().install(*qApp);
    Theme::instance().setReducedMotion(true);
}

void TestTerminal::init()
{
    m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/flotilla-term-XXXXXX"));
}

void TestTerminal::cleanup()
{
    m_window.reset();
    m_access.reset();
    if (m_backend)
        VERIFY_OK(await(m_backend->terminate(m_sandboxes.id)));
    m_backend.reset();
    m_host.reset();
    m_ssh.reset();
}

void TestTerminal::start(std::unique_ptr<Host> host)
{
    m_host = std::move(host);
    m_backend = bubblewrapOn(m_host.get());
    SandboxSpec spec;
    spec.id = m_sandboxes.id;
    spec.app.value = QStringLiteral("app");
    VERIFY_OK(await(m_backend->create(spec)));
    m_sandboxes.backend = m_backend.get();
    m_access = std::make_unique<SandboxAccess>(&m_sandboxes);
    openPane();
    m_pane->setSubject(subject("one"));
    waitOpen();
}

void TestTerminal::openPane()
{
    m_window = std::make_unique<QWidget>();
    m_pane = new TerminalPane(
        [this](const AppId &app, int columns, int rows) { return m_access->openTerminal(app, columns, rows); });
    m_pane->setPutFiles(
        [this](const AppId &app, const QHash<QString, QByteArray> &files) { return m_access->putFiles(app, files); });
    m_pane->setParent(m_window.get());
    m_window->resize(700, 420);
    m_pane->resize(m_window->size());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void TestTerminal::waitOpen()
{
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->state(), State::Open, patience);
    QTRY_VERIFY_WITH_TIMEOUT(screen().contains(QLatin1Char('$')) || screen().contains(QLatin1Char('#')), patience);
    m_window->activateWindow(); // now: the first page of a web view makes its window anew
    m_pane->view()->setFocus();
    QTRY_VERIFY(keyboard());
    QTRY_VERIFY_WITH_TIMEOUT(script(QStringLiteral("document.hasFocus()")).toBool(), patience);
}

void TestTerminal::type(const QString &text)
{
    QTest::keyClicks(keyboard(), text);
}

void TestTerminal::run(const QString &command)
{
    type(command);
    QTest::keyClick(keyboard(), Qt::Key_Return);
}

QVariant TestTerminal::script(const QString &code)
{
    const auto answer = std::make_shared<std::optional<QVariant>>(); // may come after the wait was given up
    m_pane->view()->page()->runJavaScript(code, [answer](const QVariant &value) { *answer = value; });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answer->has_value(), patience); }();
    return answer->value_or(QVariant());
}

QString TestTerminal::screen()
{
    return script(QStringLiteral("(() => { const b = terminal.buffer.active; let text = '';"
                                 "for (let i = Math.max(0, b.length - 200); i < b.length; ++i)"
                                 "text += b.getLine(i).translateToString(true) + '\\n'; return text; })()"))
        .toString();
}

#define SEES(text)                                                                                                     \
    do {                                                                                                               \
        const bool seen = QTest::qWaitFor([&] { return screen().contains(QStringLiteral(text)); }, patience);          \
        QVERIFY2(seen, qPrintable(screen()));                                                                          \
    } while (false)

void TestTerminal::typesAndReads_data()
{
    QTest::addColumn<bool>("ssh");
    QTest::newRow("here") << false;
    QTest::newRow("over ssh") << true;
}

void TestTerminal::typesAndReads()
{
    QFETCH(bool, ssh);
    if (ssh) {
        m_ssh = std::make_unique<SshSubject>();
        NEED_PEER(m_ssh->start());
        start(SshSubject::makeHost(m_dir->path()));
    } else {
        start(std::make_unique<LocalHost>(m_dir->path()));
    }
    run(QStringLiteral("echo $((6*7))"));
    SEES("\n42\n");
    run(QStringLiteral("printf '\\303\\244\\342\\202\\254'; tty"));
    SEES("ä€/dev/pts/");
}

void TestTerminal::theSizeFollowsThePane()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    const auto size = [this] { return script(QStringLiteral("terminal.rows + ' ' + terminal.cols")).toString(); };
    const QString before = size();
    run(QStringLiteral("stty size"));
    QVERIFY2(QTest::qWaitFor([&] { return screen().contains(QLatin1Char('\n') + before); }, patience),
             qPrintable(screen()));
    m_window->resize(900, 600);
    m_pane->resize(m_window->size());
    QTRY_VERIFY_WITH_TIMEOUT(size() != before, patience);
    const QString after = size();
    run(QStringLiteral("stty size"));
    QVERIFY2(QTest::qWaitFor([&] { return screen().contains(QLatin1Char('\n') + after); }, patience),
             qPrintable(screen()));
}

void TestTerminal::aFloodIsBoundedAndEndsWithCtrlC()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    const TerminalBridge *bridge = m_pane->view()->bridge();
    qint64 seen = 0, most = 0;
    connect(bridge, &TerminalBridge::acknowledged, this, [&](qint64 bytes) {
        seen += bytes;
        most = std::max(most, bridge->unshown());
    });
    run(QStringLiteral("yes flood"));
    QTRY_VERIFY_WITH_TIMEOUT(seen > 2 * 1024 * 1024, patience);
    const qint64 ours = residentKb(getpid()), renderers = residentKb(m_pane->view()->page()->renderProcessPid());
    QTRY_VERIFY_WITH_TIMEOUT(seen > 12 * 1024 * 1024, 3 * patience);
    QVERIFY2(most < 3 * 1024 * 1024, qPrintable(QString::number(most)));
    const qint64 grown = residentKb(getpid()) - ours;
    const qint64 rendererGrown = residentKb(m_pane->view()->page()->renderProcessPid()) - renderers;
    qInfo("12 MB shown; most on the way %lld KB, window +%lld KB, renderer +%lld KB", most / 1024, grown,
          rendererGrown);
    QVERIFY2(grown < 64 * 1024 && rendererGrown < 128 * 1024, "the flood stays somewhere");
    QTest::keyClick(keyboard(), Qt::Key_C, Qt::ControlModifier);
    run(QStringLiteral("echo over$((40+2))"));
    SEES("over42");
}

void TestTerminal::hostileOutput_data()
{
    QTest::addColumn<QString>("command");
    const auto print = [](const QByteArray &sequence) {
        return QStringLiteral("printf '%1'").arg(QString::fromLatin1(sequence));
    };
    QTest::newRow("clipboard") << print("\\033]52;c;c3RvbGVu\\007");
    QTest::newRow("title") << print("\\033]0;stolen\\007\\033]2;stolen\\033\\\\");
    QTest::newRow("script link") << print("\\033]8;;javascript:document.title=1\\033\\\\here\\033]8;;\\033\\\\");
    QTest::newRow("markup") << print("<img src=x onerror=document.title=1><script>document.title=1</script>");
    QTest::newRow("window operations") << print("\\033[4;9999;9999t\\033[8;500;500t\\033[21t\\033[22t");
    QTest::newRow("large numbers") << print("\\033[99999999999999999999;99999999999H\\033[2147483647X\\033[99999999P");
    for (const char final : QByteArray("@ILMPSTXZb"))
        QTest::addRow("two billion times %c", final) << print(QByteArray("a\\033[2147483647") + final);
    QTest::newRow("many parameters") << QStringLiteral("printf '\\033['; printf '1;%.0s' $(seq 20000); printf 'm'");
    QTest::newRow("endless string") << QStringLiteral("printf '\\033]0;'; head -c 12000000 /dev/zero | tr '\\0' 'x'; "
                                                      "printf '\\007'");
    QTest::newRow("endless escape") << QStringLiteral("printf '\\033P'; head -c 3000000 /dev/zero | tr '\\0' 'q'; "
                                                      "printf '\\033\\\\'");
    const auto often = [](const QByteArray &sequence) {
        return QStringLiteral("printf a; yes \"$(printf '%1')\" | head -20000 | tr -d '\\n'")
            .arg(QString::fromLatin1(sequence));
    };
    QTest::newRow("thousands of accents") << often("\\314\\201");
    QTest::newRow("accents between characters that show nothing") << often("\\314\\201\\177");
    QTest::newRow("accents between sequences") << often("\\314\\201\\033[1m\\033_x\\033\\\\");
    QTest::newRow("accents written over and over") << often("\\033[2;2Ha\\033[1;2H\\314\\201");
    QTest::newRow("joiners") << often("\\342\\200\\215");
    QTest::newRow("accents repeated") << QStringLiteral("printf 'a\\314\\201\\314\\202\\033[9999b'");
    QTest::newRow("noise") << QStringLiteral("head -c 300000 /dev/urandom; printf '\\033c'");
    QTest::newRow("bad utf-8") << print("\\377\\376\\355\\240\\200\\364\\277\\277\\277\\300\\200");
    QTest::newRow("alternate screen") << print("\\033[?1049h\\033[?1049h\\033[?1049l\\033[?47h\\033[?47l");
}

void TestTerminal::hostileOutput()
{
    QFETCH(QString, command);
    start(std::make_unique<LocalHost>(m_dir->path()));
    QApplication::clipboard()->setText(QStringLiteral("mine"));
    run(command);
    run(QStringLiteral("reset 2>/dev/null || printf '\\033c'"));
    run(QStringLiteral("echo alive$((40+2))"));
    SEES("alive42");
    QCOMPARE(m_pane->state(), State::Open);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("mine"));
    QCOMPARE(script(QStringLiteral("document.title")).toString(), QStringLiteral("Terminal"));
    QCOMPARE(m_window->windowTitle(), QString());
    QCOMPARE(m_pane->view()->page()->url(), TerminalScheme::page());
}

void TestTerminal::aCellKeepsFewMarks()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral("clear; printf 'e\\314\\201x\\360\\237\\232\\242y\\n'; printf a;"
                       "yes \"$(printf '\\314\\201')\" | head -500 | tr -d '\\n'; echo; echo done$((40+2))"));
    SEES("done42");
    const QString cells = QStringLiteral("const all = []; const b = terminal.buffer.active;"
                                         "for (let y = 0; y < b.length; ++y) for (let x = 0; x < terminal.cols; ++x)"
                                         "all.push(b.getLine(y).getCell(x).getChars());");
    const auto count = [&](const char *what) {
        return script(QStringLiteral("(() => { %1 return %2; })()").arg(cells, QString::fromLatin1(what))).toInt();
    };
    QCOMPARE(count("all.filter(text => text.normalize() === '\\u00e9').length"), 1);
    QCOMPARE(count("Math.max(...all.map(text => text.length))"), 17);
    QCOMPARE(count("all.join('').split('\\u0301').length - 1"), 501);
    QCOMPARE(count("all.indexOf('y') - all.indexOf('x')"), 3); // a ship is two cells wide
}

void TestTerminal::startAgain()
{
    m_pane->view()->bridge()->setPatience(std::chrono::minutes(1));
    QTRY_VERIFY(action()->isVisible());
    QTest::mouseClick(action(), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->state(), State::Open, patience);
    m_pane->view()->setFocus();
    QTRY_VERIFY_WITH_TIMEOUT(script(QStringLiteral("document.hasFocus()")).toBool(), patience);
}

void TestTerminal::exitIsSaidAndTheOutputStays()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral("echo last; exit 3"));
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->state(), State::Ended, patience);
    auto *why = find<QLabel>("terminalEndQLabel");
    QVERIFY(why->isVisible());
    QVERIFY2(why->text().contains(QLatin1Char('3')), qPrintable(why->text()));
    QVERIFY(screen().contains(QStringLiteral("\nlast")));
    QTest::mouseClick(find<QPushButton>("terminalAgainQPushButton"), Qt::LeftButton);
    waitOpen();
    QVERIFY(!why->isVisible());
    QVERIFY(!screen().contains(QStringLiteral("\nlast")));
}

void TestTerminal::theSandboxEnds()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    VERIFY_OK(await(m_backend->terminate(m_sandboxes.id)));
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->state(), State::Ended, patience);
    QVERIFY(!find<QLabel>("terminalEndQLabel")->text().isEmpty());
    m_pane->setSubject(subject("one", false));
    QTest::mouseClick(find<QPushButton>("terminalAgainQPushButton"), Qt::LeftButton);
    QCOMPARE(m_pane->state(), State::Asleep);
}

void TestTerminal::aKilledRendererStartsAgain()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral("kept=still; echo set$((40+2))"));
    SEES("set42");
    const qint64 renderer = m_pane->view()->page()->renderProcessPid();
    QVERIFY(renderer > 1);
    ::kill(pid_t(renderer), SIGKILL);
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->state(), State::Crashed, patience);
    startAgain();
    run(QStringLiteral("echo $kept$((40+3))"));
    SEES("still43");
}

void TestTerminal::aRendererThatHangsIsEnded()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    m_pane->view()->bridge()->setPatience(std::chrono::milliseconds(500));
    m_pane->view()->page()->runJavaScript(QStringLiteral("for (;;) ;"));
    QTRY_COMPARE_WITH_TIMEOUT(m_pane->state(), State::Crashed, patience);
    startAgain();
}

void TestTerminal::copiesAndPastes()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral("printf '\\033[?2004h'; cat -v"));
    SEES("cat -v\n");
    QApplication::clipboard()->setText(QStringLiteral("one\u001b[201~two"));
    QTest::keyClick(keyboard(), Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    SEES("200~one[201~two");
    QTest::keyClick(keyboard(), Qt::Key_Return);
    SEES("\n^[[200~one[201~two^[[201~");
    QApplication::clipboard()->clear();
    script(QStringLiteral("terminal.selectAll()"));
    QTest::keyClick(keyboard(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(QApplication::clipboard()->text().contains(QStringLiteral("one[201~two")), patience);
}

void TestTerminal::theShellGetsTheKeys()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    int stolen = 0, kept = 0;
    const auto shortcut = [this](const char *keys, int *count) {
        connect(new QShortcut(QKeySequence(QLatin1String(keys)), m_window.get()), &QShortcut::activated, this,
                [count] { ++*count; });
    };
    for (const char *keys : {"/", "Ctrl+K", "Ctrl+F", "Esc", "F5"})
        shortcut(keys, &stolen);
    for (const char *keys : {"Ctrl+Shift+P", "Alt+2", "F11"})
        shortcut(keys, &kept);
    run(QStringLiteral("cat -v"));
    SEES("cat -v\n");
    type(QStringLiteral("/"));
    for (const Qt::Key key : {Qt::Key_K, Qt::Key_F})
        QTest::keyClick(keyboard(), key, Qt::ControlModifier);
    QTest::keyClick(keyboard(), Qt::Key_Escape);
    QTest::keyClick(keyboard(), Qt::Key_Return);
    SEES("\n/^K^F^[");
    QCOMPARE(stolen, 0);
    QTest::keyClick(keyboard(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(keyboard(), Qt::Key_2, Qt::AltModifier);
    QTest::keyClick(keyboard(), Qt::Key_F11);
    QCOMPARE(kept, 3);
}

void TestTerminal::oneShellPerPane()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral("where=first"));
    m_pane->setSubject(subject("two"));
    QCOMPARE(m_pane->state(), State::Elsewhere);
    QVERIFY(action()->isVisible());
    m_pane->setSubject(subject("one"));
    QCOMPARE(m_pane->state(), State::Open);
    run(QStringLiteral("echo $where$((40+2))"));
    SEES("first42");
    m_pane->setSubject(subject("two"));
    QTest::mouseClick(action(), Qt::LeftButton);
    waitOpen();
    run(QStringLiteral("echo none$where$((40+2))"));
    SEES("none42");
    m_pane->setSubject(subject("one"));
    QCOMPARE(m_pane->state(), State::Elsewhere);
}

void TestTerminal::sleepingAppsCanBeWoken()
{
    openPane();
    m_pane->setSubject(subject("one", false));
    QCOMPARE(m_pane->state(), State::Asleep);
    QVERIFY(!m_pane->view()); // no web engine for that
    QSignalSpy wanted(m_pane, &TerminalPane::wakeRequested);
    QTest::mouseClick(action(), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted[0][0].value<AppId>().value, QStringLiteral("one"));
}

void TestTerminal::linksAreAsked()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    for (const char *bad : {"javascript:alert(1)", "file:///etc/passwd", "flotilla-terminal://page/", "no address"})
        m_pane->view()->bridge()->linkClicked(QString::fromLatin1(bad));
    QVERIFY(!find<Sheet>("sheet"));
    m_pane->view()->bridge()->linkClicked(QStringLiteral("https://example.org/a?b=c"));
    auto *sheet = find<Sheet>("sheet");
    QVERIFY(sheet && sheet->isVisible());
    QVERIFY(find<QPushButton>("openAddressQPushButton"));
}

/// The middle of the first letter of the last line that begins with it, in the view.
QPoint TestTerminal::placeOf(const QString &text)
{
    const QString code =
        QStringLiteral("(() => { const b = terminal.buffer.active; let row = -1;"
                       "for (let y = 0; y < terminal.rows; ++y)"
                       "if (b.getLine(b.viewportY + y).translateToString(true).startsWith('%1')) row = y;"
                       "const box = document.querySelector('.xterm-screen').getBoundingClientRect();"
                       "return [box.left + box.width / terminal.cols / 2, box.top + (row + 0.5) * box.height / "
                       "terminal.rows]; })()");
    const QVariantList place = script(code.arg(text)).toList();
    return {int(place.value(0).toDouble()), int(place.value(1).toDouble())};
}

void TestTerminal::addressesInTheTextAreLinks()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral(
        "printf '%s\\n' 'https://example.org/a?b=c, and more' 'ftp://example.org/'; echo done$((40+2))"));
    SEES("done42");
    const auto points = [this] {
        return script(QStringLiteral("!!document.querySelector('.xterm-cursor-pointer')")).toBool();
    };
    QTest::mouseMove(keyboard(), placeOf(QStringLiteral("ftp")));
    QTest::mouseMove(keyboard(), placeOf(QStringLiteral("https")));
    QTRY_VERIFY_WITH_TIMEOUT(points(), patience);
    QTest::mouseClick(keyboard(), Qt::LeftButton, {}, placeOf(QStringLiteral("https")));
    QTRY_VERIFY_WITH_TIMEOUT(find<Sheet>("sheet"), patience);
    QStringList said;
    for (const QLabel *label : find<Sheet>("sheet")->findChildren<QLabel *>())
        said.append(label->text());
    QVERIFY2(said.contains(QStringLiteral("https://example.org/a?b=c")), qPrintable(said.join(QLatin1Char('|'))));
}

void TestTerminal::searchesUpwards()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral("printf 'reef %d\\n' 1 2 3; echo done$((40+2))"));
    SEES("done42");
    QTest::keyClick(keyboard(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *bar = find<QWidget>("findBar");
    QTRY_VERIFY(bar->isVisible());
    auto *field = find<QLineEdit>("findField");
    QTest::keyClicks(field, QStringLiteral("reef"));
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "4 of 4"), patience);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "3 of 4"), patience);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "4 of 4"), patience);
    QTest::mouseClick(find<QToolButton>("findUpQToolButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "3 of 4"), patience);
    QTest::mouseClick(find<QToolButton>("findDownQToolButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "4 of 4"), patience);
    QTest::keyClicks(field, QStringLiteral(" 4"));
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "Not found"), patience);
    field->setText(QStringLiteral("REEF"));
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "4 of 4"), patience);
    QTest::mouseClick(find<QToolButton>("findCaseQToolButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "Not found"), patience);
    QTest::mouseClick(find<QToolButton>("findCaseQToolButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "4 of 4"), patience);
    QTest::mouseClick(find<QToolButton>("findCloseQToolButton"), Qt::LeftButton);
    QTRY_VERIFY(!bar->isVisible());
    QTest::keyClick(keyboard(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(bar->isVisible());
    QTest::keyClick(field, Qt::Key_Escape);
    QTRY_VERIFY(!bar->isVisible());
    QTRY_VERIFY(keyboard()->hasFocus());
    run(QStringLiteral("echo back$((40+2))"));
    SEES("back42");
}

void TestTerminal::countsWhileTheOutputFlows()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral("while echo reef; do sleep 0.05; done"));
    SEES("reef");
    QTest::keyClick(keyboard(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *bar = find<QWidget>("findBar");
    QTRY_VERIFY(bar->isVisible());
    QTest::keyClicks(find<QLineEdit>("findField"), QStringLiteral("reef"));
    const auto counted = [bar] {
        static const QRegularExpression count(QStringLiteral("^\\d+ of (\\d+)$"));
        int most = 0;
        for (const QLabel *label : bar->findChildren<QLabel *>())
            most = std::max(most, count.match(label->text()).captured(1).toInt());
        return most;
    };
    QTRY_VERIFY_WITH_TIMEOUT(counted() > 0, patience);
    const int before = counted();
    QTRY_VERIFY_WITH_TIMEOUT(counted() > before + 20, patience);
}

void TestTerminal::saysThatThereAreMoreThanItCounts()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    run(QStringLiteral("printf 'reef %.0s' $(seq 1500); echo done$((40+2))"));
    SEES("done42");
    QTest::keyClick(keyboard(), Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
    auto *bar = find<QWidget>("findBar");
    QTRY_VERIFY(bar->isVisible());
    QTest::keyClicks(find<QLineEdit>("findField"), QStringLiteral("reef"));
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "1000+ matches"), patience);
    find<QLineEdit>("findField")->setText(QStringLiteral("done42"));
    QTRY_VERIFY_WITH_TIMEOUT(says(bar, "1 of 1"), patience);
}

void TestTerminal::theLettersGrow()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    const auto size = [this] { return script(QStringLiteral("terminal.options.fontSize")).toInt(); };
    const auto columns = [this] { return script(QStringLiteral("terminal.cols")).toInt(); };
    const int usual = size(), wide = columns();
    QTest::keyClick(keyboard(), Qt::Key_Plus, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(size(), usual + 1, patience);
    QWheelEvent turned(QPointF(9, 9), keyboard()->mapToGlobal(QPointF(9, 9)), {}, QPoint(0, 120), {},
                       Qt::ControlModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(keyboard(), &turned);
    QTRY_COMPARE_WITH_TIMEOUT(size(), usual + 2, patience);
    QTRY_VERIFY_WITH_TIMEOUT(columns() < wide, patience);
    QTest::keyClick(keyboard(), Qt::Key_Minus, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(size(), usual + 1, patience);
    QTest::keyClick(keyboard(), Qt::Key_0, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(size(), usual, patience);
    QTRY_COMPARE_WITH_TIMEOUT(columns(), wide, patience);
    TerminalZoom::instance().setSteps(1000);
    QCOMPARE(TerminalZoom::instance().steps(), int(TerminalZoom::largest));
    TerminalZoom::instance().setSteps(0);
}

void TestTerminal::theMenuKnowsTheSelection()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    const auto copies = [this] {
        Q_EMIT m_window->findChild<QWebEngineView *>()->customContextMenuRequested(QPoint(20, 20));
        const auto menus = m_pane->view()->findChildren<QMenu *>();
        const bool enabled = menus.last()->actions().value(0)->isEnabled();
        delete menus.last();
        return enabled;
    };
    QVERIFY(!copies());
    script(QStringLiteral("terminal.selectAll()"));
    QTRY_VERIFY_WITH_TIMEOUT(m_pane->view()->bridge()->hasSelection(), patience);
    QVERIFY(copies());
}

QString TestTerminal::makeFile(const QString &name, const QByteArray &contents)
{
    QFile file(m_dir->filePath(name));
    return file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size() ? file.fileName() : QString();
}

/// On the widget that Qt would give it to.
void TestTerminal::drop(const QStringList &paths)
{
    QWidget *target = m_window->childAt(m_window->rect().center());
    while (target && !target->acceptDrops())
        target = target->parentWidget();
    QCOMPARE(target, static_cast<QWidget *>(m_pane->view()));
    QMimeData dragged;
    QList<QUrl> urls;
    for (const QString &path : paths)
        urls.append(QUrl::fromLocalFile(path));
    dragged.setUrls(urls);
    QDragEnterEvent enters(QPoint(9, 9), Qt::CopyAction, &dragged, Qt::LeftButton, {});
    QApplication::sendEvent(target, &enters);
    QVERIFY(enters.isAccepted());
    QDropEvent drops(QPointF(9, 9), Qt::CopyAction, &dragged, Qt::LeftButton, {});
    QApplication::sendEvent(target, &drops);
}

void TestTerminal::filesAreDroppedIn()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    const QString plain = makeFile(QStringLiteral("tide's table.txt"), "low at six\n");
    const QString hostile = makeFile(QStringLiteral("a\n$(touch evil).txt"), "high at noon\n");
    type(QStringLiteral("cat "));
    drop({plain, hostile});
    SEES("'/app/dropped/tide'\\''s table.txt' '/app/dropped/a_$(touch evil).txt' ");
    QTest::keyClick(keyboard(), Qt::Key_Return);
    SEES("low at six\nhigh at noon\n");
    run(QStringLiteral("ls /app; echo done$((40+2))"));
    SEES("dropped\ndone42");
}

void TestTerminal::foldersAreRefused()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    drop({m_dir->path()});
    const auto said = [this](const QString &part) {
        const auto labels = m_window->findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
                           [&part](const QLabel *label) { return label->text().contains(part); });
    };
    QTRY_VERIFY_WITH_TIMEOUT(said(QStringLiteral("is not a file")), patience);
    const QString large = makeFile(QStringLiteral("large"), QByteArray(8 * 1024 * 1024 + 1, 'x'));
    drop({large});
    QTRY_VERIFY_WITH_TIMEOUT(said(QStringLiteral("larger than 8 MiB")), patience);
    run(QStringLiteral("ls /app; echo done$((40+2))"));
    SEES("done42");
    QVERIFY(!screen().contains(QStringLiteral("dropped")));
}

void TestTerminal::reachesNothing()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    Test::LocalServer server;
    server.setPage("<p>reached</p>");
    const QString address = QStringLiteral("http://127.0.0.1:%1/").arg(server.serverPort());
    script(QStringLiteral("window.tried = 0; const done = () => ++window.tried; fetch('%1').then(done, done);"
                          "const image = new Image(); image.onerror = image.onload = done; image.src = '%1';"
                          "fetch('qrc:/flotilla/terminal/terminal.js').then(() => { document.title = 'qrc' }, done);"
                          "fetch('file:///etc/passwd').then(() => { document.title = 'file' }, done)")
               .arg(address));
    QTRY_COMPARE_WITH_TIMEOUT(script(QStringLiteral("window.tried")).toInt(), 4, patience);
    script(QStringLiteral("location.href = '%1'; window.open('%1'); 0").arg(address));
    script(QStringLiteral("(() => { const s = document.createElement('script'); s.textContent = 'document.title = 1';"
                          "document.head.append(s); })()"));
    QCOMPARE(script(QStringLiteral("document.title")).toString(), QStringLiteral("Terminal"));
    QCOMPARE(m_pane->view()->page()->url(), TerminalScheme::page());
    QCOMPARE(server.asked, QStringList());
}

void TestTerminal::followsTheTheme()
{
    start(std::make_unique<LocalHost>(m_dir->path()));
    const auto shown = [this] { return script(QStringLiteral("terminal.options.theme.background")).toString(); };
    for (const ThemeMode mode : {ThemeMode::Dark, ThemeMode::Light}) {
        Theme::instance().setMode(mode);
        const QString expected = colors().surface.name();
        QVERIFY2(QTest::qWaitFor([&] { return shown() == expected; }, patience), qPrintable(shown()));
    }
    Theme::instance().setMode(ThemeMode::System);
}

QTEST_MAIN(TestTerminal)
#include "tst_terminal.moc"
