// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/servicefleetsession.h"

#include "backends/fleet/fleetboard.h"
#include "backends/projects/projectservice.h"

namespace Flotilla {

ServiceFleetSession::ServiceFleetSession(FleetBoard *board, SandboxAccess *access, ProjectService *projects,
                                         QObject *parent)
    : FleetSession(parent)
    , m_board(board)
    , m_access(access)
    , m_projects(projects)
{
    connect(board, &FleetBoard::rowsChanged, this, &FleetSession::rowsChanged);
    connect(board, &FleetBoard::itemDone, this, &FleetSession::itemDone);
    connect(board, &FleetBoard::eventAdded, this, &FleetSession::eventAdded);
}

Future<QList<FleetRow>> ServiceFleetSession::rows()
{
    return m_board->rows();
}

void ServiceFleetSession::setWatched(bool watched)
{
    m_board->setWatched(watched);
}

Future<QList<FleetItemResult>> ServiceFleetSession::apply(const QString &job, FleetAction action,
                                                          const QList<AppId> &apps, const QString &argument)
{
    return m_board->apply(job, action, apps, argument);
}

void ServiceFleetSession::cancel(const QString &job)
{
    m_board->cancel(job);
}

Future<void> ServiceFleetSession::takeFromBin(const AppId &app)
{
    return m_projects->takeFromBin(app);
}

Future<QByteArray> ServiceFleetSession::thumbnail(const AppId &app)
{
    return m_projects->thumbnail(app);
}

Future<QList<FleetEvent>> ServiceFleetSession::events(const AppId &app, int limit)
{
    return m_board->events(app, limit);
}

Future<SnapshotInfo> ServiceFleetSession::snapshot(const AppId &app, const QString &label)
{
    return m_board->snapshot(app, label);
}

Future<QList<SnapshotInfo>> ServiceFleetSession::snapshots(const AppId &app)
{
    return m_board->snapshots(app);
}

Future<void> ServiceFleetSession::removeSnapshot(const SnapshotInfo &snapshot)
{
    return m_board->removeSnapshot(snapshot);
}

Future<void> ServiceFleetSession::restoreSnapshot(const SnapshotInfo &snapshot)
{
    return m_board->restoreSnapshot(snapshot);
}

Future<QList<AppId>> ServiceFleetSession::fork(const AppId &app, const std::optional<SnapshotInfo> &snapshot, int count)
{
    return m_board->fork(app, snapshot, count);
}

Future<QList<AgentLogLine>> ServiceFleetSession::logs(const AppId &app, qint64 since)
{
    return m_access->logs(app, since);
}

Future<QList<AgentEntry>> ServiceFleetSession::listFiles(const AppId &app)
{
    return m_access->listFiles(app);
}

Future<QByteArray> ServiceFleetSession::readFile(const AppId &app, const QString &path)
{
    return m_access->readFile(app, path);
}

Future<void> ServiceFleetSession::putFiles(const AppId &app, const QHash<QString, QByteArray> &files)
{
    return m_access->putFiles(app, files);
}

Future<SandboxTerminalHandle> ServiceFleetSession::openTerminal(const AppId &app, int columns, int rows)
{
    return m_access->openTerminal(app, columns, rows);
}

} // namespace Flotilla
