// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "backends/hosts/host.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QDateTime>
#include <QMetaType>
#include <QStringList>

#include <optional>

namespace Flotilla {

/// What the person configured. The host "local" (this computer) always exists and has no target.
struct HostConfig
{
    HostId id;             ///< [a-z0-9-]
    QString label;         ///< "gpu-box"
    QString target;        ///< what `ssh TARGET` takes: an alias of the SSH config, user@host or ssh://user@host:port
    QString backend;       ///< "bubblewrap", "podman", "docker"; empty: the best one that works there
    bool pooled = true;    ///< takes apps that run on "any"
    bool draining = false; ///< takes no new apps
    int capacity = 0;      ///< most sandboxes; 0: as memory allows
    QString suffix;        ///< of our names there, given when it is added; empty: added before hosts had one
    QString image;         ///< container image of its sandboxes; empty: made by Flotilla from that machine
    bool operator==(const HostConfig &) const = default;
};

/// A host as the cards show it. Figures are of the host itself, measured there; nothing: not known (yet).
struct HostCard
{
    HostConfig config;
    HostState state = HostState::Connecting;
    QString stateText; ///< why not Ready, a sentence
    /// Connected, but our programs are still being copied there and tried: percent. The state is Connecting then.
    std::optional<int> preparing;
    std::optional<QDateTime> unreachableSince;
    int retrySeconds = 0; ///< until the next attempt; 0: none is planned
    QString backend;      ///< the one in use
    QString engine;       ///< "Podman 4.3.1", "bubblewrap 0.8.0"
    int cpus = 0;
    std::optional<double> cpuPercent; ///< of all cores
    std::optional<double> load;       ///< one minute
    qint64 memoryUsed = 0, memoryTotal = 0;
    int sandboxes = 0;
    bool operator==(const HostCard &) const = default;
};

/// One step of "Test this host". The order is fixed: resolve, connect, host-key, authenticate, agent, engine, sandbox.
struct HostTestStep
{
    enum class State { Waiting, Running, Ok, Failed, Skipped };
    QString id;
    QString title;
    State state = State::Waiting;
    QString text;   ///< what was found
    QString remedy; ///< exactly what to do, when it failed
    bool operator==(const HostTestStep &) const = default;
};

/// One app as the board shows it: with a sandbox or asleep.
struct FleetRow
{
    AppId app; ///< the key: an app has at most one sandbox
    QString title;
    int version = 0;
    QStringList labels;
    QString placement; ///< HostId or "any"
    SandboxId sandbox; ///< empty: asleep
    HostId host;
    QString hostLabel;
    QString backend;
    QString image; ///< that it is started from, its own or its host's; empty: Flotilla's, or none
    QString ownImage;
    SandboxState state = SandboxState::Stopped;
    SandboxReason reason = SandboxReason::None;
    QString detail;
    QDateTime created; ///< of the sandbox
    bool hostReachable = true;
    std::optional<double> cpuPercent; ///< of one core, since the last sample
    std::optional<qint64> memoryBytes;
    int processes = 0;
    bool operator==(const FleetRow &) const = default;
};

struct FleetEvent
{
    qint64 id = 0;
    QDateTime time;
    QString host;
    AppId app;
    SandboxId sandbox;
    QString kind; ///< "created", "stopped", "failed", "moved", "host-lost", "host-back", "snapshot", ...: stable
    QString text; ///< a sentence
};

enum class FleetAction { Stop, Restart, Delete, Label, Unlabel, Move, Wake };

/// What became of one item of a bulk action.
struct FleetItemResult
{
    AppId app;
    QString title;
    bool ok = false;
    QString text; ///< why not
};

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::HostCard)
Q_DECLARE_METATYPE(Flotilla::HostTestStep)
Q_DECLARE_METATYPE(Flotilla::FleetRow)
Q_DECLARE_METATYPE(Flotilla::FleetEvent)
