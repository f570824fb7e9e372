// SPDX-License-Identifier: GPL-3.0-or-later
// Where sandboxes run: backends by host, placement.
#include "backends/core/log.h"
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/outcome.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/hosts/host.h"
#include "backends/sandbox/imagename.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

namespace {

constexpr int namedHosts = 3; ///< in a sentence
const QString localId = QStringLiteral("local");

Error notSetUp(const QString &backend)
{
    return {ErrorKind::Unsupported, Fleet::tr("This app runs in a kind of sandbox that is not set up here."), backend};
}

} // namespace

QList<SandboxBackend *> Fleet::Private::openBackends() const
{
    return parts.hosts ? parts.hosts->openBackends() : parts.backends;
}

HostId Fleet::Private::hostOf(SandboxBackend *backend) const
{
    return parts.hosts ? parts.hosts->hostOf(backend) : HostId{localId};
}

Future<SandboxBackend *> Fleet::Private::backendFor(const HostId &host, const QString &name) const
{
    if (parts.hosts)
        return parts.hosts->backend(host, name);
    for (SandboxBackend *backend : parts.backends) {
        if (backend->info().is(name))
            return readyFuture<SandboxBackend *>(backend);
    }
    return readyFuture<SandboxBackend *>(notSetUp(name));
}

Future<QString> Fleet::Private::dataDirOn(const HostId &host, const AppId &app) const
{
    if (parts.hosts)
        return parts.hosts->dataDir(host, app);
    return readyFuture<QString>(parts.dataDir.isEmpty() ? QString() : parts.dataDir + QLatin1Char('/') + app.value);
}

QString Fleet::Private::hostProblem(const HostId &host) const
{
    if (!parts.hosts || host.value == localId)
        return {};
    const HostCard card = parts.hosts->card(host);
    return card.state == HostState::Unreachable ? card.stateText : QString();
}

/// As the app sees them: with an image of its own it needs an engine.
QList<HostRoom> Fleet::Private::rooms(const AppId &app) const
{
    QList<HostRoom> rooms;
    const Result<QString> image = imageOf(app);
    const bool engine = image && !image->isEmpty();
    const auto counts = table().counts();
    for (const HostCard &card : parts.hosts->cards())
        rooms.append(roomOf(card, counts ? counts->value(card.config.id.value) : card.sandboxes));
    for (HostRoom &room : rooms)
        room.ready = room.ready && (!engine || parts.hosts->offers(room.id, QLatin1String(anyEngine)));
    return rooms;
}

HostRoom Fleet::Private::roomOf(const HostCard &card, int sandboxes) const
{
    HostRoom room;
    room.id = card.config.id;
    room.label = card.config.label;
    room.ready = card.state == HostState::Ready;
    room.pooled = card.config.pooled;
    room.draining = card.config.draining;
    room.capacity = card.config.capacity;
    room.planned = planned.value(room.id);
    room.sandboxes = sandboxes + room.planned;
    room.memoryFree = card.memoryTotal - card.memoryUsed;
    return room;
}

Status Fleet::Private::roomOn(const HostId &host) const
{
    if (!parts.hosts)
        return {};
    for (const HostCard &card : parts.hosts->cards()) {
        if (card.config.id != host)
            continue;
        if (card.config.capacity == 0)
            return hasRoom(roomOf(card, card.sandboxes)); // the number does not matter
        const auto counts = table().counts();
        return hasRoom(roomOf(card, counts ? counts->value(host.value) : card.sandboxes));
    }
    return Error{ErrorKind::NotFound, Fleet::tr("There is no host \"%1\".").arg(host.value.left(80)), {}};
}

Result<Fleet::Private::Wanted> Fleet::Private::wantedFor(const AppId &app) const
{
    if (const auto set = wanted.constFind(app); set != wanted.constEnd())
        return *set;
    Wanted place{{localId}, {}, {}};
    const auto record = parts.store->apps().get(app);
    if (!record && record.error().kind != ErrorKind::NotFound)
        return record.error();
    if (record && !record->host.isEmpty())
        place = {{record->host}, record->backend, {}};
    return place;
}

Result<QString> Fleet::Private::imageOf(const AppId &app) const
{
    const auto record = parts.store->apps().get(app);
    if (!record && record.error().kind != ErrorKind::NotFound)
        return record.error();
    return record ? record->image : QString();
}

/// What a sandbox is made from there: the app's own image before the host's.
Result<QString> Fleet::Private::imageAt(const HostId &host, SandboxBackend *backend, const QString &own) const
{
    const bool takes = backend->info().takesImages;
    if (!own.isEmpty() && !takes)
        return imagesNeedAnEngine();
    return !own.isEmpty() ? own : takes && parts.hosts ? parts.hosts->card(host).config.image : QString();
}

Result<HostId> Fleet::Private::chooseFrom(const QList<HostRoom> &all, const AppId &app) const
{
    const qint64 memory = parts.limits ? parts.limits(app).memoryBytes : SandboxLimits().memoryBytes;
    Result<HostId> chosen = chooseHost(all, memory);
    if (chosen || leftOut.isEmpty())
        return chosen;
    Error why = chosen.error();
    why.text = (QStringList{why.text} + leftOut.mid(0, namedHosts)).join(QLatin1Char(' '));
    return why;
}

/// Back to where its data is, if that can be; else to where there is most room.
Result<HostId> Fleet::Private::fromPool(const AppId &app) const
{
    if (!parts.hosts)
        return HostId{localId};
    const QList<HostRoom> all = rooms(app);
    const auto end = table().lastEnd(app);
    if (!end)
        return end.error();
    for (const HostRoom &room : all) {
        if (*end && (*end)->host == room.id.value && room.ready && hasRoom(room))
            return room.id;
    }
    return chooseFrom(all, app);
}

/// A host that nobody asked for yet is not known to be there.
QCoro::Task<Status> Fleet::Private::gatherPool(Self d, AppId app)
{
    if (!d->parts.hosts)
        co_return Status();
    const Result<QString> image = d->imageOf(app);
    if (image && !image->isEmpty()) { // the engines here are not looked for before somebody needs one
        const HostId here{localId};
        co_await outcomeOf(d->backendFor(here, QLatin1String(anyEngine)));
        if (!d->q)
            co_return cancelledError();
    }
    const Future<QStringList> connecting = d->parts.hosts->connectPool();
    const Result<QStringList> leftOut = co_await outcomeOf(connecting);
    if (!d->q)
        co_return cancelledError();
    if (leftOut && *leftOut != d->leftOut) {
        d->leftOut = *leftOut;
        for (const QString &sentence : *leftOut)
            qCInfo(logCore, "%s", qUtf8Printable(sentence));
    }
    co_return Status();
}

QCoro::Task<Result<Fleet::Private::Site>> Fleet::Private::chooseSite(Self d, AppId app)
{
    const Result<Wanted> place = d->wantedFor(app);
    if (!place)
        co_return place.error();
    HostId host = place->host;
    if (host.value == QLatin1String("any")) {
        const Status gathered = co_await gatherPool(d, app);
        if (!gathered)
            co_return gathered.error();
        const Result<HostId> chosen = d->fromPool(app);
        if (!chosen)
            co_return chosen.error();
        host = *chosen;
    } else if (const Status room = d->roomOn(host); !room) {
        co_return room.error();
    }
    const PlannedHold planned(d, host);
    const Result<QString> image = d->imageOf(app);
    if (!image)
        co_return image.error();
    Result<Site> site = co_await openSite(d, app, host, place->backend, *image);
    if (!d->q)
        co_return cancelledError();
    if (!place->from.isEmpty() && d->wanted.contains(app))
        d->wanted[app].taken = true;
    if (!site)
        co_return site;
    site->from = place->from;
    const Status moved = co_await fetchData(d, app, host); // a snapshot that cannot be read replaces nothing
    if (!moved)
        co_return moved.error();
    co_return site;
}

/// For a sandbox from the app's own `image`, if it has one.
QCoro::Task<Result<Fleet::Private::Site>> Fleet::Private::openSite(Self d, AppId app, HostId host, QString backend,
                                                                   QString image)
{
    const QString kind = backend.isEmpty() && !image.isEmpty() ? QString::fromLatin1(anyEngine) : backend;
    const Result<SandboxBackend *> opened = co_await outcomeOf(d->backendFor(host, kind));
    if (!d->q)
        co_return cancelledError();
    if (!opened)
        co_return opened.error();
    const Result<QString> made = d->imageAt(host, *opened, image);
    if (!made)
        co_return made.error();
    const Result<QString> data = co_await outcomeOf(d->dataDirOn(host, app));
    if (!d->q)
        co_return cancelledError();
    if (!data)
        co_return data.error();
    co_return Site{host, *opened, *data, {}, *made};
}

} // namespace Flotilla
