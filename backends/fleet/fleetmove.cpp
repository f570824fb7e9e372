// SPDX-License-Identifier: GPL-3.0-or-later
// An app goes to another host, or becomes what a snapshot holds.
#include "backends/agent/agentclient.h"
#include "backends/core/clock.h"
#include "backends/core/log.h"
#include "backends/fleet/firstanswer.h"
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/outcome.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/sandbox/imagename.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/storage/filelock.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QScopeGuard>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr auto servedDeadline = 20s;
constexpr std::chrono::milliseconds lockDeadline{5'000};
constexpr int mostHolds = 3; ///< of one move, when the connection breaks

Error notGreen(const QString &why)
{
    return {
        ErrorKind::Unavailable, Fleet::tr("The app did not come up there, so it stays where it is: %1").arg(why), {}};
}

} // namespace

QCoro::Task<Status> Fleet::Private::move(Self d, AppId app, Place wish)
{
    if (!d->parts.hosts)
        co_return Error{ErrorKind::Unsupported, Fleet::tr("There is no other host."), {}};
    if (!co_await enterGate(d, app))
        co_return cancelledError();
    const GateHold hold(d, app);
    const Result<Place> whole = d->complete(app, wish);
    if (!whole)
        co_return whole.error();
    const Place place = *whole;
    const Result<std::optional<SandboxRecord>> record = d->table().of(app);
    if (!record)
        co_return record.error();
    if (record->has_value() && !d->entries.contains(app)) {
        const Result<bool> adopted = co_await adopt(d, **record);
        if (!adopted)
            co_return adopted.error();
    }
    if (!d->entries.contains(app)) {
        const Status placed = co_await moveAsleep(d, app, place);
        co_return placed;
    }
    if (place.host.value == QLatin1String("any")) {
        const Status gathered = co_await gatherPool(d, app);
        if (!gathered)
            co_return gathered;
    }
    const Result<HostId> chosen = d->hostFor(app, place);
    if (!chosen)
        co_return chosen.error();
    const Result<QString> image = d->imageOf(app);
    if (!image)
        co_return image.error();
    const Entry old = d->entries[app];
    const bool stays = old.info.host == *chosen && place.image == *image &&
                       (place.backend.isEmpty() || place.backend == old.info.backend);
    if (!stays) {
        const Place there{*chosen, place.backend, place.image};
        const Status moved = co_await moveAwake(d, app, old, there);
        if (!moved)
            co_return moved;
    }
    co_return d->note(app, place);
}

/// With what was not said: where the app is placed, and its image.
Result<Fleet::Place> Fleet::Private::complete(const AppId &app, const Place &place) const
{
    const auto record = parts.store->apps().get(app);
    if (!record)
        return record.error();
    Place whole = place;
    const bool engine = place.image && !place.image->isEmpty();
    if (place.host.isEmpty()) {
        whole.host = {record->host.isEmpty() ? QStringLiteral("local") : record->host};
        const bool keeps = !engine || record->backend != QLatin1String("bubblewrap"); // which has no images
        if (place.backend.isEmpty() && keeps)
            whole.backend = record->backend;
    }
    if (!place.image)
        whole.image = record->image;
    if (const Status usable = engine ? checkImageUse(*place.image, whole.backend) : Status(); !usable)
        return usable.error();
    return whole;
}

/// For its next sandbox.
Status Fleet::Private::note(const AppId &app, const Place &place)
{
    const Status placed = parts.store->apps().place(app, place.host.value, place.backend);
    return placed ? parts.store->apps().setImage(app, *place.image) : placed;
}

/// In the pool an app stays where it is, unless that host is being emptied.
Result<HostId> Fleet::Private::hostFor(const AppId &app, const Place &place) const
{
    if (place.host.value != QLatin1String("any"))
        return place.host;
    const HostId present = entries.value(app).info.host;
    const HostConfig config = parts.hosts->card(present).config;
    if (config.pooled && !config.draining)
        return present;
    return chooseFrom(rooms(app), app);
}

/// Its data goes there now, so that a host can be switched off afterwards.
QCoro::Task<Status> Fleet::Private::moveAsleep(Self d, AppId app, Place place)
{
    if (place.host.value != QLatin1String("any")) {
        if (const Status room = d->roomOn(place.host); !room)
            co_return room;
        const Result<Site> site = co_await openSite(d, app, place.host, place.backend, *place.image);
        if (!site)
            co_return site.error();
        const Status fetched = co_await fetchData(d, app, place.host);
        if (!fetched)
            co_return fetched;
        if (!d->q)
            co_return cancelledError();
    }
    co_return d->note(app, place);
}

QCoro::Task<Status> Fleet::Private::moveAwake(Self d, AppId app, Entry old, Place place)
{
    const HostId host = place.host;
    if (const Status room = d->roomOn(host); !room)
        co_return room;
    const Result<Site> site = co_await openSite(d, app, host, place.backend, *place.image);
    if (!site)
        co_return site.error();
    FileLock copying(d->copyLockFile(app)); // nobody else brings its data anywhere before all is done
    if (!co_await takeLock(&copying, true, copyLockDeadline))
        co_return copiedElsewhere();
    if (!d->q)
        co_return cancelledError();
    const SandboxRecord record = d->newRecord(app, *site);
    if (const Status noted = d->table().put(asSpare(record)); !noted)
        co_return noted;
    d->moving.insert(app); // no new requests: what it writes now is what it said before
    const auto moved = qScopeGuard([d, app] { d->moving.remove(app); });
    const Result<AgentHold::Handle> hold = co_await copyHeld(d, old, host);
    if (!d->q)
        co_return cancelledError();
    Result<SandboxInfo> made = hold ? Result<SandboxInfo>(cancelledError()) : Result<SandboxInfo>(hold.error());
    if (hold)
        made = co_await remakeAt(d, old, *site, record, *hold);
    if (!d->q)
        co_return cancelledError();
    if (made)
        co_await endSpare(d, asSpare(toRecord(old.info)), old.backend);
    else
        co_await endSpare(d, asSpare(record), site->backend);
    co_return made ? Status() : Status(made.error());
}

/// Its files are the last word as long as this is held. Null: it cannot be held, because its agent is of an older
/// version or hangs. An error: its host cannot be reached right now.
QCoro::Task<Result<AgentHold::Handle>> Fleet::Private::holdStill(Self d, Entry old)
{
    const Result<AgentClient *> agent = old.backend->agent(old.info.id);
    if (!agent)
        co_return AgentHold::Handle();
    const Future<AgentHold::Handle> holding = (*agent)->hold();
    Result<AgentHold::Handle> held = co_await outcomeOf(holding);
    if (!d->q)
        co_return cancelledError();
    if (held)
        co_return held;
    qCInfo(logCore, "the app goes on while it is moved: %s", qUtf8Printable(held.error().text));
    const bool away =
        old.info.host.value != QLatin1String("local") && held.error().kind != ErrorKind::Timeout && isCut(held.error());
    co_return away ? held : Result<AgentHold::Handle>(AgentHold::Handle());
}

/// The app stands still from before its data is copied until the handle goes.
QCoro::Task<Result<AgentHold::Handle>> Fleet::Private::copyHeld(Self d, Entry old, HostId to)
{
    for (int attempt = 1;; ++attempt) {
        Result<AgentHold::Handle> hold = co_await holdStill(d, old);
        if (!d->q)
            co_return cancelledError();
        if (old.info.host != to) {
            const Status copied = co_await copyData(d, old.info.app, old.info.host, to); // waits for hosts
            if (!d->q)
                co_return cancelledError();
            if (!copied)
                co_return copied.error();
        }
        if (hold && (!*hold || (*hold)->isHeld()))
            co_return hold;
        if (attempt < mostHolds)
            continue; // it went on meanwhile
        co_return hold ? Result<AgentHold::Handle>(d->cutWhileMoving(old.info.host)) : AgentHold::Handle();
    }
}

Error Fleet::Private::cutWhileMoving(const HostId &host) const
{
    return {ErrorKind::Unavailable,
            Fleet::tr("The connection to %1 broke while the app was moved. The app and its data are where they were. "
                      "Try again.")
                .arg(parts.hosts->card(host).config.label),
            {}};
}

/// The app's sandbox there, in the table instead of the old one, which is a spare then. When that fails it is one.
QCoro::Task<Result<SandboxInfo>> Fleet::Private::remakeAt(Self d, Entry old, Site site, SandboxRecord record,
                                                          AgentHold::Handle hold)
{
    FileLock creation(d->lockFile());
    if (!co_await takeLock(&creation, false, lockDeadline)) // our own start may still be looking around
        co_return Error{ErrorKind::Conflict, Fleet::tr("Another program is starting. Try again in a moment."), {}};
    const Result<SandboxInfo> made = co_await createAt(d, record, site);
    if (!d->q)
        co_return cancelledError();
    if (!made)
        co_return made.error();
    SandboxInfo info = *made;
    info.app = record.app;
    info.host = site.host;
    info.backend = record.backend;
    info.created = record.created;
    const bool lastWord = !hold || hold->isHeld();
    const Status switched = lastWord ? d->table().replace(old.info.id, toRecord(info), processMark())
                                     : Status(d->cutWhileMoving(old.info.host));
    if (!switched)
        co_return switched.error();
    d->stopping.insert(old.info.id);
    d->entries.insert(info.app, {info, site.backend});
    Q_EMIT d->q->changed(info);
    d->tellMoved(info, old.info.host, site.image);
    co_return Result<SandboxInfo>(info);
}

void Fleet::Private::tellMoved(const SandboxInfo &info, const HostId &from, const QString &image)
{
    const auto label = [this](const HostId &host) { return parts.hosts->card(host).config.label; };
    const QString text = info.host != from ? Fleet::tr("Moved from %1 to %2.").arg(label(from), label(info.host))
                         : image.isEmpty() ? Fleet::tr("Made anew with %1.").arg(info.backend)
                                           : Fleet::tr("Made anew from the image %1 with %2.").arg(image, info.backend);
    tell(info, QStringLiteral("moved"), text);
}

/// A second sandbox of an app that has one, noted as a spare. On failure there may be one.
QCoro::Task<Result<SandboxInfo>> Fleet::Private::createAt(Self d, SandboxRecord record, Site site)
{
    d->watchBackend(site.backend);
    d->creating.insert(record.id, Birth{toInfo(record), site.backend});
    const Result<SandboxInfo> created = co_await outcomeOf(site.backend->create(d->specOf(record, site)));
    if (!d->q)
        co_return cancelledError();
    Status built = created ? Status() : Status(created.error());
    if (created)
        built = co_await buildThere(d, record.app, site.backend, record.id);
    if (!d->q)
        co_return cancelledError();
    const std::optional<SandboxInfo> death = d->creating.take(record.id).death;
    if (built && death)
        built = notGreen(describe(death->state, death->reason));
    if (built)
        co_return Result<SandboxInfo>(*created);
    co_return built.error();
}

/// Serves there what it served before, as far as a build and one request can tell.
QCoro::Task<Status> Fleet::Private::buildThere(Self d, AppId app, SandboxBackend *backend, SandboxId id)
{
    const auto files = d->parts.store->versions().files(app, 0);
    if (!files)
        co_return files.error();
    if (files->isEmpty())
        co_return Status();
    const Result<AgentClient *> agent = backend->agent(id);
    if (!agent)
        co_return agent.error();
    const Future<AgentBuild> building = (*agent)->apply(*files, {}, true, true);
    const Result<AgentBuild> build = co_await outcomeOf(building);
    if (!d->q)
        co_return cancelledError();
    if (!build)
        co_return build.error();
    const auto version = d->parts.store->versions().get(app, 0);
    const bool green = version && version->state == QLatin1String("green");
    if (!green)
        co_return Status(); // it was not working before either
    if (build->state != AgentBuild::State::Ok)
        co_return notGreen(build->text.left(200));
    const Result<StreamOpener> opener = backend->appStream(id);
    if (!opener)
        co_return opener.error();
    const Result<int> status = co_await outcomeOf(firstAnswer(*opener, servedDeadline));
    if (!status)
        co_return notGreen(status.error().text);
    if (*status >= 500)
        co_return notGreen(QStringLiteral("HTTP %1").arg(*status));
    co_return Status();
}

QCoro::Task<Result<SandboxInfo>> Fleet::Private::acquireFrom(Self d, AppId app, SnapshotInfo snapshot)
{
    if (!co_await enterGate(d, app))
        co_return cancelledError();
    const GateHold hold(d, app);
    const Status released = co_await releaseInside(d, app);
    if (!d->q)
        co_return cancelledError();
    if (!released)
        co_return released.error();
    d->wanted.insert(app, {snapshot.host, snapshot.backend, snapshot.id});
    const auto forget = qScopeGuard([d, app] { d->wanted.remove(app); });
    d->q->touch(app);
    Result<SandboxInfo> made = co_await acquireInside(d, app);
    if (!d->q)
        co_return cancelledError();
    if (made && !d->wanted.value(app).taken)
        made = Error{ErrorKind::Conflict,
                     Fleet::tr("Another program started the app meanwhile, so it is as it was. Try again."),
                     {}};
    co_return made;
}

} // namespace Flotilla
