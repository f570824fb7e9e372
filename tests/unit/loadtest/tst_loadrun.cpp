// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/fleet/loadtest/loadjson.h"
#include "backends/fleet/loadtest/loadrecovery.h"
#include "backends/fleet/loadtest/loadreplay.h"
#include "backends/fleet/loadtest/loadrun.h"
#include "backends/fleet/loadtest/loadstats.h"
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

    void cancelBeforeTheModelIsThere()
    {
        Trial trial(planOf(7));
        trial.run.begin();
        trial.run.cancel();
        QTRY_COMPARE(trial.finished.count(), 1);
        QCOMPARE(trial.number("requested"), 7);
        QCOMPARE(trial.number("cancelled"), 7);
        QVERIFY(trial.run.record().info.summary[QLatin1String("duration_s")].toDouble() < 60);
        QVERIFY(trial.target.prompts.isEmpty());
    }

    void cancelInTheHoldEndsWhatIsLive()
    {
        LoadPlan plan = planOf(12);
        plan.holdSeconds = 60;
        Trial trial(plan);
        trial.run.begin();
        QTRY_VERIFY(trial.run.state() == LoadRunState::Holding);
        trial.run.cancel();
        QTRY_COMPARE(trial.finished.count(), 1);
        QVERIFY(trial.run.state() == LoadRunState::Cancelled);
        QCOMPARE(trial.number("live"), 12);
        QVERIFY(!trial.run.record().info.summary[QLatin1String("passed")].toBool());
        QVERIFY(trial.target.alive.isEmpty());
        QVERIFY(trial.target.forgot);
    }

    void aRunIsOverWhenNothingIsLeft()
    {
        Trial trial(planOf(5));
        trial.target.removesLate = true;
        trial.run.begin();
        QTRY_VERIFY(!trial.target.alive.isEmpty());
        trial.run.cancel();
        QVERIFY(trial.run.state() == LoadRunState::Ending);
        QTRY_COMPARE(trial.finished.count(), 1);
        QVERIFY(trial.target.alive.isEmpty());
    }

    void stagesBeginAppsWhenTheySay()
    {
        LoadPlan plan;
        plan.stages = {{LoadStage::Shape::Step, 3, 0.1},
                       {LoadStage::Shape::Linear, 8, 0.2},
                       {LoadStage::Shape::Hold, 8, 0.1},
                       {LoadStage::Shape::Spike, 20, 0.1}};
        plan.poisson = true;
        Trial trial(plan);
        QVERIFY(trial.play());
        QCOMPARE(trial.number("live"), 20);
        const QList<LoadRow> &rows = trial.run.rows();
        for (const LoadRow &row : rows)
            QVERIFY(row.at(LoadMoment::Started) >= row.at(LoadMoment::Intended));
        QVERIFY(rows[3].at(LoadMoment::Intended) >= 100 && rows[7].at(LoadMoment::Intended) <= 300);
        QVERIFY(rows[8].at(LoadMoment::Intended) >= 400);
        QVERIFY(trial.run.record().events.last().t >= 500); // the last stage was waited for
    }

    void whatFailsIsCountedAtItsHost()
    {
        LoadPlan plan = planOf(20);
        plan.hosts = {QStringLiteral("local"), QStringLiteral("box")};
        plan.faults.create = 0.2;
        Trial trial(plan);
        trial.target.ignoresPlaces = true;
        QVERIFY(trial.play());
        const QJsonObject hosts = trial.run.record().info.summary[QLatin1String("hosts")].toObject();
        QCOMPARE(hosts.size(), 2);
        int apps = 0;
        int failed = 0;
        for (const QJsonValue &host : hosts) {
            apps += host[QLatin1String("apps")].toInt();
            failed += host[QLatin1String("failed")].toInt();
            QCOMPARE(host[QLatin1String("live")].toInt(), host[QLatin1String("count")].toInt());
        }
        QCOMPARE(apps, 20);
        QCOMPARE(failed, 4);
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

    void aRecordingThatEndedEarlyIsSaid()
    {
        Trial trial(planOf(3));
        QVERIFY(trial.play());
        QVERIFY(!trial.run.record().info.summary.contains(QLatin1String("not_recorded")));
        Trial full(planOf(3));
        const auto connection =
            QObject::connect(&full.run, &LoadRun::stateChanged, &full.target, [&full](LoadRunState state) {
                if (state == LoadRunState::Holding)
                    Q_EMIT full.target.notRecorded(QStringLiteral("The disk is full."));
            });
        QVERIFY(full.play());
        QObject::disconnect(connection);
        const LoadRecord &record = full.run.record();
        QCOMPARE(record.info.summary[QLatin1String("not_recorded")].toString(), QStringLiteral("The disk is full."));
        QVERIFY(std::any_of(record.events.begin(), record.events.end(),
                            [](const LoadEvent &event) { return event.kind == QLatin1String("trouble"); }));
    }

    void noModelNoRun()
    {
        Trial trial(planOf(3));
        trial.target.notPrepared = Error{ErrorKind::Unauthorized, QStringLiteral("no key"), {}};
        QVERIFY(trial.play());
        QCOMPARE(trial.ofClass("llm_error"), 3);
        QCOMPARE(trial.target.prompts.size(), 0);
    }

    void aRunWhoseProgramDiedIsTakenAway()
    {
        QTemporaryDir dir;
        Test::FakeTarget target;
        const auto parts = [&](const char *program, const char *living) {
            return LoadTestService::Parts{&target, &Clock::system(), dir.path(), QLatin1String(program),
                                          [living](const QString &other) { return other == QLatin1String(living); }};
        };
        auto first = std::make_unique<LoadTestService>(parts("one", "one"));
        target.stuck = true;
        const auto id = first->start(planOf(10)).result();
        QVERIFY(id.ok());
        QTRY_VERIFY(!target.alive.isEmpty());
        const QSet<AppId> started = target.alive;

        LoadTestService beside(parts("two", "one"));
        QCOMPARE(*beside.recover().result(), 0); // the other one lives
        QVERIFY(beside.runs().result()->first().state == LoadRunState::Preparing);
        first.reset();

        LoadTestService after(parts("three", "three"));
        QVERIFY(after.runs().result()->first().state == LoadRunState::Interrupted);
        QVERIFY(after.run(*id).result()->info.state == LoadRunState::Interrupted);
        QCOMPARE(*after.recover().result(), 1);
        QTRY_COMPARE(*after.recover().result(), 0); // taken away, and stored so
        QVERIFY(!target.alive.intersects(started));
        QVERIFY(target.forgot);
        const auto stored = after.run(*id).result();
        QVERIFY(stored.ok());
        const QJsonObject summary = stored->info.summary;
        QCOMPARE(summary[QLatin1String("state")].toString(), QStringLiteral("interrupted"));
        QCOMPARE(summary[QLatin1String("cancelled")].toInt(), 10);
        QCOMPARE(summary[QLatin1String("requested")].toInt(), 10);
        QVERIFY(!summary[QLatin1String("passed")].toBool());
    }

    /// Else each of a row of short commands would begin to take it away, and none would end.
    void aProgramCanWaitUntilAllIsTakenAway()
    {
        QTemporaryDir dir;
        Test::FakeTarget target;
        {
            LoadTestService killed({&target, &Clock::system(), dir.path(), QStringLiteral("one"), {}});
            QVERIFY(killed.recovered().isFinished()); // nothing there
            target.stuck = true;
            QVERIFY(killed.start(planOf(10)).result().ok());
            QTRY_VERIFY(!target.alive.isEmpty());
        }
        target.removesLate = true;
        LoadTestService next({&target, &Clock::system(), dir.path(), QStringLiteral("two"), {}});
        const auto waits = next.recovered();
        QVERIFY(!waits.isFinished()); // not begun
        QCOMPARE(*next.recover().result(), 1);
        QVERIFY(!waits.isFinished());
        QTRY_VERIFY(waits.isFinished());
        QVERIFY(target.alive.isEmpty());
        QVERIFY(next.recovered().isFinished());
    }

    void aReplayEndsWithTheNumbersOfItsRun()
    {
        LoadRecord record;
        record.info.state = LoadRunState::Done;
        record.rows.resize(3);
        for (int i = 0; i < 3; ++i) {
            record.rows[i].index = i;
            record.rows[i].t[size_t(LoadMoment::Intended)] = 0;
        }
        for (LoadRow *dropped : {&record.rows[1], &record.rows[2]}) {
            dropped->phase = LoadPhase::Failed;
            dropped->outcome = QLatin1String(LoadClass::QueueTimeout);
        }
        record.rows[0].phase = LoadPhase::Cancelled;
        record.rows[0].retries = 4;
        LoadReplay replay(record, 60);
        QCOMPARE(replay.snapshot().droppedStarts, 0);
        QSignalSpy finished(&replay, &LoadReplay::finished);
        replay.begin();
        QTRY_COMPARE(finished.count(), 1);
        const LoadSnapshot after = replay.snapshot();
        QCOMPARE(after.droppedStarts, 2);
        QCOMPARE(after.retries, 4);
        QCOMPARE(after.failed(), 2);
        QVERIFY(after.replay);
    }

    /// Not all of them when the replay is over.
    void aReplayShowsFailuresWhenTheyHappened()
    {
        LoadPlan plan = planOf(20);
        plan.faults.create = 0.25;
        Trial trial(plan);
        QVERIFY(trial.play());
        const QList<LoadRow> &rows = trial.run.rows();
        const auto stored = loadRecordFromJson(toJson(trial.run.record()));
        QVERIFY(stored.ok());
        int failures = 0;
        for (const LoadRow &row : stored->rows) {
            QVERIFY(row.settled >= row.at(LoadMoment::Started));
            QVERIFY(std::abs(row.settled - rows[row.index].settled) < 0.001);
            QVERIFY(rowAt(row, row.settled).phase == row.phase);
            QVERIFY(rowAt(row, row.at(LoadMoment::Started)).phase < LoadPhase::Live);
            QCOMPARE(rowAt(row, row.settled).outcome, row.outcome);
            failures += row.phase == LoadPhase::Failed ? 1 : 0;
        }
        QCOMPARE(failures, 5);
    }

    void aRunThatGoesOnHasASummary()
    {
        QTemporaryDir dir;
        Test::FakeTarget target;
        LoadPlan plan = planOf(3);
        plan.holdSeconds = 60;
        LoadTestService service({&target, &Clock::system(), dir.path()});
        const auto id = service.start(plan).result();
        QVERIFY(id.ok());
        QTRY_VERIFY(service.snapshot().result()->state == LoadRunState::Holding);
        const auto record = service.run(*id).result();
        QCOMPARE(record->info.summary[QLatin1String("live")].toInt(), 3);
        QCOMPARE(record->info.summary[QLatin1String("state")].toString(), QStringLiteral("holding"));
    }

    void whatOnlyTheRunKnewOutlivesIt()
    {
        LoadRecord record;
        const LoadPlan plan = planOf(2);
        record.plan = toJson(plan);
        record.rows.resize(2);
        record.rows[0].phase = LoadPhase::Live;
        LoadFacts facts;
        facts.state = LoadRunState::Holding;
        facts.sweeps = {QJsonObject{{"asked", 1}, {"passed", 1}}};
        facts.modelText = QStringLiteral("Sampler");
        facts.dropped = 3;
        facts.maxLagMs = 12;
        record.info.summary = summarise(plan, record, facts);
        const QJsonObject before = record.info.summary;
        const QJsonObject after = interruptedRun(record).info.summary;
        for (const char *same : {"sweeps", "peak_live_verified", "burst_achieved", "model", "dropped_starts", "live"})
            QCOMPARE(after[QLatin1String(same)], before[QLatin1String(same)]);
        QCOMPARE(after[QLatin1String("peak_live_verified")].toInt(), 1);
        QCOMPARE(after[QLatin1String("generator")][QLatin1String("max_lag_ms")].toDouble(), 12);
    }

    void aRunThatKeptItsAppsKeepsThem()
    {
        QTemporaryDir dir;
        Test::FakeTarget target;
        LoadPlan plan = planOf(3);
        plan.afterwards = LoadPlan::Afterwards::Keep;
        plan.holdSeconds = 60;
        {
            LoadTestService service({&target, &Clock::system(), dir.path(), QStringLiteral("one"), {}});
            QVERIFY(service.start(plan).result().ok());
            QTRY_VERIFY(service.snapshot().result()->state == LoadRunState::Holding);
        }
        LoadTestService after({&target, &Clock::system(), dir.path(), QStringLiteral("two"), {}});
        QCOMPARE(*after.recover().result(), 1);
        QTRY_COMPARE(*after.recover().result(), 0);
        QCOMPARE(target.alive.size(), 3);
        QCOMPARE(after.runs().result()->first().summary[QLatin1String("live")].toInt(), 3);
    }

    void aRunThatCannotBeStoredStillTellsItsResult()
    {
        QTemporaryDir dir;
        QFile inTheWay(dir.filePath(QStringLiteral("runs")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        Test::FakeTarget target;
        LoadTestService service({&target, &Clock::system(), inTheWay.fileName()});
        const auto id = service.start(planOf(4)).result();
        QVERIFY(id.ok());
        const auto end = service.waitForEnd();
        QTRY_VERIFY_WITH_TIMEOUT(end.isFinished(), 20'000);
        const QJsonObject summary = end.result()->summary;
        QCOMPARE(summary[QLatin1String("live")].toInt(), 4);
        QVERIFY(summary[QLatin1String("not_stored")].toString().contains(inTheWay.fileName()));
        QCOMPARE(service.run(*id).result()->rows.size(), 4); // for a report
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
