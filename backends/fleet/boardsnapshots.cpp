// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/fleetboardprivate.h"

namespace Flotilla {

namespace {

Error notYet()
{
    return {ErrorKind::Unsupported, FleetBoard::tr("Snapshots are not offered yet."), {}};
}

} // namespace

Future<SnapshotInfo> FleetBoard::snapshot(const AppId &, const QString &)
{
    return readyFuture<SnapshotInfo>(notYet());
}

Future<QList<SnapshotInfo>> FleetBoard::snapshots(const AppId &)
{
    return readyFuture<QList<SnapshotInfo>>(QList<SnapshotInfo>());
}

Future<void> FleetBoard::removeSnapshot(const SnapshotInfo &)
{
    return readyFuture<void>(notYet());
}

Future<void> FleetBoard::restoreSnapshot(const SnapshotInfo &)
{
    return readyFuture<void>(notYet());
}

Future<QList<AppId>> FleetBoard::fork(const AppId &, const std::optional<SnapshotInfo> &, int)
{
    return readyFuture<QList<AppId>>(notYet());
}

} // namespace Flotilla
