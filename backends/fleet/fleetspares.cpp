// SPDX-License-Identifier: GPL-3.0-or-later
// What is not the app's own on a host: the sandbox and the copy of its data that a move makes or leaves, and what a
// purged app stored. A mover has it in the table before it makes it, so that it goes even when the mover dies.
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

constexpr std::chrono::milliseconds spareLockDeadline{300};

} // namespace

/// The host whose copy of the app's /data is the last word; empty: there is none, for the app is no more.
Result<QString> Fleet::Private::dataHome(const AppId &app) const
{
    const auto running = table().of(app);
    if (!running)
        return running.error();
    if (running->has_value())
        return (*running)->host;
    const auto end = table().lastEnd(app);
    if (!end)
        return end.error();
    return end->has_value() ? (*end)->host : QString();
}

/// Under the lock of copies, as leaveSpare(). What cannot go now goes when its host is looked at next.
QCoro::Task<> Fleet::Private::endSpare(Self d, SandboxRecord spare, SandboxBackend *backend)
{
    const Future<void> ending = backend->terminate(spare.id);
    const Status ended = co_await outcomeOf(ending);
    if (!d->q)
        co_return;
    if (ended)
        co_await leaveSpare(d, spare);
    else
        d->keepSpare(spare, ended.error());
    d->stopping.remove(spare.id);
}

/// Its sandbox is gone: the copy of the data too, unless that is the app's own.
QCoro::Task<> Fleet::Private::leaveSpare(Self d, SandboxRecord spare)
{
    const Result<QString> home = d->dataHome(spare.app);
    Status gone = home ? Status() : Status(home.error());
    if (home && *home != spare.host) {
        const HostId host{spare.host};
        gone = co_await forgetDataOn(d, host, QList<AppId>() << spare.app);
    }
    if (!d->q)
        co_return;
    if (gone)
        d->dropRecord(spare.id);
    else
        d->keepSpare(spare, gone.error());
}

void Fleet::Private::keepSpare(SandboxRecord spare, const Error &why)
{
    qCInfo(logCore, "what a move left is not gone: %s", qUtf8Printable(why.text));
    spare.creator.clear();
    if (const Status noted = table().put(spare); !noted)
        qCWarning(logCore, "what a move left is not noted: %s", qUtf8Printable(noted.error().detail));
}

/// Those that nobody needs any more, and that a look at this backend may take away.
Result<QList<SandboxRecord>> Fleet::Private::spareOn(const HostId &host, const QString &backend) const
{
    const auto all = table().spares();
    if (!all)
        return all;
    QList<SandboxRecord> spares;
    for (const SandboxRecord &spare : *all) {
        const bool seen = spare.host == host.value && (spare.backend == backend || spare.backend.isEmpty());
        if (seen && !processLives(spare.creator))
            spares.append(spare);
    }
    return spares;
}

bool Fleet::Private::isPurged(const AppId &app) const
{
    const auto record = parts.store->apps().get(app);
    return !record && record.error().kind == ErrorKind::NotFound;
}

/// Their sandboxes are reaped. What is copied right now is left for the next time.
QCoro::Task<> Fleet::Private::leaveSpares(Self d, HostId host, QString backend)
{
    const auto spares = d->spareOn(host, backend);
    if (!d->parts.hosts || !spares)
        co_return;
    QList<SandboxRecord> purged;
    for (const SandboxRecord &spare : *spares) {
        if (d->isPurged(spare.app)) {
            purged.append(spare);
            continue;
        }
        FileLock copying(d->copyLockFile(spare.app));
        const bool alone = co_await takeLock(&copying, true, spareLockDeadline);
        if (alone && d->q)
            co_await leaveSpare(d, spare);
        if (!d->q)
            co_return;
    }
    const Status left = co_await leavePurged(d, host, purged);
    if (!left && d->q)
        qCInfo(logCore, "%s", qUtf8Printable(left.error().text));
}

/// Many at once.
QCoro::Task<Status> Fleet::Private::leavePurged(Self d, HostId host, QList<SandboxRecord> spares)
{
    QList<AppId> apps;
    for (const SandboxRecord &spare : std::as_const(spares))
        apps.append(spare.app);
    const Status removed = co_await forgetDataOn(d, host, apps);
    if (!d->q)
        co_return cancelledError();
    for (const SandboxRecord &spare : std::as_const(spares)) {
        if (removed)
            d->dropRecord(spare.id);
    }
    co_return removed;
}

} // namespace Flotilla
