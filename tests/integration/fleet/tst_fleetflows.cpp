// SPDX-License-Identifier: GPL-3.0-or-later
// What the fleet does with apps on this computer and on a host behind a real sshd: real bubblewrap on both sides.
#include "backends/fleet/hostconfig.h"
#include "backends/fleet/hostkit.h"
#include "backends/fleet/sandboxaccess.h"
#include "backends/storage/repositories.h"
#include "tests/conformance/await.h"
#include "tests/integration/fleet/fleetrig.h"
#include "tests/support/cliprocess.h"
#include "tests/support/peers.h"
#include "tests/support/sshrelay.h"
#include "tests/support/sshserver.h"
#include "tests/support/systemcount.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QJsonDocument>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <csignal>
#include <cstdio>

#include <unistd.h>

namespace Flotilla {

using Test::FleetPlaces;
using Test::FleetRig;
using Test::SystemCount;

namespace {

constexpr int manyApps = 100;

QString nameOf(int number)
{
    return QStringLiteral("app-%1").arg(number);
}

/// The program that is killed: starts an app per number on the host, says so and goes on living.
int beOwner(const FleetPlaces &places)
{
    FleetRig rig(places);
    QList<Future<SandboxInfo>> starting;
    for (int i = 0; i < manyApps; ++i)
        starting.append(rig.fleet->acquire({nameOf(i)}));
    for (const auto &start : std::as_const(starting)) {
        const auto started = await(start, 120'000);
        if (!started) {
            std::printf("%s\n", problem(started).constData());
            std::fflush(stdout);
            return 1;
        }
    }
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

class TestFleetFlows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { NEED_PEER(Test::SshServer::reasonToSkip()); }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/flotilla-flows-XXXXXX"));
        m_server = std::make_unique<Test::SshServer>(m_dir->filePath(QStringLiteral("sshd")));
        const QString far = m_dir->filePath(QStringLiteral("far"));
        m_server->setEnvironment(
            {QStringLiteral("XDG_DATA_HOME=%1/data").arg(far), QStringLiteral("XDG_CACHE_HOME=%1/cache").arg(far),
             QStringLiteral("XDG_RUNTIME_DIR=%1/none").arg(far), QStringLiteral("HOME=%1").arg(far)});
        QVERIFY(m_server->start());
        m_places = {m_dir->path(),
                    m_server->configFile(),
                    QStringLiteral("t%1").arg(QRandomGenerator::global()->generate(), 8, 16, QLatin1Char('0')),
                    {}};
    }

    void cleanup()
    {
        if (m_rig)
            (void)await(m_rig->fleet->stopAll(), 60'000);
        m_rig.reset();
        m_relay.reset();
        m_server.reset();
        QDir(remoteRuntime()).removeRecursively();
    }

    void thePoolTakesTheHostWithRoom()
    {
        open();
        HostConfig local = m_rig->hosts->card({QStringLiteral("local")}).config;
        local.capacity = 1;
        VERIFY_OK(await(m_rig->hosts->update(local)));
        m_rig->addApp(nameOf(0), QStringLiteral("local"));
        m_rig->addApp(nameOf(1), QStringLiteral("any"));
        VERIFY_OK(await(m_rig->fleet->acquire({nameOf(0)})));
        const auto placed = await(m_rig->fleet->acquire({nameOf(1)}), 60'000); // nobody connected to the host before
        VERIFY_OK(placed);
        QCOMPARE(placed->host.value, QStringLiteral("box"));
        QCOMPARE(m_rig->shell({nameOf(1)}, QStringLiteral("echo here")), QByteArray("here"));
    }

    void aDrainedHostGivesItsAppsAway()
    {
        open();
        const AppId app{nameOf(0)};
        m_rig->addApp(app.value, QStringLiteral("box"));
        VERIFY_OK(await(m_rig->fleet->acquire(app), 60'000));
        QCOMPARE(m_rig->shell(app, QStringLiteral("echo kept > /data/note; cat /data/note")), QByteArray("kept"));
        HostConfig box = m_rig->hosts->card({QStringLiteral("box")}).config;
        box.draining = true;
        VERIFY_OK(await(m_rig->hosts->update(box)));
        VERIFY_OK(await(m_rig->fleet->move(app, {{QStringLiteral("any")}, {}}), 60'000));
        QCOMPARE(m_rig->fleet->current(app)->host.value, QStringLiteral("local"));
        QCOMPARE(m_rig->shell(app, QStringLiteral("cat /data/note")), QByteArray("kept"));
        box.draining = false;
        VERIFY_OK(await(m_rig->hosts->update(box)));
        QCOMPARE(m_rig->shell(app, QStringLiteral("echo more >> /data/note; wc -l < /data/note")), QByteArray("2"));
        VERIFY_OK(await(m_rig->fleet->move(app, {{QStringLiteral("box")}, {}}), 60'000));
        QCOMPARE(m_rig->fleet->current(app)->host.value, QStringLiteral("box"));
        QCOMPARE(m_rig->shell(app, QStringLiteral("wc -l < /data/note")), QByteArray("2"));
    }

    void anIdleAppSleepsAndWakes_data()
    {
        QTest::addColumn<QString>("host");
        QTest::newRow("here") << QStringLiteral("local");
        QTest::newRow("there") << QStringLiteral("box");
    }
    void anIdleAppSleepsAndWakes()
    {
        QFETCH(QString, host);
        open();
        m_rig->idleAfter = std::chrono::seconds(60);
        const AppId app{nameOf(0)};
        m_rig->addApp(app.value, host);
        const auto first = await(m_rig->fleet->acquire(app), 60'000);
        VERIFY_OK(first);
        QCOMPARE(m_rig->shell(app, QStringLiteral("echo kept > /data/note")), QByteArray());
        QVERIFY(processesLeft() > 0);
        m_rig->clock.advance(std::chrono::seconds(61));
        m_rig->fleet->stopIdle();
        QTRY_VERIFY_WITH_TIMEOUT(!m_rig->fleet->current(app).ok(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(processesLeft(), 0, 10'000);
        const auto route = await(m_rig->fleet->route(app)); // somebody looks
        VERIFY_OK(route);
        QVERIFY(!(*route)->open);
        QCOMPARE(m_rig->woken, QList<AppId>{app});
        const auto again = await(m_rig->fleet->acquire(app), 60'000);
        VERIFY_OK(again);
        QCOMPARE(again->host.value, host);
        QVERIFY(again->id != first->id);
        QCOMPARE(m_rig->shell(app, QStringLiteral("cat /data/note")), QByteArray("kept"));
    }

    void anOpenTerminalKeepsItAwake_data() { anIdleAppSleepsAndWakes_data(); }
    void anOpenTerminalKeepsItAwake()
    {
        QFETCH(QString, host);
        open();
        m_rig->idleAfter = std::chrono::seconds(60);
        const AppId app{nameOf(0)};
        m_rig->addApp(app.value, host);
        VERIFY_OK(await(m_rig->fleet->acquire(app), 60'000));
        auto other = std::make_unique<FleetRig>(m_places); // another program
        VERIFY_OK(await(other->fleet->acquire(app), 60'000));
        SandboxAccess access(other->fleet.get());
        auto terminal = await(access.openTerminal(app, 80, 24));
        VERIFY_OK(terminal);
        QByteArray seen;
        connect(terminal->get(), &SandboxTerminal::output, this, [&seen](const QByteArray &bytes) { seen += bytes; });
        (*terminal)->start();
        QTRY_VERIFY_WITH_TIMEOUT(!seen.isEmpty(), 10'000); // the prompt
        for (int i = 0; i < 9; ++i) {
            if (i % 3 == 0)
                m_rig->clock.advance(std::chrono::seconds(61));
            m_rig->fleet->stopIdle();
            (*terminal)->write(QByteArray("echo $((1000 + ") + QByteArray::number(i) + "))\n");
            QVERIFY2(QTest::qWaitFor([&seen, i] { return seen.contains(QByteArray::number(1000 + i)); }, 20'000), seen);
            VERIFY_OK(m_rig->fleet->current(app));
        }
        *terminal = SandboxTerminalHandle();
        QVERIFY(QTest::qWaitFor(
            [this, &app] {
                m_rig->clock.advance(std::chrono::seconds(61));
                m_rig->fleet->stopIdle();
                return !m_rig->fleet->current(app).ok();
            },
            20'000));
    }

    void aLostSandboxIsMadeAnew_data() { anIdleAppSleepsAndWakes_data(); }
    void aLostSandboxIsMadeAnew()
    {
        QFETCH(QString, host);
        open();
        const AppId app{nameOf(0)};
        m_rig->addApp(app.value, host);
        const auto first = await(m_rig->fleet->acquire(app), 60'000);
        VERIFY_OK(first);
        m_rig.reset(); // nobody looks while it dies
        const qint64 agent = agentOf(first->id);
        QVERIFY(agent > 1);
        QCOMPARE(::kill(pid_t(agent), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(processesLeft(), 0, 10'000);
        m_rig = std::make_unique<FleetRig>(m_places);
        const auto again = await(m_rig->fleet->acquire(app), 60'000);
        VERIFY_OK(again);
        QVERIFY(again->id != first->id);
        QCOMPARE(m_rig->shell(app, QStringLiteral("echo back")), QByteArray("back"));
        QCOMPARE(m_rig->store->sandboxes().list()->size(), 1);
    }

    void aHundredRemoteOnesSurviveTheirOwner()
    {
        open();
        for (int i = 0; i < manyApps; ++i)
            m_rig->addApp(nameOf(i), QStringLiteral("box"));
        m_rig.reset();
        QProcess owner;
        owner.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("owner"), m_places.dir, m_places.sshConfig, m_places.installation});
        QVERIFY(QTest::qWaitFor([&owner] { return owner.canReadLine() || owner.state() == QProcess::NotRunning; },
                                150'000));
        const QByteArray said = owner.readLine().trimmed();
        owner.kill();
        QVERIFY(owner.waitForFinished());
        QCOMPARE(said, QByteArray("ready"));
        m_rig = std::make_unique<FleetRig>(m_places);
        m_rig->hosts->connectAll();
        QTRY_VERIFY_WITH_TIMEOUT(m_rig->hosts->card({QStringLiteral("box")}).state == HostState::Ready, 30'000);
        const auto alive = await(m_rig->fleet->reconcile(), 60'000);
        VERIFY_OK(alive);
        QCOMPARE(*alive, manyApps);
        for (int i = 0; i < manyApps; i += 11)
            QCOMPARE(m_rig->shell({nameOf(i)}, QStringLiteral("echo alive")), QByteArray("alive"));
        const auto stopped = await(m_rig->fleet->stopAll(), 90'000);
        VERIFY_OK(stopped);
        QCOMPARE(*stopped, manyApps);
        QTRY_COMPARE_WITH_TIMEOUT(processesLeft(), 0, 20'000);
    }

    void anUploadThatIsCutOffGoesOn()
    {
        m_places.runtime = m_dir->filePath(QStringLiteral("runtime"));
        makeBigFolder(m_places.runtime);
        m_rig = std::make_unique<FleetRig>(m_places);
        VERIFY_OK(m_rig->addBox());
        QList<HostCard> seen;
        bool cut = false;
        const QObject context; // what it captures lives as long
        connect(m_rig->hosts.get(), &HostService::hostChanged, &context, [&](const HostCard &card) {
            if (card.config.id.value != QLatin1String("box"))
                return;
            seen.append(card);
            const bool copying = card.preparing.value_or(0) > 0 && card.stateText.contains(QStringLiteral("runtime"));
            if (!copying || std::exchange(cut, true))
                return;
            for (const qint64 session : m_server->sessions())
                ::kill(pid_t(session), SIGKILL);
        });
        m_rig->hosts->connectAll();
        QTRY_VERIFY_WITH_TIMEOUT(cut, 60'000);
        const auto was = [&seen](HostState state) {
            return std::any_of(seen.cbegin(), seen.cend(), [=](const HostCard &card) { return card.state == state; });
        };
        QTRY_VERIFY_WITH_TIMEOUT(was(HostState::Unreachable), 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(was(HostState::Ready), 60'000);
        for (const HostCard &card : std::as_const(seen)) {
            QVERIFY2(card.state != HostState::Ready || !card.backend.isEmpty(), "ready without a backend");
            QVERIFY(!card.preparing || card.state == HostState::Connecting);
        }
        m_rig->addApp(nameOf(0), QStringLiteral("box"));
        VERIFY_OK(await(m_rig->fleet->acquire({nameOf(0)}), 60'000));
        QTRY_COMPARE_WITH_TIMEOUT(draftsLeft(), QStringList(), 20'000);
    }

    void aMoveThatIsCutOffGoesOn_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("to the host") << QStringLiteral("local") << QStringLiteral("box");
        QTest::newRow("from the host") << QStringLiteral("box") << QStringLiteral("local");
    }
    void aMoveThatIsCutOffGoesOn()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        const AppId app = openWithBigData(from);
        const QByteArray sum = m_rig->shell(app, sumOfData);
        m_relay->cutAfter(cutAt);
        VERIFY_OK(await(m_rig->fleet->move(app, {{to}, {}}), 120'000));
        QVERIFY(m_relay->hasCut());
        isOnlyAt(app, to);
        QCOMPARE(m_rig->shell(app, sumOfData), sum);
        if (to == QLatin1String("box")) // what had arrived was not sent again
            QVERIFY2(m_relay->passedSinceCut() < bigData - cutAt / 2, QByteArray::number(m_relay->passedSinceCut()));
        QTRY_COMPARE_WITH_TIMEOUT(draftsLeft(), QStringList(), 20'000);
    }

    void aMoveToAHostThatStaysAwayLeavesTheAppWhereItIs()
    {
        m_places.reconnectWait = std::chrono::milliseconds(1'500);
        const AppId app = openWithBigData(QStringLiteral("local"));
        const QByteArray sum = m_rig->shell(app, sumOfData);
        m_relay->cutAfter(cutAt);
        m_relay->refuse();
        const Status moved = await(m_rig->fleet->move(app, {{QStringLiteral("box")}, {}}), 120'000);
        QVERIFY(m_relay->hasCut());
        COMPARE_KIND(moved, ErrorKind::Unavailable);
        QVERIFY2(moved.error().text.contains(QStringLiteral("where they were")), problem(moved).constData());
        isOnlyAt(app, QStringLiteral("local"));
        QCOMPARE(m_rig->shell(app, sumOfData), sum);
        QVERIFY(m_relay->accept());
        m_rig->hosts->reconnect({QStringLiteral("box")});
        QTRY_COMPARE_WITH_TIMEOUT(m_rig->shell({nameOf(1)}, QStringLiteral("echo here")), QByteArray("here"), 60'000);
    }

private:
    static constexpr qint64 bigData = 64 * 1024 * 1024;
    static constexpr qint64 cutAt = 30 * 1024 * 1024;
    static inline const QString sumOfData = QStringLiteral("sha256sum < /data/deep/big; cat /data/note");

    /// Its connection goes through the relay, and is there.
    AppId openWithBigData(const QString &host)
    {
        m_relay = std::make_unique<Test::SshRelay>(m_server->port());
        m_server->configure(
            {QStringLiteral("Port %1").arg(m_relay->port()), QStringLiteral("StrictHostKeyChecking accept-new")});
        open();
        const AppId app{nameOf(0)};
        const AppId other{nameOf(1)};
        m_rig->addApp(app.value, host);
        m_rig->addApp(other.value, QStringLiteral("box"));
        for (const AppId &one : {app, other}) {
            const auto made = await(m_rig->fleet->acquire(one), 60'000);
            if (!made)
                qWarning("%s", problem(made).constData());
        }
        m_rig->shell(app, QStringLiteral("mkdir /data/deep && head -c %1 /dev/urandom > /data/deep/big && "
                                         "echo kept > /data/note")
                              .arg(bigData));
        return app;
    }

    /// One sandbox in all, on this host, and what the store says is the same.
    void isOnlyAt(const AppId &app, const QString &host)
    {
        const auto entries = await(m_rig->fleet->list());
        VERIFY_OK(entries);
        QStringList hosts;
        for (const FleetEntry &entry : *entries)
            if (entry.info.app == app)
                hosts.append(entry.info.host.value);
        QCOMPARE(hosts, QStringList{host});
        QCOMPARE(m_rig->fleet->current(app)->host.value, host);
    }

    /// This computer and the host.
    void open()
    {
        m_rig = std::make_unique<FleetRig>(m_places);
        VERIFY_OK(m_rig->addBox());
    }

    QString remoteRuntime() const
    {
        HostConfig box;
        box.suffix = hostSuffix({QStringLiteral("box")});
        return QStringLiteral("/tmp/flotilla-%1-%2")
            .arg(getuid())
            .arg(HostKit::installationOn(m_places.installation, box));
    }

    /// On both sides.
    int processesLeft() const
    {
        return SystemCount::of(m_dir->filePath(QStringLiteral("store")), m_dir->filePath(QStringLiteral("run")))
                   .processes +
               SystemCount::of(remoteRuntime(), remoteRuntime()).processes;
    }

    /// The agent of a sandbox, from what its launcher noted.
    qint64 agentOf(const SandboxId &id) const
    {
        for (const QString &runtime : {m_dir->filePath(QStringLiteral("run")), remoteRuntime()}) {
            QDirIterator inside(runtime, {QStringLiteral("label.json")}, QDir::Files, QDirIterator::Subdirectories);
            while (inside.hasNext()) {
                QFile file(inside.next());
                if (file.fileName().contains(id.value) && file.open(QIODevice::ReadOnly))
                    return QJsonDocument::fromJson(file.readAll())[QLatin1String("pid")].toInteger();
            }
        }
        return 0;
    }

    /// The runtime with many bytes more, so that the copy is still under way when it is cut off.
    static void makeBigFolder(const QString &path)
    {
        const QString runtime = Test::binDir() + QStringLiteral("/../share/flotilla/runtime");
        QCOMPARE(Test::runProgram(QStringLiteral("cp"), {QStringLiteral("-r"), runtime, path}), 0);
        QByteArray bytes(8 * 1024 * 1024, Qt::Uninitialized);
        for (int i = 0; i < 8; ++i) {
            QRandomGenerator::global()->fillRange(reinterpret_cast<quint32 *>(bytes.data()), bytes.size() / 4);
            QFile file(path + QStringLiteral("/part%1").arg(i));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        }
    }

    QStringList draftsLeft() const
    {
        QStringList drafts;
        QDirIterator inside(m_dir->filePath(QStringLiteral("far")), {QStringLiteral(".flotilla-*")},
                            QDir::AllEntries | QDir::Hidden, QDirIterator::Subdirectories);
        while (inside.hasNext())
            drafts.append(inside.next());
        return drafts;
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
    std::unique_ptr<Test::SshRelay> m_relay;
    FleetPlaces m_places;
    std::unique_ptr<FleetRig> m_rig;
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    if (args.value(1) == QLatin1String("owner"))
        return Flotilla::beOwner({args.value(2), args.value(3), args.value(4), {}});
    Flotilla::TestFleetFlows test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_fleetflows.moc"
