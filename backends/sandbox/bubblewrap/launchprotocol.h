// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/hosts/host.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QJsonObject>

namespace Flotilla {

/// A sandbox as `flotilla-agent launch --list` tells it.
struct LaunchedSandbox
{
    SandboxId id;
    AppId app;
    QString owner; ///< empty: a folder without label, which a killed launcher left
    QDateTime created;
    bool alive = false;
    int oomKills = 0;
    QString cgroup;
};

/// The words of backends/agent/launch/launch.h. What comes back crossed a host boundary: bounded and validated.
namespace LaunchProtocol {

QJsonObject limitsJson(const SandboxLimits &limits);
/// The answer of any launch command, or its failure as an Error for people who use the host called `hostLabel`.
Result<QJsonObject> parse(const Result<CommandResult> &ran, const QString &hostLabel);
QList<LaunchedSandbox> parseList(const QJsonObject &answer);
QHash<SandboxId, SandboxMetrics> parseAllStats(const QJsonObject &answer);
Result<SandboxMetrics> parseStats(const QJsonObject &answer, const SandboxId &id);

/// What `--snapshot` and `--restore` are asked for; `meta` is kept with the snapshot.
QByteArray snapshotRequest(const QString &root, const SandboxId &sandbox, const QString &folder, const SnapshotId &id,
                           const QJsonObject &meta = {});
Result<SnapshotInfo> parseSnapshot(const QJsonObject &meta, const HostId &host);
QList<SnapshotInfo> parseSnapshots(const QJsonObject &answer, const HostId &host);

} // namespace LaunchProtocol

} // namespace Flotilla
