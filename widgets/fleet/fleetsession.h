// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "backends/fleet/sandboxaccess.h"

#include <QObject>

namespace Flotilla {

/// The fleet as its screen sees it. GUI thread. An interface, so that tests, benchmarks and pictures bring their own.
class FleetSession : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual Future<QList<FleetRow>> rows() = 0;
    virtual void setWatched(bool watched) = 0;
    virtual Future<QList<FleetItemResult>> apply(const QString &job, FleetAction action, const QList<AppId> &apps,
                                                 const QString &argument) = 0;
    virtual void cancel(const QString &job) = 0;
    virtual Future<void> takeFromBin(const AppId &app) = 0; ///< undoes a delete

    virtual Future<QByteArray> thumbnail(const AppId &app) = 0; ///< PNG; empty: there is none
    virtual Future<QList<FleetEvent>> events(const AppId &app, int limit) = 0;
    virtual Future<SnapshotInfo> snapshot(const AppId &app, const QString &label) = 0;
    virtual Future<QList<SnapshotInfo>> snapshots(const AppId &app) = 0;
    virtual Future<void> removeSnapshot(const SnapshotInfo &snapshot) = 0;
    virtual Future<void> restoreSnapshot(const SnapshotInfo &snapshot) = 0;
    virtual Future<QList<AppId>> fork(const AppId &app, const std::optional<SnapshotInfo> &snapshot, int count) = 0;

    virtual Future<QList<AgentLogLine>> logs(const AppId &app, qint64 since) = 0;
    virtual Future<QList<AgentEntry>> listFiles(const AppId &app) = 0;
    virtual Future<QByteArray> readFile(const AppId &app, const QString &path) = 0;
    virtual Future<void> putFiles(const AppId &app, const QHash<QString, QByteArray> &files) = 0;
    virtual Future<SandboxTerminalHandle> openTerminal(const AppId &app, int columns, int rows) = 0;

Q_SIGNALS:
    void rowsChanged(const QList<Flotilla::FleetRow> &changed, const QList<Flotilla::AppId> &removed);
    void itemDone(const QString &job, const Flotilla::FleetItemResult &result);
    void eventAdded(const Flotilla::FleetEvent &event);
};

} // namespace Flotilla
