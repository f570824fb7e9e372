// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/placement.h"

#include "backends/fleet/hostwords.h"

namespace Flotilla {

namespace {

/// What is likely to be free; sandboxes take much less than they may, so a quarter of the limit is counted.
qint64 expectedFree(const HostRoom &host, qint64 memoryPerSandbox)
{
    return host.memoryFree - host.planned * memoryPerSandbox / 4;
}

} // namespace

Status hasRoom(const HostRoom &host)
{
    if (host.draining)
        return Error{
            ErrorKind::Conflict,
            HostWords::tr("%1 is being drained and takes no apps. Move the app to another host.").arg(host.label),
            {}};
    if (host.capacity > 0 && host.sandboxes >= host.capacity)
        return Error{ErrorKind::Overloaded,
                     HostWords::tr("%1 is full: %2 of %3 sandboxes run there. Stop one, or raise its capacity.")
                         .arg(host.label)
                         .arg(host.sandboxes)
                         .arg(host.capacity),
                     {}};
    return {};
}

Result<HostId> chooseHost(const QList<HostRoom> &hosts, qint64 memoryPerSandbox)
{
    const HostRoom *best = nullptr;
    for (const HostRoom &host : hosts) {
        if (!host.ready || !host.pooled || !hasRoom(host))
            continue;
        if (!best) {
            best = &host;
            continue;
        }
        const qint64 free = expectedFree(host, memoryPerSandbox);
        const qint64 bestFree = expectedFree(*best, memoryPerSandbox);
        if (free > bestFree || (free == bestFree && host.sandboxes < best->sandboxes))
            best = &host;
    }
    if (!best)
        return Error{ErrorKind::Unavailable,
                     HostWords::tr("No host of the pool can take the app now: all are full, drained or unreachable."),
                     {}};
    return best->id;
}

} // namespace Flotilla
