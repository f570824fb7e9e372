// SPDX-License-Identifier: GPL-3.0-or-later
// What runs on the hosts against what the table says: adopt, reap, end what could not be ended before.
#include "backends/core/log.h"
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/outcome.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/filelock.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

namespace {

constexpr std::chrono::milliseconds reconcileLockDeadline{300};

SandboxInfo endedMeanwhile(const SandboxRecord &record, const std::optional<SandboxInfo> &last, bool known)
{
    SandboxInfo info = last.value_or(toInfo(record));
    info.app = record.app;
    if (isAlive(info.state)) {
        info.state = SandboxState::Lost;
        info.reason = SandboxReason::None;
        info.detail = known ? Fleet::tr("It ended while it could not be reached.")
                            : Fleet::tr("It ended while Flotilla was not running.");
    }
    return info;
}

} // namespace

/// The backend reaps what it is not told about. A sandbox that another program makes right now is either in the table
/// before we read it, or not begun: creators hold the lock shared from before the record until after the creation.
/// Should they never pause, nothing is reaped and nothing is judged gone.
QCoro::Task<Result<Fleet::Private::Census>> Fleet::Private::reconcileBackend(Self d, SandboxBackend *backend)
{
    FileLock alone(d->lockFile());
    const bool locked = co_await takeLock(&alone, true, reconcileLockDeadline);
    if (!d->q)
        co_return cancelledError();
    const HostId host = d->hostOf(backend);
    Result<Census> census = d->takeCensus(host, backend->info().name);
    if (!census)
        co_return census.error();
    census->complete = locked;
    Future<QList<SandboxInfo>> looking; // an if, not a ternary inside co_await: GCC 12 destroys its temporary twice
    if (locked)
        looking = backend->reconcile(census->known);
    else
        looking = backend->list();
    const Result<QList<SandboxInfo>> found = co_await outcomeOf(looking);
    if (!d->q)
        co_return cancelledError();
    if (!found)
        co_return found.error();
    for (const SandboxInfo &info : *found)
        census->found.insert(info.id, info);
    if (locked) {
        d->leaveUnwanted(census->unwanted);
        const QString name = backend->info().name;
        co_await leaveSpares(d, host, name);
    }
    if (!d->q)
        co_return cancelledError();
    co_return census;
}

Result<Fleet::Private::Census> Fleet::Private::takeCensus(const HostId &host, const QString &backend)
{
    const Result<QList<SandboxRecord>> records = table().list();
    const Result<QList<SandboxRecord>> spares = table().spares();
    if (!records || !spares)
        return records ? spares.error() : records.error();
    Census census;
    for (const SandboxRecord &record : *records) {
        if (record.backend != backend || record.host != host.value)
            continue;
        if (record.state == toString(SandboxState::Stopping) && !stopping.contains(record.id)) {
            census.unwanted.append(record);
        } else {
            census.records.append(record);
            census.known.append(record.id);
        }
    }
    for (const SandboxRecord &spare : *spares) {
        if (spare.host == host.value && spare.backend == backend && processLives(spare.creator))
            census.known.append(spare.id);
    }
    return census;
}

/// Their end was asked for when the host could not be reached; now they are gone.
void Fleet::Private::leaveUnwanted(const QList<SandboxRecord> &unwanted)
{
    for (const SandboxRecord &record : unwanted) {
        SandboxInfo end = toInfo(record);
        end.state = SandboxState::Stopped;
        leave(end);
    }
}

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
        leave(endedMeanwhile(record, present ? std::optional(*info) : std::nullopt, entries.contains(record.app)));
    }
}

QCoro::Task<Result<int>> Fleet::Private::reconcile(Self d)
{
    const QList<SandboxBackend *> backends = d->openBackends();
    for (SandboxBackend *backend : backends) {
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

/// A host came (back). Who asks while that is under way waits for its end.
QCoro::Task<> Fleet::Private::reconcileQuietly(Self d, SandboxBackend *backend)
{
    if (!d->reconciling.contains(backend))
        d->reconciling.insert(backend, toFuture(reconcileAndLog(d, backend)));
    const Future<void> running = d->reconciling.value(backend);
    co_await outcomeOf(running);
    if (const auto last = d->reconciling.constFind(backend); last != d->reconciling.cend() && last->isFinished())
        d->reconciling.erase(last);
}

QCoro::Task<Status> Fleet::Private::reconcileAndLog(Self d, SandboxBackend *backend)
{
    d->watchBackend(backend);
    const Result<Census> census = co_await reconcileBackend(d, backend);
    if (!d->q || !d->openBackends().contains(backend))
        co_return cancelledError();
    if (!census) {
        qCWarning(logCore, "sandboxes not reconciled: %s", qUtf8Printable(census.error().detail));
        co_return census.error();
    }
    for (const SandboxRecord &record : census->records)
        d->judge(backend, record, *census);
    co_return Status();
}

/// Of hosts that were not asked yet. Those that cannot be reached stay as the table has them.
QCoro::Task<Status> Fleet::Private::adoptHosts(Self d, QList<SandboxRecord> unknown)
{
    QSet<QPair<QString, QString>> places;
    for (const SandboxRecord &record : std::as_const(unknown))
        places.insert({record.host, record.backend});
    QList<Future<SandboxBackend *>> opening;
    for (const auto &place : std::as_const(places))
        opening.append(d->backendFor({place.first}, place.second));
    for (const Future<SandboxBackend *> &future : std::as_const(opening)) {
        const Result<SandboxBackend *> backend = co_await outcomeOf(future);
        if (!d->q)
            co_return cancelledError();
        if (backend)
            co_await reconcileQuietly(d, *backend);
        if (!d->q)
            co_return cancelledError();
    }
    co_return Status();
}

} // namespace Flotilla
