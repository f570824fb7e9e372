// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/fleet/fleetsession.h"

namespace Flotilla {

class FleetBoard;
class ProjectService;

/// The real fleet: the board, what is inside the sandboxes, and the pictures and the bin of the apps. The services
/// outlive it.
class ServiceFleetSession : public FleetSession
{
    Q_OBJECT

public:
    ServiceFleetSession(FleetBoard *board, SandboxAccess *access, ProjectService *projects, QObject *parent = nullptr);

    Future<QList<FleetRow>> rows() override;
    void setWatched(bool watched) override;
    Future<QList<FleetItemResult>> apply(const QString &job, FleetAction action, const QList<AppId> &apps,
                                         const QString &argument) override;
    void cancel(const QString &job) override;
    Future<void> takeFromBin(const AppId &app) override;
    Future<QByteArray> thumbnail(const AppId &app) override;
    Future<QList<FleetEvent>> events(const AppId &app, int limit) override;
    Future<SnapshotInfo> snapshot(const AppId &app, const QString &label) override;
    Future<QList<SnapshotInfo>> snapshots(const AppId &app) override;
    Future<void> removeSnapshot(const SnapshotInfo &snapshot) override;
    Future<void> restoreSnapshot(const SnapshotInfo &snapshot) override;
    Future<QList<AppId>> fork(const AppId &app, const std::optional<SnapshotInfo> &snapshot, int count) override;
    Future<QList<AgentLogLine>> logs(const AppId &app, qint64 since) override;
    Future<QList<AgentEntry>> listFiles(const AppId &app) override;
    Future<QByteArray> readFile(const AppId &app, const QString &path) override;
    Future<void> putFiles(const AppId &app, const QHash<QString, QByteArray> &files) override;
    Future<SandboxTerminalHandle> openTerminal(const AppId &app, int columns, int rows) override;

private:
    FleetBoard *m_board;
    SandboxAccess *m_access;
    ProjectService *m_projects;
};

} // namespace Flotilla
