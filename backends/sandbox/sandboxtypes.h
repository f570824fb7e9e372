// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QMetaType>
#include <QString>

#include <optional>

namespace Flotilla {

/// States and reasons follow the field's names (E2B, Modal, Kubernetes): Ready is a condition, not a state.
enum class SandboxState { Pending, Creating, Running, Stopping, Stopped, Failed, Lost };
enum class SandboxReason {
    None,
    Exited,
    Killed,
    Timeout,
    IdleTimeout,
    OutOfMemory,
    OutOfDisk,
    PidsLimit,
    ReadinessTimeout,
    HostLost,
    PolicyUnsupported,
    BackendError,
};
QString toString(SandboxState state);   ///< "running": stable, for JSON and the store
QString toString(SandboxReason reason); ///< "out-of-memory": stable, for JSON and the store; empty for None
std::optional<SandboxState> sandboxStateFromString(const QString &text);
std::optional<SandboxReason> sandboxReasonFromString(const QString &text);
/// The same as words for people ("Needs a look: out of memory").
QString describe(SandboxState state, SandboxReason reason);
/// It may run, but neither it nor what runs it answers.
bool isOutOfReach(SandboxState state, SandboxReason reason);

/// Limits of one sandbox. Zero is never "no limit"; it is refused.
struct SandboxLimits
{
    qint64 memoryBytes = 512ll * 1024 * 1024; ///< of the workload in all
    int processes = 128;
    double cpus = 1.0;
    qint64 workspaceBytes = 64ll * 1024 * 1024;
    qint64 dataBytes = 256ll * 1024 * 1024;
    qint64 fileBytes = 64ll * 1024 * 1024;
    int openFiles = 1024;
    bool operator==(const SandboxLimits &) const = default;
};

enum class NetworkPolicy { None }; ///< the only one offered now; the type keeps "empty means allow" impossible

struct SandboxSpec
{
    SandboxId id; ///< chosen by the caller: the idempotency key
    AppId app;
    SandboxLimits limits;
    NetworkPolicy network = NetworkPolicy::None;
    QString dataDir; ///< folder on the host mounted as /data; created when missing; empty: none
    QHash<QString, QString> env;
    SnapshotId from; ///< starts with the workspace and /data of this snapshot; empty: none
    QString image;   ///< containers only; empty: the base image that Flotilla builds; see imagename.h
};

/// The workspace and /data of a sandbox at one moment (with containers: its file system). Stays on its host.
struct SnapshotInfo
{
    SnapshotId id;
    SandboxId sandbox;
    AppId app;
    HostId host;
    QString backend;
    QString label;
    qint64 bytes = 0;
    QDateTime created;
    bool operator==(const SnapshotInfo &) const = default;
};

struct SandboxInfo
{
    SandboxId id;
    AppId app;
    HostId host;
    QString backend; ///< "bubblewrap"
    SandboxState state = SandboxState::Pending;
    SandboxReason reason = SandboxReason::None;
    QString detail; ///< for people, when it failed or cannot be reached
    QDateTime created;
    int exitCode = 0;
    bool operator==(const SandboxInfo &) const = default;
};

struct SandboxMetrics
{
    qint64 memoryBytes = 0; ///< proportional set size of every process of the sandbox, or the cgroup's figure
    double cpuSeconds = 0;
    int processes = 0;
};

/// Instead of a backend's name: whichever of a host's makes sandboxes from images.
inline constexpr char anyEngine[] = "engine";

struct SandboxBackendInfo
{
    QString name;       ///< "bubblewrap"
    QString label;      ///< "Bubblewrap (same kernel)"
    QString limitsNote; ///< how limits are enforced here, in plain words ("no cgroup v2 delegation: memory is watched,
                        ///< ...")
    bool takesImages = false;

    /// Whether it is what was asked for; empty: anything is.
    [[nodiscard]] bool is(const QString &kind) const
    {
        return kind.isEmpty() || name == kind || (takesImages && kind == QLatin1String(anyEngine));
    }
};

struct PreflightCheck
{
    QString id; ///< "bubblewrap", "userns", "apparmor", "cgroup", "seccomp", "esbuild", "node", "python"
    QString title;
    bool ok = false;
    bool required = true; ///< false: works without, but worse
    QString text;         ///< what was found
    QString remedy;       ///< what to type, when not ok
};

} // namespace Flotilla

Q_DECLARE_METATYPE(Flotilla::SandboxInfo)
