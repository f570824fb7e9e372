// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadcompare.h"
#include "backends/fleet/loadtest/loadreplay.h"
#include "backends/fleet/loadtest/loadstats.h"

#include <QTest>

using namespace Flotilla;

namespace {

LoadRow liveRow(int index, double t0, double served)
{
    LoadRow row;
    row.index = index;
    row.phase = LoadPhase::Live;
    row.outcome = QLatin1String(LoadClass::Live);
    row.host = {index % 2 ? QStringLiteral("b") : QStringLiteral("a")};
    row.t = {t0, t0 + 1, t0 + 10, t0 + 12, t0 + 5, t0 + 20, served, -1, -1};
    return row;
}

LoadRow failedRow(int index, LoadPhase phase, const char *outcome)
{
    LoadRow row;
    row.index = index;
    row.phase = phase;
    row.outcome = QLatin1String(outcome);
    row.error = QStringLiteral("why");
    row.t[0] = 0;
    row.t[1] = 5;
    return row;
}

LoadRecord sampleRecord()
{
    LoadRecord record;
    for (int i = 0; i < 100; ++i)
        record.rows.append(liveRow(i, 0, 1000.0 * (i + 1)));
    record.rows.append(failedRow(100, LoadPhase::Failed, LoadClass::CreateError));
    record.rows.append(failedRow(101, LoadPhase::Failed, LoadClass::CreateError));
    record.rows.append(failedRow(102, LoadPhase::Partial, LoadClass::Partial));
    record.rows.append(failedRow(103, LoadPhase::Cancelled, LoadClass::Cancelled));
    return record;
}

} // namespace

class TestLoadStats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nearestRank()
    {
        const QList<double> four{1, 2, 3, 4};
        QCOMPARE(percentile(four, 0.5), 2.0);
        QCOMPARE(percentile(four, 0.51), 3.0);
        QCOMPARE(percentile(four, 0.99), 4.0);
        QCOMPARE(percentile(four, 0), 1.0);
        QCOMPARE(percentile({7}, 0.5), 7.0);
        QCOMPARE(distribution({}).value(QLatin1String("count")).toInt(), 0);
    }

    void spansAreDifferences()
    {
        const LoadRow row = liveRow(0, 100, 200);
        QCOMPARE(*spanOf(row, LoadSpan::Queue), 1.0);
        QCOMPARE(*spanOf(row, LoadSpan::Allocate), 9.0);
        QCOMPARE(*spanOf(row, LoadSpan::Ready), 2.0);
        QCOMPARE(*spanOf(row, LoadSpan::Generate), 19.0);
        QCOMPARE(*spanOf(row, LoadSpan::BuildServe), 80.0); // from the later of ready and code done
        QCOMPARE(*spanOf(row, LoadSpan::TimeToLive), 100.0);
        QVERIFY(!spanOf(failedRow(0, LoadPhase::Failed, LoadClass::Crashed), LoadSpan::TimeToLive));
    }

    void countsSum()
    {
        LoadPlan plan;
        plan.count = 104;
        const QJsonObject s = summarise(plan, sampleRecord(), {});
        const auto number = [&s](const char *name) { return s.value(QLatin1String(name)).toInt(); };
        QCOMPARE(number("requested"),
                 number("live") + number("failed") + number("partial") + number("cancelled") + number("open"));
        QCOMPARE(number("live"), 100);
        QCOMPARE(number("failed"), 2);
        QCOMPARE(s.value(QLatin1String("classes")).toObject().value(QLatin1String("create_error")).toInt(), 2);
        const QJsonObject times = s.value(QLatin1String("time_to_live_s")).toObject();
        QCOMPARE(times.value(QLatin1String("p50")).toDouble(), 50.0);
        QCOMPARE(times.value(QLatin1String("p99")).toDouble(), 99.0);
        QCOMPARE(times.value(QLatin1String("max")).toDouble(), 100.0);
        const QJsonObject to = s.value(QLatin1String("time_to_s")).toObject();
        QCOMPARE(to.value(QLatin1String("50")).toDouble(), 52.0); // of what was asked for, not of what came
        QVERIFY(to.value(QLatin1String("100")).isNull());
        QCOMPARE(s.value(QLatin1String("best_minute")).toInt(), 61);
        const QJsonObject quartiles = s.value(QLatin1String("quartiles")).toObject();
        QCOMPARE(quartiles.value(QLatin1String("first")).toObject().value(QLatin1String("max")).toDouble(), 26.0);
    }

    void thresholdsDecide_data()
    {
        QTest::addColumn<QString>("threshold");
        QTest::addColumn<bool>("met");
        QTest::newRow("p95 met") << "time_to_live_s.p95 <= 95" << true;
        QTest::newRow("p95 missed") << "time_to_live_s.p95 < 95" << false;
        QTest::newRow("equal") << "failed == 2" << true;
        QTest::newRow("nothing of that name") << "time_to_fly <= 1" << false;
        QTest::newRow("live") << "live >= 101" << false;
        QTest::newRow("a class that did not occur") << "classes.oom == 0" << true;
        QTest::newRow("a class that nobody counts") << "classes.shy == 0" << false;
    }
    void thresholdsDecide()
    {
        QFETCH(QString, threshold);
        QFETCH(bool, met);
        LoadPlan plan;
        plan.count = 104;
        plan.thresholds = {*thresholdFromText(threshold)};
        const QJsonObject s = summarise(plan, sampleRecord(), {});
        QCOMPARE(s.value(QLatin1String("passed")).toBool(), met);
    }

    void theWarmUpIsShownButNotJudged()
    {
        LoadRecord record;
        for (int i = 0; i < 10; ++i)
            record.rows.append(liveRow(i, i < 4 ? 0 : 5000, 6000));
        record.rows[1] = failedRow(1, LoadPhase::Failed, LoadClass::CreateError);
        LoadPlan plan;
        plan.count = 10;
        plan.warmUpSeconds = 5;
        plan.thresholds = {{QStringLiteral("failed"), QStringLiteral("=="), 0},
                           {QStringLiteral("live"), QStringLiteral("=="), 6},
                           {QStringLiteral("classes.live"), QStringLiteral("=="), 6},
                           {QStringLiteral("phases.time_to_live.max"), QStringLiteral("<="), 1}};
        LoadFacts facts;
        facts.state = LoadRunState::Done;
        const QJsonObject summary = summarise(plan, record, facts);
        QCOMPARE(summary["broken_thresholds"].toArray(), QJsonArray());
        QVERIFY(summary["passed"].toBool());
        QCOMPARE(summary["failed"].toInt(), 1); // it happened
        QCOMPARE(summary["live"].toInt(), 9);
        QCOMPARE(summary["time_to_live_s"].toObject()["count"].toInt(), 6);
        QCOMPARE(summary["judged"].toInt(), 6);
        plan.warmUpSeconds = 0;
        QVERIFY(!summarise(plan, record, facts)["passed"].toBool());
        plan.warmUpSeconds = 60; // of a closed run, nobody knows before how far it gets
        plan.thresholds.clear();
        QCOMPARE(summarise(plan, record, facts)["broken_thresholds"].toArray().first().toString(),
                 QStringLiteral("judged > 0 (0)"));
    }

    void comparisonKnowsDirections()
    {
        LoadPlan plan;
        plan.count = 104;
        LoadRecord a = sampleRecord();
        LoadRecord b = sampleRecord();
        b.rows[100] = liveRow(100, 0, 500);
        a.info.summary = summarise(plan, a, {});
        b.info.summary = summarise(plan, b, {});
        b.environment = {{QStringLiteral("cores"), 8}};
        const LoadComparison comparison = compareRuns(a, b);
        const auto delta = std::find_if(comparison.deltas.begin(), comparison.deltas.end(),
                                        [](const LoadDelta &d) { return d.metric == QLatin1String("failed"); });
        QVERIFY(delta != comparison.deltas.end() && delta->better == true);
        QCOMPARE(comparison.differences.size(), 1);
    }

    void countsOfRunsOfOtherSizesAreNotJudged()
    {
        LoadRecord small;
        LoadRecord large;
        const auto lasting = [](double seconds) { return QJsonObject{{"p50", seconds}}; }; // the more wait in line
        small.info.summary = {{"requested", 10}, {"live", 10}, {"failed", 0}, {"apps_per_minute", 2}};
        small.info.summary.insert(QStringLiteral("time_to_live_s"), lasting(1));
        large.info.summary = {{"requested", 100}, {"live", 99}, {"failed", 1}, {"apps_per_minute", 1}};
        large.info.summary.insert(QStringLiteral("time_to_live_s"), lasting(9));
        QCOMPARE(compareRuns(small, large).deltas.size(), 5);
        for (const LoadDelta &delta : compareRuns(small, large).deltas)
            QCOMPARE(delta.better.has_value(), delta.metric == QLatin1String("apps_per_minute"));
    }

    void whatWasNotCleanedUpTookNoTime()
    {
        LoadPlan plan;
        plan.count = 104;
        LoadFacts facts;
        QVERIFY(summarise(plan, sampleRecord(), facts)[QLatin1String("clean_up_s")].isNull());
        facts.cleanSeconds = 1.5;
        QCOMPARE(summarise(plan, sampleRecord(), facts)[QLatin1String("clean_up_s")].toDouble(), 1.5);
    }

    void aRunThatDidNotEndAsPlannedIsNoMeasure()
    {
        LoadRecord whole;
        LoadRecord broken;
        whole.info.summary = {{"requested", 10}, {"live", 10}, {"duration_s", 2}};
        broken.info.id = QStringLiteral("r2");
        broken.info.state = LoadRunState::Interrupted;
        broken.info.summary = {{"requested", 10}, {"live", 3}, {"duration_s", 1}}; // not faster
        const LoadComparison comparison = compareRuns(whole, broken);
        QCOMPARE(comparison.deltas.size(), 3);
        for (const LoadDelta &delta : comparison.deltas)
            QVERIFY(!delta.better);
        QCOMPARE(comparison.differences.size(), 1);
        QVERIFY(comparison.differences.first().contains(QLatin1String("r2")));
    }

    void replayShowsWhatWas()
    {
        const LoadRow row = liveRow(0, 100, 200);
        QVERIFY(rowAt(row, 50).phase == LoadPhase::Queued);
        QVERIFY(rowAt(row, 105).phase == LoadPhase::Allocating);
        QVERIFY(rowAt(row, 111).phase == LoadPhase::Starting);
        QVERIFY(rowAt(row, 115).phase == LoadPhase::Generating);
        QVERIFY(rowAt(row, 150).phase == LoadPhase::Building);
        QCOMPARE(rowAt(row, 200), row);
        LoadRow crashed = row;
        crashed.phase = LoadPhase::Failed;
        crashed.outcome = QLatin1String(LoadClass::Crashed);
        crashed.t[size_t(LoadMoment::Died)] = 300;
        QVERIFY(rowAt(crashed, 250).phase == LoadPhase::Live);
        QVERIFY(rowAt(crashed, 250).outcome.isEmpty());
        QCOMPARE(rowAt(crashed, 300), crashed);
    }
};

QTEST_GUILESS_MAIN(TestLoadStats)
#include "tst_loadstats.moc"
