// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/sandbox/sandboxconformance.h"

#include "backends/agent/agentclient.h"
#include "backends/hosts/local/localhost.h"
#include "backends/http/httpclient.h"
#include "backends/preview/gateway.h"
#include "tests/conformance/await.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QProcess>
#include <QSignalSpy>
#include <QTcpSocket>

#include <signal.h>

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

QByteArray SandboxConformance::fingerprint(AgentClient *agent)
{
    return shell(agent,
                 text("cd /; find app data -printf '%p %y %#m %l\\n' | sort; find app data -type f -print0 | sort -z | "
                      "xargs -0 sha256sum"));
}

SnapshotInfo SandboxConformance::snapshotOf(const QString &id, const QString &snapshot)
{
    const auto taken = await(m_backend->snapshot(SandboxId{id}, SnapshotId{snapshot}, text("before the change")));
    if (!taken)
        qWarning("snapshot failed: %s", problem(taken).constData());
    return taken ? *taken : SnapshotInfo();
}

void SandboxConformance::snapshotsComeBack()
{
    SandboxSpec wanted = spec(text("origin"));
    wanted.dataDir = m_dir->filePath(text("origin-data"));
    auto *agent = start(wanted);
    QVERIFY(agent);
    VERIFY_OK(await(agent->apply({{text("index.html"), "<h1>hello</h1>"}}, {}, true, true)));
    const QString name = QString(120, QLatin1Char('n'));
    shell(agent,
          text("cd /app; mkdir -p a/b .hidden; head -c 300000 /dev/urandom > a/b/binary; ln -s ../index.html a/link; "
               "echo '#!/bin/sh' > run; chmod 755 run; touch empty 'with space'; mkdir -p %1/%1; echo x > %1/%1/%1; "
               "head -c 1000000 /dev/urandom > /data/db; mkdir /data/deep; echo y > /data/deep/f; chmod 600 /data/db")
              .arg(name));
    const QByteArray before = fingerprint(agent);
    QVERIFY2(before.contains("a/b/binary") && before.contains("/data/db") == false && before.contains("data/db"),
             before);
    const SnapshotInfo taken = snapshotOf(text("origin"), text("snap-1"));
    QCOMPARE(taken.id.value, text("snap-1"));
    QCOMPARE(taken.sandbox.value, text("origin"));
    QCOMPARE(taken.app.value, text("app-origin"));
    QCOMPARE(taken.label, text("before the change"));
    QVERIFY(taken.bytes > 1'300'000);
    shell(agent, text("rm -rf /app/* /data/*; echo changed > /data/new"));
    QCOMPARE(snapshotOf(text("origin"), text("snap-1")), taken); // the same id, the same snapshot
    QCOMPARE(*await(m_backend->snapshots()), QList<SnapshotInfo>{taken});
    VERIFY_OK(await(m_backend->terminate(wanted.id)));
    wanted.id.value = text("restored");
    wanted.from = taken.id;
    auto *restored = start(wanted); // on the same /data, which goes back too
    QVERIFY(restored);
    QCOMPARE(fingerprint(restored), before);
    const auto status = await(restored->status());
    VERIFY_OK(status);
    QCOMPARE(status->kind, text("static")); // and it is built
    VERIFY_OK(await(m_backend->removeSnapshot(taken.id)));
    VERIFY_OK(await(m_backend->removeSnapshot(taken.id)));
    QVERIFY(await(m_backend->snapshots())->isEmpty());
    VERIFY_OK(await(m_backend->terminate(wanted.id)));
    wanted.id.value = text("too-late");
    QVERIFY(!await(m_backend->create(wanted)).ok());
    COMPARE_KIND(await(m_backend->get(wanted.id)), ErrorKind::NotFound);
    QVERIFY(!await(m_backend->snapshot(SandboxId{text("unknown")}, SnapshotId{text("s")}, {})).ok());
}

void SandboxConformance::snapshotsAreOfOneMoment()
{
    auto *agent = start(spec(text("busy")));
    QVERIFY(agent);
    Collected writer(agent, execOf({text("/usr/bin/python3"), text("-c"),
                                    text("import os\ni = 0\nwhile True:\n i += 1\n for p in ('/app/a', '/data/b'):\n"
                                         "  open(p + '.new', 'w').write(str(i)); os.rename(p + '.new', p)")}));
    QTRY_VERIFY(shell(agent, text("cat /data/b 2>/dev/null")).toInt() > 10);
    snapshotOf(text("busy"), text("moment"));
    const int now = shell(agent, text("cat /data/b")).toInt();
    QTRY_VERIFY(shell(agent, text("cat /data/b")).toInt() > now); // it goes on
    SandboxSpec wanted = spec(text("moment"));
    wanted.from.value = text("moment");
    auto *copy = start(wanted);
    QVERIFY(copy);
    const QList<QByteArray> pair = shell(copy, text("cat /app/a; echo; cat /data/b")).split('\n');
    QCOMPARE(pair.size(), 2);
    QVERIFY2(pair[0].toInt() - pair[1].toInt() == 0 || pair[0].toInt() - pair[1].toInt() == 1, pair[0] + ' ' + pair[1]);
    VERIFY_OK(await(m_backend->removeSnapshot(wanted.from)));
}

void SandboxConformance::aHoldStopsEverything()
{
    auto *agent = start(spec(text("held")));
    QVERIFY(agent);
    const QString count = text("import os\ni = 0\nwhile True:\n i += 1\n open('/app/n', 'w').write(str(i))\n"
                               " os.rename('/app/n', '/app/count')");
    Collected writer(agent, execOf({text("/usr/bin/python3"), text("-c"), count}));
    const auto seen = [agent] {
        const auto read = await(agent->readFile(text("count")));
        return read ? *read : QByteArray();
    };
    QTRY_VERIFY(seen().toInt() > 10);
    auto hold = await(agent->hold());
    VERIFY_OK(hold);
    const QByteArray then = seen();
    for (int i = 0; i < 20; ++i)
        QCOMPARE(seen(), then);
    QVERIFY((*hold)->isHeld());
    *hold = nullptr;
    QTRY_VERIFY(seen().toInt() > then.toInt());
}

void SandboxConformance::forksAreIndependent()
{
    auto *agent = start(spec(text("parent")));
    QVERIFY(agent);
    shell(agent, text("echo common > /data/f; echo common > /app/f"));
    snapshotOf(text("parent"), text("fork"));
    QList<Future<SandboxInfo>> forks;
    for (int i = 0; i < 3; ++i) {
        SandboxSpec wanted = spec(text("fork-%1").arg(i));
        wanted.from.value = text("fork");
        forks.append(m_backend->create(wanted));
    }
    for (const auto &fork : forks)
        VERIFY_OK(await(fork));
    for (int i = 0; i < 3; ++i) {
        auto *one = *m_backend->agent(SandboxId{text("fork-%1").arg(i)});
        QCOMPARE(shell(one, text("cat /data/f /app/f; echo %1 > /data/f").arg(i)), QByteArray("common\ncommon\n"));
    }
    for (int i = 0; i < 3; ++i)
        QCOMPARE(shell(*m_backend->agent(SandboxId{text("fork-%1").arg(i)}), text("cat /data/f")),
                 QByteArray::number(i) + '\n');
    QCOMPARE(shell(agent, text("cat /data/f")), QByteArray("common\n"));
    VERIFY_OK(await(m_backend->removeSnapshot(SnapshotId{text("fork")})));
}

/// A link of the sandbox that leads to a file of the host comes back as a link; the file's content goes nowhere.
void SandboxConformance::snapshotsNeverFollowLinks()
{
    QFile secret(m_dir->filePath(text("secret")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("do not leak");
    secret.close();
    SandboxSpec wanted = spec(text("linker"));
    wanted.dataDir = m_dir->filePath(text("linker-data"));
    auto *agent = start(wanted);
    QVERIFY(agent);
    shell(agent, text("ln -s %1 /data/evil; ln -s %1 /app/evil; ln -s / /data/root; ln -s %2 /data/dir")
                     .arg(secret.fileName(), m_dir->path()));
    QVERIFY(snapshotOf(text("linker"), text("links")).bytes > 0);
    QFile archive(m_dir->filePath(text("run/snapshots/links/files.tar")));
    if (archive.open(QIODevice::ReadOnly))
        QVERIFY(!archive.readAll().contains("do not leak"));
    SandboxSpec copy = spec(text("linked"));
    copy.from.value = text("links");
    copy.dataDir = m_dir->filePath(text("linked-data"));
    auto *linked = start(copy);
    QVERIFY(linked);
    QCOMPARE(shell(linked, text("readlink /data/evil /app/evil /data/root")),
             secret.fileName().toUtf8() + '\n' + secret.fileName().toUtf8() + "\n/\n");
    QVERIFY(secret.open(QIODevice::ReadOnly));
    QCOMPARE(secret.readAll(), QByteArray("do not leak"));
    VERIFY_OK(await(m_backend->removeSnapshot(copy.from)));
}

void SandboxConformance::refusesBrokenSnapshots_data()
{
    QTest::addColumn<QString>("script"); // makes $1/files.tar
    const auto row = [](const char *name, const char *members) {
        QTest::newRow(name)
            << text("import tarfile, io, sys\nt = tarfile.open(sys.argv[1], 'w', format=tarfile.GNU_FORMAT)\n"
                    "def add(name, type=tarfile.REGTYPE, link='', data=b'attack'):\n"
                    " i = tarfile.TarInfo(name); i.type = type; i.linkname = link\n"
                    " i.size = len(data) if type == tarfile.REGTYPE else 0\n"
                    " t.addfile(i, io.BytesIO(data))\n") +
                   text(members) + text("\nt.close()\n");
    };
    row("up", "add('app/../../tmp/x')");
    row("absolute", "add('/tmp/x')");
    row("elsewhere", "add('etc/passwd')");
    row("through a link", "add('app/l', tarfile.SYMTYPE, '/tmp'); add('app/l/x')");
    row("hard link", "add('app/h', tarfile.LNKTYPE, '/etc/passwd')");
    row("device", "add('app/d', tarfile.CHRTYPE)");
    row("too much data", "add('data/big', data=bytes(300 << 20))");
    QTest::newRow("garbage") << text("import sys\nopen(sys.argv[1], 'wb').write(b'no archive' * 1000)");
    QTest::newRow("cut off") << text(
        "import sys, tarfile, io\nt = tarfile.open(sys.argv[1], 'w')\n"
        "i = tarfile.TarInfo('app/x'); i.size = 100000\nt.addfile(i, io.BytesIO(bytes(100000)))\n"
        "t.close()\nopen(sys.argv[1], 'r+b').truncate(5000)");
}

void SandboxConformance::refusesBrokenSnapshots()
{
    QFETCH(QString, script);
    const QString folder = m_dir->filePath(text("run/snapshots/broken"));
    QVERIFY(QDir().mkpath(folder));
    QProcess python;
    python.start(text("/usr/bin/python3"), {text("-c"), script, folder + text("/files.tar")});
    QTRY_COMPARE_WITH_TIMEOUT(python.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(python.exitCode(), 0);
    SandboxSpec wanted = spec(text("broken"));
    wanted.from.value = text("broken");
    const auto created = await(m_backend->create(wanted), 60'000);
    QVERIFY(!created.ok());
    QVERIFY(!created.error().text.isEmpty());
    QVERIFY(await(m_backend->list())->isEmpty());
    QVERIFY(!QFile::exists(text("/tmp/x")));
    QVERIFY(QDir(folder).removeRecursively());
}

QString SandboxConformance::labelOf(const QString &id) const
{
    const QStringList folders = QDir(m_dir->filePath(text("run"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QStringList places{text("run/sb/")};
    for (const QString &folder : folders)
        places.append(text("run/") + folder + text("/sb/"));
    for (const QString &place : std::as_const(places)) {
        QFile file(m_dir->filePath(place + id + text("/label.json")));
        if (file.open(QIODevice::ReadOnly))
            return QString::fromUtf8(file.readAll());
    }
    return {};
}

void SandboxConformance::killedAgentIsADeath()
{
    const QSignalSpy died(m_backend.get(), &SandboxBackend::sandboxChanged);
    QVERIFY(start(spec(text("victim"))));
    const int pid = QJsonDocument::fromJson(labelOf(text("victim")).toUtf8())[QLatin1String("pid")].toInt();
    QVERIFY(pid > 1);
    QCOMPARE(::kill(pid, SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(died.size(), 1, 10'000);
    const auto info = died.constFirst().constFirst().value<SandboxInfo>();
    QCOMPARE(toString(info.reason), text("killed"));
    QVERIFY(start(spec(text("victim")))); // the same id starts anew
    QCOMPARE(shell(*m_backend->agent(info.id), text("echo alive")), QByteArray("alive\n"));
}

void SandboxConformance::fullDiskIsAnError()
{
    SandboxSpec wanted = spec(text("full"));
    wanted.limits.workspaceBytes = 4ll << 20;
    auto *agent = start(wanted);
    QVERIFY(agent);
    shell(agent, text("head -c 8000000 /dev/zero > /app/fill 2>/dev/null"));
    const auto applied = await(agent->apply({{text("a.txt"), QByteArray(1 << 20, 'a')}}, {}, false, false));
    QVERIFY(!applied.ok());
    QCOMPARE(shell(agent, text("rm /app/fill; echo alive")), QByteArray("alive\n"));
    VERIFY_OK(await(agent->apply({{text("a.txt"), QByteArray(1 << 20, 'a')}}, {}, false, false)));
}

namespace {

constexpr char serverApp[] = R"py(
import base64, hashlib, http.server, os, time
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        if self.path == "/socket":
            return self.upgrade()
        events = self.path == "/events"
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream" if events else "text/plain")
        self.send_header("Content-Length" if not events else "Cache-Control", "5" if not events else "no-cache")
        self.end_headers()
        if not events:
            return self.wfile.write(b"hello")
        for i in range(3):
            self.wfile.write(b"data: %d\n\n" % i)
            self.wfile.flush()
            time.sleep(0.05)
        self.close_connection = True
    def upgrade(self):
        key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
        self.end_headers()
        head = self.rfile.read(6)
        size = head[1] & 127
        text = bytes(b ^ head[2 + i % 4] for i, b in enumerate(self.rfile.read(size)))
        self.wfile.write(bytes([0x81, size]) + text[::-1])
        self.close_connection = True
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
)py";

QByteArray talk(quint16 port, const QByteArray &bytes, const QByteArray &until)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    QByteArray answer;
    socket.write(bytes);
    const bool seen = QTest::qWaitFor([&] { return (answer += socket.readAll()).contains(until); }, 10'000);
    return seen ? answer : QByteArray("(missing) ") + answer;
}

} // namespace

void SandboxConformance::showsServersThroughTheGateway()
{
    auto *agent = start(spec(text("shown")));
    QVERIFY(agent);
    const auto built = await(
        agent->apply({{text("server.py"), serverApp}, {text("app.json"), R"({"start": ["python3", "server.py"]})"}}, {},
                     true, true));
    VERIFY_OK(built);
    QVERIFY2(built->state == AgentBuild::State::Ok, qPrintable(built->text));
    const QByteArray secret(32, 'a');
    Gateway gateway([&](const QString &host) -> Future<std::optional<GatewayRoute>> {
        const auto stream = m_backend->appStream(SandboxId{text("shown")});
        if (host.toUtf8() != secret || !stream)
            return readyFuture<std::optional<GatewayRoute>>(std::optional<GatewayRoute>());
        return readyFuture<std::optional<GatewayRoute>>(std::optional(GatewayRoute{*stream, {}, {}}));
    });
    VERIFY_OK(gateway.listen(0));
    const QByteArray host = "Host: " + secret + ".localhost:" + QByteArray::number(gateway.port()) + "\r\n";
    const QByteArray plain = talk(gateway.port(), "GET / HTTP/1.1\r\n" + host + "\r\n", "hello");
    QVERIFY2(plain.startsWith("HTTP/1.1 200"), plain);
    const QByteArray events = talk(gateway.port(), "GET /events HTTP/1.1\r\n" + host + "\r\n", "data: 2\n\n");
    QVERIFY2(events.contains("data: 0\n\n"), events);
    const QByteArray socket = talk(gateway.port(),
                                   "GET /socket HTTP/1.1\r\n" + host +
                                       "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n" +
                                       QByteArray("\x81\x83\x00\x00\x00\x00"
                                                  "abc",
                                                  9),
                                   "cba");
    QVERIFY2(socket.startsWith("HTTP/1.1 101") && socket.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), socket);
}

} // namespace Flotilla
