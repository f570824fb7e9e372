// SPDX-License-Identifier: GPL-3.0-or-later
// All apps at once: reconcile, list, stop all; and where the gateway goes.
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

SandboxInfo endedMeanwhile(const SandboxRecord &record, const std::optional<SandboxInfo> &last)
{
    SandboxInfo info = last.value_or(toInfo(record));
    info.app = record.app;
    if (isAlive(info.state)) {
        info.state = SandboxState::Lost;
        info.reason = SandboxReason::None;
        info.detail = Fleet::tr("It ended while Flotilla was not running.");
    }
    return info;
}

} // namespace

void Fleet::Private::judge(SandboxBackend *backend, const SandboxRecord &record, const Census &census)
{
    if (creating.contains(record.id) || stopping.contains(record.id))
        return;
    const auto info = census.found.constFind(record.id);
    const bool present = info != census.found.constEnd();
    if (present && usable(backend, *info)) {
        if (const Status stored = enter(*info, record, backend); !stored)
            qCWarning(logCore, "adopted sandbox not recorded: %s", qUtf8Printable(stored.error().detail));
    } else if (census.complete) {
        leave(endedMeanwhile(record, present ? std::optional(*info) : std::nullopt));
    }
}

QCoro::Task<Result<int>> Fleet::Private::reconcile(Self d)
{
    for (SandboxBackend *backend : std::as_const(d->parts.backends)) {
        const Result<Census> census = co_await reconcileBackend(d, backend);
        if (!d->q)
            co_return cancelledError();
        if (!census)
            co_return census.error();
        for (const SandboxRecord &record : census->records)
            d->judge(backend, record, *census);
    }
    co_return static_cast<int>(d->entries.size());
}

QCoro::Task<Result<QList<FleetEntry>>> Fleet::Private::list(Self d)
{
    Result<QList<SandboxRecord>> records = d->table().list();
    const auto unknown = [&d](const SandboxRecord &record) {
        return record.state == toString(SandboxState::Running) && !d->entries.contains(record.app);
    };
    if (records && std::any_of(records->cbegin(), records->cend(), unknown)) {
        const Result<int> adopted = co_await reconcile(d);
        if (!d->q)
            co_return cancelledError();
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

Future<SandboxMetrics> Fleet::Private::metricsOf(const SandboxInfo &info) const
{
    const auto entry = entries.constFind(info.app);
    if (entry == entries.constEnd() || entry->info.id != info.id)
        return readyFuture<SandboxMetrics>(Error{ErrorKind::NotFound, {}, {}});
    return entry->backend->metrics(info.id);
}

QCoro::Task<Result<QList<FleetEntry>>> Fleet::Private::measure(Self d, QList<FleetEntry> rows)
{
    for (qsizetype first = 0; first < rows.size(); first += maxInFlight) {
        const qsizetype end = qMin(first + maxInFlight, rows.size());
        QList<Future<SandboxMetrics>> batch;
        for (qsizetype i = first; i < end; ++i)
            batch.append(d->metricsOf(rows.at(i).info));
        for (qsizetype i = first; i < end; ++i) {
            const Result<SandboxMetrics> metrics = co_await outcomeOf(batch.at(i - first));
            if (!d->q)
                co_return cancelledError();
            if (metrics)
                rows[i].metrics = *metrics;
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
    if (entry == d->entries.constEnd() || entry->info.state != SandboxState::Running)
        co_return std::optional(d->closedRoute(app));
    const Result<StreamOpener> opener = entry->backend->appStream(entry->info.id);
    if (!opener)
        co_return std::optional(GatewayRoute{{}, Fleet::tr("The app cannot be shown yet"), opener.error().text});
    co_return std::optional(GatewayRoute{*opener, {}, {}});
}

} // namespace Flotilla
