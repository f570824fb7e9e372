// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "backends/preview/gateway.h"
#include "backends/sandbox/sandboxprovider.h"

#include <chrono>
#include <functional>
#include <memory>

namespace Flotilla {

class Clock;
class HostService;
class SandboxBackend;
class Store;

/// One row of `ps`.
struct FleetEntry
{
    SandboxInfo info;
    std::optional<SandboxMetrics> metrics; ///< nothing when it does not run or could not be measured
};

/// Every sandbox of this store on every host: placement, lifecycle, reasons, reconciliation. Lives on the service
/// thread; list(), stopAll() and reconcile() may be called from any thread, the rest as SandboxProvider says. The table
/// of sandboxes in the store is shared by every program on it: a sandbox that another one made is adopted when its app
/// is asked for.
class Fleet : public SandboxProvider
{
    Q_OBJECT

public:
    struct Parts
    {
        Store *store = nullptr;
        QList<SandboxBackend *> backends; ///< of this computer, the first one is the default; unused with `hosts`
        Clock *clock = nullptr;
        QString dataDir; ///< <dataDir>/<app> is mounted as /data; unused with `hosts`
        std::function<SandboxLimits(const AppId &)> limits{};
        HostService *hosts = nullptr;
        /// Sandboxes that nobody used for so long are stopped; 0: never.
        std::function<std::chrono::seconds()> idleAfter{};
        /// Somebody looks at an app that was stopped because nobody did, or was lost.
        std::function<void(const AppId &)> wake{};
        /// For a host that was cut off in the middle of a move.
        std::chrono::milliseconds reconnectWait{60'000};
    };
    struct Place
    {
        HostId host;                    ///< also "any"; empty: where it is
        QString backend;                ///< empty: the host's choice
        std::optional<QString> image{}; ///< nothing: as before; empty: none of its own
    };

    explicit Fleet(Parts parts, QObject *parent = nullptr);
    ~Fleet() override;

    /// Adopts what the table knows and is alive, marks the rest lost, reaps what nobody knows. Returns the number
    /// alive.
    Future<int> reconcile();
    Future<QList<FleetEntry>> list();
    /// Of the running sandbox of one app, measured now for somebody who looks at it, which counts as use. NotFound: it
    /// has none. Any thread.
    Future<SandboxMetrics> metrics(const AppId &app);
    /// Terminates every sandbox; returns how many there were.
    Future<int> stopAll();
    /// The same for the sandboxes of these apps.
    Future<void> releaseAll(const QList<AppId> &apps);
    /// Removes what purged apps stored (/data). What is on a host that is away goes when that is looked at next.
    Future<void> forgetData(const QList<AppId> &apps);
    /// What apps that sleep stored (/data) on a host comes to this computer and goes from there. Stops at the first
    /// that cannot come; nothing is removed there that is not here. Any thread.
    Future<void> bringHome(const HostId &host);
    /// Where the gateway sends a request for `app`; a route that is not open says why in its text.
    Future<std::optional<GatewayRoute>> route(const AppId &app);
    /// Takes the app with its /data to another place. The old sandbox goes when the new one serves what the old one
    /// did; a failure leaves the app where it was. An app that sleeps is placed there. The same with another container
    /// image where it is. Any thread.
    Future<void> move(const AppId &app, const Place &place);
    /// A new sandbox that begins with what a snapshot holds, instead of the app's present one.
    Future<SandboxInfo> acquireFrom(const AppId &app, const SnapshotInfo &snapshot);
    void touch(const AppId &app); ///< somebody used it
    void stopIdle();              ///< now; otherwise every 20 s

    Future<SandboxInfo> acquire(const AppId &app) override;
    Result<SandboxInfo> current(const AppId &app) const override;
    Result<AgentClient *> agent(const AppId &app) override;
    Future<void> release(const AppId &app) override;
    void giveUpStart(const AppId &app) override;

Q_SIGNALS:
    void happened(const Flotilla::FleetEvent &event); ///< by this program, or seen by it first; without id and time

private:
    struct Private;
    std::shared_ptr<Private> d; ///< flows under way hold it too
};

} // namespace Flotilla
