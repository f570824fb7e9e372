// SPDX-License-Identifier: GPL-3.0-or-later
// The Fleet and Hosts screens over the real services, with a host that is a real sshd on the loopback; its sandboxes
// are bubblewrap's or those of a real Podman or Docker.
#include "app/flotilla/shell.h"
#include "backends/fleet/hostservice.h"
#include "backends/projects/projectservice.h"
#include "tests/conformance/await.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"
#include "tests/support/testengine.h"
#include "widgets/common/theme.h"
#include "widgets/common/toast.h"
#include "widgets/fleet/detailpane.h"
#include "widgets/fleet/filterbox.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/fleet/fleetview.h"
#include "widgets/fleet/hoststrip.h"
#include "widgets/hosts/hostcardwidget.h"
#include "widgets/hosts/hostspage.h"
#include "widgets/hosts/hoststatus.h"
#include "widgets/hosts/hosttestpanel.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"
#include "widgets/terminal/terminalbridge.h"
#include "widgets/terminal/terminalpane.h"
#include "widgets/terminal/terminalview.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QWebEnginePage>

using namespace Flotilla;

namespace {
constexpr int patience = 60'000;
}

class TestRealFleet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void anAppLivesOnAHostOfOnesOwn_data() { everyBackend(); }
    void anAppLivesOnAHostOfOnesOwn();
    void aHostThatIsGoneIsSaidAndComesBack_data() { everyBackend(); }
    void aHostThatIsGoneIsSaidAndComesBack();
    void aTestThatFailsSaysWhatToDo();
    void aRunOnTheScaleScreenShowsBothHosts_data() { everyBackend(); }
    void aRunOnTheScaleScreenShowsBothHosts();

private:
    static void everyBackend();
    QStringList hostEnvironment() const;
    void removeRuntimeFolders();
    QString startEngine(const QString &backend);
    void addHost(const QString &backend = {});
    void trustKey();
    AppId makeApp();
    void openFleet();
    void check(const AppId &app);
    void press(const char *button) { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    FleetPage &page() { return *m_shell->window().fleetPage(); }
    const FleetRow *row(const AppId &app)
    {
        const BoardEntry *entry = page().model()->find(app);
        return entry ? &entry->row : nullptr;
    }
    bool is(const AppId &app, SandboxState state)
    {
        const FleetRow *found = row(app);
        return found && found->state == state;
    }
    HostCard host()
    {
        const auto cards = await(m_shell->services().hosts->hosts());
        for (const HostCard &card : cards.ok() ? *cards : QList<HostCard>())
            if (card.config.id.value == QLatin1String("box"))
                return card;
        return {};
    }
    /// The last one: what is on its way out is still a child.
    template <typename T>
    T *find(const char *name)
    {
        const auto all = m_shell->window().findChildren<T *>(QString::fromLatin1(name));
        for (T *one : all)
            if (one->isVisible())
                return one;
        return all.isEmpty() ? nullptr : all.last();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<TestEngine> m_engine; ///< on the host
    std::unique_ptr<Test::SshServer> m_server;
    std::unique_ptr<Shell> m_shell;
};

void TestRealFleet::everyBackend()
{
    QTest::addColumn<QString>("backend");
    for (const char *backend : {"bubblewrap", "podman", "docker"})
        QTest::newRow(backend) << QString::fromLatin1(backend);
}

void TestRealFleet::initTestCase()
{
    NEED_PEER(Test::SshServer::reasonToSkip());
    Theme::instance().install(*qApp);
    Theme::instance().setReducedMotion(true);
}

void TestRealFleet::init()
{
    m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/flotilla-rf-XXXXXX"));
    m_server = std::make_unique<Test::SshServer>(m_dir->filePath(QStringLiteral("sshd")));
    m_server->configure({QStringLiteral("StrictHostKeyChecking ask")});
    m_server->setEnvironment(hostEnvironment());
    QVERIFY(m_server->start());
    qputenv("FLOTILLA_SSH_CONFIG", m_server->configFile().toUtf8());
    qputenv("XDG_RUNTIME_DIR", m_dir->path().toUtf8());
    auto shell = Shell::start(m_dir->filePath(QStringLiteral("data")));
    VERIFY_OK(shell);
    m_shell = std::move(*shell);
    m_shell->window().show();
    QVERIFY(QTest::qWaitForWindowExposed(&m_shell->window()));
    QApplication::setActiveWindow(&m_shell->window());
    m_shell->window().load();
}

void TestRealFleet::cleanup()
{
    if (m_shell) {
        const auto apps = await(m_shell->application().projects().apps());
        for (const AppSummary &app : apps.ok() ? *apps : QList<AppSummary>())
            VERIFY_OK(await(m_shell->application().projects().sleep(app.id)));
    }
    m_shell.reset();
    m_server.reset();
    if (m_engine)
        QCOMPARE(m_engine->cli({"ps", "-aq"}), QByteArray());
    m_engine.reset();
    removeRuntimeFolders();
}

/// What the host keeps for itself is in this test's folder.
QStringList TestRealFleet::hostEnvironment() const
{
    const QString far = m_dir->filePath(QStringLiteral("far"));
    QStringList environment;
    for (const char *name : {"DATA", "CACHE"})
        environment.append(QStringLiteral("XDG_%1_HOME=%2/%1").arg(QLatin1String(name), far));
    return environment;
}

/// The host's runtime folders are named like those that stay, with and without the mark of the host.
void TestRealFleet::removeRuntimeFolders()
{
    const QDir installations(m_dir->filePath(QStringLiteral("far/DATA/flotilla")));
    const QStringList names = installations.entryList({QStringLiteral("flotilla-*")}, QDir::Dirs);
    for (const QString &name : names) {
        QDir(QStringLiteral("/tmp/") + name).removeRecursively();
        QDir(QStringLiteral("/tmp/") + name.section(QLatin1Char('-'), 0, 2)).removeRecursively();
    }
}

/// Why the host cannot have it; empty when it does, or needs none.
QString TestRealFleet::startEngine(const QString &backend)
{
    if (backend == QLatin1String("bubblewrap"))
        return {};
    m_engine = std::make_unique<TestEngine>(backend == QLatin1String("podman") ? ContainerEngine::Kind::Podman
                                                                               : ContainerEngine::Kind::Docker);
    if (!m_engine->start()) {
        const QString problem = m_engine->problem();
        m_engine.reset(); // cleanup() asks it what is left
        return problem;
    }
    m_server->setEnvironment(hostEnvironment() << QStringLiteral("DOCKER_HOST=unix://") + m_engine->socket());
    return m_server->start() ? QString() : QStringLiteral("sshd does not start again");
}

void TestRealFleet::addHost(const QString &backend)
{
    m_shell->window().showPage(MainWindow::Hosts);
    QTRY_VERIFY(m_shell->window().hostsPage()->card(HostId{QStringLiteral("local")}));
    press("addHostQPushButton");
    auto *list = find<QListWidget>("sshHostsQListWidget");
    QTRY_COMPARE(list->count(), 1); // the one of this SSH config
    QTest::keyClicks(find<QLineEdit>("hostSearchQLineEdit"), QStringLiteral("box"));
    QCOMPARE(find<QLineEdit>("hostTargetQLineEdit")->text(), QStringLiteral("box"));
    auto *engine = find<QComboBox>("hostBackendQComboBox");
    engine->setCurrentIndex(engine->findData(backend));
    press("saveHostQPushButton");
}

void TestRealFleet::trustKey()
{
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("trustKeyQPushButton"), patience);
    QVERIFY(find<QLabel>("fingerprintQLabel")->text().startsWith(QStringLiteral("SHA256:")));
    press("trustKeyQPushButton");
}

AppId TestRealFleet::makeApp()
{
    Wish wish;
    wish.prompt = QStringLiteral("a tide table for a harbour");
    wish.model = QStringLiteral("sampler");
    wish.host = QStringLiteral("box");
    ProjectService &projects = m_shell->application().projects();
    const auto app = await(projects.create(wish));
    if (!app)
        return {};
    const auto turn = await(projects.waitForTurn(*app), 2 * patience);
    return turn ? *app : AppId();
}

void TestRealFleet::openFleet()
{
    m_shell->window().showPage(MainWindow::Fleet);
    QTRY_VERIFY(page().isVisible());
}

void TestRealFleet::check(const AppId &app)
{
    FleetView *view = page().view();
    const QRect cell = view->visualRect(page().model()->index(page().model()->rowOf(app), FleetModel::Mark));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, cell.center());
    QCOMPARE(page().model()->checkedApps(), QList<AppId>{app});
}

void TestRealFleet::anAppLivesOnAHostOfOnesOwn()
{
    QFETCH(QString, backend);
    NEED_PEER(startEngine(backend));
    QFile::remove(m_server->path(QStringLiteral("known_hosts"))); // never seen before
    addHost(backend);
    trustKey();
    QTRY_VERIFY_WITH_TIMEOUT(find<HostTestPanel>("hostTest"), patience);
    auto *test = find<HostTestPanel>("hostTest");
    QVERIFY2(QTest::qWaitFor([&] { return !test->isRunning() && test->isVisible(); }, 2 * patience), "the test hangs");

    QVERIFY(test->hasPassed());
    QTRY_VERIFY_WITH_TIMEOUT(host().state == HostState::Ready, patience);

    const AppId app = makeApp();
    QVERIFY(!app.isEmpty());
    openFleet();
    QTRY_VERIFY_WITH_TIMEOUT(is(app, SandboxState::Running), patience);
    QCOMPARE(row(app)->hostLabel, QStringLiteral("box"));
    QCOMPARE(row(app)->backend, backend);
    QTRY_VERIFY_WITH_TIMEOUT(row(app)->memoryBytes.value_or(0) > 0, patience);

    check(app);
    press("barStopQPushButton");
    QTRY_VERIFY_WITH_TIMEOUT(is(app, SandboxState::Stopped), patience);
    press("barWakeQPushButton");
    QTRY_VERIFY_WITH_TIMEOUT(is(app, SandboxState::Running), patience);
    const SandboxId first = row(app)->sandbox;
    press("barRestartQPushButton");
    QTRY_VERIFY_WITH_TIMEOUT(is(app, SandboxState::Running) && row(app)->sandbox != first, patience);

    press("barLabelQPushButton");
    QTest::keyClicks(find<QLineEdit>("labelQLineEdit"), QStringLiteral("harbour"));
    press("addLabelQPushButton");
    QTRY_COMPARE_WITH_TIMEOUT(row(app)->labels, QStringList{QStringLiteral("harbour")}, patience);
    page().filter()->setFilterText(QStringLiteral("label:harbour host:box"));
    QCOMPARE(page().model()->rowCount(), 1);

    page().showApp(app);
    page().showDetail(DetailPane::Terminal);
    TerminalPane *terminal = page().detail()->terminal();
    QTRY_COMPARE_WITH_TIMEOUT(terminal->state(), TerminalPane::State::Open, patience);
    terminal->view()->bridge()->typed(QString::fromLatin1(QByteArray("echo $((6*7))\r").toBase64()));
    const auto printed = std::make_shared<QString>();
    const auto shows42 = [&] {
        terminal->view()->page()->runJavaScript(
            QStringLiteral("(() => { const b = terminal.buffer.active; let text = '';"
                           "for (let i = 0; i < b.length; ++i) text += b.getLine(i).translateToString(true) + '\\n';"
                           "return text; })()"),
            [printed](const QVariant &value) { *printed = value.toString(); });
        return printed->contains(QStringLiteral("\n42\n"));
    };
    QVERIFY2(QTest::qWaitFor(shows42, patience), qPrintable(*printed));
}

void TestRealFleet::aHostThatIsGoneIsSaidAndComesBack()
{
    QFETCH(QString, backend);
    NEED_PEER(startEngine(backend));
    addHost(backend);
    QTRY_VERIFY_WITH_TIMEOUT(host().state == HostState::Ready && !host().backend.isEmpty(), 2 * patience);
    const AppId app = makeApp();
    QVERIFY(!app.isEmpty());
    openFleet();
    QTRY_VERIFY_WITH_TIMEOUT(is(app, SandboxState::Running) && row(app)->hostReachable, patience);
    const SandboxId before = row(app)->sandbox;
    m_server->stop();
    QTRY_VERIFY_WITH_TIMEOUT(row(app) && !row(app)->hostReachable, patience);
    QCOMPARE(page().model()->find(app)->status.word, QStringLiteral("Host unreachable"));
    QTRY_VERIFY_WITH_TIMEOUT(host().unreachableSince.has_value(), patience);
    QVERIFY(hostSubtitle(host()).startsWith(QStringLiteral("unreachable since")));
    page().showApp(app);
    page().showDetail(DetailPane::Terminal);
    QCOMPARE(page().detail()->terminal()->state(), TerminalPane::State::Asleep);
    QVERIFY(m_server->start({}));
    m_shell->services().hosts->reconnect(HostId{QStringLiteral("box")});
    QTRY_VERIFY_WITH_TIMEOUT(is(app, SandboxState::Running) && row(app)->hostReachable, patience);
    QCOMPARE(row(app)->sandbox, before);
    QTRY_COMPARE_WITH_TIMEOUT(page().detail()->terminal()->state(), TerminalPane::State::Open, patience);
}

void TestRealFleet::aTestThatFailsSaysWhatToDo()
{
    m_server->makeHostKey(); // another machine at the same address
    m_server->stop();
    QVERIFY(m_server->start());
    addHost();
    QTRY_VERIFY_WITH_TIMEOUT(find<HostTestPanel>("hostTest"), patience);
    auto *test = find<HostTestPanel>("hostTest");
    QVERIFY2(QTest::qWaitFor([&] { return !test->isRunning() && test->isVisible(); }, patience), "the test hangs");
    QVERIFY(!test->hasPassed());
    auto *remedy = find<QLabel>("remedyQLabel");
    QVERIFY(remedy && remedy->isVisible());
    QVERIFY2(remedy->text().contains(QStringLiteral("ssh-keygen -R")), qPrintable(remedy->text()));
}

void TestRealFleet::aRunOnTheScaleScreenShowsBothHosts()
{
    QFETCH(QString, backend);
    NEED_PEER(startEngine(backend));
    addHost(backend);
    QTRY_VERIFY_WITH_TIMEOUT(host().state == HostState::Ready && !host().backend.isEmpty(), 2 * patience);
    m_shell->window().showPage(MainWindow::Scale);
    ScalePage *scale = m_shell->window().scalePage();
    LoadPlan plan = SetupPanel::preset(12);
    plan.hosts = {QStringLiteral("local"), QStringLiteral("box")};
    scale->setup()->setPlan(plan);
    QTRY_VERIFY(find<QPushButton>("startRunQPushButton")->isEnabled());
    press("startRunQPushButton");
    const LoadBoard *board = scale->board();
    QTRY_COMPARE_WITH_TIMEOUT(board->snapshot().live(), 12, patience);
    QTRY_COMPARE(board->hosts().size(), 2); // the small multiples
    for (const HostCurve &curve : board->hosts()) {
        QCOMPARE(curve.live, 6);
        QCOMPARE(curve.failed, 0);
    }
    press("cancelRunQPushButton");
    press("confirmCancelQPushButton");
    QTRY_VERIFY_WITH_TIMEOUT(board->snapshot().state == LoadRunState::Cancelled, patience);
    QCOMPARE(board->result().summary[QLatin1String("hosts")].toObject().size(), 2);
    QCOMPARE(await(m_shell->application().projects().apps())->size(), 0);
}

int main(int argc, char **argv)
{
    prepareGraphics();
    QApplication app(argc, argv);
    TestRealFleet test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_realfleet.moc"
