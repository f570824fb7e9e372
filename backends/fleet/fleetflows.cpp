// SPDX-License-Identifier: GPL-3.0-or-later
// One app at a time: acquire, adopt, release.
#include "backends/core/clock.h"
#include "backends/core/log.h"
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/outcome.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/filelock.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QCoroTimer>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr int claimAttempts = 4;
constexpr std::chrono::milliseconds creatorDeadline{20'000}, creatorLook{20}, creationLockDeadline{5'000};

SandboxInfo failedInfo(const SandboxRecord &record, const Error &error)
{
    SandboxInfo info = toInfo(record);
    info.state = SandboxState::Failed;
    if (error.kind == ErrorKind::Cancelled) { // as somebody wished
        info.state = SandboxState::Stopped;
        return info;
    }
    info.reason = error.kind == ErrorKind::Unsupported ? SandboxReason::PolicyUnsupported
                  : error.kind == ErrorKind::Timeout   ? SandboxReason::ReadinessTimeout
                  : error.kind == ErrorKind::DiskFull  ? SandboxReason::OutOfDisk
                                                       : SandboxReason::BackendError;
    info.detail = error.text;
    return info;
}

SandboxInfo lostInfo(const SandboxRecord &record)
{
    SandboxInfo info = toInfo(record);
    info.state = SandboxState::Lost;
    info.reason = SandboxReason::None;
    info.detail = Fleet::tr("It ended while nobody was looking.");
    return info;
}

Error endedAtOnce(const SandboxInfo &end)
{
    return {ErrorKind::Unavailable,
            Fleet::tr("The app's sandbox ended right after its start: %1").arg(describe(end.state, end.reason)),
            end.detail};
}

/// The host, and not another program that is busy with the app.
bool isAway(const Error &error)
{
    return error.kind != ErrorKind::Conflict && error.kind != ErrorKind::Cancelled;
}

Result<bool> trueOr(const Status &status)
{
    return status ? Result<bool>(true) : Result<bool>(status.error());
}

Status asStatus(const Result<bool> &result)
{
    return result ? Status() : Status(result.error());
}

Error taken()
{
    return {
        ErrorKind::Conflict, Fleet::tr("Another program is starting or stopping this app. Try again in a moment."), {}};
}

} // namespace

/// Shared: creations go on side by side; alone: nobody creates (see reconcileBackend). `lock` outlives the task.
QCoro::Task<bool> Fleet::Private::takeLock(FileLock *lock, bool alone, std::chrono::milliseconds deadline)
{
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (!(alone ? lock->tryExclusive() : lock->tryShared())) {
        if (!lock->isOpen() || std::chrono::steady_clock::now() >= end)
            co_return false;
        co_await QCoro::sleepFor(3ms);
    }
    co_return true;
}

bool Fleet::Private::usable(SandboxBackend *backend, const SandboxInfo &info)
{
    return info.state == SandboxState::Running && backend->agent(info.id).ok();
}

Result<bool> Fleet::Private::falseUnlessGone() const
{
    return q ? Result<bool>(false) : Result<bool>(cancelledError());
}

QCoro::Task<> Fleet::Private::answerWaiters(Self d, AppId app)
{
    const Result<SandboxInfo> result = co_await acquire(d, app);
    const QList<Promise> answered = d->waiters.take(app);
    for (const Promise &promise : answered) {
        promise->addResult(result);
        promise->finish();
    }
}

QCoro::Task<bool> Fleet::Private::enterGate(Self d, AppId app)
{
    if (!d->gates.tryEnter(app)) {
        QFuture<void> turn = d->gates.wait(app);
        co_await turn;
    }
    co_return d->q != nullptr;
}

QCoro::Task<Result<SandboxInfo>> Fleet::Private::acquire(Self d, AppId app)
{
    if (!co_await enterGate(d, app))
        co_return cancelledError();
    const GateHold hold(d, app);
    co_return co_await acquireInside(d, app);
}

/// Behind the app's gate.
QCoro::Task<Result<SandboxInfo>> Fleet::Private::acquireInside(Self d, AppId app)
{
    for (int attempt = 0; attempt < claimAttempts; ++attempt) {
        if (const auto entry = d->entries.constFind(app); entry != d->entries.constEnd()) {
            const Result<bool> recorded = d->stillRecorded(*entry);
            if (!recorded)
                co_return recorded.error();
            if (*recorded && entry->info.state == SandboxState::Running)
                co_return entry->info;
            d->entries.remove(app);
        }
        const Result<std::optional<SandboxRecord>> known = d->table().of(app);
        if (!known)
            co_return known.error();
        if (known->has_value()) {
            const Result<bool> found = co_await adopt(d, **known);
            if (!found)
                co_return found.error();
            continue;
        }
        const Result<Site> site = co_await chooseSite(d, app);
        if (!site || !d->q) {
            if (site)
                co_return cancelledError();
            co_return site.error();
        }
        FileLock creation(d->lockFile());
        if (!co_await takeLock(&creation, false, creationLockDeadline))
            co_return taken();
        if (!d->q)
            co_return cancelledError();
        const SandboxRecord wanted = d->newRecord(app, *site);
        const Result<SandboxRecord> claimed = d->table().claim(wanted);
        if (!claimed)
            co_return claimed.error();
        if (const auto gone = d->dataElsewhere(app, site->host);
            claimed->id == wanted.id && gone && gone->has_value()) { // another program took its data away meanwhile
            d->dropRecord(wanted.id);
            continue;
        }
        if (claimed->id == wanted.id)
            co_return co_await create(d, wanted, *site);
        creation.unlock();
        const Result<bool> adopted = co_await adopt(d, *claimed);
        if (!adopted)
            co_return adopted.error();
    }
    co_return taken();
}

QCoro::Task<Result<SandboxInfo>> Fleet::Private::create(Self d, SandboxRecord record, Site site)
{
    SandboxBackend *backend = site.backend;
    d->watchBackend(backend);
    d->creating.insert(record.id, Birth{toInfo(record), backend});
    Q_EMIT d->q->changed(toInfo(record));
    const Result<SandboxInfo> created = co_await outcomeOf(backend->create(d->specOf(record, site)));
    if (!d->q)
        co_return cancelledError();
    const std::optional<SandboxInfo> death = d->creating.take(record.id).death;
    if (!created) {
        const SandboxInfo end = failedInfo(record, created.error());
        co_await leaveNothing(d, backend, end);
        co_return created.error();
    }
    if (death || created->state != SandboxState::Running) {
        SandboxInfo end = death.value_or(*created);
        end.app = record.app;
        if (isAlive(end.state))
            end.state = SandboxState::Failed;
        co_await leaveNothing(d, backend, end);
        co_return endedAtOnce(end);
    }
    if (const Status stored = d->enter(*created, record, backend); !stored)
        qCWarning(logCore, "running sandbox not recorded: %s", qUtf8Printable(stored.error().detail));
    d->tell(d->entries[record.app].info, QStringLiteral("created"), Fleet::tr("Its sandbox was started."));
    co_return Result<SandboxInfo>(d->entries[record.app].info); // QCoro 0.8 would move out of a plain lvalue
}

/// Whatever a failed creation left behind goes before its record does: without that nobody would look for it. When the
/// host is away the record stays until it is back.
QCoro::Task<> Fleet::Private::leaveNothing(Self d, SandboxBackend *backend, SandboxInfo end)
{
    const Future<void> ending = backend->terminate(end.id);
    const Result<void> ended = co_await outcomeOf(ending);
    if (!d->q)
        co_return;
    if (ended)
        co_return d->leave(end);
    qCWarning(logCore, "what a failed sandbox left is not gone: %s", qUtf8Printable(ended.error().detail));
    d->keepUnwanted(end);
    Q_EMIT d->q->changed(end);
}

/// The same for one that died by itself; its app does nothing else meanwhile.
QCoro::Task<> Fleet::Private::clearAway(Self d, AppId app, SandboxId id, SandboxBackend *backend)
{
    if (!co_await enterGate(d, app))
        co_return;
    const GateHold hold(d, app);
    if (!d->watched.contains(backend))
        co_return;
    const Future<void> ending = backend->terminate(id);
    co_await outcomeOf(ending);
}

/// False when the record went away meanwhile. A creator that died in the middle ends the wait too.
QCoro::Task<bool> Fleet::Private::waitForCreator(Self d, SandboxRecord record)
{
    const auto end = std::chrono::steady_clock::now() + creatorDeadline;
    const QString creating = toString(SandboxState::Creating);
    while (record.state == creating && record.creator != processMark() && processLives(record.creator)) {
        if (std::chrono::steady_clock::now() >= end)
            break;
        co_await QCoro::sleepFor(creatorLook);
        if (!d->q)
            co_return false;
        const Result<std::optional<SandboxRecord>> now = d->table().of(record.app);
        if (!now || !now->has_value() || (*now)->id != record.id)
            co_return false;
        record = **now;
    }
    co_return true;
}

/// Makes a sandbox that is in the table ours to use. False: it is gone, and out of the table.
QCoro::Task<Result<bool>> Fleet::Private::adopt(Self d, SandboxRecord record)
{
    if (!co_await waitForCreator(d, record))
        co_return d->falseUnlessGone();
    const HostId host{record.host}; // no braces inside a co_await: GCC 12 destroys such temporaries twice
    const Result<SandboxBackend *> opened = co_await outcomeOf(d->backendFor(host, record.backend));
    if (!d->q)
        co_return cancelledError();
    if (!opened && opened.error().kind == ErrorKind::NotFound) { // the host was removed
        d->leave(lostInfo(record));
        co_return false;
    }
    if (!opened)
        co_return opened.error();
    SandboxBackend *backend = *opened;
    const Result<SandboxInfo> found = co_await outcomeOf(backend->get(record.id));
    if (!d->q)
        co_return cancelledError();
    if (found && usable(backend, *found)) {
        const Status stored = d->enter(*found, record, backend);
        co_return trueOr(stored);
    }
    co_return co_await adoptThroughReconcile(d, record, backend);
}

QCoro::Task<Result<bool>> Fleet::Private::adoptThroughReconcile(Self d, SandboxRecord record, SandboxBackend *backend)
{
    const Result<Census> census = co_await reconcileBackend(d, backend);
    if (!census)
        co_return census.error();
    if (const auto info = census->found.constFind(record.id);
        info != census->found.constEnd() && usable(backend, *info)) {
        const Status stored = d->enter(*info, record, backend);
        co_return trueOr(stored);
    }
    if (!census->complete)
        co_return taken();
    d->leave(lostInfo(record));
    co_return false;
}

/// One that another program made.
QCoro::Task<> Fleet::Private::adoptQuietly(Self d, SandboxRecord record)
{
    if (!co_await enterGate(d, record.app))
        co_return;
    const GateHold hold(d, record.app);
    if (d->entries.contains(record.app))
        co_return;
    const Result<bool> adopted = co_await adopt(d, record);
    if (!adopted)
        qCDebug(logCore, "not adopted: %s", qUtf8Printable(adopted.error().detail));
}

QCoro::Task<Status> Fleet::Private::release(Self d, AppId app)
{
    if (!co_await enterGate(d, app))
        co_return cancelledError();
    const GateHold hold(d, app);
    co_return co_await releaseInside(d, app);
}

/// What a purged app stored goes too.
QCoro::Task<Status> Fleet::Private::releaseForGood(Self d, AppId app)
{
    const Status released = co_await release(d, app);
    if (!d->q || !d->isPurged(app))
        co_return released;
    const Status forgotten = co_await forgetData(d, QList<AppId>() << app);
    co_return released ? forgotten : released;
}

/// Behind the app's gate. Another program may move the app meanwhile: then what it was moved to is ended.
QCoro::Task<Status> Fleet::Private::releaseInside(Self d, AppId app)
{
    for (int attempt = 0; attempt < claimAttempts; ++attempt) {
        if (!d->entries.contains(app)) {
            const Result<std::optional<SandboxRecord>> record = d->table().of(app);
            if (!record)
                co_return record.error();
            if (!record->has_value())
                co_return Status();
            const Result<bool> adopted = co_await adopt(d, **record); // a backend ends only what it knows
            if (!adopted && d->q && isAway(adopted.error()))
                d->keepUnwanted(toInfo(**record));
            if (!adopted)
                co_return adopted.error();
            if (!*adopted)
                continue;
        }
        const Result<bool> stopped = co_await stop(d, app);
        if (!stopped || *stopped)
            co_return asStatus(stopped);
    }
    co_return taken();
}

/// False: it is not the app's sandbox any more, because another program moved the app.
QCoro::Task<Result<bool>> Fleet::Private::stop(Self d, AppId app, SandboxReason reason)
{
    const Entry entry = d->entries[app];
    SandboxInfo info = entry.info;
    info.state = SandboxState::Stopping;
    const Result<bool> ours = d->table().stopping(toRecord(info)); // so that no other program takes its end for a death
    if (ours && !*ours) {
        d->entries.remove(app);
        co_return false;
    }
    if (!ours)
        qCWarning(logCore, "unwanted sandbox not noted: %s", qUtf8Printable(ours.error().detail));
    d->stopping.insert(info.id);
    d->entries[app].info = info;
    Q_EMIT d->q->changed(info);
    const Result<void> ended = co_await outcomeOf(entry.backend->terminate(info.id));
    if (!d->q)
        co_return cancelledError();
    d->stopping.remove(info.id);
    if (!ended) { // still there as far as anybody knows: it can be stopped again, and is when its host comes back
        d->entries[app] = entry;
        d->keepUnwanted(entry.info);
        Q_EMIT d->q->changed(entry.info);
        co_return ended.error();
    }
    info.state = SandboxState::Stopped;
    info.reason = reason;
    if (reason != SandboxReason::None)
        info.detail = describe(info.state, reason);
    d->leave(info);
    co_return true;
}

} // namespace Flotilla
