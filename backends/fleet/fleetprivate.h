// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/appgates.h"
#include "backends/fleet/fleet.h"
#include "backends/storage/records.h"

#include <QPointer>
#include <QSet>
#include <QTimer>

#include <QCoroTask>

namespace Flotilla {

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

    struct Census
    {
        QList<SandboxRecord> records; ///< as they were when the backend began to look
        QHash<SandboxId, SandboxInfo> found;
        bool complete = true; ///< nobody was creating: a record that was not found is gone
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

    // flows (fleetflows.cpp, fleetviews.cpp)
    static QCoro::Task<Result<SandboxInfo>> acquire(Self d, AppId app);
    static QCoro::Task<Result<SandboxInfo>> create(Self d, SandboxRecord record);
    static QCoro::Task<Result<bool>> adopt(Self d, SandboxRecord record);
    static QCoro::Task<Result<bool>> adoptThroughReconcile(Self d, SandboxRecord record, SandboxBackend *backend);
    static QCoro::Task<bool> waitForCreator(Self d, SandboxRecord record);
    static QCoro::Task<bool> enterGate(Self d, AppId app);
    static QCoro::Task<> adoptQuietly(Self d, SandboxRecord record);
    static QCoro::Task<Result<Census>> reconcileBackend(Self d, SandboxBackend *backend);
    static QCoro::Task<Status> release(Self d, AppId app);
    static QCoro::Task<Status> stop(Self d, AppId app);
    static QCoro::Task<Result<int>> reconcile(Self d);
    static QCoro::Task<Result<QList<FleetEntry>>> list(Self d);
    static QCoro::Task<Result<QList<FleetEntry>>> measure(Self d, QList<FleetEntry> rows);
    static QCoro::Task<> answerWaiters(Self d, AppId app);
    static QCoro::Task<Result<int>> stopAll(Self d);
    static QCoro::Task<Status> releaseAll(Self d, QList<AppId> apps);
    static QCoro::Task<Result<std::optional<GatewayRoute>>> route(Self d, AppId app);

    // bookkeeping (fleet.cpp)
    SandboxRepository &table() const;
    static bool usable(SandboxBackend *backend, const SandboxInfo &info); ///< runs, and we can talk to it
    Result<bool> falseUnlessGone() const;
    void judge(SandboxBackend *backend, const SandboxRecord &record, const Census &census);
    Future<SandboxMetrics> metricsOf(const SandboxInfo &info) const;
    SandboxBackend *backendOf(const SandboxRecord &record) const;
    SandboxRecord newRecord(const AppId &app) const;
    SandboxSpec specOf(const SandboxRecord &record) const;
    QString lockFile() const;
    Status enter(SandboxInfo info, const SandboxRecord &record,
                 SandboxBackend *backend); ///< it runs and is ours to watch
    void leave(SandboxInfo info);          ///< it ended: out of the table, the end kept, everybody told
    void tell(const SandboxInfo &info, const QString &kind, const QString &text);
    void backendChanged(const SandboxInfo &info);
    /// Brings the entries in line with the table, which other programs write too.
    void followTable();
    Result<bool> stillRecorded(const Entry &entry);
    QString endText(const AppId &app) const;
    GatewayRoute closedRoute(const AppId &app) const;

    QPointer<Fleet> q;
    Parts parts;
    QHash<AppId, Entry> entries;
    QHash<AppId, QList<Promise>> waiters;                  ///< callers of acquire() that share one creation
    QHash<SandboxId, std::optional<SandboxInfo>> creating; ///< with the death that came before create() answered
    QSet<SandboxId> stopping;
    AppGates gates;
    QTimer follow;
    qint64 seenVersion = -1;
};

} // namespace Flotilla
