// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/fleetboard.h"

#include "backends/core/clock.h"
#include "backends/core/log.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/fleetboardprivate.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

namespace {

constexpr int flushMs = 100;
constexpr int boardFollowMs = 3'000;
constexpr double busyPercent = 2; ///< of one core: it does something, so it is not idle

} // namespace

FleetBoard::Private::Private(FleetBoard *board, Parts boardParts)
    : q(board)
    , parts(std::move(boardParts))
    , events(parts.store, parts.clock ? parts.clock : &Clock::system())
    , sampler([hosts = parts.hosts] { return hosts->openBackends(); })
{
    if (!parts.clock)
        parts.clock = &Clock::system();
    flushTimer.setSingleShot(true);
    flushTimer.setInterval(flushMs);
    QObject::connect(&flushTimer, &QTimer::timeout, q, [this] { flush(); });
    followTimer.setInterval(boardFollowMs);
    followTimer.setTimerType(Qt::VeryCoarseTimer);
    QObject::connect(&followTimer, &QTimer::timeout, q, [this] { followStore(); });
    QObject::connect(&sampler, &MetricsSampler::sampled, q, [this](const QHash<SandboxId, SandboxMetrics> &metrics) {
        for (auto it = metrics.cbegin(); it != metrics.cend(); ++it)
            noteMetrics(it.key(), it.value());
        scheduleFlush();
    });
    QObject::connect(&events, &EventLog::added, q, &FleetBoard::eventAdded);
}

void FleetBoard::Private::noteMetrics(const SandboxId &id, const SandboxMetrics &metrics)
{
    const FleetRow *row = rows.setMetrics(id, metrics, parts.clock->monotonic());
    if (row && row->cpuPercent.value_or(0) > busyPercent)
        parts.fleet->touch(row->app);
}

Status FleetBoard::Private::load()
{
    if (loaded)
        return {};
    for (const HostCard &card : parts.hosts->cards())
        rows.setHost(card);
    if (const Status read = loadRows(); !read)
        return read;
    const Result<qint64> version = parts.store->changesByOthers();
    seenVersion = version ? *version : -1;
    rows.takeChanges();
    loaded = true;
    followTimer.start();
    events.follow();
    sampler.begin();
    return {};
}

Status FleetBoard::Private::loadRows()
{
    const auto apps = parts.store->apps().list();
    const auto versions = parts.store->versions().newest();
    const auto labels = parts.store->board().labels();
    const auto ends = parts.store->sandboxes().lastEnds();
    const auto alive = parts.store->sandboxes().list();
    if (!apps || !versions || !labels || !ends || !alive)
        return !apps       ? apps.error()
               : !versions ? versions.error()
               : !labels   ? labels.error()
               : !ends     ? ends.error()
                           : alive.error();
    const QList<AppId> known = rows.apps();
    QSet<AppId> gone(known.cbegin(), known.cend());
    for (const AppRecord &app : *apps) {
        gone.remove(app.id);
        rows.setApp(app, versions->value(app.id), labels->value(app.id));
    }
    for (const AppId &app : std::as_const(gone))
        rows.removeApp(app);
    QSet<AppId> awake;
    for (const SandboxRecord &record : *alive) {
        rows.setSandbox(toInfo(record));
        awake.insert(record.app);
    }
    for (const SandboxRecord &record : *ends) {
        if (!awake.contains(record.app))
            rows.setSandbox(toInfo(record));
    }
    return {};
}

Status FleetBoard::Private::readApp(const AppId &app)
{
    const auto record = parts.store->apps().get(app);
    if ((!record && record.error().kind == ErrorKind::NotFound) || (record && record->deleted)) {
        rows.removeApp(app);
        return {};
    }
    const auto labels = parts.store->board().labelsOf(app);
    if (!record || !labels)
        return record ? labels.error() : record.error();
    const auto version = parts.store->versions().get(app, 0);
    const bool isNew = !rows.contains(app);
    rows.setApp(*record, version ? version->number : 0, *labels);
    if (!isNew)
        return {};
    if (const auto current = parts.fleet->current(app))
        rows.setSandbox(*current);
    else if (const auto end = parts.store->sandboxes().lastEnd(app); end && end->has_value())
        rows.setSandbox(toInfo(**end));
    return {};
}

void FleetBoard::Private::noteSandbox(const SandboxInfo &info)
{
    if (!loaded)
        return;
    if (!rows.setSandbox(info))
        staleApps.insert(info.app);
    scheduleFlush();
}

void FleetBoard::Private::noteHost(const HostCard &card)
{
    if (!loaded)
        return;
    rows.setHost(card);
    scheduleFlush();
}

void FleetBoard::Private::scheduleFlush()
{
    if ((rows.hasChanges() || !staleApps.isEmpty()) && !flushTimer.isActive())
        flushTimer.start();
}

void FleetBoard::writeEvents()
{
    d->events.flush();
}

void FleetBoard::Private::flush()
{
    const QSet<AppId> stale = std::exchange(staleApps, {});
    for (const AppId &app : stale) {
        if (const Status read = readApp(app); !read)
            qCWarning(logCore, "row of %s not read: %s", qUtf8Printable(app.value),
                      qUtf8Printable(read.error().detail));
    }
    const BoardRows::Changes changes = rows.takeChanges();
    if (!changes.changed.isEmpty() || !changes.removed.isEmpty())
        Q_EMIT q->rowsChanged(changes.changed, changes.removed);
}

/// Another program made, renamed or deleted apps.
void FleetBoard::Private::followStore()
{
    const Result<qint64> version = parts.store->changesByOthers();
    if (!version || *version == seenVersion)
        return;
    seenVersion = *version;
    if (const Status read = loadRows(); !read)
        qCWarning(logCore, "the board was not read: %s", qUtf8Printable(read.error().detail));
    scheduleFlush();
}

FleetBoard::FleetBoard(Parts parts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, std::move(parts)))
{
    connect(d->parts.fleet, &Fleet::changed, this, [this](const SandboxInfo &info) { d->noteSandbox(info); });
    connect(d->parts.fleet, &Fleet::happened, this, [this](const FleetEvent &event) { d->events.add(event); });
    connect(d->parts.hosts, &HostService::hostChanged, this, [this](const HostCard &card) { d->noteHost(card); });
    connect(d->parts.hosts, &HostService::hostRemoved, this, [this](const HostId &id) { d->rows.forgetHost(id); });
}

FleetBoard::~FleetBoard() = default;

Future<QList<FleetRow>> FleetBoard::rows()
{
    return onThread(this, [this]() -> Result<QList<FleetRow>> {
        if (const Status loaded = d->load(); !loaded)
            return loaded.error();
        return d->rows.all();
    });
}

void FleetBoard::setWatched(bool watched)
{
    QMetaObject::invokeMethod(this, [this, watched] {
        d->sampler.setWatched(watched);
        d->parts.hosts->setWatched(watched);
    });
}

Future<QList<FleetItemResult>> FleetBoard::apply(const QString &job, FleetAction action, const QList<AppId> &apps,
                                                 const QString &argument)
{
    return onThread(this, [=, this] { return d->apply(job, action, apps, argument); });
}

Future<QList<FleetItemResult>> FleetBoard::drain(const QString &job, const HostId &host)
{
    return onThread(this, [=, this] { return d->drain(job, host); });
}

void FleetBoard::cancel(const QString &job)
{
    QMetaObject::invokeMethod(this, [this, job] {
        if (const auto found = d->jobs.constFind(job); found != d->jobs.constEnd())
            (*found)->cancelled = true;
    });
}

Future<QList<FleetEvent>> FleetBoard::events(const AppId &app, int limit)
{
    return onThread(this, [this, app, limit] { return d->events.list(app, limit); });
}

void FleetBoard::noteApp(const AppId &app)
{
    if (!d->loaded)
        return;
    d->staleApps.insert(app);
    d->scheduleFlush();
}

void FleetBoard::noteAppRemoved(const AppId &app)
{
    if (!d->loaded)
        return;
    d->rows.removeApp(app);
    d->scheduleFlush();
}

} // namespace Flotilla
