// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadrun.h"
#include "backends/fleet/loadtest/loadtestservice.h"
#include "faketarget.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

namespace {

LoadPlan planOf(int count)
{
    LoadPlan plan;
    plan.count = count;
    return plan;
}

/// A run with its target, from begin() to the end.
struct Trial
{
    explicit Trial(LoadPlan plan)
        : run(QStringLiteral("trial"), std::move(plan), &target, &Clock::system())
        , finished(&run, &LoadRun::finished)
    {
    }
    bool play()
    {
        run.begin();
        return finished.count() > 0 || finished.wait(20'000);
    }
    int number(const char *name) const { return run.record().info.summary[QLatin1String(name)].toInt(); }
    int ofClass(const char *name) const
    {
        return run.record().info.summary[QLatin1String("classes")].toObject()[QLatin1String(name)].toInt();
    }

    Test::FakeTarget target;
    LoadRun run;
    QSignalSpy finished;
};

} // namespace

class TestLoadRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bringsAllUpAndCleans()
    {
        Trial trial(planOf(50));
        QVERIFY(trial.play());
        QCOMPARE(trial.number("live"), 50);
        QCOMPARE(trial.number("peak_live_verified"), 50);
        QVERIFY(trial.run.record().info.summary[QLatin1String("passed")].toBool());
        QVERIFY(trial.target.alive.isEmpty());
        QVERIFY(trial.target.forgot);
        QCOMPARE(trial.target.prompts.size(), 50);
        QCOMPARE(QSet<QString>(trial.target.prompts.begin(), trial.target.prompts.end()).size(), 50);
    }

    void clocksAreMonotonic()
    {
        Trial trial(planOf(30));
        QVERIFY(trial.play());
        for (const LoadRow &row : trial.run.rows()) {
            QVERIFY(row.at(LoadMoment::Started) >= row.at(LoadMoment::Intended));
            QVERIFY(row.at(LoadMoment::Allocated) >= row.at(LoadMoment::Started));
            QVERIFY(row.at(LoadMoment::Ready) >= row.at(LoadMoment::Allocated));
            QVERIFY(row.at(LoadMoment::CodeDone) >= row.at(LoadMoment::FirstToken));
            QVERIFY(row.at(LoadMoment::Served) >= row.at(LoadMoment::Ready));
        }
        double last = -1;
        for (const LoadSample &sample : trial.run.record().samples) {
            QVERIFY(sample.t > last);
            last = sample.t;
            QCOMPARE(std::accumulate(sample.counts.begin(), sample.counts.end(), 0), 30);
        }
    }

    void faultsAreReportedExactly()
    {
        LoadPlan plan = planOf(100);
        plan.faults = {0.05, 0.03, 0.01, 0.02};
        Trial trial(plan);
        QVERIFY(trial.play());
        QCOMPARE(trial.ofClass("create_error"), 5);
        QCOMPARE(trial.ofClass("crashed"), 2);
        QCOMPARE(trial.ofClass("live"), 93);
        QVERIFY(!trial.run.record().info.summary[QLatin1String("passed")].toBool());
        QVERIFY(trial.target.alive.isEmpty());
    }

    void deafAppsArePartial()
    {
        LoadPlan plan = planOf(10);
        plan.holdSeconds = 0.2;
        Trial trial(plan);
        connect(&trial.run, &LoadRun::happened, this, [&trial](const LoadEvent &event) {
            if (event.kind == QLatin1String("sweep"))
                trial.target.deaf = {trial.run.rows().first().app};
        });
        QVERIFY(trial.play());
        QCOMPARE(trial.number("partial"), 1);
        QCOMPARE(trial.number("live"), 9);
        QCOMPARE(trial.number("peak_live_verified"), 10);
    }

    void keepsToTheMostInFlight()
    {
        LoadPlan plan = planOf(30);
        plan.maxInFlight = 3;
        Trial trial(plan);
        QVERIFY(trial.play());
        QCOMPARE(trial.target.mostAtOnce, 3);
    }

    void cancelEndsEverything()
    {
        Trial trial(planOf(500));
        trial.target.stuck = true;
        trial.run.begin();
        QTRY_VERIFY(!trial.target.alive.isEmpty());
        trial.run.cancel();
        QTRY_COMPARE(trial.finished.count(), 1);
        QVERIFY(trial.target.alive.isEmpty());
        QCOMPARE(trial.number("cancelled"), 500);
        QVERIFY(trial.run.state() == LoadRunState::Cancelled);
        trial.run.cancel(); // fine
        QCOMPARE(trial.finished.count(), 1);
    }

    void stuckAppsFailInTime()
    {
        LoadPlan plan = planOf(4);
        plan.appSeconds = 0.2;
        Trial trial(plan);
        trial.target.stuck = true;
        QVERIFY(trial.play());
        QCOMPARE(trial.ofClass("start_timeout"), 4);
    }

    void lateStartsAreDropped()
    {
        LoadPlan plan = planOf(20);
        plan.maxInFlight = 1;
        plan.queueSeconds = 0.05;
        Trial trial(plan);
        trial.target.stepMs = 20;
        QVERIFY(trial.play());
        QVERIFY(trial.number("dropped_starts") > 0);
        QCOMPARE(trial.number("dropped_starts"), trial.ofClass("queue_timeout"));
        QCOMPARE(trial.number("live") + trial.number("failed"), 20);
    }

    void closedPlansCountFromTheStart()
    {
        LoadPlan plan = planOf(20);
        plan.closed = true;
        plan.maxInFlight = 2;
        Trial trial(plan);
        trial.target.stepMs = 5;
        QVERIFY(trial.play());
        for (const LoadRow &row : trial.run.rows())
            QCOMPARE(row.at(LoadMoment::Intended), row.at(LoadMoment::Started));
    }

    void noModelNoRun()
    {
        Trial trial(planOf(3));
        trial.target.notPrepared = Error{ErrorKind::Unauthorized, QStringLiteral("no key"), {}};
        QVERIFY(trial.play());
        QCOMPARE(trial.ofClass("llm_error"), 3);
        QCOMPARE(trial.target.prompts.size(), 0);
    }

    void serviceStoresAndReplays()
    {
        QTemporaryDir dir;
        Test::FakeTarget target;
        LoadTestService service({&target, &Clock::system(), dir.path()});
        QSignalSpy ended(&service, &LoadTestService::ended);
        QSignalSpy changed(&service, &LoadTestService::rowsChanged);
        const auto id = service.start(planOf(20)).result();
        QVERIFY(id.ok());
        QVERIFY(!service.start(planOf(1)).result().ok()); // one at a time
        QVERIFY(ended.wait(20'000));
        QVERIFY(changed.count() > 0);
        const auto stored = service.run(id->left(17)).result();
        QVERIFY(stored.ok());
        QCOMPARE(stored->rows.size(), 20);
        QVERIFY(stored->info.state == LoadRunState::Done);
        QCOMPARE(service.runs().result()->size(), 1);

        QSignalSpy sampled(&service, &LoadTestService::sampled);
        QVERIFY(service.replay(*id, 1000).result().ok());
        QVERIFY(ended.wait(20'000));
        QCOMPARE(sampled.count(), stored->samples.size());
        QCOMPARE(service.rows().result()->size(), 20);
        const QList<LoadRow> replayed = *service.rows().result();
        for (const LoadRow &row : replayed)
            QVERIFY(row.phase == LoadPhase::Live);
        QVERIFY(service.snapshot().result()->replay);
        QVERIFY(service.remove(*id).result().ok());
        QCOMPARE(service.runs().result()->size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestLoadRun)
#include "tst_loadrun.moc"
