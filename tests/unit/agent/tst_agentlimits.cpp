// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "realagent.h"

#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Flotilla;
using Test::await;

namespace {

ExecSpec command(const QStringList &argv)
{
    ExecSpec spec;
    spec.argv = argv;
    return spec;
}

} // namespace

/// What a workload may use. Each limit ends in its own reason, and the agent goes on.
class TestAgentLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty() &&
            !qEnvironmentVariableIsSet("FLOTILLA_REQUIRE_PEERS"))
            QSKIP("python3 is not installed");
    }
    void memory();
    void memoryOfMany();
    void tasks();
    void disk();
    void files_data();
    void files();
    void manyOldFilesAreNoOffence();
    void aFloodOfOutputIsBounded();

private:
    void expectLimit(const QByteArray &limits, const QString &script, const QString &reason);
};

void TestAgentLimits::expectLimit(const QByteArray &limits, const QString &script, const QString &reason)
{
    Test::RealAgent agent(limits);
    QVERIFY(await(agent.client().hello()).ok());
    QSignalSpy hits(&agent.client(), &AgentClient::limitHit);
    agent.client().watch();
    const auto result =
        await(agent.client().run(command({QStringLiteral("python3"), QStringLiteral("-c"), script})), 60'000);
    QVERIFY2(result.ok(), result ? "" : qPrintable(result.error().text));
    QCOMPARE(result->first.reason, reason);
    QCOMPARE(result->first.exitCode, 137);
    QTRY_VERIFY(!hits.isEmpty());
    QCOMPARE(hits.first().first().toString(), reason);
    const auto after = await(agent.client().run(command({QStringLiteral("true")})));
    QVERIFY(after.ok());
    QCOMPARE(after->first.exitCode, 0);
}

void TestAgentLimits::memory()
{
    expectLimit(R"({"memory_bytes":100000000})",
                QStringLiteral("import time\na=[]\nwhile True: a.append(bytearray(1<<20)); time.sleep(0.001)"),
                QStringLiteral("out-of-memory"));
}

void TestAgentLimits::memoryOfMany()
{
    expectLimit(R"({"memory_bytes":120000000})",
                QStringLiteral("import os,time\nfor i in range(8):\n if os.fork()==0:\n  a=bytearray(30<<20)\n  "
                               "time.sleep(300)\ntime.sleep(300)"),
                QStringLiteral("out-of-memory"));
}

void TestAgentLimits::tasks()
{
    expectLimit(R"({"processes":40})",
                QStringLiteral("import os,time,resource\nwhile True:\n try:\n  if os.fork()==0: time.sleep(300)\n "
                               "except OSError: time.sleep(0.1)"),
                QStringLiteral("pids-limit"));
}

void TestAgentLimits::disk()
{
    expectLimit(R"({"data_bytes":2000000})",
                QStringLiteral("import os,time\nf=open(os.environ['HOME']+'/x','wb')\nwhile True: "
                               "f.write(bytes(100000)); f.flush(); time.sleep(0.02)"),
                QStringLiteral("out-of-disk"));
}

void TestAgentLimits::files_data()
{
    QTest::addColumn<QString>("folder");
    QTest::newRow("data") << QStringLiteral("os.environ['HOME']");
    QTest::newRow("workspace") << QStringLiteral("os.getcwd()");
}

void TestAgentLimits::files()
{
    QFETCH(QString, folder);
    expectLimit(R"({"files":2000})",
                QStringLiteral("import os,time\nd=%1+'/many'\nos.mkdir(d)\nfor i in range(1000000):\n "
                               "open(d+'/%d'%i,'w').close()\n if i%500==0: time.sleep(0.05)")
                    .replace(QLatin1String("%1"), folder),
                QStringLiteral("out-of-disk"));
}

void TestAgentLimits::manyOldFilesAreNoOffence()
{
    Test::RealAgent agent(R"({"files":100})");
    QVERIFY(await(agent.client().hello()).ok());
    for (int i = 0; i < 150; ++i) {
        QFile file(agent.path(QStringLiteral("data/%1").arg(i)));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const auto cleaned = await(agent.client().run(
        command({QStringLiteral("python3"), QStringLiteral("-c"),
                 QStringLiteral("import os,time\nfor i in range(150):\n os.unlink(os.environ['HOME']+'/%d'%i); "
                                "time.sleep(0.01)")})));
    QVERIFY(cleaned.ok());
    QCOMPARE(cleaned->first.reason, QStringLiteral("exited"));
}

void TestAgentLimits::aFloodOfOutputIsBounded()
{
    Test::RealAgent agent;
    QVERIFY(await(agent.client().hello()).ok());
    const auto build = await(agent.client().apply(
        {{QStringLiteral("app.json"),
          R"({"start":"yes 0123456789012345678901234567890123456789 | head -n 200000; yes | tr -d '\\n' | head -c 3000000; exit 1"})"}},
        {}, true, true));
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::Failed);
    const auto logs = await(agent.client().logs());
    QVERIFY2(logs.ok(), logs ? "" : qPrintable(logs.error().detail));
    QVERIFY(logs->size() <= 2000);
    qint64 bytes = 0;
    for (const AgentLogLine &line : *logs) {
        QVERIFY(line.text.size() <= 4096);
        bytes += line.text.size();
    }
    QVERIFY(bytes > 100'000);
    QVERIFY(bytes <= 1024 * 1024 + 4096);
}

QTEST_GUILESS_MAIN(TestAgentLimits)
#include "tst_agentlimits.moc"
