// SPDX-License-Identifier: GPL-3.0-or-later
// Sandboxes that nobody uses sleep, and wake when somebody looks.
#include "backends/agent/agentclient.h"
#include "backends/core/clock.h"
#include "backends/core/log.h"
#include "backends/fleet/fleetprivate.h"
#include "backends/fleet/outcome.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/storage/repositories.h"

namespace Flotilla {

void Fleet::Private::stopIdle()
{
    const std::chrono::seconds after = parts.idleAfter ? parts.idleAfter() : std::chrono::seconds(0);
    if (after.count() <= 0)
        return;
    const auto now = parts.clock->monotonic();
    const QList<AppId> apps = entries.keys();
    for (const AppId &app : apps) {
        const bool running = entries.value(app).info.state == SandboxState::Running;
        if (running && !gates.isBusy(app) && now - used.value(app, now) > after)
            sleepIdle(shared_from_this(), app);
    }
}

/// A terminal that is open or a command that lasts, of this program or of another one.
QCoro::Task<bool> Fleet::Private::runsCommands(Self d, AppId app)
{
    const Entry entry = d->entries.value(app);
    const Result<AgentClient *> agent = entry.backend->agent(entry.info.id);
    if (!agent)
        co_return false;
    const Result<AgentStats> stats = co_await outcomeOf((*agent)->stats());
    co_return stats && stats->commands > 0;
}

QCoro::Task<> Fleet::Private::sleepIdle(Self d, AppId app)
{
    const auto before = d->used.value(app);
    const bool inUse = co_await runsCommands(d, app);
    if (!d->q)
        co_return;
    if (inUse)
        co_return d->q->touch(app);
    if (!co_await enterGate(d, app))
        co_return;
    const GateHold hold(d, app);
    if (!d->entries.contains(app) || d->used.value(app) != before)
        co_return;
    const Result<bool> stopped = co_await stop(d, app, SandboxReason::IdleTimeout);
    if (!stopped)
        qCInfo(logCore, "idle sandbox not stopped: %s", qUtf8Printable(stopped.error().detail));
}

/// Not what a person stopped: a page left open would start it again at once.
bool Fleet::Private::wakesOnView(const AppId &app) const
{
    if (!parts.wake || waiters.contains(app) || gates.isBusy(app))
        return false;
    const auto end = table().lastEnd(app);
    if (!end || !end->has_value())
        return false;
    const SandboxInfo info = toInfo(**end);
    return info.reason == SandboxReason::IdleTimeout || info.state == SandboxState::Lost;
}

} // namespace Flotilla
