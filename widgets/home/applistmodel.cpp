// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/applistmodel.h"

#include "backends/core/log.h"
#include "widgets/common/appstatus.h"

#include <QSet>

#include <algorithm>

namespace Flotilla {

namespace {

bool moreRecent(const AppSummary &a, const AppSummary &b)
{
    return a.updated > b.updated;
}

QList<int> changedRoles(const AppSummary &before, const AppSummary &after)
{
    QList<int> roles{AppListModel::SummaryRole};
    if (before.title != after.title)
        roles << Qt::DisplayRole << Qt::EditRole << AppListModel::SearchRole;
    if (before.starred != after.starred)
        roles << AppListModel::StarredRole;
    if (before.running != after.running || before.turn != after.turn)
        roles << AppListModel::RunningRole;
    return roles;
}

bool isRunning(const AppSummary &app)
{
    return app.running || turnRuns(app.turn);
}

} // namespace

void AppListModel::setApps(const QList<AppSummary> &apps)
{
    QSet<AppId> listed;
    QList<AppSummary> fresh;
    for (const AppSummary &app : apps) {
        listed.insert(app.id);
        if (m_rows.contains(app.id))
            upsert(app);
        else
            fresh.append(app);
    }
    const auto known = m_apps;
    for (const AppSummary &app : known) {
        if (!listed.contains(app.id))
            remove(app.id);
    }
    if (fresh.isEmpty())
        return;
    std::sort(fresh.begin(), fresh.end(), moreRecent);
    const int first = int(m_apps.size());
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    m_apps.append(fresh);
    reindex(first);
    endInsertRows();
    Q_EMIT countsChanged();
}

void AppListModel::upsert(const AppSummary &app)
{
    const int row = rowOf(app.id);
    if (row < 0) {
        beginInsertRows({}, 0, 0);
        m_apps.prepend(app);
        reindex(0);
        endInsertRows();
        Q_EMIT countsChanged();
        return;
    }
    if (m_apps[row] == app)
        return;
    const auto roles = changedRoles(m_apps[row], app);
    m_apps[row] = app;
    Q_EMIT dataChanged(index(row), index(row), roles);
    if (roles.contains(StarredRole) || roles.contains(RunningRole))
        Q_EMIT countsChanged();
}

void AppListModel::remove(const AppId &id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_apps.removeAt(row);
    m_rows.remove(id);
    reindex(row);
    endRemoveRows();
    Q_EMIT countsChanged();
}

void AppListModel::sortByRecent()
{
    if (std::is_sorted(m_apps.cbegin(), m_apps.cend(), moreRecent))
        return;
    Q_EMIT layoutAboutToBeChanged();
    const auto persistent = persistentIndexList();
    QList<AppId> ids;
    for (const QModelIndex &index : persistent)
        ids.append(m_apps[index.row()].id);
    std::stable_sort(m_apps.begin(), m_apps.end(), moreRecent);
    reindex(0);
    for (qsizetype i = 0; i < persistent.size(); ++i)
        changePersistentIndex(persistent[i], index(rowOf(ids[i])));
    Q_EMIT layoutChanged();
}

void AppListModel::reindex(int from)
{
    for (int row = from; row < m_apps.size(); ++row)
        m_rows.insert(m_apps[row].id, row);
}

const AppSummary *AppListModel::find(const AppId &id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_apps[row];
}

int AppListModel::runningCount() const
{
    return int(std::count_if(m_apps.cbegin(), m_apps.cend(), isRunning));
}

int AppListModel::starredCount() const
{
    return int(std::count_if(m_apps.cbegin(), m_apps.cend(), [](const AppSummary &app) { return app.starred; }));
}

int AppListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_apps.size());
}

QVariant AppListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AppSummary &app = m_apps[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return app.title;
    case Qt::AccessibleTextRole:
        return tr("%1, %2").arg(app.title, statusOf(app).word);
    case IdRole:
        return QVariant::fromValue(app.id);
    case SummaryRole:
        return QVariant::fromValue(app);
    case StarredRole:
        return app.starred;
    case RunningRole:
        return isRunning(app);
    case SearchRole:
        return QString(app.title + QLatin1Char('\n') + app.prompt);
    default:
        return {};
    }
}

bool AppListModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString title = value.toString().simplified();
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || title.isEmpty())
        return false;
    if (title != m_apps[index.row()].title)
        Q_EMIT renameRequested(m_apps[index.row()].id, title);
    return true;
}

Qt::ItemFlags AppListModel::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | (index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

} // namespace Flotilla
