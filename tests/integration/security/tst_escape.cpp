// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/agentclient.h"
#include "backends/hosts/local/localhost.h"
#include "backends/http/httpclient.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"
#include "backends/sandbox/container/containerbackend.h"
#include "tests/conformance/await.h"
#include "tests/support/testengine.h"

#include <QCoreApplication>
#include <QLocalServer>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTemporaryDir>

#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

QString text(const char *literal)
{
    return QString::fromUtf8(literal);
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// Hostile code inside a real sandbox (probes.py): one row per thing it tries, with the refusal that must come.
/// Sources: sandboxes.md d.3. As root everything runs a second time as an ordinary user.
class TestEscape : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void probe_data();
    void probe();
    void fileBomb_data();
    void fileBomb();
    void nodeWorks();
    void hostSeesAnUnprivilegedProcess();
    void leavesTheHostAlone();
    void asOrdinaryUser();

private:
    static bool isContainer() { return qstrcmp(BACKEND, "bubblewrap") != 0; }
    bool startBackend(const QString &bin);
    QByteArray run(const QStringList &argv, QString *reason = nullptr);

    QTemporaryDir m_dir{text("/tmp/flotilla-esc-XXXXXX")};
    std::unique_ptr<LocalHost> m_host;
    std::unique_ptr<TestEngine> m_engine;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<SandboxBackend> m_backend;
    AgentClient *m_agent = nullptr;
    QTcpServer m_port;
    QLocalServer m_socket;
    QLocalServer m_abstract;
};

bool TestEscape::startBackend(const QString &bin)
{
    if (!isContainer()) {
        m_backend = std::make_unique<BubblewrapBackend>(
            m_host.get(), BubblewrapBackend::Layout{bin + text("/flotilla-agent"), bin, {}, text("test")});
        return true;
    }
    const bool podman = qstrcmp(BACKEND, "podman") == 0;
    m_engine = std::make_unique<TestEngine>(podman ? ContainerEngine::Kind::Podman : ContainerEngine::Kind::Docker);
    if (!m_engine->start())
        return false;
    m_http = std::make_unique<HttpClient>();
    ContainerEngine engine;
    engine.kind = podman ? ContainerEngine::Kind::Podman : ContainerEngine::Kind::Docker;
    engine.socket = m_engine->socket();
    m_backend = std::make_unique<ContainerBackend>(
        m_host.get(), m_http.get(), engine, ContainerBackend::Layout{bin + text("/flotilla-agent"), bin, text("test")});
    return true;
}

void TestEscape::initTestCase()
{
    const QString bin =
        qEnvironmentVariable("FLOTILLA_BIN_DIR", QCoreApplication::applicationDirPath() + text("/../bin"));
    m_host = std::make_unique<LocalHost>(m_dir.filePath(text("run")));
    if (!startBackend(bin)) {
        const bool required = qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") != 0;
        if (!required)
            QSKIP(qPrintable(m_engine->problem()));
        QFAIL(qPrintable(m_engine->problem()));
    }
    SandboxSpec spec;
    spec.id.value = text("hostile");
    spec.dataDir = m_dir.filePath(text("data"));
    spec.limits.memoryBytes = 256ll << 20;
    spec.limits.workspaceBytes = 16ll << 20;
    spec.limits.fileBytes = 8ll << 20;
    const auto created = await(m_backend->create(spec));
    if (!created && qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0)
        QSKIP(qPrintable(text("sandboxes cannot start here: ") + created.error().detail));
    VERIFY_OK(created);
    m_agent = *m_backend->agent(spec.id);
    const QByteArray probes = readFile(qEnvironmentVariable("FLOTILLA_PROBES", text(PROBES)));
    QVERIFY(!probes.isEmpty());
    VERIFY_OK(await(m_agent->apply({{text("probes.py"), probes}}, {}, true, false)));
    QVERIFY(m_port.listen(QHostAddress::LocalHost));
    QVERIFY(m_socket.listen(m_dir.filePath(text("host.sock"))));
    m_abstract.setSocketOptions(QLocalServer::AbstractNamespaceOption);
    m_abstract.listen(text("flotilla-abstract-%1").arg(getpid()));
}

void TestEscape::cleanupTestCase()
{
    if (m_backend)
        VERIFY_OK(await(m_backend->reconcile({})));
    m_backend.reset();
    m_http.reset();
    m_engine.reset();
}

QByteArray TestEscape::run(const QStringList &argv, QString *reason)
{
    ExecSpec spec;
    spec.argv = argv;
    const auto ran = await(m_agent->run(spec), 60'000);
    if (!ran)
        return "failed: " + problem(ran);
    if (reason)
        *reason = ran->first.reason;
    return ran->second.trimmed();
}

void TestEscape::probe_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *arguments, const char *expected) {
        QTest::newRow(arguments) << text(arguments) << text(expected);
    };
    // what must be so
    row("status NoNewPrivs", "NoNewPrivs 1");
    row("status Seccomp", "Seccomp 2");
    for (const char *set : {"CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"})
        QTest::newRow(set) << text("status ") + text(set) << text("^CapInh|^Cap\\w+ 0000000000000000$");
    row("status Uid", isContainer() ? "^Uid 18\\d{8}$" : "Uid 1000");
    row("ordinary_work", "^worked$");
    // files
    for (const char *path : {"/x", "/usr/x", "/etc/passwd", "/etc/x", "/opt/flotilla/agent", "/opt/flotilla/runtime/x",
                             "/bin/sh", "/dev/x", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname",
                             "/proc/sysrq-trigger", "/proc/1/oom_score_adj", "/sys/x"})
        QTest::newRow(path) << text("write_to ") + text(path) << text("^refused: (EROFS|EACCES|EPERM|ENOENT)$");
    row(isContainer() ? "mount_table /sys /run /var/tmp" : "mount_table", "^refused");
    row("writable_places", "^refused");
    row("symlink_to_host", "^refused: (EACCES|EPERM|ENOENT)$");
    row("device_node", "^refused: EPERM");
    row("fill /tmp/big 64", "^refused: (ENOSPC|EFBIG)");
    row("fill /app/big 64", "^refused: (ENOSPC|EFBIG)");
    row("fill /dev/shm/big 64", "^refused: (ENOSPC|EFBIG)");
    row("fill /data/big 64", "^refused: (ENOSPC|EFBIG)");
    for (const char *path : {"/proc/kallsyms", "/proc/keys", "/proc/key-users", "/proc/kcore", "/proc/timer_list",
                             "/etc/shadow", "/proc/kmsg", "/sys/firmware/dmi/tables/DMI", "/dev/mem", "/dev/kmsg"})
        QTest::newRow(qPrintable(text("read ") + text(path)))
            << text("empty ") + text(path) << text("^refused: (empty|EACCES|EPERM|ENOENT|ENOTDIR)$");
    // processes
    row("other_processes", "^refused");
    row("signal_host", "^refused");
    row("agent_memory", "^refused: (EACCES|EPERM)");
    row("agent_files", "^refused: (EACCES|EPERM)");
    row("agent_root", "^refused: (EACCES|EPERM)");
    row("kill_agent", "^refused: alive");
    row("descriptors", "^refused: none");
    row("environment", "^refused: clean");
    row("control_socket", "^refused: not there");
    row("agent_sockets", "^refused: EPERM");
    row("change_agent_limits", "^refused: EPERM");
    row("raise_own_limits", "^refused: EPERM|not allowed to raise");
    row("setuid_programs", "^refused: (EPERM|EINVAL)");
    row("fork_bomb", "^refused: EAGAIN|out-of|^$");
    row("memory_bomb", "MemoryError|^$");
    // network
    QTest::newRow("host port") << text("connect_port %1").arg(m_port.serverPort())
                               << text("^refused: (ECONNREFUSED|ENETUNREACH)");
    row("interfaces", "^refused: lo only");
    row("resolve", "^refused");
    QTest::newRow("abstract") << text("abstract flotilla-abstract-%1").arg(getpid()) << text("^refused: ECONNREFUSED");
    QTest::newRow("host socket") << text("connect_path ") + m_dir.filePath(text("host.sock"))
                                 << text("^refused: ENOENT");
    row("host_sockets", "^refused: no sockets");
    for (const int family : {17, 40, 38, 16 + 100, 3, 4, 5, 9, 10 + 1, 21, 29, 31, 44})
        QTest::addRow("family %d", family) << text("family %1").arg(family) << text("^refused: (EAFNOSUPPORT|EPERM)");
    row("family 16 3 9", "^refused: (EAFNOSUPPORT|EPERM)"); // netlink audit
    row("family 2 3 1", "^refused: EPERM");                 // raw sockets
    // namespaces, terminals, kernel
    row("namespace_clone", "^refused: EPERM");
    row("userns_unshare", "^refused: EPERM");
    row("terminal_injection", "^refused: EPERM");
#ifdef __x86_64__
    row("foreign_abi_32", "^refused: SIGSYS|^refused: SIGSEGV");
    row("foreign_abi_x32", "^refused: SIGSYS");
#endif
    for (const char *name : {"mount",
                             "umount2",
                             "pivot_root",
                             "setns",
                             "ptrace",
                             "process_vm_readv",
                             "process_vm_writev",
                             "kcmp",
                             "bpf",
                             "perf_event_open",
                             "userfaultfd",
                             "keyctl",
                             "add_key",
                             "request_key",
                             "io_uring_setup",
                             "open_tree",
                             "move_mount",
                             "fsopen",
                             "fsconfig",
                             "fsmount",
                             "fspick",
                             "clone3",
                             "pidfd_getfd",
                             "mount_setattr",
                             "statmount",
                             "listmount",
                             "open_tree_attr",
                             "reboot",
                             "kexec_load",
                             "init_module",
                             "finit_module",
                             "delete_module",
                             "swapon",
                             "syslog",
                             "personality",
                             "open_by_handle_at",
                             "settimeofday",
                             "sethostname",
                             "acct",
                             "chroot",
                             "quotactl",
                             "move_pages",
                             "mbind",
                             "fanotify_init",
                             "memfd_secret"})
        QTest::newRow(qPrintable(text("call ") + text(name)))
            << text("syscall ") + text(name) + text(" 0 0 0 0 0") << text("^refused: (EPERM|ENOSYS)$");
}

void TestEscape::probe()
{
    if (!m_agent)
        QSKIP("no sandbox");
    QFETCH(QString, arguments);
    QFETCH(QString, expected);
    const QStringList words = arguments.split(QLatin1Char(' '));
    const QByteArray said = run(QStringList{text("/usr/bin/python3"), text("/app/probes.py")} + words);
    QVERIFY2(QRegularExpression(expected).match(QString::fromUtf8(said)).hasMatch(), said.constData());
    QVERIFY2(!said.contains("escaped"), said.constData());
}

void TestEscape::fileBomb_data()
{
    QTest::addColumn<QString>("folder");
    for (const char *folder : {"/tmp", "/app", "/dev/shm", "/data"})
        QTest::newRow(folder) << text(folder);
}

void TestEscape::fileBomb()
{
    if (!m_agent)
        QSKIP("no sandbox");
    QFETCH(QString, folder);
    QString reason;
    const QByteArray said =
        run({text("/usr/bin/python3"), text("/app/probes.py"), text("inode_bomb"), folder}, &reason);
    QVERIFY2(!said.contains("escaped"), said.constData());
    QCOMPARE(reason, text("out-of-disk"));
    // Whatever runs while the folder is over its limit is ended, so clearing it can take several goes.
    for (int go = 0; go < 20 && reason != text("exited"); ++go)
        run({text("/usr/bin/find"), folder, text("-name"), text("i*"), text("-type"), text("f"), text("-delete")},
            &reason);
    QCOMPARE(reason, text("exited"));
}

void TestEscape::nodeWorks()
{
    if (!m_agent)
        QSKIP("no sandbox");
    const bool installed = QFile::exists(text("/usr/bin/node"));
    if (!installed && qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0)
        QSKIP("node is not installed in /usr/bin");
    QVERIFY2(installed, "node is not installed in /usr/bin");
    const QByteArray said = run(
        {text("/usr/bin/node"), text("-e"),
         text("require('os').networkInterfaces(); require('http').createServer().listen(0, '127.0.0.1', function () { "
              "require('fs').writeFileSync('/data/n', 'x'); console.log('served'); process.exit(0) })")});
    QCOMPARE(said, QByteArray("served"));
}

void TestEscape::hostSeesAnUnprivilegedProcess()
{
    if (!m_agent)
        QSKIP("no sandbox");
    const QByteArray label = readFile(m_dir.filePath(isContainer() ? text("run/" BACKEND "/sb/hostile/label.json")
                                                                   : text("run/sb/hostile/label.json")));
    const auto match = QRegularExpression(text("\"pid\":(\\d+)")).match(QString::fromUtf8(label));
    QVERIFY(match.hasMatch());
    struct stat info
    {
    };
    const QByteArray path = "/proc/" + match.captured(1).toUtf8() + "/task";
    const QByteArray status = readFile(text("/proc/") + match.captured(1) + text("/status"));
    QVERIFY(status.contains("NoNewPrivs:\t1"));
    QVERIFY(!QRegularExpression(text("^Uid:\\t0\\t"), QRegularExpression::MultilineOption)
                 .match(QString::fromUtf8(status))
                 .hasMatch());
    QCOMPARE(stat(path.constData(), &info), 0);
    const auto parent = QRegularExpression(text("PPid:\\t(\\d+)")).match(QString::fromUtf8(status)).captured(1).toInt();
    QVERIFY(parent != getpid()); // it outlives us
}

void TestEscape::leavesTheHostAlone()
{
    if (!m_agent)
        QSKIP("no sandbox");
    QVERIFY(!m_port.hasPendingConnections());
    QVERIFY(!m_socket.hasPendingConnections());
    QVERIFY(!m_abstract.hasPendingConnections());
    const QByteArray inside = run({text("/bin/sh"), text("-c"), text("echo alive; hostname")});
    QCOMPARE(inside, QByteArray("alive\nflotilla"));
}

/// The same table without root: as in the life of most people.
void TestEscape::asOrdinaryUser()
{
    if (geteuid() != 0 || isContainer())
        QSKIP("is one already, or the engine is root's");
    QTemporaryDir dir(text("/tmp/flotilla-user-XXXXXX"));
    QCOMPARE(chmod(QFile::encodeName(dir.path()).constData(), 0755), 0);
    const QString bin =
        qEnvironmentVariable("FLOTILLA_BIN_DIR", QCoreApplication::applicationDirPath() + text("/../bin"));
    QVERIFY(QFile::copy(QCoreApplication::applicationFilePath(), dir.filePath(text("tst_escape"))));
    QVERIFY(QFile::copy(bin + text("/flotilla-agent"), dir.filePath(text("flotilla-agent"))));
    QVERIFY(QFile::copy(text(PROBES), dir.filePath(text("probes.py"))));
    for (const char *name : {"tst_escape", "flotilla-agent", "probes.py"})
        QCOMPARE(chmod(QFile::encodeName(dir.filePath(text(name))).constData(), 0755), 0);
    QProcess child;
    QProcessEnvironment env = QProcessEnvironment::systemEnvironment();
    env.insert(text("FLOTILLA_BIN_DIR"), dir.path());
    env.insert(text("FLOTILLA_PROBES"), dir.filePath(text("probes.py")));
    env.insert(text("HOME"), text("/tmp"));
    child.setProcessEnvironment(env);
    child.setWorkingDirectory(dir.path());
    child.start(text("setpriv"), {text("--reuid=54321"), text("--regid=54321"), text("--clear-groups"),
                                  text("--inh-caps=-all"), dir.filePath(text("tst_escape"))});
    QTRY_COMPARE_WITH_TIMEOUT(child.state(), QProcess::NotRunning, 120'000);
    QVERIFY2(child.exitCode() == 0, child.readAllStandardOutput().right(4000).constData());
}

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestEscape)
#include "tst_escape.moc"
