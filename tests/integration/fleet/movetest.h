// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/fleet/hostconfig.h"
#include "backends/fleet/hostkit.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/repositories.h"
#include "tests/conformance/await.h"
#include "tests/integration/fleet/fleetrig.h"
#include "tests/support/sshserver.h"

#include <QDir>
#include <QDirIterator>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>

#include <unistd.h>

namespace Flotilla {

using Test::FleetPlaces;
using Test::FleetRig;

inline const QString here = QStringLiteral("local");
inline const QString there = QStringLiteral("box");

/// Counts in /data by itself, notes what it found there when it began, and does not begin where it is told so.
inline const QByteArray countingServer = R"(
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

/// One app that moves between this computer and a real sshd: what the tests of moves share.
class MoveTest : public QObject
{
protected:
    void setUp()
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

    void tearDown()
    {
        if (m_rig)
            (void)await(m_rig->fleet->stopAll(), 60'000);
        m_rig.reset();
        m_server.reset();
        QDir(remoteRuntime()).removeRecursively();
    }

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

    /// Of its processes, as proc(5) has them: one a running sandbox.
    QByteArray serverStates() const
    {
        const QByteArray mine = "s.py" + QByteArray(1, 0) + m_places.installation.toUtf8() + QByteArray(1, 0);
        QByteArray states;
        const QStringList numbers = QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[1-9]*")}, QDir::Dirs);
        for (const QString &number : numbers) {
            const auto read = [&number](const char *name) {
                QFile file(QStringLiteral("/proc/%1/%2").arg(number, QLatin1String(name)));
                return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
            };
            if (!read("cmdline").endsWith(mine))
                continue;
            const QByteArray stat = read("stat");
            const qsizetype at = stat.lastIndexOf(')') + 2;
            if (at < stat.size())
                states.append(stat[at]);
        }
        return states;
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
