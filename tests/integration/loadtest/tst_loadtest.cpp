// SPDX-License-Identifier: GPL-3.0-or-later
// flotillactl loadtest with the sampler and real sandboxes: what it reports is true, and nothing is left behind.
#include "app/application/application.h"
#include "tests/support/cliprocess.h"
#include "tests/support/systemcount.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <numeric>

using namespace Flotilla;

namespace {

/// What a command lists, by this field; what it says when it fails.
QStringList listed(const Test::Cli &cli, const QString &command, QLatin1String field)
{
    const auto ran = cli.run({QStringLiteral("--json"), command});
    QStringList all;
    if (ran.exitCode != 0)
        all.append(QString::fromUtf8(ran.out + ran.err));
    const QJsonArray rows = ran.json().array();
    for (const QJsonValue &row : rows)
        all.append(command + QLatin1Char(' ') + row.toObject()[field].toString());
    return all;
}

/// Everything of a store that a run could leave.
QStringList leftovers(const Test::Cli &cli)
{
    QStringList left; // at once, before a program could tidy up: the run is over when everything is gone
    const auto count = Test::SystemCount::of(cli.data(), ApplicationPaths::resolve(cli.data()).runtime);
    if (!count.isClean())
        left.append(count.text());
    const QDir appdata(cli.data() + QLatin1String("/appdata"));
    for (const QString &name : appdata.entryList(QDir::AllEntries | QDir::NoDotAndDotDot))
        left.append(QLatin1String("appdata/") + name);
    return left + listed(cli, QStringLiteral("ps"), QLatin1String("sandbox")) +
           listed(cli, QStringLiteral("apps"), QLatin1String("title"));
}

int livingParts(const Test::SystemCount &count)
{
    return count.processes + count.mounts + count.cgroups + count.sockets;
}

QStringList loadtest(QStringList more)
{
    return QStringList{QStringLiteral("--json"), QStringLiteral("loadtest")} + more;
}

} // namespace

class TestLoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsWhatHappened()
    {
        const Test::Cli cli;
        QTemporaryDir report;
        const auto ran = cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("8"), QStringLiteral("--hold"),
                                           QStringLiteral("1"), QStringLiteral("--report"), report.path()}));
        QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).constData());
        const QJsonObject s = ran.json().object();
        QCOMPARE(s[QLatin1String("requested")].toInt(), 8);
        QCOMPARE(s[QLatin1String("live")].toInt(), 8);
        QCOMPARE(s[QLatin1String("failed")].toInt(), 0);
        QCOMPARE(s[QLatin1String("sweeps")].toArray().size(), 2);
        for (const QJsonValue &sweep : s[QLatin1String("sweeps")].toArray())
            QCOMPARE(sweep.toObject()[QLatin1String("passed")].toInt(), 8);
        QCOMPARE(QDir(report.path()).entryList(QDir::Files).size(), 5);
        QVERIFY(ran.err.contains("live"));
        const auto runs = cli.run({QStringLiteral("--json"), QStringLiteral("runs")}).json().array();
        QCOMPARE(runs.size(), 1);
        QCOMPARE(runs.first().toObject()[QLatin1String("run")], s[QLatin1String("run")]);
        QCOMPARE(leftovers(cli).join(QStringLiteral(", ")), QString());
    }

    void moreAppsThanAreDeletedTogetherLeaveNothing()
    {
        const Test::Cli cli;
        const auto ran = cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("120")}));
        QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).constData());
        QCOMPARE(ran.json().object()[QLatin1String("live")].toInt(), 120);
        QCOMPARE(leftovers(cli).join(QStringLiteral(", ")), QString());
    }

    void reportsFaultsExactly()
    {
        const Test::Cli cli;
        QTemporaryDir dir;
        QFile plan(dir.filePath(QStringLiteral("plan.json")));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        plan.write(
            R"({"count": 20, "hold_seconds": 1, "faults": {"create": 0.1, "slow": 0.1, "slow_seconds": 1.5, "crash": 0.05}})");
        plan.close();
        const auto ran = cli.run(loadtest({QStringLiteral("--plan"), plan.fileName()}));
        QCOMPARE(ran.exitCode, 1);
        const QJsonObject s = ran.json().object();
        const QJsonObject classes = s[QLatin1String("classes")].toObject();
        QCOMPARE(classes[QLatin1String("create_error")].toInt(), 2);
        QCOMPARE(classes[QLatin1String("crashed")].toInt(), 1);
        QCOMPARE(classes[QLatin1String("live")].toInt(), 17);
        QCOMPARE(s[QLatin1String("injected")].toObject()[QLatin1String("slow_noticed")].toInt(), 2);
        QCOMPARE(leftovers(cli).join(QStringLiteral(", ")), QString());
    }

    void cancelLeavesNothing_data()
    {
        QTest::addColumn<int>("signal");
        QTest::newRow("Ctrl+C") << SIGINT;
        QTest::newRow("ended by the system") << SIGTERM;
        QTest::newRow("its terminal is closed") << SIGHUP;
    }

    void cancelLeavesNothing()
    {
        QFETCH(int, signal);
        const Test::Cli cli;
        const auto process = cli.start(loadtest({QStringLiteral("--count"), QStringLiteral("200")}));
        QByteArray progress;
        QTRY_VERIFY_WITH_TIMEOUT((progress += process->readAllStandardError()).contains(" live"), 20'000);
        ::kill(pid_t(process->processId()), signal);
        QVERIFY(process->waitForFinished(20'000));
        QCOMPARE(process->exitCode(), 1);
        const QJsonObject s = QJsonDocument::fromJson(process->readAllStandardOutput()).object();
        QCOMPARE(s[QLatin1String("state")].toString(), QStringLiteral("cancelled"));
        QVERIFY(s[QLatin1String("cancelled")].toInt() > 0);
        QCOMPARE(s[QLatin1String("live")].toInt() + s[QLatin1String("cancelled")].toInt(), 200);
        QCOMPARE(leftovers(cli).join(QStringLiteral(", ")), QString());
    }

    void aFullDiskIsSaidAndTheResultStillTold()
    {
        if (geteuid() != 0) {
            QVERIFY2(qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0, "needs root to mount a small tmpfs");
            QSKIP("needs root to mount a small tmpfs");
        }
        const Test::Cli cli;
        const QString runs = cli.data() + QStringLiteral("/runs");
        const QByteArray path = runs.toUtf8();
        QVERIFY(QDir().mkpath(runs) && mount("tmpfs", path.constData(), "tmpfs", 0, "size=64k") == 0);
        QFile filler(runs + QStringLiteral("/filler"));
        const bool opened = filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
        while (opened && filler.write(QByteArray(4096, 'x')) > 0)
            continue;
        const auto ran = cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("3")}));
        const auto kept = QDir(runs).entryList(QDir::Files);
        const auto listed = cli.run({QStringLiteral("--json"), QStringLiteral("runs")});
        filler.close();
        const bool emptied = filler.remove();
        const auto again = cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("1")}));
        const auto now = cli.run({QStringLiteral("--json"), QStringLiteral("runs")});
        umount2(path.constData(), MNT_DETACH);
        QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).constData()); // the thresholds are met
        const QJsonObject s = ran.json().object();
        QCOMPARE(s[QLatin1String("live")].toInt(), 3);
        const QString why = s[QLatin1String("not_stored")].toString();
        QVERIFY2(why.contains(runs) && why.contains(QLatin1String("full")), qPrintable(why));
        QCOMPARE(kept, QStringList{QStringLiteral("filler")}); // no half of it
        QVERIFY(listed.exitCode == 0 && listed.json().array().isEmpty());
        QVERIFY(emptied);
        QCOMPARE(again.exitCode, 0);
        QVERIFY2(!again.json().object().contains(QLatin1String("not_stored")), again.out.constData());
        QCOMPARE(now.json().array().size(), 1);
        QCOMPARE(leftovers(cli).join(QStringLiteral(", ")), QString());
    }

    /// The check for leftovers can fail: it sees what lives.
    void leftoversAreSeen()
    {
        const Test::Cli cli;
        const auto ran = cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("2"), QStringLiteral("--keep")}));
        QCOMPARE(ran.exitCode, 0);
        const QString runtime = ApplicationPaths::resolve(cli.data()).runtime;
        const auto alive = Test::SystemCount::of(cli.data(), runtime);
        QVERIFY2(alive.processes >= 2, qPrintable(alive.text()));
        QCOMPARE(alive.netNamespaces, 2);
        QVERIFY(alive.sockets >= 4);
        QVERIFY(alive.folders >= 2);
        QCOMPARE(cli.run({QStringLiteral("stop"), QStringLiteral("--all")}).exitCode, 0);
        QTRY_COMPARE(livingParts(Test::SystemCount::of(cli.data(), runtime)), 0);
    }

    void recordedAnswersAreReplayed()
    {
        const Test::Cli cli;
        QTemporaryDir dir;
        const QString file = dir.filePath(QStringLiteral("answers.jsonl"));
        const auto recorded =
            cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("3"), QStringLiteral("--record"), file}));
        QVERIFY2(recorded.exitCode == 0, (recorded.out + recorded.err).constData());
        QVERIFY(!recorded.json().object()[QLatin1String("simulated")].toBool());
        const auto again =
            cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("3"), QStringLiteral("--record"), file}));
        QVERIFY(again.exitCode != 0); // a recording is never overwritten
        QFile plan(dir.filePath(QStringLiteral("plan.json")));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        plan.write(R"({"count": 6, "recording": "answers.jsonl"})"); // beside the plan
        plan.close();
        QTemporaryDir report;
        const auto ran =
            cli.run(loadtest({QStringLiteral("--plan"), plan.fileName(), QStringLiteral("--report"), report.path()}));
        QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).constData());
        const QJsonObject s = ran.json().object();
        QCOMPARE(s[QLatin1String("live")].toInt(), 6);
        QVERIFY(s[QLatin1String("simulated")].toBool());
        QVERIFY2(s[QLatin1String("model")].toString().startsWith(QLatin1String("Recorded answers of sampler")),
                 ran.out.constData());
        QFile page(report.filePath(QDir(report.path()).entryList({QStringLiteral("*.html")}).value(0)));
        QVERIFY(page.open(QIODevice::ReadOnly));
        QVERIFY(page.readAll().contains("Recorded answers of sampler"));
        QCOMPARE(leftovers(cli).join(QStringLiteral(", ")), QString());
    }

    void aBadRecordingIsSaid()
    {
        const Test::Cli cli;
        QTemporaryDir dir;
        QFile file(dir.filePath(QStringLiteral("bad.jsonl")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{}\n");
        file.close();
        const auto ran = cli.run(
            loadtest({QStringLiteral("--count"), QStringLiteral("1"), QStringLiteral("--recording"), file.fileName()}));
        QVERIFY(ran.exitCode > 0);
        QVERIFY2((ran.out + ran.err).contains("Line 1"), (ran.out + ran.err).constData());
    }

    /// kill -9 in the middle: the next start takes everything away, and shows what happened until shortly before.
    void aKilledRunIsTakenAwayByTheNextStart()
    {
        const Test::Cli cli;
        QTemporaryDir dir;
        QFile plan(dir.filePath(QStringLiteral("plan.json")));
        QVERIFY(plan.open(QIODevice::WriteOnly));
        plan.write(R"({"count": 60, "stages": [{"shape": "linear", "to": 60, "for": 30}]})");
        plan.close();
        const auto process = cli.start(loadtest({QStringLiteral("--plan"), plan.fileName()}));
        const auto storedLive = [&cli] {
            const auto runs = cli.run({QStringLiteral("--json"), QStringLiteral("runs")}).json().array();
            return runs.first()[QLatin1String("summary")][QLatin1String("live")].toInt();
        };
        QVERIFY(QTest::qWaitFor([&] { return storedLive() >= 3; }, 25'000));
        process->kill();
        QVERIFY(process->waitForFinished(20'000));
        QString left; // looked at once a time: each look starts programs
        const auto isClean = [&] { return (left = leftovers(cli).join(QStringLiteral(", "))).isEmpty(); };
        QVERIFY2(QTest::qWaitFor(isClean, 60'000), qPrintable(left));
        const auto runs = cli.run({QStringLiteral("--json"), QStringLiteral("runs")}).json().array();
        QCOMPARE(runs.size(), 1);
        const QJsonObject run = runs.first().toObject();
        QCOMPARE(run[QLatin1String("state")].toString(), QStringLiteral("interrupted"));
        const QJsonObject counts = run[QLatin1String("summary")].toObject();
        QCOMPARE(counts[QLatin1String("requested")].toInt(), 60);
        QVERIFY(counts[QLatin1String("live")].toInt() >= 3);
        int sum = 0;
        for (const char *name : {"live", "failed", "partial", "cancelled"})
            sum += counts[QLatin1String(name)].toInt();
        QCOMPARE(sum, 60);
    }

    /// Every percentile of the report follows from the rows in apps.csv.
    void percentilesFollowFromTheRows()
    {
        const Test::Cli cli;
        QTemporaryDir report;
        const auto ran = cli.run(
            loadtest({QStringLiteral("--count"), QStringLiteral("12"), QStringLiteral("--report"), report.path()}));
        QVERIFY2(ran.exitCode == 0, (ran.out + ran.err).constData());
        QFile csv(report.filePath(QStringLiteral("apps.csv")));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = csv.readAll().trimmed().split('\n');
        const QList<QByteArray> names = lines.first().trimmed().split(',');
        QList<double> times;
        for (const QByteArray &line : lines.mid(1)) { // no prompt or title here has a comma or a quote: from the end
            const QList<QByteArray> fields = line.trimmed().split(',');
            const auto at = [&](const char *name) {
                return fields[fields.size() - (names.size() - names.indexOf(name))].toDouble();
            };
            QVERIFY(at("t1_ms") >= at("t0_ms") && at("t2_ms") >= at("t1_ms") && at("t3_ms") >= at("t2_ms"));
            QVERIFY(at("t6_ms") >= std::max(at("t3_ms"), at("t5_ms")));
            times.append(at("t6_ms") - at("t0_ms"));
        }
        std::sort(times.begin(), times.end());
        QCOMPARE(times.size(), 12);
        const QJsonObject told = ran.json().object()[QLatin1String("time_to_live_s")].toObject();
        const auto same = [&](const char *name, double milliseconds) {
            return std::abs(told[QLatin1String(name)].toDouble() * 1000 - milliseconds) < 0.002;
        };
        QVERIFY(same("p50", times[5]) && same("p95", times[11]) && same("p99", times[11]) && same("max", times[11]));
        QVERIFY(same("mean", std::accumulate(times.begin(), times.end(), 0.0) / 12));
        QFile hosts(report.filePath(QStringLiteral("hosts.csv")));
        QVERIFY(hosts.open(QIODevice::ReadOnly));
        QVERIFY(hosts.readAll().contains("\"local\",12,12,0,12,"));
    }

    void whatCannotWorkIsSaidBeforeTheRun_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *name, const QString &option, const QString &value, const QString &named) {
            QTest::newRow(name) << QStringList{QStringLiteral("--") + option, value} << named;
        };
        row("host", QStringLiteral("host"), QStringLiteral("nowhere"), QStringLiteral("nowhere"));
        row("backend", QStringLiteral("backend"), QStringLiteral("vmware"), QStringLiteral("vmware"));
        row("folder", QStringLiteral("report"), QStringLiteral("/proc/report"), QStringLiteral("/proc/report"));
        row("half an app", QStringLiteral("count"), QStringLiteral("2.5"), QStringLiteral("--count"));
        for (const char *seed : {"1.5", "-5", "9007199254740993", "mine"})
            row(seed, QStringLiteral("seed"), QLatin1String(seed), QStringLiteral("0 to 9007199254740991"));
        row("first token", QStringLiteral("first-token"), QStringLiteral("1e9"), QStringLiteral("7 days"));
        row("model", QStringLiteral("model"), QStringLiteral("martian"), QStringLiteral("martian"));
        row("recording", QStringLiteral("record"), QStringLiteral("/proc/version"), QStringLiteral("/proc/version"));
        row("no folder", QStringLiteral("record"), QStringLiteral("/absent/answers"),
            QStringLiteral("/absent/answers"));
        row("prompts", QStringLiteral("prompts"), QStringLiteral("/absent"), QStringLiteral("/absent"));
    }
    void whatCannotWorkIsSaidBeforeTheRun()
    {
        QFETCH(const QStringList, words);
        QFETCH(const QString, named);
        const Test::Cli cli;
        const auto ran = cli.run(loadtest(QStringList{QStringLiteral("--count"), QStringLiteral("2")} + words));
        QCOMPARE(ran.exitCode, 1);
        QVERIFY2((ran.out + ran.err).contains(named.toUtf8()), (ran.out + ran.err).constData());
        QCOMPARE(cli.run({QStringLiteral("--json"), QStringLiteral("runs")}).json().array().size(), 0);
    }

    void aReplayHasItsSpeeds()
    {
        const Test::Cli cli;
        for (const char *speed : {"0", "0.5", "61", "fast"}) {
            const auto ran = cli.run(
                {QStringLiteral("replay"), QStringLiteral("none"), QStringLiteral("--speed"), QLatin1String(speed)});
            QVERIFY2(ran.exitCode == 1 && (ran.out + ran.err).contains("1 to 60"), (ran.out + ran.err).constData());
        }
    }

    void aPlanThatCannotCountIsRefused()
    {
        const Test::Cli cli;
        QTemporaryDir dir;
        for (const QByteArray &member :
             {QByteArray(R"("seed": -1)"), QByteArray(R"("seed": 1e17)"), QByteArray(R"("poisson": true)")}) {
            QFile plan(dir.filePath(QStringLiteral("plan.json")));
            QVERIFY(plan.open(QIODevice::WriteOnly));
            plan.write("{\"count\": 1, " + member + "}");
            plan.close();
            const auto ran = cli.run(loadtest({QStringLiteral("--plan"), plan.fileName()}));
            QCOMPARE(ran.exitCode, 1);
            const QByteArray said = ran.out + ran.err;
            QVERIFY2(said.contains(member.mid(1, 4)), said.constData());
        }
        QCOMPARE(cli.run({QStringLiteral("--json"), QStringLiteral("runs")}).json().array().size(), 0);
    }

    void thresholdsDecideTheExitCode()
    {
        const Test::Cli cli;
        const auto ran =
            cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("1"), QStringLiteral("--threshold"),
                              QStringLiteral("time_to_live_s.p95 <= 0.000001")}));
        QCOMPARE(ran.exitCode, 1);
        QCOMPARE(ran.json().object()[QLatin1String("broken_thresholds")].toArray().size(), 1);
        QVERIFY(cli.run(loadtest({QStringLiteral("--count"), QStringLiteral("many")})).exitCode != 0);
    }
};

QTEST_GUILESS_MAIN(TestLoadTest)
#include "tst_loadtest.moc"
