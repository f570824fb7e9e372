// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells of the board say, and its check marks.
#include "widgets/fleet/fleetmodel.h"

#include <algorithm>

namespace Flotilla {

int FleetModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_view.size());
}

int FleetModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString FleetModel::cellText(const BoardEntry &entry, int column) const
{
    switch (column) {
    case Title:
        return entry.row.title;
    case State:
        return entry.status.word;
    case Host:
        return entry.row.hostLabel;
    case Cpu:
        return entry.cpuText;
    case Memory:
        return entry.memoryText;
    case Processes:
        return entry.row.processes > 0 ? QString::number(entry.row.processes) : QString();
    case Up:
        return uptimeOf(entry.row, QDateTime::currentDateTimeUtc());
    case Version:
        return entry.versionText;
    case Labels:
        return entry.labelText;
    case Engine:
        return entry.row.backend;
    default:
        return {};
    }
}

QVariant FleetModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const BoardEntry &entry = at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return cellText(entry, index.column());
    case Qt::CheckStateRole:
        if (index.column() == Mark)
            return isChecked(entry.row.app) ? Qt::Checked : Qt::Unchecked;
        return {};
    case Qt::ToolTipRole:
        if (index.column() == State && !entry.row.detail.isEmpty())
            return entry.row.detail;
        return index.column() == Mark ? QVariant() : QVariant(cellText(entry, index.column()));
    case Qt::AccessibleTextRole:
        return index.column() == Mark
                   ? tr("Choose %1").arg(entry.row.title)
                   : tr("%1: %2", "column and value").arg(columnTitle(index.column()), cellText(entry, index.column()));
    default:
        return {};
    }
}

QString FleetModel::columnTitle(int column)
{
    switch (column) {
    case Title:
        return tr("App");
    case State:
        return tr("State");
    case Host:
        return tr("Host");
    case Cpu:
        return tr("CPU");
    case Memory:
        return tr("Memory");
    case Processes:
        return tr("Processes");
    case Up:
        return tr("Up");
    case Version:
        return tr("Version");
    case Labels:
        return tr("Labels");
    case Engine:
        return tr("Engine");
    default:
        return {};
    }
}

QVariant FleetModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::DisplayRole)
        return columnTitle(section);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && section == Mark)
        return tr("Choose all that match");
    return {};
}

Qt::ItemFlags FleetModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.column() == Mark)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

bool FleetModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != Mark)
        return false;
    setChecked(at(index.row()).row.app, value.toInt() == Qt::Checked);
    return true;
}

void FleetModel::setChecked(const AppId &app, bool checked)
{
    const BoardEntry *entry = find(app);
    if (!entry || m_checked.contains(app) == checked)
        return;
    if (checked)
        m_checked.insert(app);
    else
        m_checked.remove(app);
    if (entry->position >= 0)
        emitRange(entry->position, entry->position);
    Q_EMIT checksChanged();
}

void FleetModel::setRangeChecked(int first, int last, bool checked)
{
    first = std::max(0, first);
    last = std::min(last, rowCount() - 1);
    for (int row = first; row <= last; ++row) {
        if (checked)
            m_checked.insert(at(row).row.app);
        else
            m_checked.remove(at(row).row.app);
    }
    if (first <= last) {
        emitRange(first, last);
        Q_EMIT checksChanged();
    }
}

QList<AppId> FleetModel::moveChecks(const QList<AppId> &dropped, int first, int last)
{
    for (const AppId &app : dropped) {
        m_checked.remove(app);
        if (const int row = rowOf(app); row >= 0)
            emitRange(row, row);
    }
    QList<AppId> fresh;
    for (int row = std::max(0, first); row <= std::min(last, rowCount() - 1); ++row) {
        if (!m_checked.contains(at(row).row.app))
            fresh.append(at(row).row.app);
    }
    setRangeChecked(first, last, true);
    return fresh;
}

void FleetModel::checkAll()
{
    setRangeChecked(0, rowCount() - 1, true);
}

void FleetModel::clearChecks()
{
    if (m_checked.isEmpty())
        return;
    m_checked.clear();
    if (!m_view.empty())
        emitRange(0, rowCount() - 1);
    Q_EMIT checksChanged();
}

QStringList FleetModel::labels() const
{
    QSet<QString> all;
    for (const auto &entry : m_entries) {
        for (const QString &label : entry->row.labels)
            all.insert(label);
    }
    QStringList list = all.values();
    list.sort(Qt::CaseInsensitive);
    return list;
}

QList<AppId> FleetModel::checkedApps() const
{
    QList<AppId> shown, hidden;
    for (const BoardEntry *entry : m_view) {
        if (m_checked.contains(entry->row.app))
            shown.append(entry->row.app);
    }
    if (shown.size() == m_checked.size())
        return shown;
    for (const AppId &app : m_checked) {
        if (rowOf(app) < 0)
            hidden.append(app);
    }
    std::sort(hidden.begin(), hidden.end());
    return shown + hidden;
}

} // namespace Flotilla
