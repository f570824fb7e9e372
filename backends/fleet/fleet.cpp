// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/fleet.h"

#include "backends/core/clock.h"
#include "backends/core/log.h"
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QRegularExpression>

namespace Flotilla {

namespace {

constexpr int followMs = 3000;
constexpr int idleLookMs = 20'000;

bool isPlainId(const AppId &app)
{
    static const QRegularExpression plain(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9_-]{0,63}\\z"));
    return plain.match(app.value).hasMatch();
}

Error noSuchApp(const AppId &app)
{
    return {ErrorKind::Invalid, Fleet::tr("\"%1\" is not the name of an app.").arg(app.value.left(64)), {}};
}

} // namespace

SandboxRepository &Fleet::Private::table() const
{
    return parts.store->sandboxes();
}

SandboxRecord Fleet::Private::newRecord(const AppId &app, const Site &site) const
{
    SandboxRecord record;
    record.id = {newId()};
    record.app = app;
    record.host = site.host.value;
    record.backend = site.backend->info().name;
    record.state = toString(SandboxState::Creating);
    record.created = parts.clock->now();
    record.creator = processMark();
    return record;
}

SandboxSpec Fleet::Private::specOf(const SandboxRecord &record, const Site &site) const
{
    SandboxSpec spec;
    spec.id = record.id;
    spec.app = record.app;
    if (parts.limits)
        spec.limits = parts.limits(record.app);
    spec.dataDir = site.dataDir;
    spec.from = site.from;
    spec.image = site.image;
    return spec;
}

void Fleet::Private::watchBackend(SandboxBackend *backend)
{
    if (watched.contains(backend))
        return;
    watched.insert(backend);
    QObject::connect(backend, &SandboxBackend::sandboxChanged, q,
                     [this](const SandboxInfo &info) { backendChanged(info); });
    QObject::connect(backend, &SandboxBackend::answersAgain, q,
                     [this, backend] { reconcileQuietly(shared_from_this(), backend); });
}

/// Its host was removed or is called differently now; what runs there stays in the table.
void Fleet::Private::dropBackend(SandboxBackend *backend)
{
    watched.remove(backend);
    reconciling.remove(backend);
    backend->disconnect(q);
    for (auto entry = entries.begin(); entry != entries.end();)
        entry = entry->backend == backend ? entries.erase(entry) : std::next(entry);
}

void Fleet::Private::dropRecord(const SandboxId &id)
{
    if (const Status removed = table().remove(id); !removed)
        qCWarning(logCore, "record of sandbox %s not removed: %s", qUtf8Printable(id.value),
                  qUtf8Printable(removed.error().detail));
}

QString Fleet::Private::lockFile() const
{
    return parts.store->dir() + QStringLiteral("/fleet.lock");
}

Status Fleet::Private::enter(SandboxInfo info, const SandboxRecord &record, SandboxBackend *backend)
{
    info.app = record.app; // what the table says, not what a backend repeats
    info.host = {record.host};
    info.backend = record.backend;
    info.created = record.created;
    watchBackend(backend);
    const bool news = !entries.contains(record.app) || entries[record.app].info != info;
    entries.insert(record.app, {info, backend});
    if (!used.contains(record.app))
        used.insert(record.app, parts.clock->monotonic());
    SandboxRecord running = toRecord(info);
    const Status stored = running == record ? Status() : table().put(running);
    if (news)
        Q_EMIT q->changed(info);
    return stored;
}

void Fleet::Private::keepUnwanted(const SandboxInfo &info)
{
    SandboxRecord unwanted = toRecord(info);
    unwanted.state = toString(SandboxState::Stopping);
    if (const Status noted = table().put(unwanted); !noted)
        qCWarning(logCore, "unwanted sandbox not noted: %s", qUtf8Printable(noted.error().detail));
}

void Fleet::Private::leave(SandboxInfo info)
{
    const auto entry = entries.constFind(info.app);
    if (entry != entries.constEnd() && entry->info.id == info.id)
        entries.erase(entry);
    const Result<bool> ended = table().end(toRecord(info));
    if (!ended)
        qCWarning(logCore, "end of sandbox %s not recorded: %s", qUtf8Printable(info.id.value),
                  qUtf8Printable(ended.error().detail));
    else if (*ended) // otherwise another program told it
        tell(info, toString(info.state), info.detail.isEmpty() ? describe(info.state, info.reason) : info.detail);
    Q_EMIT q->changed(info);
}

void Fleet::Private::tell(const SandboxInfo &info, const QString &kind, const QString &text)
{
    FleetEvent event;
    event.host = info.host.value;
    event.app = info.app;
    event.sandbox = info.id;
    event.kind = kind;
    event.text = text;
    Q_EMIT q->happened(event);
}

void Fleet::Private::backendChanged(const SandboxInfo &info)
{
    if (const auto early = creating.find(info.id); early != creating.end()) {
        birthChanged(*early, info);
        return;
    }
    if (stopping.contains(info.id))
        return;
    for (Entry &entry : entries) {
        if (entry.info.id != info.id)
            continue;
        SandboxInfo now = entry.info;
        now.state = info.state;
        now.reason = info.reason;
        now.detail = info.detail;
        now.exitCode = info.exitCode;
        const Result<bool> ours = stillRecorded(entry);
        if (!isAlive(now.state) && ours && !*ours) { // another program ended it, and says why
            now.state = SandboxState::Stopped;
            now.reason = SandboxReason::None;
            entries.remove(now.app);
            Q_EMIT q->changed(now);
            return;
        }
        if (!isAlive(now.state)) {
            SandboxBackend *backend = entry.backend;
            leave(now);
            clearAway(shared_from_this(), now.app, now.id, backend);
        } else if (now != entry.info) {
            entry.info = now;
            Q_EMIT q->changed(now);
        }
        return;
    }
}

void Fleet::Private::birthChanged(Birth &birth, const SandboxInfo &info)
{
    if (!isAlive(info.state)) {
        birth.death = info;
        return;
    }
    if (info.state != SandboxState::Creating || info.detail == birth.info.detail)
        return;
    birth.info.detail = info.detail;
    const SandboxInfo shown = birth.info;
    Q_EMIT q->startProgress(shown.app, shown.detail);
    if (!entries.contains(shown.app)) // otherwise it is being moved, and runs meanwhile
        Q_EMIT q->changed(shown);
}

/// Nobody need wait for the image of a sandbox that is not wanted any more.
void Fleet::Private::giveUpStart(const AppId &app)
{
    const QList<Birth> births = creating.values();
    for (const Birth &birth : births) {
        if (birth.info.app == app && !birth.info.detail.isEmpty())
            birth.backend->terminate(birth.info.id);
    }
}

Result<bool> Fleet::Private::stillRecorded(const Entry &entry)
{
    const Result<std::optional<SandboxRecord>> record = table().of(entry.info.app);
    if (!record)
        return record.error();
    return record->has_value() && (*record)->id == entry.info.id &&
           (*record)->state != toString(SandboxState::Stopping);
}

/// Another program ended sandboxes that we know, or made ones that we do not know yet (those are adopted when used).
void Fleet::Private::followTable()
{
    const Result<qint64> version = parts.store->changesByOthers();
    if (!version || *version == seenVersion)
        return;
    const Result<QList<SandboxRecord>> records = table().list();
    if (!records)
        return;
    seenVersion = *version;
    QSet<SandboxId> recorded;
    for (const SandboxRecord &record : *records)
        recorded.insert(record.id);
    const QList<Entry> known = entries.values();
    for (const Entry &entry : known) {
        if (recorded.contains(entry.info.id) || stopping.contains(entry.info.id))
            continue;
        SandboxInfo gone = entry.info;
        gone.state = SandboxState::Stopped;
        entries.remove(gone.app);
        Q_EMIT q->changed(gone);
    }
    for (const SandboxRecord &record : *records) {
        if (record.state == toString(SandboxState::Running) && !entries.contains(record.app) &&
            !gates.isBusy(record.app))
            adoptQuietly(shared_from_this(), record);
    }
}

QString Fleet::Private::endText(const AppId &app) const
{
    const Result<std::optional<SandboxRecord>> end = table().lastEnd(app);
    if (!end || !end->has_value())
        return {};
    const SandboxInfo info = toInfo(**end);
    if (info.state == SandboxState::Stopped && info.reason == SandboxReason::None)
        return {};
    return info.detail.isEmpty() ? describe(info.state, info.reason) : info.detail;
}

GatewayRoute Fleet::Private::closedRoute(const AppId &app) const
{
    if (moving.contains(app))
        return {{}, Fleet::tr("Moving"), Fleet::tr("The app is being moved to another host.")};
    if (waiters.contains(app) || gates.isBusy(app))
        return {{}, Fleet::tr("Starting"), Fleet::tr("The app is being started.")};
    const QString why = endText(app);
    if (why.isEmpty())
        return {{}, Fleet::tr("This app is asleep"), Fleet::tr("Open it in Flotilla to wake it.")};
    return {{}, Fleet::tr("This app has stopped"), why};
}

Fleet::Fleet(Parts parts, QObject *parent)
    : SandboxProvider(parent)
    , d(std::make_shared<Private>())
{
    d->q = this;
    d->parts = std::move(parts);
    d->follow.setInterval(followMs);
    d->follow.setTimerType(Qt::VeryCoarseTimer);
    connect(&d->follow, &QTimer::timeout, this, [this] { d->followTable(); });
    d->follow.start();
    connect(&d->idle, &QTimer::timeout, this, [this] { d->stopIdle(); });
    d->idle.start(idleLookMs);
    for (SandboxBackend *backend : d->openBackends())
        d->watchBackend(backend);
    if (!d->parts.hosts)
        return;
    connect(d->parts.hosts, &HostService::backendOpened, this,
            [this](SandboxBackend *backend) { Private::reconcileQuietly(d, backend); });
    connect(d->parts.hosts, &HostService::backendClosing, this,
            [this](SandboxBackend *backend) { d->dropBackend(backend); });
}

Fleet::~Fleet()
{
    d->q.clear();
    d->follow.stop();
    d->idle.stop();
    d->gates.clear(); // cancels who waits: those flows end
    d->waiters.clear();
}

Future<int> Fleet::reconcile()
{
    return onThread(this, [this] { return Private::reconcile(d); });
}

Future<QList<FleetEntry>> Fleet::list()
{
    return onThread(this, [this] { return Private::list(d); });
}

Future<SandboxMetrics> Fleet::metrics(const AppId &app)
{
    return onThread(this, [this, app] {
        const auto entry = d->entries.constFind(app);
        touch(app);
        return entry == d->entries.constEnd() ? readyFuture<SandboxMetrics>(noSuchApp(app))
                                              : entry->backend->metrics(entry->info.id);
    });
}

Future<int> Fleet::stopAll()
{
    return onThread(this, [this] { return Private::stopAll(d); });
}

Future<void> Fleet::releaseAll(const QList<AppId> &apps)
{
    return onThread(this, [this, apps] { return Private::releaseAll(d, apps); });
}

Future<void> Fleet::forgetData(const QList<AppId> &apps)
{
    return onThread(this, [this, apps] { return Private::forgetData(d, apps); });
}

Future<void> Fleet::bringHome(const HostId &host)
{
    return onThread(this, [this, host] { return Private::bringHome(d, host); });
}

Future<std::optional<GatewayRoute>> Fleet::route(const AppId &app)
{
    return toFuture(Private::route(d, app));
}

Future<void> Fleet::move(const AppId &app, const Place &place)
{
    return onThread(this, [this, app, place] { return Private::move(d, app, place); });
}

Future<SandboxInfo> Fleet::acquireFrom(const AppId &app, const SnapshotInfo &snapshot)
{
    return onThread(this, [this, app, snapshot] { return Private::acquireFrom(d, app, snapshot); });
}

void Fleet::stopIdle()
{
    d->stopIdle();
}

void Fleet::touch(const AppId &app)
{
    d->used[app] = d->parts.clock->monotonic();
}

Future<SandboxInfo> Fleet::acquire(const AppId &app)
{
    if (!isPlainId(app))
        return readyFuture<SandboxInfo>(noSuchApp(app));
    touch(app);
    const auto promise = std::make_shared<QPromise<Result<SandboxInfo>>>();
    promise->start();
    QList<Private::Promise> &waiting = d->waiters[app];
    waiting.append(promise);
    if (waiting.size() == 1)
        Private::answerWaiters(d, app);
    return promise->future();
}

Result<SandboxInfo> Fleet::current(const AppId &app) const
{
    const auto entry = d->entries.constFind(app);
    if (entry != d->entries.constEnd())
        return entry->info;
    return Error{ErrorKind::NotFound, tr("This app is not running."), d->endText(app)};
}

Result<AgentClient *> Fleet::agent(const AppId &app)
{
    const auto entry = d->entries.constFind(app);
    if (entry == d->entries.constEnd())
        return Error{ErrorKind::NotFound, tr("This app is not running."), d->endText(app)};
    touch(app);
    return entry->backend->agent(entry->info.id);
}

void Fleet::giveUpStart(const AppId &app)
{
    d->giveUpStart(app);
}

Future<void> Fleet::release(const AppId &app)
{
    d->giveUpStart(app);
    return toFuture(Private::releaseForGood(d, app));
}

} // namespace Flotilla
