// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agenthold.h"
#include "backends/fleet/appgates.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/placement.h"
#include "backends/storage/records.h"

#include <QPointer>
#include <QSet>
#include <QTimer>

#include <QCoroTask>

namespace Flotilla {

class FileLock;
class SandboxRepository;

/// State and flows of the fleet. Coroutines hold it by shared pointer and look at `q` after every co_await: nothing
/// there means that the fleet, the store and the backends are gone.
struct Fleet::Private : std::enable_shared_from_this<Fleet::Private>
{
    using Self = std::shared_ptr<Private>;
    using Promise = std::shared_ptr<QPromise<Result<SandboxInfo>>>;
    struct Entry
    {
        SandboxInfo info;
        SandboxBackend *backend = nullptr;
    };

    /// A sandbox that is being created.
    struct Birth
    {
        SandboxInfo info; ///< as it is shown
        SandboxBackend *backend = nullptr;
        std::optional<SandboxInfo> death{}; ///< that came before create() answered
    };

    struct Census
    {
        QList<SandboxRecord> records;  ///< as they were when the backend began to look
        QList<SandboxRecord> unwanted; ///< to be ended, see keepUnwanted()
        QList<SandboxId> known;        ///< not to be reaped
        QHash<SandboxId, SandboxInfo> found;
        bool complete = true; ///< nobody was creating: a record that was not found is gone
    };
    /// Where an app wants its next sandbox, and with what it begins.
    struct Wanted
    {
        HostId host;
        QString backend;
        SnapshotId from;
        bool taken = false; ///< a sandbox was begun so
    };
    /// Where it gets it.
    struct Site
    {
        HostId host;
        SandboxBackend *backend = nullptr;
        QString dataDir;
        SnapshotId from;
        QString image{};
    };
    /// Counts a sandbox that is not in the table yet.
    class PlannedHold
    {
    public:
        PlannedHold(Self d, HostId host)
            : m_d(std::move(d))
            , m_host(std::move(host))
        {
            ++m_d->planned[m_host];
        }
        ~PlannedHold() { --m_d->planned[m_host]; }
        PlannedHold(const PlannedHold &) = delete;
        PlannedHold &operator=(const PlannedHold &) = delete;

    private:
        Self m_d;
        HostId m_host;
    };
    /// Keeps an app's gate closed for others while it lives.
    class GateHold
    {
    public:
        GateHold(Self d, AppId app)
            : m_d(std::move(d))
            , m_app(std::move(app))
        {
        }
        ~GateHold() { m_d->gates.leave(m_app); }
        GateHold(const GateHold &) = delete;
        GateHold &operator=(const GateHold &) = delete;

    private:
        Self m_d;
        AppId m_app;
    };

    // flows (fleetflows.cpp, fleetcensus.cpp, fleetviews.cpp)
    static QCoro::Task<Result<SandboxInfo>> acquire(Self d, AppId app);
    static QCoro::Task<Result<SandboxInfo>> acquireInside(Self d, AppId app);
    static QCoro::Task<Result<SandboxInfo>> create(Self d, SandboxRecord record, Site site);
    static QCoro::Task<Result<SandboxInfo>> createAt(Self d, SandboxRecord record, Site site);
    static QCoro::Task<Result<bool>> adopt(Self d, SandboxRecord record);
    static QCoro::Task<Result<bool>> adoptThroughReconcile(Self d, SandboxRecord record, SandboxBackend *backend);
    static QCoro::Task<> leaveNothing(Self d, SandboxBackend *backend, SandboxInfo end);
    static QCoro::Task<> clearAway(Self d, AppId app, SandboxId id, SandboxBackend *backend);
    static QCoro::Task<bool> waitForCreator(Self d, SandboxRecord record);
    static QCoro::Task<bool> enterGate(Self d, AppId app);
    static QCoro::Task<bool> takeLock(FileLock *lock, bool alone, std::chrono::milliseconds deadline);
    static QCoro::Task<> adoptQuietly(Self d, SandboxRecord record);
    static QCoro::Task<Result<Census>> reconcileBackend(Self d, SandboxBackend *backend);
    Result<Census> takeCensus(const HostId &host, const QString &backend);
    void leaveUnwanted(const QList<SandboxRecord> &unwanted);
    static QCoro::Task<Status> release(Self d, AppId app);
    static QCoro::Task<Status> releaseForGood(Self d, AppId app);
    static QCoro::Task<Status> releaseInside(Self d, AppId app);
    static QCoro::Task<Result<bool>> stop(Self d, AppId app, SandboxReason reason = SandboxReason::None);
    static QCoro::Task<> reconcileQuietly(Self d, SandboxBackend *backend);
    static QCoro::Task<Status> reconcileAndLog(Self d, SandboxBackend *backend);
    static QCoro::Task<Status> adoptHosts(Self d, QList<SandboxRecord> unknown);
    static QCoro::Task<Result<int>> reconcile(Self d);
    static QCoro::Task<Result<QList<FleetEntry>>> list(Self d);
    static QCoro::Task<Result<QList<FleetEntry>>> measure(Self d, QList<FleetEntry> rows);
    static QCoro::Task<> answerWaiters(Self d, AppId app);
    static QCoro::Task<Result<int>> stopAll(Self d);
    static QCoro::Task<Status> releaseAll(Self d, QList<AppId> apps);
    static QCoro::Task<Result<std::optional<GatewayRoute>>> route(Self d, AppId app);

    // sites (fleetsites.cpp), data (fleetdata.cpp)
    QList<SandboxBackend *> openBackends() const;
    HostId hostOf(SandboxBackend *backend) const;
    Future<SandboxBackend *> backendFor(const HostId &host, const QString &name) const;
    Future<QString> dataDirOn(const HostId &host, const AppId &app) const;
    QString hostProblem(const HostId &host) const; ///< why it cannot be reached; empty: it can
    QList<HostRoom> rooms(const AppId &app) const;
    HostRoom roomOf(const HostCard &card, int sandboxes) const;
    Status roomOn(const HostId &host) const;
    Result<Wanted> wantedFor(const AppId &app) const;
    Result<QString> imageOf(const AppId &app) const;
    Result<QString> imageAt(const HostId &host, SandboxBackend *backend, const QString &own) const;
    static QCoro::Task<Status> gatherPool(Self d, AppId app);
    Result<HostId> chooseFrom(const QList<HostRoom> &all, const AppId &app) const;
    Result<HostId> fromPool(const AppId &app) const;
    static QCoro::Task<Result<Site>> chooseSite(Self d, AppId app);
    static QCoro::Task<Result<Site>> openSite(Self d, AppId app, HostId host, QString backend, QString image);
    Result<std::optional<SandboxRecord>> dataElsewhere(const AppId &app, const HostId &host) const;
    Status noteData(const SandboxRecord &before, const SandboxRecord &spare);
    Result<QString> dataHome(const AppId &app) const;
    static constexpr std::chrono::milliseconds copyLockDeadline{600'000};
    QString copyLockFile(const AppId &app) const; ///< held while its data goes from host to host, or a spare goes
    static Error copiedElsewhere();
    static QCoro::Task<Status> fetchData(Self d, AppId app, HostId host);
    static QCoro::Task<Status> copyData(Self d, AppId app, HostId from, HostId to);
    static QCoro::Task<Status> transfer(Self d, HostId host, std::function<Future<void>(Host *)> copy);
    static QCoro::Task<Status> untilBack(Self d, HostId host);

    static QCoro::Task<Status> forgetData(Self d, QList<AppId> apps);
    static QCoro::Task<Status> forgetDataOn(Self d, HostId host, QList<AppId> apps);
    static QCoro::Task<Status> forgetSomeDataOn(Self d, HostId host, QList<AppId> apps);

    // what apps left on a host that goes (fleethome.cpp)
    Result<QList<AppId>> storedOn(const HostId &host) const;
    QString titleOf(const AppId &app) const;
    static QCoro::Task<Status> bringHome(Self d, HostId host);
    static QCoro::Task<Status> bringAppHome(Self d, AppId app, HostId host);

    // moves (fleetmove.cpp)
    Result<HostId> hostFor(const AppId &app, const Place &place) const;
    static QCoro::Task<Status> move(Self d, AppId app, Place place);
    static QCoro::Task<Status> moveAsleep(Self d, AppId app, Place place);
    Result<Place> complete(const AppId &app, const Place &place) const;
    Status note(const AppId &app, const Place &place);
    void tellMoved(const SandboxInfo &info, const HostId &from, const QString &image);
    static QCoro::Task<Status> moveAwake(Self d, AppId app, Entry old, Place place);
    static QCoro::Task<Result<AgentHold::Handle>> holdStill(Self d, Entry old);
    static QCoro::Task<Result<AgentHold::Handle>> copyHeld(Self d, Entry old, HostId to);
    Error cutWhileMoving(const HostId &host) const;
    static QCoro::Task<Result<SandboxInfo>> remakeAt(Self d, Entry old, Site site, SandboxRecord record,
                                                     AgentHold::Handle hold);

    // what moves leave (fleetspares.cpp)
    static QCoro::Task<> endSpare(Self d, SandboxRecord spare, SandboxBackend *backend);
    static QCoro::Task<> leaveSpare(Self d, SandboxRecord spare);
    static QCoro::Task<> leaveSpares(Self d, HostId host, QString backend);
    static QCoro::Task<Status> leavePurged(Self d, HostId host, QList<SandboxRecord> spares);
    Result<QList<SandboxRecord>> spareOn(const HostId &host, const QString &backend) const;
    bool isPurged(const AppId &app) const;
    void keepSpare(SandboxRecord spare, const Error &why);
    static QCoro::Task<Status> buildThere(Self d, AppId app, SandboxBackend *backend, SandboxId id);
    static QCoro::Task<Result<SandboxInfo>> acquireFrom(Self d, AppId app, SnapshotInfo snapshot);

    // idleness (fleetidle.cpp)
    void stopIdle();
    static QCoro::Task<> sleepIdle(Self d, AppId app);
    static QCoro::Task<bool> runsCommands(Self d, AppId app);
    bool wakesOnView(const AppId &app) const;

    // bookkeeping (fleet.cpp)
    SandboxRepository &table() const;
    static bool usable(SandboxBackend *backend, const SandboxInfo &info); ///< runs, and we can talk to it
    Result<bool> falseUnlessGone() const;
    void judge(SandboxBackend *backend, const SandboxRecord &record, const Census &census);
    SandboxRecord newRecord(const AppId &app, const Site &site) const;
    SandboxSpec specOf(const SandboxRecord &record, const Site &site) const;
    void watchBackend(SandboxBackend *backend);
    void dropBackend(SandboxBackend *backend);
    void dropRecord(const SandboxId &id);
    QString lockFile() const;
    static bool isCut(const Error &error); ///< of a connection
    Status enter(SandboxInfo info, const SandboxRecord &record,
                 SandboxBackend *backend);      ///< it runs and is ours to watch
    void keepUnwanted(const SandboxInfo &info); ///< in the table until its host is back and it can be ended
    void leave(SandboxInfo info);               ///< it ended: out of the table, the end kept, everybody told
    void tell(const SandboxInfo &info, const QString &kind, const QString &text);
    void backendChanged(const SandboxInfo &info);
    void birthChanged(Birth &birth, const SandboxInfo &info);
    void giveUpStart(const AppId &app);
    /// Brings the entries in line with the table, which other programs write too.
    void followTable();
    Result<bool> stillRecorded(const Entry &entry);
    QString endText(const AppId &app) const;
    GatewayRoute closedRoute(const AppId &app) const;

    QPointer<Fleet> q;
    Parts parts;
    QHash<AppId, Entry> entries;
    QHash<AppId, QList<Promise>> waiters; ///< callers of acquire() that share one creation
    QHash<SandboxId, Birth> creating;
    QSet<SandboxId> stopping;
    QSet<SandboxBackend *> watched;
    QHash<SandboxBackend *, Future<void>> reconciling;
    QSet<AppId> moving; ///< nobody gets in meanwhile
    QHash<AppId, Wanted> wanted;
    QHash<HostId, int> planned;
    QStringList leftOut;                         ///< of the pool, when it was last asked: a sentence each
    QHash<AppId, std::chrono::nanoseconds> used; ///< when, monotonic
    QTimer idle;
    AppGates gates;
    QTimer follow;
    qint64 seenVersion = -1;
};

} // namespace Flotilla
