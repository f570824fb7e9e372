// SPDX-License-Identifier: GPL-3.0-or-later
// A host goes: what its apps stored there comes to this computer.
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/outcome.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

Result<QList<AppId>> Fleet::Private::storedOn(const HostId &host) const
{
    const Result<QList<SandboxRecord>> ends = table().lastEnds();
    if (!ends)
        return ends.error();
    QList<AppId> apps;
    for (const SandboxRecord &end : *ends) {
        if (end.host == host.value)
            apps.append(end.app);
    }
    return apps;
}

QCoro::Task<Status> Fleet::Private::bringHome(Self d, HostId host)
{
    const Result<QList<AppId>> apps = d->storedOn(host);
    if (!apps)
        co_return apps.error();
    for (const AppId &app : *apps) {
        const Status brought = co_await bringAppHome(d, app, host);
        if (!d->q)
            co_return cancelledError();
        if (!brought)
            co_return brought;
    }
    co_return Status();
}

QCoro::Task<Status> Fleet::Private::bringAppHome(Self d, AppId app, HostId host)
{
    if (!co_await enterGate(d, app))
        co_return cancelledError();
    const GateHold hold(d, app);
    const auto running = d->table().of(app);
    if (!running)
        co_return running.error();
    if (running->has_value() && (*running)->host != host.value)
        co_return Status(); // it went there with its data
    if (running->has_value())
        co_return Error{ErrorKind::Conflict, Fleet::tr("The app %1 still runs.").arg(d->titleOf(app)), app.value};
    const HostId here{QStringLiteral("local")};
    const Status moved = co_await fetchData(d, app, here);
    if (!d->q)
        co_return cancelledError();
    if (!moved)
        co_return Error{moved.error().kind,
                        Fleet::tr("The data of %1 is not here yet: %2").arg(d->titleOf(app), moved.error().text),
                        moved.error().detail};
    co_return Status();
}

QString Fleet::Private::titleOf(const AppId &app) const
{
    const auto record = parts.store->apps().get(app);
    return record ? record->title : app.value;
}

} // namespace Flotilla
