// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing that an app stores is lost when it goes to another host: real bubblewrap here and behind a real sshd.
#include "backends/agent/agentclient.h"
#include "backends/fleet/hostconfig.h"
#include "backends/fleet/hostkit.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/repositories.h"
#include "tests/conformance/await.h"
#include "tests/integration/fleet/fleetrig.h"
#include "tests/support/cliprocess.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>
#include <csignal>
#include <cstdio>

#include <unistd.h>

namespace Flotilla {

using Test::FleetPlaces;
using Test::FleetRig;

namespace {

const QString here = QStringLiteral("local");
const QString there = QStringLiteral("box");

/// For a shell: whatever /data holds, with the names that nobody sees.
const QString allOfData = QStringLiteral("cd /data && find . -mindepth 1 -printf '%P %y %m\\n' | sort && "
                                         "find . -type f -print0 | sort -z | xargs -0 sha256sum");

/// Counts in /data by itself, notes what it found there when it began, and does not begin where it is told so.
const QByteArray countingServer = R"(
import http.server, os, sys, threading
data = os.environ['HOME']
if os.path.exists(data + '/refuse'): sys.exit('not here')
count = int(open(data + '/count').read()) if os.path.exists(data + '/count') else 0
open(data + '/began', 'w').write(str(count))
def work():
    global count
    while True:
        count += 1
        with open(data + '/next', 'w') as file: file.write(str(count))
        os.rename(data + '/next', data + '/count')
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = str(count).encode()
        self.send_response(200); self.send_header('Content-Length', str(len(body))); self.end_headers()
        self.wfile.write(body)
threading.Thread(target=work, daemon=True).start()
http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
)";

/// Reads the counter from outside as long as it is there.
class Witness
{
public:
    explicit Witness(const QString &file)
        : m_thread(QThread::create([this, file] {
            while (!m_done) {
                QFile count(file);
                if (const int seen = count.open(QIODevice::ReadOnly) ? count.readAll().toInt() : 0; seen > m_last)
                    m_last = seen;
            }
        }))
    {
        m_thread->start();
    }
    ~Witness()
    {
        m_done = true;
        m_thread->wait();
    }
    int last() const { return m_last; }

private:
    std::atomic<bool> m_done = false;
    std::atomic<int> m_last = 0;
    std::unique_ptr<QThread> m_thread;
};

/// The program that is killed while it moves an app.
int beMover(const FleetPlaces &places, const QString &app)
{
    FleetRig rig(places);
    (void)await(rig.fleet->move({app}, {{there}, {}}), 120'000);
    return 0;
}

} // namespace

class TestMoves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { NEED_PEER(Test::SshServer::reasonToSkip()); }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/flotilla-moves-XXXXXX"));
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
        m_rig = std::make_unique<FleetRig>(m_places);
        VERIFY_OK(m_rig->addBox());
    }

    void cleanup()
    {
        if (m_rig)
            (void)await(m_rig->fleet->stopAll(), 60'000);
        m_rig.reset();
        m_server.reset();
        QDir(remoteRuntime()).removeRecursively();
    }

    void whatItWritesByItselfComesAlong_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::newRow("to the host") << here << there;
        QTest::newRow("from the host") << there << here;
    }
    void whatItWritesByItselfComesAlong()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        startCounting(from);
        m_rig->shell(m_app, QStringLiteral("head -c 30000000 /dev/urandom > /data/big")); // a copy takes a while
        const Witness witness(countIn(from));
        QTRY_VERIFY(witness.last() > 0);
        VERIFY_OK(await(m_rig->fleet->move(m_app, {{to}, {}}), 120'000));
        QCOMPARE(m_rig->fleet->current(m_app)->host.value, to);
        const int began = m_rig->shell(m_app, QStringLiteral("cat /data/began")).toInt();
        QVERIFY2(began >= witness.last(), qPrintable(QStringLiteral("%1 < %2").arg(began).arg(witness.last())));
        QVERIFY(countIn(from).isEmpty());
        goesOn(to);
    }

    void aMoveThatFailsLetsItGoOn()
    {
        startCounting(here);
        m_rig->shell(m_app, QStringLiteral("touch /data/refuse"));
        const Status moved = await(m_rig->fleet->move(m_app, {{there}, {}}), 120'000);
        QVERIFY(!moved.ok());
        QVERIFY2(moved.error().text.contains(QStringLiteral("stays where it is")), problem(moved).constData());
        QCOMPARE(m_rig->fleet->current(m_app)->host.value, here);
        goesOn(here);
        QTRY_VERIFY(countIn(there).isEmpty()); // no copy of its data stays behind
    }

    void aProgramThatDiesLetsItGoOn()
    {
        startCounting(here);
        for (const char *name : {"one", "two"}) // a copy takes a while
            m_rig->shell(m_app, QStringLiteral("head -c 60000000 /dev/urandom > /data/%1").arg(QLatin1String(name)));
        const Witness witness(countIn(here));
        m_rig.reset();
        QProcess mover;
        mover.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("mover"), m_places.dir, m_places.sshConfig, m_places.installation, m_app.value});
        QTRY_VERIFY_WITH_TIMEOUT(serverState() == 'T', 60'000);
        for (const qint64 session : m_server->sessions()) // so that the copy does not end
            ::kill(pid_t(session), SIGSTOP);
        QCOMPARE(serverState(), 'T');
        mover.kill();
        QVERIFY(mover.waitForFinished());
        const int then = witness.last();
        QTRY_VERIFY(witness.last() > then);
        m_server->stop();
        QVERIFY(m_server->start());
        m_rig = std::make_unique<FleetRig>(m_places);
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        QCOMPARE(m_rig->fleet->current(m_app)->host.value, here);
        goesOn(here);
        VERIFY_OK(await(m_rig->fleet->move(m_app, {{there}, {}}), 120'000));
        const QDir store(m_dir->filePath(QStringLiteral("store")));
        QCOMPARE(store.entryList({QStringLiteral("moving-*")}, QDir::Dirs), QStringList());
    }

    void aRestoreThatFailsKeepsTheData_data()
    {
        QTest::addColumn<QString>("now"); // where its data is
        QTest::newRow("on the snapshot's host") << there;
        QTest::newRow("elsewhere") << here;
    }
    void aRestoreThatFailsKeepsTheData()
    {
        QFETCH(QString, now);
        m_rig->addApp(m_app.value, there);
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        m_rig->shell(m_app, QStringLiteral("echo then > /data/note"));
        const SnapshotInfo taken = snapshotThere();
        if (now != there)
            VERIFY_OK(await(m_rig->fleet->move(m_app, {{now}, {}}), 60'000));
        m_rig->shell(m_app, QStringLiteral("echo now > /data/note"));
        const auto backend = await(m_rig->hosts->backend({there}, {}));
        VERIFY_OK(backend);
        VERIFY_OK(await((*backend)->removeSnapshot(taken.id)));
        QVERIFY(!await(m_rig->fleet->acquireFrom(m_app, taken), 60'000).ok());
        const auto again = await(m_rig->fleet->acquire(m_app), 60'000);
        VERIFY_OK(again);
        QCOMPARE(again->host.value, now);
        QCOMPARE(m_rig->shell(m_app, QStringLiteral("cat /data/note")), QByteArray("now"));
    }

    void aBrokenArchiveKeepsTheData_data()
    {
        QTest::addColumn<QString>("now"); // where its data is
        QTest::addColumn<bool>("cut");    // otherwise two thirds are there, and then garbage
        QTest::newRow("cut") << there << true;
        QTest::newRow("garbage") << there << false;
        QTest::newRow("cut, from elsewhere") << here << true;
        QTest::newRow("garbage, from elsewhere") << here << false;
    }
    /// Much of it is in /data already when the import fails.
    void aBrokenArchiveKeepsTheData()
    {
        QFETCH(QString, now);
        QFETCH(bool, cut);
        m_rig->addApp(m_app.value, there);
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        m_rig->shell(m_app, QStringLiteral("cd /data && echo then > note && mkdir deep && for n in 1 2 3 4 5 6; do "
                                           "head -c 1000000 /dev/urandom > deep/$n; done"));
        const SnapshotInfo taken = snapshotThere();
        if (now != there)
            VERIFY_OK(await(m_rig->fleet->move(m_app, {{now}, {}}), 60'000));
        m_rig->shell(m_app, QStringLiteral("cd /data && echo now > note && rm deep/2 && mkdir -p a/b && echo x > a/b/c "
                                           "&& chmod 500 a/b"));
        const QByteArray before = m_rig->shell(m_app, allOfData);
        breakArchive(cut);
        QVERIFY(!await(m_rig->fleet->acquireFrom(m_app, taken), 60'000).ok());
        QCOMPARE(dataFolders().size(), 1); // there or, when it came for the restore, at the snapshot
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        QCOMPARE(m_rig->fleet->current(m_app)->host.value, now);
        QCOMPARE(m_rig->shell(m_app, allOfData), before);
        const QString other = now == there ? here : there;
        VERIFY_OK(await(m_rig->fleet->move(m_app, {{other}, {}}), 60'000));
        QCOMPARE(m_rig->shell(m_app, allOfData), before);
        QCOMPARE(dataFolders(), QStringList(other));
    }

    void whoWakesItMeanwhileFindsItsData()
    {
        m_rig->addApp(m_app.value, here);
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        m_rig->shell(m_app, QStringLiteral("head -c 60000000 /dev/urandom > /data/big; echo kept > /data/note"));
        VERIFY_OK(await(m_rig->fleet->release(m_app), 60'000));
        FleetRig other(m_places); // another program
        const auto moving = m_rig->fleet->move(m_app, {{there}, {}});
        VERIFY_OK(await(other.fleet->acquire(m_app), 120'000));
        const Status moved = await(moving, 120'000);
        QVERIFY2(moved.ok() || moved.error().kind == ErrorKind::Conflict, problem(moved).constData());
        QCOMPARE(other.shell(m_app, QStringLiteral("cat /data/note; echo more >> /data/note")), QByteArray("kept"));
        VERIFY_OK(await(other.fleet->release(m_app), 60'000));
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        QCOMPARE(m_rig->shell(m_app, QStringLiteral("cat /data/note")), QByteArray("kept\nmore"));
    }

private:
    SnapshotInfo snapshotThere()
    {
        const auto backend = await(m_rig->hosts->backend({there}, {}));
        const SandboxId sandbox = m_rig->fleet->current(m_app)->id;
        auto taken = backend ? await((*backend)->snapshot(sandbox, {QStringLiteral("snap")}, {}))
                             : Result<SnapshotInfo>(backend.error());
        if (!taken) {
            QTest::qFail(problem(taken).constData(), __FILE__, __LINE__);
            return {};
        }
        taken->app = m_app;
        taken->host = {there};
        return *taken;
    }

    void breakArchive(bool cut)
    {
        QDirIterator inside(m_dir->filePath(QStringLiteral("far")), {QStringLiteral("files.tar")}, QDir::Files,
                            QDirIterator::Subdirectories);
        QVERIFY(inside.hasNext());
        QFile archive(inside.next());
        QVERIFY(archive.open(QIODevice::ReadWrite));
        const qint64 good = archive.size() * 2 / 3;
        QVERIFY(archive.resize(good) && archive.seek(good));
        QVERIFY(cut || archive.write(QByteArray("no archive").repeated(200'000)) > 0);
    }

    /// The hosts that keep a copy of the app's /data.
    QStringList dataFolders() const
    {
        QStringList hosts;
        for (const QString &host : {here, there}) {
            QDirIterator inside(m_dir->filePath(host == here ? QStringLiteral("appdata") : QStringLiteral("far")),
                                {m_app.value}, QDir::Dirs, QDirIterator::Subdirectories);
            if (inside.hasNext())
                hosts.append(host);
        }
        return hosts;
    }

    /// Its only version, works.
    void startCounting(const QString &host)
    {
        m_rig->addApp(m_app.value, host);
        const QByteArray start = "{\"start\":[\"python3\",\"s.py\",\"" + m_places.installation.toUtf8() + "\"]}";
        const FileMap files{{QStringLiteral("app.json"), start}, {QStringLiteral("s.py"), countingServer}};
        VersionRecord version;
        version.app = m_app;
        version.state = QStringLiteral("green");
        version.created = m_rig->clock.now();
        VERIFY_OK(m_rig->store->versions().commit(version, files, {}));
        VERIFY_OK(await(m_rig->fleet->acquire(m_app), 60'000));
        const auto built = await((*m_rig->fleet->agent(m_app))->apply(files, {}, true, true));
        VERIFY_OK(built);
        QVERIFY2(built->state == AgentBuild::State::Ok, qPrintable(built->text));
        QTRY_VERIFY(!countIn(host).isEmpty());
    }

    void goesOn(const QString &host)
    {
        const Witness witness(countIn(host));
        QTRY_VERIFY(witness.last() > 0);
        const int then = witness.last();
        QTRY_VERIFY(witness.last() > then);
    }

    /// The counter's file on that host, as long as there is one.
    QString countIn(const QString &host) const
    {
        QDirIterator inside(m_dir->filePath(host == here ? QStringLiteral("appdata") : QStringLiteral("far")),
                            {QStringLiteral("count")}, QDir::Files, QDirIterator::Subdirectories);
        return inside.hasNext() ? inside.next() : QString();
    }

    /// Of its process, as proc(5) has it; 0: there is none.
    char serverState() const
    {
        const QStringList numbers = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[1-9]*")}, QDir::Dirs);
        for (const QString &number : numbers) {
            const auto read = [&number](const char *name) {
                QFile file(QStringLiteral("/proc/%1/%2").arg(number, QLatin1String(name)));
                return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            };
            if (!read("cmdline").endsWith("s.py" + QByteArray(1, 0) + m_places.installation.toUtf8() +
                                          QByteArray(1, 0)))
                continue;
            const QByteArray stat = read("stat");
            const qsizetype at = stat.lastIndexOf(')') + 2;
            return at < stat.size() ? stat[at] : '\0';
        }
        return 0;
    }

    QString remoteRuntime() const
    {
        HostConfig box;
        box.suffix = hostSuffix({there});
        return QStringLiteral("/tmp/flotilla-%1-%2")
            .arg(getuid())
            .arg(HostKit::installationOn(m_places.installation, box));
    }

    const AppId m_app{QStringLiteral("app-0")};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
    FleetPlaces m_places;
    std::unique_ptr<FleetRig> m_rig;
};

} // namespace Flotilla

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList args = QCoreApplication::arguments();
    if (args.value(1) == QLatin1String("mover"))
        return Flotilla::beMover({args.value(2), args.value(3), args.value(4), {}}, args.value(5));
    Flotilla::TestMoves test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_moves.moc"
