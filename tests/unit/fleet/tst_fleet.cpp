// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"
#include "backends/fleet/fleet.h"
#include "backends/storage/filelock.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"
#include "tests/unit/fleet/worldbackend.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Flotilla;

namespace {

template <typename T>
Result<T> wait(Future<T> future)
{
    const bool finished = QTest::qWaitFor([&] { return future.isFinished(); }, 10'000);
    if (!finished || future.resultCount() == 0)
        return Error{ErrorKind::Internal, QStringLiteral("no answer"), {}};
    return future.result();
}

/// One program on the store: its own connection, backend and fleet over the shared world.
struct Program
{
    Program(const QString &dir, World *world)
        : store(std::move(*Store::open(dir)))
        , backend(world)
    {
        fleet = std::make_unique<Fleet>(
            Fleet::Parts{store.get(), {&backend}, &clock, dir + QStringLiteral("/appdata"), [](const AppId &) {
                             SandboxLimits limits;
                             limits.processes = 7;
                             return limits;
                         }});
    }
    ~Program() { fleet.reset(); }

    QList<SandboxRecord> records() { return *store->sandboxes().list(); }

    ManualClock clock;
    std::unique_ptr<Store> store;
    WorldBackend backend;
    std::unique_ptr<Fleet> fleet;
};

} // namespace

class TestFleet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_world = std::make_unique<World>();
        p = std::make_unique<Program>(m_dir->path(), m_world.get());
        for (const char *id : {"app1", "app2"}) {
            AppRecord record;
            record.id = {QLatin1String(id)};
            QVERIFY(p->store->apps().insert(record).ok());
        }
    }
    void cleanup()
    {
        p.reset();
        m_world.reset();
    }

    void acquireCreatesOnceAndRemembers()
    {
        const Result<SandboxInfo> first = wait(p->fleet->acquire(app));
        QVERIFY(first.ok());
        QVERIFY(first->state == SandboxState::Running);
        QCOMPARE(first->app, app);
        QCOMPARE(first->host.value, QStringLiteral("local"));
        QCOMPARE(first->backend, QStringLiteral("world"));
        QCOMPARE(p->backend.lastSpec.limits.processes, 7);
        QCOMPARE(p->backend.lastSpec.dataDir, m_dir->path() + QStringLiteral("/appdata/app1"));
        QCOMPARE(*wait(p->fleet->acquire(app)), *first);
        QCOMPARE(*p->fleet->current(app), *first);
        QVERIFY(p->fleet->agent(app).ok());
        QCOMPARE(p->backend.creations, 1);
        QCOMPARE(p->records().size(), 1);
        QCOMPARE(p->records().first().state, QStringLiteral("running"));
    }

    void simultaneousCallersShareOneCreation()
    {
        p->backend.latencyMs = 20;
        QList<Future<SandboxInfo>> calls;
        for (int i = 0; i < 10; ++i)
            calls.append(p->fleet->acquire(app));
        const SandboxId first = wait(calls.first())->id;
        for (const auto &call : calls)
            QCOMPARE(wait(call)->id, first);
        QCOMPARE(p->backend.creations, 1);
    }

    void appsAreCreatedSideBySide()
    {
        p->backend.latencyMs = 50;
        QElapsedTimer timer;
        timer.start();
        QList<Future<SandboxInfo>> calls;
        for (int i = 0; i < 20; ++i)
            calls.append(p->fleet->acquire({QStringLiteral("app%1").arg(i)}));
        for (const auto &call : calls)
            QVERIFY(wait(call).ok());
        QVERIFY2(timer.elapsed() < 700, qPrintable(QString::number(timer.elapsed()))); // one after the other: 1000
        QCOMPARE(p->records().size(), 20);
    }

    void theRecordComesBeforeTheSandbox()
    {
        p->backend.hang = true;
        const auto call = p->fleet->acquire(app);
        QTRY_COMPARE(p->backend.creations, 1);
        QCOMPARE(p->records().size(), 1);
        QCOMPARE(p->records().first().state, QStringLiteral("creating"));
        QVERIFY(!call.isFinished());
        QCOMPARE(wait(p->fleet->route(app))->value().title, QStringLiteral("Starting"));
    }

    void failedCreationGoesToEveryCallerAndCanBeTriedAgain()
    {
        p->backend.latencyMs = 10;
        p->backend.createError = Error{ErrorKind::Unsupported, QStringLiteral("No user namespaces."), {}};
        QSignalSpy changes(p->fleet.get(), &SandboxProvider::changed);
        const auto first = p->fleet->acquire(app);
        const auto second = p->fleet->acquire(app);
        QCOMPARE(wait(first).error().kind, ErrorKind::Unsupported);
        QCOMPARE(wait(second).error().kind, ErrorKind::Unsupported);
        QCOMPARE(p->backend.creations, 1);
        QVERIFY(p->records().isEmpty());
        const SandboxRecord end = p->store->sandboxes().lastEnd(app)->value();
        QCOMPARE(end.state, QStringLiteral("failed"));
        QCOMPARE(end.reason, QStringLiteral("policy-unsupported"));
        QCOMPARE(changes.last().first().value<SandboxInfo>().detail, QStringLiteral("No user namespaces."));
        QCOMPARE(wait(p->fleet->route(app))->value().text, QStringLiteral("No user namespaces."));
        QCOMPARE(p->fleet->current(app).error().kind, ErrorKind::NotFound);
        p->backend.createError.reset();
        QVERIFY(wait(p->fleet->acquire(app)).ok());
    }

    void deathIsRecordedWithItsReason()
    {
        const SandboxInfo info = *wait(p->fleet->acquire(app));
        QSignalSpy changes(p->fleet.get(), &SandboxProvider::changed);
        p->backend.kill(info.id, SandboxReason::OutOfMemory);
        QCOMPARE(changes.size(), 1);
        QVERIFY(changes.first().first().value<SandboxInfo>().reason == SandboxReason::OutOfMemory);
        QVERIFY(p->records().isEmpty());
        QCOMPARE(p->store->sandboxes().lastEnd(app)->value().reason, QStringLiteral("out-of-memory"));
        const SandboxInfo next = *wait(p->fleet->acquire(app));
        QVERIFY(next.id != info.id);
    }

    void deathBeforeCreateAnswersIsNotLost()
    {
        p->backend.dieDuringCreate = true;
        const auto result = wait(p->fleet->acquire(app));
        QCOMPARE(result.error().kind, ErrorKind::Unavailable);
        QVERIFY(p->records().isEmpty());
        QCOMPARE(p->store->sandboxes().lastEnd(app)->value().reason, QStringLiteral("out-of-memory"));
    }

    void releaseEndsAndIsIdempotent()
    {
        const SandboxInfo info = *wait(p->fleet->acquire(app));
        QVERIFY(wait(p->fleet->release(app)).ok());
        QVERIFY(wait(p->fleet->release(app)).ok());
        QVERIFY(wait(p->fleet->release({QStringLiteral("nobody")})).ok());
        QCOMPARE(p->backend.terminated, QStringList{info.id.value});
        QVERIFY(p->records().isEmpty());
        QCOMPARE(wait(p->fleet->route(app))->value().title, QStringLiteral("This app is asleep"));
    }

    void releaseDuringCreationWaitsForItAndEndsIt()
    {
        p->backend.latencyMs = 20;
        const auto call = p->fleet->acquire(app);
        QVERIFY(wait(p->fleet->release(app)).ok());
        QVERIFY(wait(call).ok());
        QVERIFY(m_world->alive.isEmpty());
        QVERIFY(p->records().isEmpty());
    }

    void aStartThatFetchesItsImageSaysSoAndEndsAtOnce()
    {
        p->backend.pull = true;
        QSignalSpy progress(p->fleet.get(), &Fleet::startProgress);
        QSignalSpy changes(p->fleet.get(), &Fleet::changed);
        const Future<SandboxInfo> starting = p->fleet->acquire(app);
        QTRY_COMPARE(progress.size(), 1);
        QCOMPARE(progress.constFirst().at(0).value<AppId>(), app);
        QVERIFY(progress.constFirst().at(1).toString().startsWith(QStringLiteral("Pulling")));
        const auto shown = changes.constLast().constFirst().value<SandboxInfo>();
        QVERIFY(shown.state == SandboxState::Creating && shown.app == app);
        QCOMPARE(shown.detail, progress.constFirst().at(1).toString());
        QVERIFY(wait(p->fleet->release(app)).ok());
        QCOMPARE(wait(starting).error().kind, ErrorKind::Cancelled);
        QVERIFY(p->records().isEmpty());
        QCOMPARE(p->store->sandboxes().lastEnd(app)->value().state, toString(SandboxState::Stopped));
        p->backend.pull = false;
        QVERIFY(wait(p->fleet->acquire(app)).ok());
    }

    void whatOneProgramEndsIsNoDeathToTheOther()
    {
        const SandboxInfo made = *wait(p->fleet->acquire(app));
        Program other(m_dir->path(), m_world.get());
        QVERIFY(wait(other.fleet->reconcile()).ok());
        QVERIFY(other.fleet->current(app).ok());
        QSignalSpy told(other.fleet.get(), &Fleet::happened);
        p->backend.latencyMs = 50;
        const Future<void> ending = p->fleet->release(app);
        other.backend.kill(made.id, SandboxReason::Killed); // it sees the end first
        QVERIFY(!other.fleet->current(app).ok());
        QVERIFY(wait(ending).ok());
        QVERIFY(told.isEmpty());
        QVERIFY(p->records().isEmpty());
        QCOMPARE(p->store->sandboxes().lastEnd(app)->value().state, toString(SandboxState::Stopped));
    }

    void failedReleaseCanBeRepeated()
    {
        QVERIFY(wait(p->fleet->acquire(app)).ok());
        p->backend.terminateError = Error{ErrorKind::Timeout, QStringLiteral("slow"), {}};
        QCOMPARE(wait(p->fleet->release(app)).error().kind, ErrorKind::Timeout);
        QCOMPARE(p->records().size(), 1);
        QVERIFY(p->fleet->current(app)->state == SandboxState::Running);
        p->backend.terminateError.reset();
        QVERIFY(wait(p->fleet->release(app)).ok());
        QVERIFY(m_world->alive.isEmpty());
    }

    void whatASilentEngineDidNotEndIsEndedWhenItAnswers()
    {
        QVERIFY(wait(p->fleet->acquire(app)).ok());
        p->backend.terminateError = Error{ErrorKind::Timeout, QStringLiteral("slow"), {}};
        QVERIFY(!wait(p->fleet->release(app)).ok());
        QCOMPARE(m_world->alive.size(), 1);
        Q_EMIT p->backend.answersAgain();
        QTRY_VERIFY(m_world->alive.isEmpty());
        QTRY_VERIFY(p->records().isEmpty());
    }

    void oneThatCannotBeReachedStaysInTheTable()
    {
        SandboxInfo info = *wait(p->fleet->acquire(app));
        info.reason = SandboxReason::HostLost;
        info.detail = QStringLiteral("Docker on box has not answered since 17:03.");
        Q_EMIT p->backend.sandboxChanged(info);
        QCOMPARE(p->records().size(), 1);
        QVERIFY(p->fleet->current(app)->reason == SandboxReason::HostLost);
        const auto closed = *wait(p->fleet->route(app));
        QVERIFY(!closed->open);
        QCOMPARE(closed->text, info.detail);
        info.reason = SandboxReason::None;
        info.detail.clear();
        Q_EMIT p->backend.sandboxChanged(info);
        QVERIFY(p->fleet->current(app)->reason == SandboxReason::None);
        QVERIFY((*wait(p->fleet->route(app)))->open);
    }

    void restartAdoptsTheLivingReapsTheUnknownAndDropsTheDead()
    {
        QVERIFY(wait(p->fleet->acquire(app)).ok());
        const SandboxInfo dead = *wait(p->fleet->acquire({QStringLiteral("app2")}));
        p = nullptr;
        m_world->alive.remove(dead.id.value);
        SandboxInfo orphan;
        orphan.id = {QStringLiteral("orphan")};
        orphan.state = SandboxState::Running;
        m_world->alive.insert(QStringLiteral("orphan"), orphan);

        p = std::make_unique<Program>(m_dir->path(), m_world.get());
        QCOMPARE(*wait(p->fleet->reconcile()), 1);
        QVERIFY(p->fleet->current(app).ok());
        QCOMPARE(m_world->reaped, 1);
        QCOMPARE(p->records().size(), 1);
        QCOMPARE(p->store->sandboxes().lastEnd({QStringLiteral("app2")})->value().state, QStringLiteral("lost"));
        QVERIFY(wait(p->fleet->acquire(app)).ok());
        QCOMPARE(p->backend.creations, 0);
    }

    void secondProgramReapsNothingOfTheFirst()
    {
        QVERIFY(wait(p->fleet->acquire(app)).ok());
        Program other(m_dir->path(), m_world.get());
        p->backend.latencyMs = 30; // a creation is under way while the other reconciles
        const auto creating = p->fleet->acquire({QStringLiteral("app2")});
        const auto reconciled = other.fleet->reconcile();
        QVERIFY(wait(reconciled).ok());
        QVERIFY(wait(creating).ok());
        QCOMPARE(m_world->reaped, 0);
        QCOMPARE(m_world->alive.size(), 2);
        QCOMPARE(p->records().size(), 2);
    }

    void aProgramThatNeverStopsCreatingBlocksReapingOnly()
    {
        QVERIFY(wait(p->fleet->acquire(app)).ok());
        SandboxInfo orphan;
        orphan.id = {QStringLiteral("orphan")};
        orphan.state = SandboxState::Running;
        m_world->alive.insert(QStringLiteral("orphan"), orphan);
        FileLock somebodyCreates(m_dir->path() + QStringLiteral("/fleet.lock"));
        QVERIFY(somebodyCreates.tryShared());
        Program other(m_dir->path(), m_world.get());
        QVERIFY(wait(other.fleet->reconcile()).ok());
        QCOMPARE(m_world->reaped, 0);
        QCOMPARE(p->records().size(), 1);
    }

    void whatAnotherProgramMadeIsAdopted()
    {
        Program other(m_dir->path(), m_world.get());
        const SandboxInfo theirs = *wait(other.fleet->acquire(app));
        QCOMPARE(wait(p->fleet->acquire(app))->id, theirs.id);
        QVERIFY(p->fleet->agent(app).ok());
        QCOMPARE(m_world->created, 1);
    }

    void theGatewayFindsWhatAnotherProgramMade()
    {
        Program other(m_dir->path(), m_world.get());
        QVERIFY(wait(other.fleet->acquire(app)).ok());
        const auto route = wait(p->fleet->route(app));
        QVERIFY(route.ok());
        QVERIFY(route->value().open);
    }

    void twoProgramsThatAskAtOnceShareOneSandbox()
    {
        Program other(m_dir->path(), m_world.get());
        p->backend.latencyMs = other.backend.latencyMs = 20;
        const auto ours = p->fleet->acquire(app);
        const auto theirs = other.fleet->acquire(app);
        QVERIFY(wait(ours).ok());
        const SandboxId first = wait(ours)->id;
        QCOMPARE(wait(theirs)->id, first);
        QCOMPARE(m_world->created, 1);
    }

    void theCreatorDiedInTheMiddle()
    {
        SandboxRecord record;
        record.id = {QStringLiteral("half")};
        record.app = app;
        record.host = QStringLiteral("local");
        record.backend = QStringLiteral("world");
        record.state = QStringLiteral("creating");
        record.creator = QStringLiteral("1 1"); // nobody started at the first tick
        record.created = p->clock.now();
        QVERIFY(p->store->sandboxes().put(record).ok());
        const auto result = wait(p->fleet->acquire(app));
        QVERIFY(result.ok());
        QVERIFY(result->id.value != QStringLiteral("half"));
        QCOMPARE(p->records().size(), 1);
    }

    void anotherProgramReleasedIt()
    {
        const SandboxInfo first = *wait(p->fleet->acquire(app));
        Program other(m_dir->path(), m_world.get());
        QVERIFY(wait(other.fleet->release(app)).ok());
        QVERIFY(m_world->alive.isEmpty());
        const auto again = wait(p->fleet->acquire(app));
        QVERIFY(again.ok());
        QVERIFY(again->id != first.id);
    }

    void theTableIsFollowed()
    {
        QVERIFY(wait(p->fleet->acquire(app)).ok());
        Program other(m_dir->path(), m_world.get());
        QVERIFY(wait(other.fleet->release(app)).ok());
        QVERIFY(wait(other.fleet->acquire({QStringLiteral("app2")})).ok());
        QTRY_VERIFY_WITH_TIMEOUT(!p->fleet->current(app).ok(), 8000);
        QTRY_VERIFY_WITH_TIMEOUT(p->fleet->current({QStringLiteral("app2")}).ok(), 8000);
    }

    void listShowsEverythingWithMetrics()
    {
        QVERIFY(wait(p->fleet->acquire(app)).ok());
        Program other(m_dir->path(), m_world.get());
        QVERIFY(wait(other.fleet->acquire({QStringLiteral("app2")})).ok());
        const auto rows = wait(p->fleet->list());
        QVERIFY(rows.ok());
        QCOMPARE(rows->size(), 2);
        for (const FleetEntry &row : *rows) {
            QVERIFY(row.info.state == SandboxState::Running);
            QCOMPARE(row.metrics->memoryBytes, 1'000'000);
        }
    }

    void stopAllEndsTheSandboxesOfEveryProgram()
    {
        for (int i = 0; i < 50; ++i)
            QVERIFY(wait(p->fleet->acquire({QStringLiteral("app%1").arg(i)})).ok());
        Program other(m_dir->path(), m_world.get());
        QCOMPARE(*wait(other.fleet->stopAll()), 50);
        QVERIFY(m_world->alive.isEmpty());
        QVERIFY(p->records().isEmpty());
        QCOMPARE(*wait(other.fleet->stopAll()), 0);
    }

    void namesThatAreNotNamesAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"", "../etc", "a/b", ".", "a b", "a\n", "-a"})
            QTest::newRow(name) << QString::fromLatin1(name);
        QTest::newRow("long") << QString(65, QLatin1Char('a'));
        QTest::newRow("NUL") << QStringLiteral("a") + QChar(0);
    }
    void namesThatAreNotNamesAreRefused()
    {
        QFETCH(QString, name);
        QCOMPARE(wait(p->fleet->acquire({name})).error().kind, ErrorKind::Invalid);
        QCOMPARE(p->backend.creations, 0);
    }

    void goingAwayInTheMiddleIsSafe()
    {
        p->backend.latencyMs = 20;
        const auto call = p->fleet->acquire(app);
        const auto second = p->fleet->release(app);
        p->fleet.reset();
        QTest::qWait(60); // the backend answers into the void
        QVERIFY(call.isFinished());
        QCOMPARE(call.resultCount(), 0);
    }

private:
    const AppId app{QStringLiteral("app1")};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<World> m_world;
    std::unique_ptr<Program> p;
};

QTEST_GUILESS_MAIN(TestFleet)
#include "tst_fleet.moc"
