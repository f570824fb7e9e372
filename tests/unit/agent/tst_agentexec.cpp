// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "realagent.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <signal.h>

using namespace Flotilla;
using namespace std::chrono_literals;
using Test::await;

namespace {

ExecSpec shell(const QString &script)
{
    ExecSpec spec;
    spec.argv = QStringList{QStringLiteral("/bin/sh"), QStringLiteral("-c"), script};
    return spec;
}

/// Collects everything of a process.
struct Collector
{
    explicit Collector(std::unique_ptr<ExecProcess> started)
        : process(std::move(started))
    {
        QObject::connect(process.get(), &ExecProcess::standardOutput,
                         [this](const QByteArray &bytes) { out += bytes; });
        QObject::connect(process.get(), &ExecProcess::standardError, [this](const QByteArray &bytes) { err += bytes; });
        QObject::connect(process.get(), &ExecProcess::finished,
                         [this](const Result<ExecResult> &ended) { result = ended; });
    }
    bool wait(int timeoutMs = 30'000)
    {
        return QTest::qWaitFor([this] { return result.has_value(); }, timeoutMs);
    }

    std::unique_ptr<ExecProcess> process;
    QByteArray out;
    QByteArray err;
    std::optional<Result<ExecResult>> result;
};

bool isAlive(const QByteArray &pid)
{
    QFile stat(QStringLiteral("/proc/%1/stat").arg(QString::fromLatin1(pid.trimmed())));
    if (!stat.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = stat.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
}

} // namespace

class TestAgentExec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_agent = std::make_unique<Test::RealAgent>(R"({"open_files":256,"file_bytes":1048576})");
        QVERIFY(await(m_agent->client().hello()).ok());
    }
    void cleanupTestCase() { m_agent.reset(); }

    void exitCodeAndStreams();
    void signalBecomesExitCode();
    void failuresToStart_data();
    void failuresToStart();
    void environmentAndFolder();
    void binaryStdinComesBack();
    void tenMegabytesInterleaved();
    void outputIsCollectedUpToALimit();
    void timeoutKillsTheWholeTree();
    void closingKillsTheWholeTree();
    void whatTheCommandLeavesBehindIsKilled();
    void aCommandThatIgnoresItsInput();
    void terminalHasASizeAndCanBeResized();
    void endOfInputReachesATerminal();
    void limitsReachTheCommand();
    void noDescriptorsAreInherited();
    void tooManyCommandsAreRefused();
    void cancellingARunEndsIt();

private:
    std::unique_ptr<ExecProcess> start(const ExecSpec &spec) { return m_agent->client().exec(spec); }

    std::unique_ptr<Test::RealAgent> m_agent;
};

void TestAgentExec::exitCodeAndStreams()
{
    Collector command(start(shell(QStringLiteral("echo out; echo err >&2; exit 7"))));
    QVERIFY(command.wait());
    QVERIFY(command.result->ok());
    QCOMPARE(command.result->value().exitCode, 7);
    QCOMPARE(command.result->value().reason, QStringLiteral("exited"));
    QCOMPARE(command.out, QByteArray("out\n"));
    QCOMPARE(command.err, QByteArray("err\n"));
}

void TestAgentExec::signalBecomesExitCode()
{
    const auto result = await(m_agent->client().run(shell(QStringLiteral("kill -TERM $$"))));
    QVERIFY(result.ok());
    QCOMPARE(result->first.exitCode, 128 + SIGTERM);
    QCOMPARE(result->first.reason, QStringLiteral("killed"));
}

void TestAgentExec::failuresToStart_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("cwd");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("no such program") << QStringLiteral("/no/such") << QString() << ErrorKind::NotFound;
    QTest::newRow("not in the path") << QStringLiteral("no-such-program-here") << QString() << ErrorKind::NotFound;
    QTest::newRow("no such folder") << QStringLiteral("/bin/true") << QStringLiteral("nowhere") << ErrorKind::NotFound;
    QTest::newRow("a folder") << QStringLiteral("/usr") << QString() << ErrorKind::Internal;
}

void TestAgentExec::failuresToStart()
{
    QFETCH(QString, program);
    QFETCH(QString, cwd);
    QFETCH(ErrorKind, kind);
    ExecSpec spec;
    spec.argv = QStringList(program);
    spec.cwd = cwd;
    const auto result = await(m_agent->client().run(spec));
    QVERIFY(!result.ok());
    QCOMPARE(result.error().kind, kind);
}

void TestAgentExec::environmentAndFolder()
{
    QVERIFY(QDir(m_agent->appPath({})).mkpath(QStringLiteral("sub")));
    ExecSpec spec = shell(QStringLiteral("pwd; echo \"$GREETING\"; echo $HOME"));
    spec.cwd = QStringLiteral("sub");
    spec.env.insert(QStringLiteral("GREETING"), QStringLiteral("grüß dich\nzwei"));
    const auto result = await(m_agent->client().run(spec));
    QVERIFY(result.ok());
    QCOMPARE(QString::fromUtf8(result->second), QDir(m_agent->appPath(QStringLiteral("sub"))).canonicalPath() +
                                                    QStringLiteral("\ngrüß dich\nzwei\n") +
                                                    m_agent->path(QStringLiteral("data")) + QLatin1Char('\n'));
}

void TestAgentExec::binaryStdinComesBack()
{
    QByteArray bytes(3 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < bytes.size(); ++i)
        bytes[i] = char(i * 7 + i / 251);
    Collector command(start(shell(QStringLiteral("cat"))));
    command.process->writeStdin(bytes);
    command.process->closeStdin();
    QVERIFY(command.wait());
    QVERIFY(command.result->ok());
    QVERIFY(command.out == bytes);
}

void TestAgentExec::tenMegabytesInterleaved()
{
    const QString script = QStringLiteral("i=0; while [ $i -lt 160 ]; do head -c 32768 /dev/zero | tr '\\0' o; "
                                          "head -c 32768 /dev/zero | tr '\\0' e >&2; i=$((i+1)); done");
    Collector command(start(shell(script)));
    QVERIFY(command.wait(60'000));
    QVERIFY(command.result->ok());
    QCOMPARE(command.out.size(), 160 * 32768);
    QCOMPARE(command.err.size(), 160 * 32768);
    QCOMPARE(command.out.count('o'), command.out.size());
    QCOMPARE(command.err.count('e'), command.err.size());
}

void TestAgentExec::outputIsCollectedUpToALimit()
{
    const auto result = await(m_agent->client().run(shell(QStringLiteral("head -c 1000000 /dev/zero; exit 3")), 1000));
    QVERIFY(result.ok());
    QCOMPARE(result->second.size(), 1000);
    QCOMPARE(result->first.exitCode, 3);
}

void TestAgentExec::timeoutKillsTheWholeTree()
{
    // A child, a grandchild, one in a session of its own, and one that was orphaned into a session of its own.
    ExecSpec spec = shell(QStringLiteral("exec 2>/dev/null; sleep 300 & echo $!; sh -c 'sleep 301 & echo $!; wait' & "
                                         "setsid sh -c 'echo $$; exec sleep 302' & "
                                         "(setsid sh -c 'echo $$; exec sleep 303' &) ; sleep 0.1; sleep 304"));
    spec.timeout = 700ms;
    QElapsedTimer timer;
    timer.start();
    const auto result = await(m_agent->client().run(spec));
    QVERIFY2(result.ok(), result ? "" : qPrintable(result.error().text));
    QCOMPARE(result->first.reason, QStringLiteral("timeout"));
    QCOMPARE(result->first.exitCode, 128 + SIGKILL);
    QVERIFY(timer.elapsed() < 10'000);
    const QList<QByteArray> pids = result->second.trimmed().split('\n');
    QCOMPARE(pids.size(), 4);
    for (const QByteArray &pid : pids)
        QTRY_VERIFY2(!isAlive(pid), pid.constData());
}

void TestAgentExec::closingKillsTheWholeTree()
{
    auto command = std::make_unique<Collector>(
        start(shell(QStringLiteral("echo $$; setsid sh -c 'echo $$; exec sleep 300' & wait"))));
    QTRY_COMPARE(command->out.count('\n'), 2);
    const QList<QByteArray> pids = command->out.trimmed().split('\n');
    command.reset();
    for (const QByteArray &pid : pids)
        QTRY_VERIFY2(!isAlive(pid), pid.constData());
}

void TestAgentExec::whatTheCommandLeavesBehindIsKilled()
{
    const auto result =
        await(m_agent->client().run(shell(QStringLiteral("(setsid sh -c 'echo $$; exec sleep 300' &); sleep 0.2"))));
    QVERIFY(result.ok());
    QCOMPARE(result->first.exitCode, 0);
    QTRY_VERIFY(!isAlive(result->second));
}

void TestAgentExec::aCommandThatIgnoresItsInput()
{
    Collector command(start(shell(QStringLiteral("exec 0<&-; sleep 0.1; echo done"))));
    command.process->writeStdin(QByteArray(2 * 1024 * 1024, 'x'));
    command.process->closeStdin();
    QVERIFY(command.wait());
    QVERIFY(command.result->ok());
    QCOMPARE(command.out, QByteArray("done\n"));
}

void TestAgentExec::terminalHasASizeAndCanBeResized()
{
    ExecSpec spec = shell(QStringLiteral("stty size; read x; stty size; test -t 0 && test -t 2 && echo tty"));
    spec.pty = true;
    spec.columns = 91;
    spec.rows = 17;
    Collector command(start(spec));
    QTRY_VERIFY(command.out.contains("17 91\r\n"));
    command.process->resize(120, 40);
    command.process->writeStdin("\n");
    QVERIFY(command.wait());
    QVERIFY(command.out.contains("40 120\r\n"));
    QVERIFY(command.out.endsWith("tty\r\n"));
    QCOMPARE(command.result->value().exitCode, 0);
}

void TestAgentExec::endOfInputReachesATerminal()
{
    ExecSpec spec = shell(QStringLiteral("cat; echo over"));
    spec.pty = true;
    Collector command(start(spec));
    command.process->writeStdin("line\n");
    command.process->closeStdin();
    QVERIFY(command.wait());
    QVERIFY(command.out.endsWith("over\r\n"));
}

void TestAgentExec::limitsReachTheCommand()
{
    const auto result =
        await(m_agent->client().run(shell(QStringLiteral("ulimit -n; ulimit -c; cat /proc/self/oom_score_adj"))));
    QVERIFY(result.ok());
    QCOMPARE(result->second, QByteArray("256\n0\n1000\n"));
    const auto big = await(m_agent->client().run(shell(QStringLiteral("head -c 2000000 /dev/zero > big"))));
    QVERIFY(big.ok());
    QVERIFY(big->first.exitCode != 0);
    QVERIFY(QFile(m_agent->appPath(QStringLiteral("big"))).size() <= 1048576);
}

void TestAgentExec::noDescriptorsAreInherited()
{
    ExecSpec spec;
    spec.argv = QStringList{QStringLiteral("ls"), QStringLiteral("/proc/self/fd")};
    const auto result = await(m_agent->client().run(spec));
    QVERIFY(result.ok());
    QCOMPARE(result->second, QByteArray("0\n1\n2\n3\n")); // 3 is the folder that ls reads
}

void TestAgentExec::tooManyCommandsAreRefused()
{
    std::vector<std::unique_ptr<Collector>> commands;
    for (int i = 0; i < 33; ++i)
        commands.push_back(std::make_unique<Collector>(start(shell(QStringLiteral("sleep 300")))));
    const auto refused = [&commands] {
        return std::count_if(commands.begin(), commands.end(),
                             [](const auto &command) { return command->result && !command->result->ok(); });
    };
    QTRY_COMPARE(refused(), 1);
    QCOMPARE(commands.back()->result->error().kind, ErrorKind::Quota);
    commands.clear();
    QTRY_VERIFY(await(m_agent->client().run(shell(QStringLiteral("true")))).ok());
}

void TestAgentExec::cancellingARunEndsIt()
{
    QVERIFY(!QFile::exists(m_agent->appPath(QStringLiteral("pid"))));
    auto future = m_agent->client().run(shell(QStringLiteral("echo $$ > pid.tmp; mv pid.tmp pid; exec sleep 300")));
    QTRY_VERIFY(QFile::exists(m_agent->appPath(QStringLiteral("pid"))));
    QFile file(m_agent->appPath(QStringLiteral("pid")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray pid = file.readAll();
    QVERIFY(isAlive(pid));
    future.cancel();
    QTRY_VERIFY(!isAlive(pid));
}

QTEST_GUILESS_MAIN(TestAgentExec)
#include "tst_agentexec.moc"
