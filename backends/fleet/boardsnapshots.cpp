// SPDX-License-Identifier: GPL-3.0-or-later
// Snapshots of apps, and apps made from them.
#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/fleet/fleetboardprivate.h"
#include "backends/fleet/hostservice.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QPointer>

namespace Flotilla {

namespace {

constexpr int mostForks = 1000;
constexpr int forksAtOnce = 8;

Error closing()
{
    return {ErrorKind::Cancelled, {}, QStringLiteral("the service went away")};
}

Status snapshotGone(const QString &host)
{
    return Error{
        ErrorKind::NotFound,
        FleetBoard::tr("The snapshot that was asked for is not on %1 any more. The app is as it was.").arg(host),
        {}};
}

SnapshotInfo toInfo(const SnapshotRecord &record)
{
    SnapshotInfo info;
    info.id = record.id;
    info.sandbox = record.sandbox;
    info.app = record.app;
    info.host = {record.host};
    info.backend = record.backend;
    info.label = record.label;
    info.bytes = record.bytes;
    info.created = record.created;
    return info;
}

SnapshotRecord toRecord(const SnapshotInfo &info, int version)
{
    return {.id = info.id,
            .app = info.app,
            .sandbox = info.sandbox,
            .host = info.host.value,
            .backend = info.backend,
            .label = info.label,
            .version = version,
            .bytes = info.bytes,
            .created = info.created};
}

} // namespace

void FleetBoard::Private::tell(const SnapshotInfo &info, const AppId &app, const QString &kind, const QString &text)
{
    FleetEvent event;
    event.host = info.host.value;
    event.app = app;
    event.sandbox = info.sandbox;
    event.kind = kind;
    event.text = text;
    events.add(event);
}

/// The version that the app had when it was taken; 0: not known.
int FleetBoard::Private::versionOf(const SnapshotInfo &snapshot) const
{
    const auto records = parts.store->board().snapshots(snapshot.app);
    if (!records)
        return 0;
    for (const SnapshotRecord &record : *records) {
        if (record.id == snapshot.id)
            return record.version;
    }
    return 0;
}

QCoro::Task<Result<SnapshotInfo>> FleetBoard::Private::take(QPointer<FleetBoard> q, AppId app, QString label)
{
    if (!q->d->parts.fleet->current(app)) {
        const Status woken = co_await outcome(q->d->parts.wake(app));
        if (!q)
            co_return closing();
        if (!woken)
            co_return woken.error();
    }
    const Result<SandboxInfo> sandbox = q->d->parts.fleet->current(app);
    if (!sandbox)
        co_return sandbox.error();
    const Result<SandboxBackend *> backend =
        co_await outcome(q->d->parts.hosts->backend(sandbox->host, sandbox->backend));
    if (!q)
        co_return closing();
    if (!backend)
        co_return backend.error();
    const SnapshotId id{newId()}; // no braces inside a co_await: GCC 12 destroys such temporaries twice
    const Future<SnapshotInfo> taking = (*backend)->snapshot(sandbox->id, id, label.left(200));
    Result<SnapshotInfo> taken = co_await outcome(taking);
    if (!q || !taken)
        co_return taken;
    taken->app = app;
    taken->host = sandbox->host;
    taken->backend = sandbox->backend;
    const auto version = q->d->parts.store->versions().get(app, 0);
    const Status kept = q->d->parts.store->board().putSnapshot(toRecord(*taken, version ? version->number : 0));
    if (!kept)
        co_return kept.error();
    q->d->tell(*taken, app, QStringLiteral("snapshot"), FleetBoard::tr("A snapshot was taken."));
    co_return taken;
}

QCoro::Task<Status> FleetBoard::Private::drop(QPointer<FleetBoard> q, SnapshotInfo snapshot)
{
    const Result<SandboxBackend *> backend =
        co_await outcome(q->d->parts.hosts->backend(snapshot.host, snapshot.backend));
    if (!q)
        co_return closing();
    if (!backend && backend.error().kind != ErrorKind::NotFound) // NotFound: its host was removed
        co_return backend.error();
    if (backend) {
        const Status removed = co_await outcome((*backend)->removeSnapshot(snapshot.id));
        if (!q)
            co_return closing();
        if (!removed)
            co_return removed;
    }
    const Status forgotten = q->d->parts.store->board().removeSnapshot(snapshot.id);
    co_return forgotten;
}

bool FleetBoard::Private::isKnown(const SnapshotInfo &snapshot) const
{
    const auto records = parts.store->board().snapshots(snapshot.app);
    return records && std::any_of(records->cbegin(), records->cend(),
                                  [&](const SnapshotRecord &record) { return record.id == snapshot.id; });
}

/// Somebody else may have removed it meanwhile.
QCoro::Task<Status> FleetBoard::Private::isThere(QPointer<FleetBoard> q, SnapshotInfo snapshot)
{
    const QString label = q->d->parts.hosts->card(snapshot.host).config.label;
    if (!q->d->isKnown(snapshot))
        co_return snapshotGone(label);
    const Result<SandboxBackend *> backend =
        co_await outcome(q->d->parts.hosts->backend(snapshot.host, snapshot.backend));
    if (!q)
        co_return closing();
    if (!backend)
        co_return backend.error();
    const Future<QList<SnapshotInfo>> listing = (*backend)->snapshots();
    const Result<QList<SnapshotInfo>> list = co_await outcome(listing);
    if (!q)
        co_return closing();
    if (!list)
        co_return list.error();
    const bool there =
        std::any_of(list->cbegin(), list->cend(), [&](const SnapshotInfo &one) { return one.id == snapshot.id; });
    if (there)
        co_return Status();
    const Status forgotten = q->d->parts.store->board().removeSnapshot(snapshot.id);
    co_return forgotten ? snapshotGone(label) : forgotten;
}

Status FleetBoard::Private::checkRestore(const SnapshotInfo &snapshot) const
{
    const auto app = parts.store->apps().get(snapshot.app);
    if (!app || app->image.isEmpty() || snapshot.backend != QLatin1String("bubblewrap"))
        return {};
    return Error{
        ErrorKind::Unsupported,
        FleetBoard::tr("This snapshot was taken by bubblewrap, but the app runs in the container image %1 now. "
                       "Take the image from it first (flotillactl move %2 --container-image \"\"), or fork the "
                       "snapshot.")
            .arg(app->image, snapshot.app.value),
        {}};
}

QCoro::Task<Status> FleetBoard::Private::restore(QPointer<FleetBoard> q, SnapshotInfo snapshot)
{
    const AppId app = snapshot.app;
    const Result<std::shared_ptr<void>> reserved = co_await outcome(reserveApp(q->d->parts, app));
    if (!q)
        co_return closing();
    if (!reserved)
        co_return reserved.error();
    if (const Status possible = q->d->checkRestore(snapshot); !possible)
        co_return possible;
    const Status there = co_await isThere(q, snapshot); // before anything is ended for it
    if (!there || !q)
        co_return there;
    const Result<SandboxInfo> begun = co_await outcome(q->d->parts.fleet->acquireFrom(app, snapshot));
    if (!q)
        co_return closing();
    if (!begun) {
        co_await outcome(q->d->parts.wake(app)); // as it was, from the store
        co_return begun.error();
    }
    const int version = q->d->versionOf(snapshot);
    if (version > 0 && q->d->parts.restoreVersion) {
        const Status restored = co_await outcome(q->d->parts.restoreVersion(app, version));
        if (!restored || !q)
            co_return restored;
    }
    q->d->tell(snapshot, app, QStringLiteral("restored"), FleetBoard::tr("It became what a snapshot holds."));
    const Status woken = co_await outcome(q->d->parts.wake(app));
    co_return woken;
}

QCoro::Task<Result<AppId>> FleetBoard::Private::forkOne(QPointer<FleetBoard> q, AppId app, SnapshotInfo snapshot)
{
    const Result<AppId> copy = co_await outcome(q->d->parts.duplicate(app, q->d->versionOf(snapshot)));
    if (!q || !copy)
        co_return copy;
    const Status filled = co_await fillFork(q, *copy, snapshot);
    if (!q)
        co_return closing();
    if (filled)
        co_return copy;
    co_await outcome(q->d->parts.moveToBin(*copy)); // without what it was to hold nobody wants it
    co_return filled.error();
}

QCoro::Task<Status> FleetBoard::Private::fillFork(QPointer<FleetBoard> q, AppId copy, SnapshotInfo snapshot)
{
    const Status placed = q->d->parts.store->apps().place(copy, snapshot.host.value, snapshot.backend);
    if (!placed)
        co_return placed;
    const bool withoutImage = snapshot.backend == QLatin1String("bubblewrap");
    if (const Status bare = withoutImage ? q->d->parts.store->apps().setImage(copy, {}) : Status(); !bare)
        co_return bare;
    const Result<SandboxInfo> begun = co_await outcome(q->d->parts.fleet->acquireFrom(copy, snapshot));
    if (!q)
        co_return closing();
    if (!begun)
        co_return begun.error();
    q->d->noteFork(copy, snapshot);
    const Status woken = co_await outcome(q->d->parts.wake(copy));
    co_return woken;
}

void FleetBoard::Private::noteFork(const AppId &copy, const SnapshotInfo &snapshot)
{
    tell(snapshot, copy, QStringLiteral("forked"), FleetBoard::tr("It was made from a snapshot."));
    q->noteApp(copy);
}

QCoro::Task<Result<QList<AppId>>> FleetBoard::Private::forkAll(QPointer<FleetBoard> q, AppId app, SnapshotInfo snapshot,
                                                               int count)
{
    QList<AppId> made;
    QList<Future<AppId>> flying;
    std::optional<Error> failure;
    for (int begun = 0; begun < count || !flying.isEmpty();) {
        if (begun < count && flying.size() < forksAtOnce && !failure) {
            flying.append(toFuture(forkOne(q, app, snapshot)));
            ++begun;
            continue;
        }
        if (flying.isEmpty())
            break;
        const Future<AppId> first = flying.takeFirst();
        const Result<AppId> one = co_await outcome(first);
        if (!q)
            co_return closing();
        if (one)
            made.append(*one);
        else if (!failure)
            failure = one.error();
    }
    if (failure)
        co_return *failure;
    co_return made;
}

QCoro::Task<Result<QList<AppId>>> FleetBoard::Private::fork(QPointer<FleetBoard> q, AppId app,
                                                            std::optional<SnapshotInfo> snapshot, int count)
{
    if (count < 1 || count > mostForks)
        co_return Error{ErrorKind::Invalid, FleetBoard::tr("Between 1 and %1 at once.").arg(mostForks), {}};
    const bool passing = !snapshot; // taken for this only
    if (!passing) {
        const Status there = co_await isThere(q, *snapshot);
        if (!there || !q)
            co_return there ? closing() : there.error();
    }
    if (passing) {
        const Result<SnapshotInfo> taken = co_await take(q, app, FleetBoard::tr("For a fork"));
        if (!q)
            co_return closing();
        if (!taken)
            co_return taken.error();
        snapshot = *taken;
    }
    const Result<QList<AppId>> made = co_await forkAll(q, app, *snapshot, count);
    if (!q)
        co_return closing();
    if (passing)
        co_await drop(q, *snapshot);
    co_return made;
}

Future<SnapshotInfo> FleetBoard::snapshot(const AppId &app, const QString &label)
{
    return onThread(this, [this, app, label] { return Private::take(this, app, label); });
}

Future<QList<SnapshotInfo>> FleetBoard::snapshots(const AppId &app)
{
    return onThread(this, [this, app]() -> Result<QList<SnapshotInfo>> {
        const auto records = d->parts.store->board().snapshots(app);
        if (!records)
            return records.error();
        QList<SnapshotInfo> list;
        for (const SnapshotRecord &record : *records)
            list.append(toInfo(record));
        return list;
    });
}

Future<void> FleetBoard::removeSnapshot(const SnapshotInfo &snapshot)
{
    return onThread(this, [this, snapshot] { return Private::drop(this, snapshot); });
}

Future<void> FleetBoard::restoreSnapshot(const SnapshotInfo &snapshot)
{
    return onThread(this, [this, snapshot] { return Private::restore(this, snapshot); });
}

Future<QList<AppId>> FleetBoard::fork(const AppId &app, const std::optional<SnapshotInfo> &snapshot, int count)
{
    return onThread(this, [this, app, snapshot, count] { return Private::fork(this, app, snapshot, count); });
}

} // namespace Flotilla
