// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/fleet/boardrows.h"
#include "backends/fleet/eventlog.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/fleetboard.h"
#include "backends/fleet/hostservice.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/unit/fleet/fleettesting.h"
#include "tests/unit/fleet/worldhosts.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

namespace {

using namespace std::chrono_literals;

SandboxInfo running(const AppId &app, const QString &id, const QString &host = QStringLiteral("local"))
{
    SandboxInfo info;
    info.id = {id};
    info.app = app;
    info.host = {host};
    info.backend = QStringLiteral("world");
    info.state = SandboxState::Running;
    info.created = QDateTime::fromMSecsSinceEpoch(1'700'000'000'000, Qt::UTC);
    return info;
}

} // namespace

class TestFleetBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_world = std::make_unique<World>();
        m_machines = std::make_unique<WorldHosts>();
        m_machines->worlds.insert(QStringLiteral("local"), m_world.get());
        m_store = std::move(*Store::open(m_dir->path()));
        for (int i = 0; i < 3; ++i)
            addApp(QStringLiteral("app%1").arg(i));
        open();
    }
    void cleanup()
    {
        close();
        m_store.reset();
    }

    void everyAppIsARow()
    {
        QVERIFY(wait(m_fleet->acquire(app(1))).ok());
        const auto rows = rowsByApp();
        QCOMPARE(rows.size(), 3);
        const FleetRow asleep = rows.value(app(0));
        QCOMPARE(asleep.title, QStringLiteral("Title of app0"));
        QCOMPARE(asleep.placement, QStringLiteral("local"));
        QVERIFY(asleep.sandbox.isEmpty());
        QVERIFY(asleep.state == SandboxState::Stopped);
        const FleetRow awake = rows.value(app(1));
        QVERIFY(!awake.sandbox.isEmpty());
        QVERIFY(awake.state == SandboxState::Running);
        QCOMPARE(awake.host.value, QStringLiteral("local"));
        QCOMPARE(awake.hostLabel, QStringLiteral("This computer"));
        QCOMPARE(awake.backend, QStringLiteral("world"));
        QVERIFY(awake.hostReachable);
    }

    void aSnapshotThatIsGoneLeavesTheAppAlone_data()
    {
        QTest::addColumn<bool>("told");
        QTest::newRow("removed by another program") << true;
        QTest::newRow("removed on its host") << false;
    }
    void aSnapshotThatIsGoneLeavesTheAppAlone()
    {
        QFETCH(bool, told);
        const SandboxInfo before = *wait(m_fleet->acquire(app(1)));
        const auto taken = wait(m_board->snapshot(app(1), {}));
        QVERIFY(taken.ok());
        m_world->snapshots.clear();
        if (told)
            QVERIFY(m_store->board().removeSnapshot(taken->id).ok());
        const auto restored = wait(m_board->restoreSnapshot(*taken));
        QVERIFY(!restored.ok());
        QVERIFY(restored.error().kind == ErrorKind::NotFound);
        QVERIFY2(restored.error().text.contains(QStringLiteral("as it was")), qPrintable(restored.error().text));
        QVERIFY(!wait(m_board->fork(app(1), *taken, 1)).ok());
        QCOMPARE(m_fleet->current(app(1))->id, before.id);
        QVERIFY(wait(m_board->snapshots(app(1)))->isEmpty());
    }

    void anImageAndASnapshotOfBubblewrapDoNotGoTogether()
    {
        const SandboxInfo before = *wait(m_fleet->acquire(app(1)));
        auto taken = wait(m_board->snapshot(app(1), {}));
        QVERIFY(taken.ok());
        taken->backend = QStringLiteral("bubblewrap");
        QVERIFY(m_store->apps().setImage(app(1), QStringLiteral("node:20")).ok());
        const auto restored = wait(m_board->restoreSnapshot(*taken));
        QVERIFY(!restored.ok());
        QVERIFY2(restored.error().text.contains(QStringLiteral("--container-image")),
                 qPrintable(restored.error().text));
        QCOMPARE(m_fleet->current(app(1))->id, before.id);
    }

    void whatIsBeingChangedStays()
    {
        m_busy = app(1);
        const SandboxInfo before = *wait(m_fleet->acquire(app(1)));
        const HostId here{QStringLiteral("local")};
        const auto drained = wait(m_board->drain(QStringLiteral("drain"), here));
        QVERIFY(drained.ok());
        QCOMPARE(drained->size(), 1);
        QVERIFY(!drained->first().ok);
        QCOMPARE(drained->first().text, QStringLiteral("busy"));
        QCOMPARE(m_fleet->current(app(1))->id, before.id);
    }

    void onlyChangedRowsAreTold()
    {
        rowsByApp();
        QSignalSpy changes(m_board.get(), &FleetBoard::rowsChanged);
        const SandboxInfo info = *wait(m_fleet->acquire(app(1)));
        QTRY_COMPARE(changes.size(), 1);
        auto told = changes.takeFirst().first().value<QList<FleetRow>>();
        QCOMPARE(told.size(), 1);
        QCOMPARE(told.first().sandbox, info.id);
        m_machines->backends[QStringLiteral("local")].first()->kill(info.id, SandboxReason::OutOfMemory);
        QTRY_COMPARE(changes.size(), 1);
        told = changes.takeFirst().first().value<QList<FleetRow>>();
        QVERIFY(told.first().reason == SandboxReason::OutOfMemory);
        QVERIFY(told.first().sandbox.isEmpty());
    }

    void aBurstIsOneSignalPerTenthOfASecond()
    {
        rowsByApp();
        QSignalSpy changes(m_board.get(), &FleetBoard::rowsChanged);
        QElapsedTimer timer;
        timer.start();
        int sent = 0;
        while (timer.elapsed() < 550) {
            SandboxInfo info = running(app(sent % 3), QStringLiteral("s%1").arg(sent % 3));
            info.detail = QString::number(++sent);
            Q_EMIT m_fleet->changed(info);
            QTest::qWait(1);
        }
        QVERIFY2(changes.size() <= 6, qPrintable(QString::number(changes.size())));
        QTRY_COMPARE(rowsByApp().value(app((sent - 1) % 3)).detail, QString::number(sent));
    }

    void appsComeAndGo()
    {
        rowsByApp();
        QSignalSpy changes(m_board.get(), &FleetBoard::rowsChanged);
        addApp(QStringLiteral("late"));
        m_board->noteApp({QStringLiteral("late")});
        QTRY_COMPARE(changes.size(), 1);
        QCOMPARE(changes.takeFirst().first().value<QList<FleetRow>>().first().title, QStringLiteral("Title of late"));
        QVERIFY(m_store->apps().markDeleted(app(0), QDateTime::currentDateTimeUtc()).ok());
        m_board->noteAppRemoved(app(0));
        QTRY_COMPARE(changes.size(), 1);
        QCOMPARE(changes.takeFirst().at(1).value<QList<AppId>>(), QList<AppId>{app(0)});
    }

    void whatAnotherProgramWroteArrives()
    {
        rowsByApp();
        QSignalSpy changes(m_board.get(), &FleetBoard::rowsChanged);
        QSignalSpy events(m_board.get(), &FleetBoard::eventAdded);
        auto other = std::move(*Store::open(m_dir->path()));
        AppRecord record = *other->apps().get(app(2));
        record.title = QStringLiteral("Renamed elsewhere");
        QVERIFY(other->apps().update(record).ok());
        QVERIFY(other->board()
                    .addEvents({{.id = 0,
                                 .time = QDateTime::currentDateTimeUtc(),
                                 .host = QStringLiteral("local"),
                                 .app = app(2),
                                 .sandbox = {},
                                 .kind = QStringLiteral("created"),
                                 .text = QStringLiteral("elsewhere")}})
                    .ok());
        QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 1, 8000);
        QCOMPARE(changes.first().first().value<QList<FleetRow>>().first().title, QStringLiteral("Renamed elsewhere"));
        QTRY_COMPARE_WITH_TIMEOUT(events.size(), 1, 4000);
    }

    void metricsAreSampledAndShownAsDeltas()
    {
        const SandboxInfo info = *wait(m_fleet->acquire(app(1)));
        m_world->metrics.insert(info.id, {5'000'000, 1.0, 3});
        rowsByApp();
        QSignalSpy changes(m_board.get(), &FleetBoard::rowsChanged);
        m_board->setWatched(true);
        QTRY_VERIFY(rowsByApp().value(app(1)).memoryBytes.has_value());
        QCOMPARE(*rowsByApp().value(app(1)).memoryBytes, 5'000'000);
        QCOMPARE(rowsByApp().value(app(1)).processes, 3);
        QVERIFY(!rowsByApp().value(app(1)).cpuPercent);
        m_world->metrics.insert(info.id, {5'000'000, 1.5, 3});
        m_clock.advance(1s);
        QTRY_VERIFY_WITH_TIMEOUT(rowsByApp().value(app(1)).cpuPercent.has_value(), 4000);
        QCOMPARE(*rowsByApp().value(app(1)).cpuPercent, 50.0);
        QVERIFY(m_machines->backends[QStringLiteral("local")].first()->metricsAsked >= 2);
    }

    void aCounterThatWentBackIsAGap()
    {
        BoardRows rows;
        rows.setApp(*m_store->apps().get(app(0)), 1, {});
        rows.setSandbox(running(app(0), QStringLiteral("s")));
        rows.setMetrics({QStringLiteral("s")}, {1, 10.0, 1}, 1s);
        rows.setMetrics({QStringLiteral("s")}, {1, 10.5, 1}, 2s);
        QCOMPARE(*rows.find(app(0))->cpuPercent, 50.0);
        rows.setMetrics({QStringLiteral("s")}, {1, 0.5, 1}, 3s);
        QVERIFY(!rows.find(app(0))->cpuPercent);
        rows.setMetrics({QStringLiteral("s")}, {1, 1.5, 1}, 4s);
        QCOMPARE(*rows.find(app(0))->cpuPercent, 100.0);
    }

    void anEarlierEndDoesNotTouchTheNewOne()
    {
        BoardRows rows;
        rows.setApp(*m_store->apps().get(app(0)), 1, {});
        rows.setSandbox(running(app(0), QStringLiteral("new")));
        SandboxInfo old = running(app(0), QStringLiteral("old"));
        old.state = SandboxState::Stopped;
        rows.setSandbox(old);
        QCOMPARE(rows.find(app(0))->sandbox.value, QStringLiteral("new"));
    }

    void tenThousandRowsAreCheap()
    {
        BoardRows rows;
        for (int i = 0; i < 10'000; ++i) {
            AppRecord record = *m_store->apps().get(app(0));
            record.id = {QStringLiteral("many%1").arg(i)};
            rows.setApp(record, 1, {});
            rows.setSandbox(running(record.id, QStringLiteral("s%1").arg(i)));
        }
        QCOMPARE(rows.takeChanges().changed.size(), 10'000);
        QElapsedTimer timer;
        timer.start();
        for (int tick = 0; tick < 10; ++tick) { // one second: 2,000 updates in ten flushes
            for (int i = 0; i < 200; ++i)
                rows.setMetrics({QStringLiteral("s%1").arg((tick * 200 + i) % 10'000)}, {i + tick, 0.1, 1},
                                std::chrono::seconds(tick + 1));
            QVERIFY(rows.takeChanges().changed.size() <= 200);
        }
        qInfo("2,000 updates of 10,000 rows: %lld ms", timer.elapsed());
        QVERIFY2(timer.elapsed() < 200, qPrintable(QString::number(timer.elapsed())));
    }

    void bulkActionsTellEachItem()
    {
        for (int i = 0; i < 3; ++i)
            QVERIFY(wait(m_fleet->acquire(app(i))).ok());
        rowsByApp();
        QSignalSpy items(m_board.get(), &FleetBoard::itemDone);
        m_failing = app(1);
        const auto results = wait(m_board->apply(QStringLiteral("job"), FleetAction::Stop,
                                                 {app(0), app(1), app(2), {QStringLiteral("nobody")}}));
        QVERIFY(results.ok());
        QCOMPARE(results->size(), 4);
        QCOMPARE(items.size(), 4);
        QHash<AppId, FleetItemResult> byApp;
        for (const FleetItemResult &result : *results)
            byApp.insert(result.app, result);
        QVERIFY(byApp[app(0)].ok);
        QVERIFY(!byApp[app(1)].ok);
        QCOMPARE(byApp[app(1)].text, QStringLiteral("It is stuck."));
        QCOMPARE(byApp[app(1)].title, QStringLiteral("Title of app1"));
        QVERIFY(!byApp[{QStringLiteral("nobody")}].ok);
        QVERIFY(wait(m_board->apply(QStringLiteral("job"), FleetAction::Stop, {}))->isEmpty());
    }

    void aCancelledJobReportsTheRest()
    {
        QList<AppId> apps;
        for (int i = 0; i < 20; ++i) {
            addApp(QStringLiteral("many%1").arg(i));
            apps.append({QStringLiteral("many%1").arg(i)});
        }
        m_delayMs = 20;
        const auto job = m_board->apply(QStringLiteral("job"), FleetAction::Stop, apps);
        m_board->cancel(QStringLiteral("job"));
        const auto results = wait(job);
        QCOMPARE(results->size(), 20);
        QCOMPARE(std::count_if(results->cbegin(), results->cend(), [](const auto &item) { return item.ok; }), 4);
    }

    void labelsAreKept()
    {
        rowsByApp();
        QSignalSpy changes(m_board.get(), &FleetBoard::rowsChanged);
        QVERIFY(
            wait(m_board->apply(QStringLiteral("a"), FleetAction::Label, {app(0), app(1)}, QStringLiteral(" demo ")))
                .ok());
        QTRY_COMPARE(changes.size(), 1);
        QCOMPARE(rowsByApp().value(app(0)).labels, QStringList{QStringLiteral("demo")});
        QVERIFY(wait(m_board->apply(QStringLiteral("a"), FleetAction::Unlabel, {app(0)}, QStringLiteral("demo"))).ok());
        QVERIFY(rowsByApp().value(app(0)).labels.isEmpty());
        QCOMPARE(*m_store->board().labelsOf(app(1)), QStringList{QStringLiteral("demo")});
        const auto empty = wait(m_board->apply(QStringLiteral("a"), FleetAction::Label, {app(0)}, QStringLiteral(" ")));
        QVERIFY(!empty->first().ok);
    }

    void whatHappenedIsRemembered()
    {
        rowsByApp();
        QSignalSpy added(m_board.get(), &FleetBoard::eventAdded);
        const SandboxInfo info = *wait(m_fleet->acquire(app(1)));
        m_machines->backends[QStringLiteral("local")].first()->kill(info.id, SandboxReason::OutOfMemory);
        QTRY_COMPARE(added.size(), 2);
        const auto events = *wait(m_board->events(app(1), 10));
        QCOMPARE(events.size(), 2);
        QCOMPARE(events.first().kind, QStringLiteral("created"));
        QCOMPARE(events.last().kind, QStringLiteral("failed"));
        QVERIFY(events.last().text.contains(QStringLiteral("memory")));
        QCOMPARE(events.last().sandbox, info.id);
        QVERIFY(wait(m_board->events(app(0), 10))->isEmpty());
        QCOMPARE(wait(m_board->events({}, 1))->size(), 1);
    }

private:
    void addApp(const QString &id)
    {
        AppRecord record;
        record.id = {id};
        record.title = QStringLiteral("Title of ") + id;
        record.host = QStringLiteral("local");
        record.created = record.updated = m_clock.now();
        QVERIFY(m_store->apps().insert(record).ok());
    }
    AppId app(int number) const { return {QStringLiteral("app%1").arg(number)}; }
    Future<void> later(const Status &status)
    {
        auto promise = std::make_shared<QPromise<Status>>();
        promise->start();
        QTimer::singleShot(m_delayMs, this, [promise, status] {
            promise->addResult(status);
            promise->finish();
        });
        return promise->future();
    }
    void open()
    {
        HostService::Parts hosts;
        hosts.store = m_store.get();
        hosts.kit = m_machines->kit();
        m_hosts = std::make_unique<HostService>(std::move(hosts));
        m_fleet = std::make_unique<Fleet>(Fleet::Parts{m_store.get(), m_hosts->openBackends(), &m_clock, {}, {}});
        FleetBoard::Parts parts;
        parts.store = m_store.get();
        parts.fleet = m_fleet.get();
        parts.hosts = m_hosts.get();
        parts.clock = &m_clock;
        parts.reserve = [this](const AppId &id) -> Future<std::shared_ptr<void>> {
            if (id == m_busy)
                return readyFuture<std::shared_ptr<void>>(Error{ErrorKind::Conflict, QStringLiteral("busy"), {}});
            return readyFuture<std::shared_ptr<void>>(std::shared_ptr<void>());
        };
        parts.sleep = [this](const AppId &id) {
            if (id == m_failing)
                return readyFuture<void>(Error{ErrorKind::Timeout, QStringLiteral("It is stuck."), {}});
            return m_delayMs > 0 ? later({}) : m_fleet->release(id);
        };
        m_board = std::make_unique<FleetBoard>(std::move(parts));
    }
    void close()
    {
        m_board.reset();
        m_fleet.reset();
        m_hosts.reset();
        m_failing = {};
        m_busy = {};
        m_delayMs = 0;
    }
    QHash<AppId, FleetRow> rowsByApp()
    {
        QHash<AppId, FleetRow> rows;
        const auto all = wait(m_board->rows());
        if (all) {
            for (const FleetRow &row : *all)
                rows.insert(row.app, row);
        }
        return rows;
    }

    ManualClock m_clock;
    AppId m_failing;
    AppId m_busy;
    int m_delayMs = 0;
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<World> m_world;
    std::unique_ptr<WorldHosts> m_machines;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<HostService> m_hosts;
    std::unique_ptr<Fleet> m_fleet;
    std::unique_ptr<FleetBoard> m_board;
};

QTEST_GUILESS_MAIN(TestFleetBoard)
#include "tst_fleetboard.moc"
