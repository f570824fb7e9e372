// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testengine.h"

#include "backends/sandbox/container/enginereply.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>

#include <csignal>

#include <sys/mount.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace Flotilla {

namespace {

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString lastLine(const QByteArray &text)
{
    return QString::fromUtf8(text.trimmed().split('\n').constLast().right(1000));
}

} // namespace

TestEngine::TestEngine(ContainerEngine::Kind kind)
    : m_kind(kind)
    , m_dir(QStringLiteral("/tmp/flotilla-engine-XXXXXX"))
{
    m_process.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); }); // also when the test crashes
    writeConfiguration();
}

TestEngine::~TestEngine()
{
    stop();
    endShims();
    QFile mounts(QStringLiteral("/proc/self/mounts")); // what an engine leaves mounted keeps its folder from going
    if (mounts.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : mounts.readAll().split('\n')) {
            const QByteArray point = line.split(' ').value(1);
            if (point.startsWith(m_dir.path().toUtf8() + '/'))
                umount2(point.constData(), MNT_DETACH);
        }
    }
}

/// What a killed dockerd leaves: a shim for each container, and what runs in it.
void TestEngine::endShims() const
{
    const QStringList all = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString &pid : all) {
        const QByteArray command = contents(QStringLiteral("/proc/%1/cmdline").arg(pid));
        if (!command.contains("containerd-shim") || !command.contains(m_dir.path().toUtf8() + '/'))
            continue;
        const QList<QByteArray> children = contents(QStringLiteral("/proc/%1/task/%1/children").arg(pid)).split(' ');
        for (const QByteArray &child : children) {
            if (child.toInt() > 1)
                ::kill(child.toInt(), SIGKILL);
        }
        ::kill(pid.toInt(), SIGKILL);
    }
}

/// Its containerd dies with a killed dockerd, but the next one takes it for alive until somebody collected it.
void TestEngine::waitForContainerd() const
{
    const QByteArray pid = contents(m_dir.filePath(QStringLiteral("exec/containerd/containerd.pid"))).trimmed();
    const QString process = QStringLiteral("/proc/") + QString::fromLatin1(pid);
    for (int i = 0; !pid.isEmpty() && QFile::exists(process) && i < 400; ++i)
        QThread::msleep(50); // the machine's first process collects it
}

/// As root runc and the limits: for machines with hybrid cgroups, and without CAP_SYS_RESOURCE. A rootless engine needs
/// the systemd of its user, and what Podman chooses by itself.
void TestEngine::writeConfiguration() const
{
    const QByteArray asRoot = geteuid() == 0 ? "runtime=\"runc\"\ncgroup_manager=\"cgroupfs\"\n" : "";
    put(m_dir.filePath(QStringLiteral("containers.conf")),
        "[engine]\n" + asRoot +
            "events_logger=\"file\"\n[containers]\n"
            "default_ulimits=[\"nofile=1024:1024\",\"nproc=1024:1024\"]\n");
    const QByteArray dir = m_dir.path().toUtf8();
    put(m_dir.filePath(QStringLiteral("storage.conf")),
        "[storage]\ndriver=\"overlay\"\ngraphroot=\"" + dir + "/root\"\nrunroot=\"" + dir + "/run\"\n");
    put(m_dir.filePath(QStringLiteral("daemon.json")), "{}");
    // a registry of a test speaks HTTP; Docker takes that on the loopback by itself
    put(m_dir.filePath(QStringLiteral("registries.conf")), "[[registry]]\nlocation=\"127.0.0.1\"\ninsecure=true\n");
}

QProcessEnvironment TestEngine::environment() const
{
    QProcessEnvironment env = QProcessEnvironment::systemEnvironment();
    env.insert(QStringLiteral("CONTAINERS_CONF"), m_dir.filePath(QStringLiteral("containers.conf")));
    env.insert(QStringLiteral("CONTAINERS_STORAGE_CONF"), m_dir.filePath(QStringLiteral("storage.conf")));
    env.insert(QStringLiteral("CONTAINERS_REGISTRIES_CONF"), m_dir.filePath(QStringLiteral("registries.conf")));
    env.insert(QStringLiteral("DOCKER_HOST"), QLatin1String("unix://") + socket());
    return env;
}

QStringList TestEngine::cliCommand() const
{
    return {isPodman() ? QStringLiteral("podman") : QStringLiteral("docker")};
}

bool TestEngine::answers() const
{
    QLocalSocket probe;
    probe.connectToServer(socket());
    if (!probe.waitForConnected(1000))
        return false;
    probe.write("GET /_ping HTTP/1.0\r\n\r\n");
    return probe.waitForReadyRead(5000) && probe.readAll().contains("200 OK");
}

QJsonObject TestEngine::ask(const QByteArray &path) const
{
    QLocalSocket engine;
    engine.connectToServer(socket());
    engine.waitForConnected(1000);
    engine.write("GET " + path + " HTTP/1.0\r\n\r\n");
    QByteArray reply;
    while (engine.waitForReadyRead(20'000))
        reply += engine.readAll();
    return QJsonDocument::fromJson(reply.mid(reply.indexOf("\r\n\r\n"))).object();
}

/// Of an ordinary user it may start where it cannot limit anything; the program refuses it there.
QString TestEngine::whatItLacks() const
{
    QJsonObject info = ask("/info");
    if (isPodman() && info[QStringLiteral("CgroupVersion")] == QLatin1String("2"))
        info = EngineParse::withControllers(info, ask("/libpod/info"));
    const Status able = EngineParse::canEnforce(info);
    return able ? QString() : able.error().text + QLatin1Char(' ') + able.error().detail;
}

bool TestEngine::start()
{
    if (!startProcess())
        return false;
    m_problem = whatItLacks();
    if (m_problem.isEmpty())
        return true;
    m_problem.prepend(isPodman() ? QLatin1String("podman: ") : QLatin1String("dockerd: "));
    stop();
    return false;
}

bool TestEngine::startProcess()
{
    const QString dir = m_dir.path() + QLatin1Char('/');
    const QString program = isPodman() ? QStringLiteral("podman") : QStringLiteral("dockerd");
    const QStringList args = isPodman() ? QStringList{QStringLiteral("system"), QStringLiteral("service"),
                                                      QStringLiteral("--time=0"), QLatin1String("unix://") + socket()}
                                        : QStringList{QStringLiteral("-H"),
                                                      QLatin1String("unix://") + socket(),
                                                      QStringLiteral("--config-file"),
                                                      dir + QLatin1String("daemon.json"),
                                                      QStringLiteral("--data-root"),
                                                      dir + QLatin1String("root"),
                                                      QStringLiteral("--exec-root"),
                                                      dir + QLatin1String("exec"),
                                                      QStringLiteral("-p"),
                                                      dir + QLatin1String("docker.pid"),
                                                      QStringLiteral("--bridge=none"),
                                                      QStringLiteral("--iptables=false"),
                                                      QStringLiteral("--ip6tables=false")};
    QString path = QStandardPaths::findExecutable(program);
    if (path.isEmpty()) // not in the path of Debian's ordinary users
        path = QStandardPaths::findExecutable(program, {QStringLiteral("/usr/sbin")});
    if (path.isEmpty()) {
        m_problem = program + QLatin1String(" is not installed");
        return false;
    }
    m_process.setProcessEnvironment(environment());
    m_process.setStandardOutputFile(dir + QLatin1String("log"), QIODevice::Append);
    m_process.setStandardErrorFile(dir + QLatin1String("log"), QIODevice::Append);
    m_process.start(path, args);
    QElapsedTimer waited;
    waited.start();
    while (m_process.waitForStarted() && m_process.state() == QProcess::Running && waited.elapsed() < 60'000) {
        if (answers())
            return true;
        m_process.waitForFinished(50); // without an event loop nothing else notices that it gave up
    }
    QFile log(dir + QLatin1String("log"));
    m_problem = program + QLatin1String(" does not start: ") +
                (log.open(QIODevice::ReadOnly) ? lastLine(log.readAll()) : QString());
    stop();
    return false;
}

void TestEngine::stop(bool hard)
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    freeze(false); // else it would not end by itself
    if (hard)
        m_process.kill();
    else
        m_process.terminate();
    if (!m_process.waitForFinished(30'000)) {
        m_process.kill();
        m_process.waitForFinished(10'000);
    }
    if (hard)
        waitForContainerd();
}

void TestEngine::freeze(bool frozen) const
{
    ::kill(pid_t(m_process.processId()), frozen ? SIGSTOP : SIGCONT);
}

QByteArray TestEngine::cli(const QStringList &args)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.start(cliCommand().constFirst(), args);
    process.waitForFinished(60'000);
    return process.readAllStandardOutput() + process.readAllStandardError();
}

} // namespace Flotilla
