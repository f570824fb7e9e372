// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/sandbox/sandboxconformance.h"

#include "backends/agent/agentclient.h"
#include "backends/hosts/local/localhost.h"
#include "backends/http/httpclient.h"
#include "tests/conformance/await.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>

namespace Flotilla {

namespace {

QString text(const char *literal)
{
    return QString::fromUtf8(literal);
}

ExecSpec execOf(const QStringList &argv)
{
    ExecSpec spec;
    spec.argv = argv;
    return spec;
}

/// A running process with what it said so far.
struct Collected
{
    explicit Collected(AgentClient *agent, const ExecSpec &spec)
        : process(agent->exec(spec))
    {
        QObject::connect(process.get(), &ExecProcess::standardOutput, process.get(),
                         [this](const QByteArray &bytes) { out += bytes; });
        QObject::connect(process.get(), &ExecProcess::standardError, process.get(),
                         [this](const QByteArray &bytes) { err += bytes; });
        QObject::connect(process.get(), &ExecProcess::finished, process.get(),
                         [this](const Result<ExecResult> &ended) { result = ended; });
    }
    bool wait(int milliseconds = 30'000)
    {
        return QTest::qWaitFor([this] { return result.has_value(); }, milliseconds) && result->ok();
    }
    std::unique_ptr<ExecProcess> process;
    QByteArray out;
    QByteArray err;
    std::optional<Result<ExecResult>> result;
};

} // namespace

SandboxSpec SandboxConformance::spec(const QString &id) const
{
    SandboxSpec spec;
    spec.id.value = id;
    spec.app.value = text("app-") + id;
    return spec;
}

AgentClient *SandboxConformance::start(const SandboxSpec &spec)
{
    const auto created = await(m_backend->create(spec));
    if (!created)
        qWarning("create failed: %s", problem(created).constData());
    const auto agent = m_backend->agent(spec.id);
    return agent ? *agent : nullptr;
}

QByteArray SandboxConformance::shell(AgentClient *agent, const QString &script, int *exitCode, QString *reason)
{
    ExecSpec spec = execOf({text("/bin/sh"), text("-c"), script});
    const auto ran = await(agent->run(spec));
    if (!ran)
        return "failed: " + problem(ran);
    if (exitCode)
        *exitCode = ran->first.exitCode;
    if (reason)
        *reason = ran->first.reason;
    return ran->second;
}

std::unique_ptr<Host> SandboxConformance::makeHost(const QString &dir)
{
    return std::make_unique<LocalHost>(dir + QLatin1String("/run"));
}

int SandboxConformance::beOwner(const QString &dir, const QString &id)
{
    HttpClient http;
    const std::unique_ptr<Host> host = makeHost(dir);
    const std::unique_ptr<SandboxBackend> backend = makeBackend(host.get(), &http);
    SandboxSpec spec;
    spec.id.value = id;
    const auto created = await(backend->create(spec));
    if (!created) {
        std::fprintf(stderr, "%s\n", problem(created).constData());
        return 1;
    }
    std::puts("ready");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

int conformanceMain(SandboxConformance &test, int argc, char **argv)
{
    const QStringList args = QCoreApplication::arguments();
    if (args.size() == 4 && args.at(1) == QLatin1String("--be-owner"))
        return test.beOwner(args.at(2), args.at(3));
    return QTest::qExec(&test, argc, argv);
}

void SandboxConformance::initTestCase()
{
    const bool required = qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") != 0;
    const QString missing = startPeers();
    if (!missing.isEmpty() && !required)
        QSKIP(qPrintable(missing));
    QVERIFY2(missing.isEmpty(), qPrintable(missing));
    m_dir = std::make_unique<QTemporaryDir>(text("/tmp/flotilla-sb-XXXXXX"));
    QVERIFY(m_dir->isValid());
    m_http = std::make_unique<HttpClient>();
    m_host = makeHost(m_dir->path());
    m_backend = makeBackend(m_host.get(), m_http.get());
    const auto checks = await(m_backend->preflight(), 60'000);
    VERIFY_OK(checks);
    for (const PreflightCheck &check : *checks) {
        const bool needed = check.required && check.id != QLatin1String("esbuild");
        if (needed && !check.ok && !required)
            QSKIP(qPrintable(text("sandboxes cannot start here: ") + check.text));
        QVERIFY2(check.ok || !needed, qPrintable(check.title + text(": ") + check.text));
    }
}

void SandboxConformance::cleanupTestCase()
{
    if (m_backend)
        wipe();
    m_backend.reset();
    m_host.reset();
    m_http.reset();
    stopPeers();
}

/// Rows of one function share their sandbox.
void SandboxConformance::init()
{
    const QByteArray function = QTest::currentTestFunction();
    if (!m_backend || function == m_function)
        return;
    m_function = function;
    wipe();
}

void SandboxConformance::wipe()
{
    VERIFY_OK(await(m_backend->reconcile({})));
    const auto left = await(m_backend->list());
    VERIFY_OK(left);
    for (const SandboxInfo &info : *left)
        VERIFY_OK(await(m_backend->terminate(info.id)));
}

void SandboxConformance::preflightIsGreenHere()
{
    const auto checks = await(m_backend->preflight());
    VERIFY_OK(checks);
    QVERIFY(checks->size() >= 5);
    for (const PreflightCheck &check : *checks) {
        QVERIFY(!check.id.isEmpty() && !check.title.isEmpty() && !check.text.isEmpty());
        QVERIFY2(check.ok || !check.remedy.isEmpty(), qPrintable(check.id));
    }
    QVERIFY(!m_backend->info().limitsNote.isEmpty());
}

void SandboxConformance::createIsIdempotent()
{
    const auto first = await(m_backend->create(spec(text("twice"))));
    VERIFY_OK(first);
    QCOMPARE(toString(first->state), toString(SandboxState::Running));
    auto *agent = *m_backend->agent(first->id);
    QCOMPARE(shell(agent, text("echo kept > /tmp/mark; cat /tmp/mark")), QByteArray("kept\n"));
    auto one = m_backend->create(spec(text("twice")));
    auto two = m_backend->create(spec(text("twice")));
    VERIFY_OK(await(one));
    const auto again = await(two);
    VERIFY_OK(again);
    QCOMPARE(again->created, first->created);
    QCOMPARE(shell(*m_backend->agent(first->id), text("cat /tmp/mark")), QByteArray("kept\n"));
    QCOMPARE(await(m_backend->list())->size(), 1);
}

void SandboxConformance::createsManyAtOnce()
{
    QList<Future<SandboxInfo>> futures;
    for (int i = 0; i < 20; ++i)
        futures.append(m_backend->create(spec(text("many-%1").arg(i))));
    for (auto &future : futures)
        VERIFY_OK(await(future));
    QCOMPARE(await(m_backend->list())->size(), 20);
}

void SandboxConformance::getAndListTellTheState()
{
    COMPARE_KIND(await(m_backend->get(SandboxId{text("unknown")})), ErrorKind::NotFound);
    COMPARE_KIND(m_backend->agent(SandboxId{text("unknown")}), ErrorKind::NotFound);
    COMPARE_KIND(m_backend->appStream(SandboxId{text("unknown")}), ErrorKind::NotFound);
    QVERIFY(start(spec(text("known"))));
    const auto info = await(m_backend->get(SandboxId{text("known")}));
    VERIFY_OK(info);
    QCOMPARE(toString(info->state), toString(SandboxState::Running));
    QCOMPARE(info->app.value, text("app-known"));
    QVERIFY(qAbs(info->created.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    const auto all = await(m_backend->list());
    VERIFY_OK(all);
    QCOMPARE(*all, QList<SandboxInfo>{*info});
}

void SandboxConformance::refuses_data()
{
    QTest::addColumn<SandboxSpec>("bad");
    const auto row = [this](const char *name, auto change) {
        SandboxSpec bad = spec(text("bad"));
        change(bad);
        QTest::newRow(name) << bad;
    };
    row("no memory limit", [](SandboxSpec &s) { s.limits.memoryBytes = 0; });
    row("no process limit", [](SandboxSpec &s) { s.limits.processes = 0; });
    row("no processor limit", [](SandboxSpec &s) { s.limits.cpus = 0; });
    row("negative disk", [](SandboxSpec &s) { s.limits.workspaceBytes = -1; });
    row("no data limit", [](SandboxSpec &s) { s.limits.dataBytes = 0; });
    row("no file limit", [](SandboxSpec &s) { s.limits.fileBytes = 0; });
    row("no descriptors", [](SandboxSpec &s) { s.limits.openFiles = 0; });
    row("empty id", [](SandboxSpec &s) { s.id.value.clear(); });
    row("id with a path", [](SandboxSpec &s) { s.id.value = text("../x"); });
    row("id like an option", [](SandboxSpec &s) { s.id.value = text("--list"); });
    row("app with a path", [](SandboxSpec &s) { s.app.value = text("a/b"); });
    row("environment name", [](SandboxSpec &s) { s.env.insert(text("A=B"), text("x")); });
    row("relative data folder", [](SandboxSpec &s) { s.dataDir = text("data"); });
}

void SandboxConformance::refuses()
{
    QFETCH(SandboxSpec, bad);
    COMPARE_KIND(await(m_backend->create(bad)), ErrorKind::Invalid);
    QVERIFY(await(m_backend->list())->isEmpty());
}

void SandboxConformance::terminateIsFineInEveryState()
{
    const SandboxId id{text("ended")};
    VERIFY_OK(await(m_backend->terminate(id))); // never was
    VERIFY_OK(await(m_backend->terminate(SandboxId{text("../../etc")})));
    QVERIFY(start(spec(id.value)));
    auto one = m_backend->terminate(id);
    auto two = m_backend->terminate(id);
    VERIFY_OK(await(one));
    VERIFY_OK(await(two));
    VERIFY_OK(await(m_backend->terminate(id)));
    QVERIFY(await(m_backend->list())->isEmpty());
    QVERIFY(start(spec(id.value))); // the id can be used again
    const QSignalSpy died(m_backend.get(), &SandboxBackend::sandboxChanged);
    (*m_backend->agent(id))->shutdown();
    QTRY_COMPARE(died.size(), 1);
    VERIFY_OK(await(m_backend->terminate(id))); // dead
    COMPARE_KIND(await(m_backend->get(id)), ErrorKind::NotFound);
}

void SandboxConformance::terminateDuringCreate()
{
    auto creating = m_backend->create(spec(text("racing")));
    auto ending = m_backend->terminate(SandboxId{text("racing")});
    VERIFY_OK(await(ending));
    QTRY_VERIFY(creating.isFinished()); // either outcome is fine
    VERIFY_OK(await(m_backend->terminate(SandboxId{text("racing")})));
    QVERIFY(await(m_backend->list())->isEmpty());
}

void SandboxConformance::reportsADeath()
{
    const QSignalSpy died(m_backend.get(), &SandboxBackend::sandboxChanged);
    auto *agent = start(spec(text("mortal")));
    QVERIFY(agent);
    agent->shutdown();
    QTRY_COMPARE(died.size(), 1);
    const auto info = died.constFirst().constFirst().value<SandboxInfo>();
    QCOMPARE(info.id.value, text("mortal"));
    QVERIFY(info.state == SandboxState::Failed || info.state == SandboxState::Stopped);
    QVERIFY(info.reason != SandboxReason::None);
    QVERIFY(!info.detail.isEmpty());
    COMPARE_KIND(m_backend->agent(info.id), ErrorKind::NotFound);
    const auto asked = await(m_backend->get(info.id));
    VERIFY_OK(asked);
    QCOMPARE(toString(asked->reason), toString(info.reason));
}

void SandboxConformance::execPassesStreamsAndCodes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("err");
    QTest::newRow("success") << text("echo fine") << 0 << QByteArray("fine\n") << QByteArray();
    QTest::newRow("failure") << text("echo bad >&2; exit 42") << 42 << QByteArray() << QByteArray("bad\n");
    QTest::newRow("signal") << text("kill -9 $$") << 137 << QByteArray() << QByteArray();
    QTest::newRow("folder") << text("pwd") << 0 << QByteArray("/app\n") << QByteArray();
    QTest::newRow("environment") << text("echo \"$GIVEN|$SPECIAL|$LD_PRELOAD\"") << 0 << QByteArray("a b|c|\n")
                                 << QByteArray();
}

void SandboxConformance::execPassesStreamsAndCodes()
{
    SandboxSpec wanted = spec(text("exec"));
    wanted.env.insert(text("GIVEN"), text("a b"));
    auto *agent = start(wanted);
    QVERIFY(agent);
    QFETCH(QString, script);
    ExecSpec exec = execOf({text("/bin/sh"), text("-c"), script});
    exec.env.insert(text("SPECIAL"), text("c"));
    Collected run(agent, exec);
    QVERIFY(run.wait());
    QTEST(run.result->value().exitCode, "exitCode");
    QTEST(run.out, "out");
    QTEST(run.err, "err");
}

void SandboxConformance::execCarriesTenMegabytesInterleaved()
{
    auto *agent = start(spec(text("loud")));
    QVERIFY(agent);
    Collected run(agent, execOf({text("/bin/sh"), text("-c"),
                                 text("for i in $(seq 160); do head -c 65536 /dev/zero | tr '\\0' o; head -c 1024 "
                                      "/dev/zero | tr '\\0' e >&2; done")}));
    QVERIFY(run.wait(60'000));
    QCOMPARE(run.out.size(), 160 * 65536);
    QCOMPARE(run.out.count('o'), run.out.size());
    QCOMPARE(run.err, QByteArray(160 * 1024, 'e'));
}

void SandboxConformance::execPassesBinaryInput()
{
    auto *agent = start(spec(text("input")));
    QVERIFY(agent);
    QByteArray bytes;
    for (int i = 0; i < 500'000; ++i)
        bytes.append(char(i * 7 % 256));
    Collected run(agent, execOf({text("/bin/cat")}));
    run.process->writeStdin(bytes);
    run.process->closeStdin();
    QVERIFY(run.wait());
    QVERIFY(run.out == bytes);
}

void SandboxConformance::execTimeoutEndsTheTree()
{
    auto *agent = start(spec(text("slow")));
    QVERIFY(agent);
    ExecSpec exec = execOf({text("/bin/sh"), text("-c"), text("setsid sleep 611 & sleep 611 & sleep 611")});
    exec.timeout = std::chrono::milliseconds(500);
    Collected run(agent, exec);
    QVERIFY(run.wait());
    QCOMPARE(run.result->value().reason, text("timeout"));
    QTRY_COMPARE(shell(agent, text("cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' | grep -c 'sleep 6[1]1'")),
                 QByteArray("0\n"));
}

void SandboxConformance::refusesTraversal_data()
{
    QTest::addColumn<QString>("path");
    const char *const paths[] = {"../x", "a/../../x", "/etc/x", "/app/x",        "",
                                 ".",    "..",        "a//b",   "a/./b",         "a/..",
                                 "a/",   "./a",       "link/x", "..\\x/../../y", "a/b/../c"};
    for (const char *path : paths)
        QTest::newRow(*path ? path : "(empty)") << text(path);
    QTest::newRow("NUL") << QString(QLatin1String("a\0b", 3));
    QTest::newRow("too long") << QString(600, QLatin1Char('a'));
}

void SandboxConformance::refusesTraversal()
{
    auto *agent = start(spec(text("paths")));
    QVERIFY(agent);
    shell(agent, text("mkdir -p /tmp/outside; ln -sfn /tmp/outside /app/link"));
    QFETCH(QString, path);
    COMPARE_KIND(await(agent->apply({{path, "attack"}}, {}, false, false)), ErrorKind::Invalid);
    QVERIFY(!await(agent->readFile(path)).ok());
    QCOMPARE(shell(agent, text("grep -rl attack /app /tmp /data 2>/dev/null")), QByteArray());
}

void SandboxConformance::limitsHaveReasons_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected");
    QTest::newRow("memory") << text("b=[]\nfor i in range(300): b.append(bytearray(10**6))\ntime.sleep(20)")
                            << text("out-of-memory");
    QTest::newRow("processes") << text("for i in range(200):\n try:\n  if os.fork() == 0: time.sleep(20); os._exit(0)\n"
                                       " except OSError: pass\ntime.sleep(20)")
                               << text("pids-limit");
    QTest::newRow("data folder") << text("for i in range(40): open('/data/f%d' % i, 'wb').write(bytes(10**6))\n"
                                         "time.sleep(20)")
                                 << text("out-of-disk");
}

void SandboxConformance::limitsHaveReasons()
{
    SandboxSpec wanted = spec(text("limits"));
    wanted.limits.memoryBytes = 128ll << 20;
    wanted.limits.processes = 40;
    wanted.limits.dataBytes = 20ll << 20;
    wanted.dataDir = m_dir->filePath(text("limited"));
    auto *agent = start(wanted);
    QVERIFY(agent);
    QFETCH(QString, script);
    QFETCH(QString, expected);
    Collected run(agent, execOf({text("/usr/bin/python3"), text("-c"), text("import os, time\n") + script}));
    QVERIFY(run.wait());
    QVERIFY2(run.result->value().reason == expected,
             qPrintable(run.result->value().reason + QLatin1Char(' ') + QString::fromUtf8(run.err.left(300))));
    QCOMPARE(shell(agent, text("echo alive")), QByteArray("alive\n")); // the agent outlives its workload
}

void SandboxConformance::dataOutlivesTheSandbox()
{
    SandboxSpec wanted = spec(text("data-1"));
    wanted.app.value = text("shared");
    wanted.dataDir = m_dir->filePath(text("deep/er/data"));
    QCOMPARE(shell(start(wanted), text("echo saved > /data/file; echo ok")), QByteArray("ok\n"));
    VERIFY_OK(await(m_backend->terminate(wanted.id)));
    wanted.id.value = text("data-2");
    QCOMPARE(shell(start(wanted), text("cat /data/file; echo more >> /data/file; wc -l < /data/file")),
             QByteArray("saved\n2\n"));
}

void SandboxConformance::sandboxesSeeOnlyTheirOwn()
{
    auto *one = start(spec(text("one")));
    auto *two = start(spec(text("two")));
    QVERIFY(one && two);
    shell(one, text("echo secret > /data/s; echo secret > /tmp/s; echo secret > /app/s"));
    QCOMPARE(shell(two, text("cat /data/s /tmp/s /app/s 2>/dev/null; ls -A /run /app /data 2>/dev/null | grep s$")),
             QByteArray());
    QCOMPARE(shell(two, text("ls -d /proc/[0-9]* | wc -l")).trimmed().toInt() < 6, true);
}

void SandboxConformance::servesTheApp()
{
    auto *agent = start(spec(text("served")));
    QVERIFY(agent);
    const auto build = await(agent->apply({{text("index.html"), "<h1>hello</h1>"}}, {}, true, true));
    VERIFY_OK(build);
    QCOMPARE(build->kind, text("static"));
    const auto opener = m_backend->appStream(SandboxId{text("served")});
    VERIFY_OK(opener);
    const auto stream = await((*opener)());
    VERIFY_OK(stream);
    (*stream)->write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    QTRY_VERIFY((answer += (*stream)->readAll()).contains("</h1>"));
    QVERIFY(answer.startsWith("HTTP/1.1 200"));
}

void SandboxConformance::measures()
{
    auto *agent = start(spec(text("measured")));
    QVERIFY(agent);
    Collected busy(agent, execOf({text("/bin/sleep"), text("30")}));
    SandboxMetrics metrics;
    const auto measured = [&] {
        const auto result = await(m_backend->metrics(SandboxId{text("measured")}));
        metrics = result ? *result : SandboxMetrics{};
        return metrics.processes >= 2;
    };
    QTRY_VERIFY(measured());
    QVERIFY(metrics.memoryBytes > 100'000 && metrics.memoryBytes < 50'000'000);
    QVERIFY(metrics.cpuSeconds >= 0 && metrics.cpuSeconds < 10);
    COMPARE_KIND(await(m_backend->metrics(SandboxId{text("unknown")})), ErrorKind::NotFound);
}

void SandboxConformance::startOwnerAndKillIt(const QString &id)
{
    QProcess owner;
    owner.start(QCoreApplication::applicationFilePath(), {text("--be-owner"), m_dir->path(), id});
    QByteArray said;
    QTRY_VERIFY2_WITH_TIMEOUT((said += owner.readAllStandardOutput()).contains("ready"),
                              owner.readAllStandardError().constData(), 20'000);
    owner.kill(); // SIGKILL
    QTRY_COMPARE(owner.state(), QProcess::NotRunning);
}

void SandboxConformance::survivesItsOwnerAndIsAdopted()
{
    startOwnerAndKillIt(text("orphan"));
    const auto adopted = await(m_backend->reconcile({SandboxId{text("orphan")}, SandboxId{text("never-was")}}));
    VERIFY_OK(adopted);
    QCOMPARE(adopted->size(), 1);
    QCOMPARE(adopted->constFirst().id.value, text("orphan"));
    QCOMPARE(toString(adopted->constFirst().state), toString(SandboxState::Running));
    QCOMPARE(shell(*m_backend->agent(SandboxId{text("orphan")}), text("echo alive")), QByteArray("alive\n"));
}

void SandboxConformance::reapsWhatNobodyKnows()
{
    startOwnerAndKillIt(text("stray"));
    auto kept = start(spec(text("kept")));
    QVERIFY(kept);
    const auto adopted = await(m_backend->reconcile({SandboxId{text("kept")}}));
    VERIFY_OK(adopted);
    QCOMPARE(adopted->size(), 1);
    const auto all = await(m_backend->list());
    VERIFY_OK(all);
    QCOMPARE(all->size(), 1);
    QCOMPARE(all->constFirst().id.value, text("kept"));
}

} // namespace Flotilla
