// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadarchive.h"
#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadpreflight.h"
#include "backends/fleet/loadtest/loadreport.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

namespace {

LoadRecord sampleRecord(const QString &id)
{
    LoadRecord record;
    record.info.id = id;
    record.info.name = QStringLiteral("a name, with \"quotes\"");
    record.info.state = LoadRunState::Done;
    record.info.started = QDateTime(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
    record.info.summary = {{QStringLiteral("live"), 1}};
    record.plan = {{QStringLiteral("count"), 1}};
    LoadRow row;
    row.app = {QStringLiteral("abc")};
    row.prompt = QStringLiteral("=cmd|' /C calc'!A0, \"x\"");
    row.phase = LoadPhase::Live;
    row.outcome = QLatin1String(LoadClass::Live);
    row.face = {QStringLiteral("board"), {0x00ff0a, 0x123456}};
    row.t = {0, 1.5, 2.25, 3, 4, 5, 6, -1, -1};
    record.rows = {row};
    LoadSample sample;
    sample.t = 250;
    sample.counts[size_t(LoadPhase::Live)] = 1;
    sample.p50 = 6;
    sample.p95 = 6;
    record.samples = {sample};
    record.events = {{1, QStringLiteral("mark"), QStringLiteral("here")}};
    return record;
}

} // namespace

class TestLoadArchive : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGroupWithTheLeastRoomCounts()
    {
        const QTemporaryDir root;
        const auto put = [&root](const char *folder, const char *most, const char *now) {
            QDir(root.path()).mkpath(QLatin1String(folder));
            for (const auto &[name, text] : {std::pair("pids.max", most), std::pair("pids.current", now)}) {
                QFile file(root.filePath(QLatin1String(folder) + QLatin1Char('/') + QLatin1String(name)));
                QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) > 0);
            }
        };
        put("user.slice", "5000\n", "4100\n");
        put("user.slice/user-1000.slice", "max\n", "4000\n");
        put("user.slice/user-1000.slice/a:b.scope", "1000\n", "20\n");
        const GroupLimit newer = GroupLimit::of("0::/user.slice/user-1000.slice/a:b.scope\n", root.path());
        QCOMPARE(newer.path, root.filePath(QStringLiteral("user.slice/pids.max")));
        QCOMPARE(newer.most, 5000);
        QCOMPARE(newer.processes, 4100);
        put("pids/docker", "300\n", "7\n");
        const GroupLimit older = GroupLimit::of("9:name=systemd:/\n8:cpu,pids:/docker\n0::/\n", root.path());
        QCOMPARE(older.most, 300);
        QCOMPARE(GroupLimit::of("0::/\n", root.path()).most, 0);
    }

    void keepsEverything()
    {
        QTemporaryDir dir;
        const LoadArchive archive(dir.filePath(QStringLiteral("runs")));
        QCOMPARE(archive.list()->size(), 0);
        const LoadRecord record = sampleRecord(QStringLiteral("20261124-1200-abcd"));
        QVERIFY(archive.save(record).ok());
        QVERIFY(archive.save(record).ok());
        const auto read = archive.load(QStringLiteral("2026"));
        QVERIFY(read.ok());
        QCOMPARE(read->rows, record.rows);
        QCOMPARE(read->samples, record.samples);
        QCOMPARE(read->events, record.events);
        QCOMPARE(read->plan, record.plan);
        QCOMPARE(read->info.started, record.info.started);
        QCOMPARE(archive.list()->size(), 1);
        QVERIFY(archive.remove(record.info.id).ok());
        QCOMPARE(archive.list()->size(), 0);
    }

    void believesNoFileAboutItsPlace()
    {
        QTemporaryDir dir;
        const LoadArchive archive(dir.filePath(QStringLiteral("runs")));
        QVERIFY(archive.save(sampleRecord(QStringLiteral("a1"))).ok());
        const LoadRecord elsewhere = sampleRecord(QStringLiteral("../a1"));
        const QByteArray json = QJsonDocument(toJson(elsewhere)).toJson();
        const auto put = [&dir](const char *name, const QByteArray &bytes) {
            QFile file(dir.filePath(QLatin1String(name)));
            return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        };
        QVERIFY(put("runs/a1.json", json) && put("runs/a1.run", qCompress(json)));
        QCOMPARE(archive.list()->size(), 0); // which a start would store again, as broken off
        QCOMPARE(archive.load(QStringLiteral("a1"))->info.id, QStringLiteral("a1"));
        QVERIFY(put("runs/a1.run", QByteArray(4, char(0xff)) + qCompress(json).mid(4)));
        QVERIFY(!archive.load(QStringLiteral("a1")).ok());
    }

    void keepsNoHalves()
    {
        QTemporaryDir dir;
        const LoadArchive archive(dir.path());
        QVERIFY(QDir(dir.path()).mkdir(QStringLiteral("a1.json")));
        QVERIFY(!archive.save(sampleRecord(QStringLiteral("a1"))).ok());
        QVERIFY(QDir(dir.path()).rmdir(QStringLiteral("a1.json")));
        QVERIFY(archive.save(sampleRecord(QStringLiteral("a2"))).ok());
        QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 2);
    }

    void sparesTheDamaged()
    {
        QTemporaryDir dir;
        const LoadArchive archive(dir.path());
        QVERIFY(archive.save(sampleRecord(QStringLiteral("a1"))).ok());
        QVERIFY(archive.save(sampleRecord(QStringLiteral("a2"))).ok());
        QFile broken(dir.filePath(QStringLiteral("a1.json")));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{") == 1);
        broken.close();
        QFile run(dir.filePath(QStringLiteral("a2.run")));
        QVERIFY(run.open(QIODevice::WriteOnly) && run.write("garbage") == 7);
        run.close();
        QCOMPARE(archive.list()->size(), 1);
        QCOMPARE(archive.load(QStringLiteral("a2")).error().kind, ErrorKind::Invalid);
        QCOMPARE(archive.load(QStringLiteral("a")).error().kind, ErrorKind::Invalid); // two fit
        QCOMPARE(archive.load(QStringLiteral("b")).error().kind, ErrorKind::NotFound);
        QCOMPARE(archive.load(QStringLiteral("../a1")).error().kind, ErrorKind::NotFound);
    }

    void csvIsNoProgram()
    {
        const QByteArray csv = rowsToCsv(sampleRecord(QStringLiteral("x")).rows);
        QVERIFY(csv.contains(",\"'=cmd|' /C calc'!A0, \"\"x\"\"\","));
        QVERIFY(csv.contains(",0.000,1.500,2.250,"));
        QCOMPARE(csv.count('\n'), 2);
    }

    void theReportStandsAlone()
    {
        LoadRecord record = sampleRecord(QStringLiteral("x"));
        record.info.name = QStringLiteral("<script>alert(1)</script>");
        const QByteArray html = loadReportHtml(record);
        QVERIFY(html.contains("<svg"));
        QVERIFY(!html.contains("<script"));
        QVERIFY(html.contains("default-src 'none'")); // whatever comes into it, nothing runs and nothing is fetched
        QVERIFY(!html.contains("http://") && !html.contains("https://"));
        QVERIFY(html.contains("prefers-color-scheme:dark") && html.contains("@media print"));
    }

    void theReportShadesTheWarmUp()
    {
        LoadRecord record = sampleRecord(QStringLiteral("x"));
        for (int i = 1; i < 4; ++i) {
            record.rows.append(record.rows.first());
            record.rows.last().index = i;
            record.rows.last().t[size_t(LoadMoment::Intended)] = i * 1000.0;
        }
        record.samples.last().t = 10'000;
        QVERIFY(!loadReportHtml(record).contains("\"warm\""));
        record.plan.insert(QStringLiteral("warm_up_seconds"), 2.5);
        const QByteArray html = loadReportHtml(record);
        QVERIFY(html.contains("3 apps are not judged"));
        QCOMPARE(html.count("<rect class=\"warm\" x=\"56.0\" y=\"12.0\" width=\"198.0\""), 3); // of 792, over time
        QCOMPARE(html.count("<rect class=\"warm\" x=\"56.0\" y=\"12.0\" width=\"594.0\""), 1); // by submission
        record.plan.insert(QStringLiteral("warm_up_seconds"), 60);                             // longer than the run
        QCOMPARE(loadReportHtml(record).count("width=\"792.0\""), 4);
    }

    void chartsWithoutTimesSayWhy()
    {
        LoadRecord record = sampleRecord(QStringLiteral("x"));
        QVERIFY(!loadReportHtml(record).contains("No app came alive."));
        record.rows.first().t.fill(-1);
        record.rows.first().phase = LoadPhase::Cancelled;
        record.samples.first().p50 = record.samples.first().p95 = -1;
        const QByteArray html = loadReportHtml(record);
        QCOMPARE(html.count("No app came alive."), 2);
        QVERIFY(!html.contains(">0.0002<")); // of a second
    }

    void aLargeReportIsSmall()
    {
        LoadRecord record = sampleRecord(QStringLiteral("x"));
        for (int i = 1; i < 10'000; ++i) {
            record.rows.append(record.rows.first());
            record.rows.last().index = i;
        }
        while (record.samples.size() < 2880)
            record.samples.append(record.samples.first());
        QVERIFY(loadReportHtml(record).size() < 2'000'000);
    }

    void namesTheLimitsInTheWay()
    {
        MachineLimits limits{32'768, 200'000, 500, 20'000, 100'000, 20ll << 30};
        QCOMPARE(obstaclesTo(1000, limits), QStringList());
        QCOMPARE(obstaclesTo(10'000, limits), QStringList());
        QStringList obstacles = obstaclesTo(16'000, limits);
        QVERIFY2(obstacles.join(QLatin1Char(' ')).contains(QLatin1String("kernel.pid_max=")),
                 qPrintable(obstacles.join(QLatin1Char(' '))));
        limits.openFiles = 1024;
        obstacles = obstaclesTo(1000, limits);
        QCOMPARE(obstacles.size(), 1);
        QVERIFY(obstacles.first().contains(QLatin1String("ulimit")));
        limits.openFiles = 20'000;
        limits.group = {QStringLiteral("/sys/fs/cgroup/a/pids.max"), 1000, 100};
        QCOMPARE(obstaclesTo(250, limits), QStringList());
        obstacles = obstaclesTo(251, limits);
        QCOMPARE(obstacles.size(), 1);
        QVERIFY(obstacles.first().contains(
            QStringLiteral("At most 250 apps fit: the group of this program may have 1000")));
        QVERIFY(obstacles.first().contains(QStringLiteral("sudo tee /sys/fs/cgroup/a/pids.max ")));
        limits.group = {};
        limits.userProcesses = 500;
        limits.ownProcesses = 30;
        QCOMPARE(obstaclesTo(350, limits), QStringList());
        obstacles = obstaclesTo(351, limits);
        QCOMPARE(obstacles.size(), 1);
        QVERIFY2(obstacles.first().startsWith(QLatin1String("At most 350 apps fit: this user may have 500 processes.")),
                 qPrintable(obstacles.first()));
        QVERIFY(MachineLimits::read().pidMax > 0);
    }

    void writesTheReport()
    {
        QTemporaryDir dir;
        QVERIFY(writeLoadReport(sampleRecord(QStringLiteral("x")), dir.filePath(QStringLiteral("r"))).ok());
        QCOMPARE(QDir(dir.filePath(QStringLiteral("r"))).entryList(QDir::Files).size(), 5);
        QVERIFY(!writeLoadReport(sampleRecord(QStringLiteral("x")), QStringLiteral("/proc/none")).ok());
    }
};

QTEST_GUILESS_MAIN(TestLoadArchive)
#include "tst_loadarchive.moc"
