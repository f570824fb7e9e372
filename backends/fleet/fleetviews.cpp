// SPDX-License-Identifier: GPL-3.0-or-later
// All apps at once: list, stop all; and where the gateway goes.
#include "backends/core/log.h"
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/outcome.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/repositories.h"

#include <deque>

namespace Flotilla {

namespace {

constexpr qsizetype maxInFlight = 16; ///< a backend may start a process per call

} // namespace

QCoro::Task<Result<QList<FleetEntry>>> Fleet::Private::list(Self d)
{
    Result<QList<SandboxRecord>> records = d->table().list();
    if (!records)
        co_return records.error();
    QList<SandboxRecord> unknown;
    for (const SandboxRecord &record : std::as_const(*records)) {
        const bool there = record.state == toString(SandboxState::Running) ||
                           record.state == toString(SandboxState::Stopping); // to be ended when its host is back
        if (there && !d->entries.contains(record.app))
            unknown.append(record);
    }
    const auto spares = d->table().spares();
    for (const SandboxRecord &spare : spares ? *spares : QList<SandboxRecord>()) {
        if (!processLives(spare.creator)) // taken away by a look at its host
            unknown.append(spare);
    }
    if (!unknown.isEmpty()) {
        const Status adopted = co_await adoptHosts(d, unknown);
        if (!adopted)
            co_return adopted.error();
        records = d->table().list();
    }
    if (!records)
        co_return records.error();
    QList<FleetEntry> rows;
    for (const SandboxRecord &record : std::as_const(*records)) {
        const auto entry = d->entries.constFind(record.app);
        const bool known = entry != d->entries.constEnd() && entry->info.id == record.id;
        rows.append({known ? entry->info : toInfo(record), std::nullopt});
    }
    co_return co_await measure(d, rows);
}

QCoro::Task<Result<QList<FleetEntry>>> Fleet::Private::measure(Self d, QList<FleetEntry> rows)
{
    using All = QHash<SandboxId, SandboxMetrics>;
    QList<Future<All>> asked;
    const QList<SandboxBackend *> backends = d->openBackends();
    for (SandboxBackend *backend : backends)
        asked.append(backend->allMetrics());
    for (const Future<All> &future : std::as_const(asked)) {
        const Result<All> metrics = co_await outcomeOf(future);
        if (!d->q)
            co_return cancelledError();
        if (!metrics)
            continue;
        for (FleetEntry &row : rows) {
            if (const auto found = metrics->constFind(row.info.id); found != metrics->constEnd())
                row.metrics = *found;
        }
    }
    co_return rows;
}

QCoro::Task<Result<int>> Fleet::Private::stopAll(Self d)
{
    const Result<QList<SandboxRecord>> records = d->table().list();
    if (!records)
        co_return records.error();
    QList<AppId> apps;
    for (const SandboxRecord &record : *records)
        apps.append(record.app);
    const Status released = co_await releaseAll(d, apps);
    if (!released)
        co_return released.error();
    co_return static_cast<int>(apps.size());
}

QCoro::Task<Status> Fleet::Private::releaseAll(Self d, QList<AppId> apps)
{
    std::deque<Future<void>> ends;
    std::optional<Error> failure;
    for (qsizetype i = 0; i < apps.size() || !ends.empty(); ++i) {
        if (i < apps.size())
            ends.push_back(toFuture(release(d, apps.at(i))));
        if (qsizetype(ends.size()) < maxInFlight && i < apps.size())
            continue;
        const Future<void> first = ends.front();
        ends.pop_front();
        const Result<void> ended = co_await outcomeOf(first);
        if (!ended && !failure)
            failure = ended.error();
    }
    if (failure)
        co_return *failure;
    co_return Status();
}

QCoro::Task<Result<std::optional<GatewayRoute>>> Fleet::Private::route(Self d, AppId app)
{
    if (d->moving.contains(app))
        co_return std::optional(d->closedRoute(app));
    d->q->touch(app);
    if (!d->entries.contains(app) && !d->waiters.contains(app) && !d->gates.isBusy(app)) {
        const Result<std::optional<SandboxRecord>> record = d->table().of(app);
        if (!record)
            co_return record.error();
        if (record->has_value()) {
            if (!co_await enterGate(d, app))
                co_return cancelledError();
            const GateHold hold(d, app);
            if (!d->entries.contains(app)) {
                const Result<bool> adopted = co_await adopt(d, **record);
                if (!d->q)
                    co_return cancelledError();
                if (!adopted)
                    co_return adopted.error();
            }
        }
    }
    const auto entry = d->entries.constFind(app);
    if (entry == d->entries.constEnd() && d->wakesOnView(app)) {
        d->parts.wake(app);
        co_return std::optional(GatewayRoute{{}, Fleet::tr("Waking"), Fleet::tr("The app is being woken.")});
    }
    if (entry == d->entries.constEnd() || entry->info.state != SandboxState::Running)
        co_return std::optional(d->closedRoute(app));
    if (const QString problem = d->hostProblem(entry->info.host); !problem.isEmpty())
        co_return std::optional(GatewayRoute{{}, Fleet::tr("The app's host cannot be reached"), problem});
    if (isOutOfReach(entry->info.state, entry->info.reason))
        co_return std::optional(GatewayRoute{{}, Fleet::tr("The app cannot be reached"), entry->info.detail});
    const Result<StreamOpener> opener = entry->backend->appStream(entry->info.id);
    if (!opener)
        co_return std::optional(GatewayRoute{{}, Fleet::tr("The app cannot be shown yet"), opener.error().text});
    co_return std::optional(GatewayRoute{*opener, {}, {}});
}

} // namespace Flotilla
