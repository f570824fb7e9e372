// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/clock.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/hostservice.h"
#include "backends/http/httpclient.h"
#include "backends/storage/store.h"

#include <memory>

namespace Flotilla::Test {

/// Where a rig has its things. Two rigs with the same values are two programs of one installation.
struct FleetPlaces
{
    QString dir;
    QString sshConfig;
    QString installation;
    QString runtime; ///< what is copied to hosts; empty: that of this build
    std::chrono::milliseconds reconnectWait{60'000};
};

/// The fleet as a program has it: a store, real hosts and real sandboxes, but no projects and a clock that only the
/// test moves.
struct FleetRig
{
    explicit FleetRig(const FleetPlaces &places);
    ~FleetRig();

    void addApp(const QString &id, const QString &host);
    /// What a shell in the app's sandbox prints; what went wrong otherwise.
    QByteArray shell(const AppId &app, const QString &script);
    Status addBox(); ///< "box" of the SSH config

    ManualClock clock;
    std::chrono::seconds idleAfter{0};
    QList<AppId> woken;
    HttpClient http;
    std::unique_ptr<Store> store;
    std::unique_ptr<HostService> hosts;
    std::unique_ptr<Fleet> fleet;
};

} // namespace Flotilla::Test
