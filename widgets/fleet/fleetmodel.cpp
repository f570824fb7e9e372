// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetmodel.h"

#include "widgets/fleet/fleetorder.h"

#include <algorithm>

namespace Flotilla {

namespace {
constexpr size_t mostSingleRemovals = 100; // more are cheaper as one reset
}

FleetModel::FleetModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_age.start();
    if (m_collator.locale().language() == QLocale::C) // which cannot count
        m_collator.setLocale(QLocale(QLocale::English));
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    m_flush.setSingleShot(true);
    m_flush.setInterval(flushMs);
    connect(&m_flush, &QTimer::timeout, this, &FleetModel::flush);
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_settle, &QTimer::timeout, this, &FleetModel::settleWhenFree);
}

FleetModel::~FleetModel() = default;

void FleetModel::setRows(const QList<FleetRow> &rows)
{
    QSet<AppId> listed;
    for (const FleetRow &row : rows)
        listed.insert(row.app);
    QList<AppId> gone;
    for (const auto &entry : m_entries) {
        if (!listed.contains(entry->row.app))
            gone.append(entry->row.app);
    }
    m_pending.clear();
    m_pendingRemoved.clear();
    remove(gone);
    for (const FleetRow &row : rows)
        upsert(row);
    recount();
    rearrange(true);
    Q_EMIT countsChanged();
}

void FleetModel::post(const QList<FleetRow> &changed, const QList<AppId> &removed)
{
    for (const FleetRow &row : changed) {
        m_pending.insert(row.app, row);
        m_pendingRemoved.remove(row.app);
    }
    for (const AppId &app : removed) {
        m_pending.remove(app);
        m_pendingRemoved.insert(app);
    }
    if (!m_flush.isActive() && (!m_pending.isEmpty() || !m_pendingRemoved.isEmpty()))
        m_flush.start();
}

void FleetModel::flush()
{
    m_flush.stop();
    const auto counts = m_counts;
    const auto pending = std::exchange(m_pending, {});
    const auto removed = std::exchange(m_pendingRemoved, {});
    const bool checksGone = remove(removed.values());
    QSet<AppId> changed;
    int first = int(m_view.size()), last = -1;
    for (const FleetRow &row : pending) {
        const BoardEntry *entry = upsert(row);
        changed.insert(row.app);
        if (entry->position < 0)
            continue;
        first = std::min(first, entry->position);
        last = std::max(last, entry->position);
    }
    if (last >= 0)
        emitRange(first, last);
    if (counts != m_counts)
        Q_EMIT countsChanged();
    if (checksGone)
        Q_EMIT checksChanged();
    if (m_view.empty() && m_membersStale)
        settle(); // nothing there can jump
    if (isStale() && !m_settle.isActive())
        m_settle.start();
    Q_EMIT flushed(changed);
}

void FleetModel::describe(BoardEntry &entry)
{
    const FleetRow &row = entry.row;
    entry.status = statusOf(row);
    entry.cpuText = formatPercent(row.cpuPercent);
    entry.memoryText = formatMemory(row.memoryBytes);
    entry.labelText = row.labels.join(QLatin1String(", "));
    entry.versionText = row.version > 0 ? QStringLiteral("v%1").arg(row.version) : QString();
}

void FleetModel::setSamples(BoardEntry &entry, const FleetRow &before) const
{
    const FleetRow &row = entry.row;
    if (before.sandbox != row.sandbox) {
        for (SampleHistory *history : {&entry.cpu, &entry.memory, &entry.processes, &entry.times})
            history->clear();
    }
    if (row.sandbox.isEmpty() || row.state != SandboxState::Running)
        return;
    entry.cpu.add(row.cpuPercent ? float(*row.cpuPercent) : -1);
    entry.memory.add(row.memoryBytes ? float(*row.memoryBytes) : -1);
    entry.processes.add(row.processes > 0 ? float(row.processes) : -1);
    entry.times.add(float(age()));
}

BoardEntry *FleetModel::upsert(const FleetRow &row)
{
    BoardEntry *&entry = m_byApp[row.app];
    const bool isNew = !entry;
    if (isNew) {
        m_entries.push_back(std::make_unique<BoardEntry>());
        entry = m_entries.back().get();
        ++m_counts[static_cast<size_t>(FleetBucket::All)];
    } else {
        --m_counts[static_cast<size_t>(entry->bucket)];
    }
    const FleetRow before = std::exchange(entry->row, row);
    if (isNew || before.title != row.title)
        entry->titleKey.emplace(m_collator.sortKey(row.title));
    entry->bucket = bucketOf(row);
    ++m_counts[static_cast<size_t>(entry->bucket)];
    setSamples(*entry, before);
    describe(*entry);
    if (accepts(*entry) != (entry->position >= 0))
        m_membersStale = true;
    else if (entry->position >= 0 && !m_orderStale)
        m_orderStale = FleetOrder::differs(m_sortColumn, before, row);
    return entry;
}

bool FleetModel::accepts(const BoardEntry &entry) const
{
    return (m_tab == FleetBucket::All || entry.bucket == m_tab) && m_filter.matches(entry.row);
}

/// True when a checked one was among them.
bool FleetModel::remove(const QList<AppId> &apps)
{
    std::vector<int> positions;
    QSet<const BoardEntry *> gone;
    bool checked = false;
    for (const AppId &app : apps) {
        BoardEntry *entry = m_byApp.take(app);
        if (!entry)
            continue;
        if (entry->position >= 0)
            positions.push_back(entry->position);
        --m_counts[static_cast<size_t>(entry->bucket)];
        --m_counts[static_cast<size_t>(FleetBucket::All)];
        checked = m_checked.remove(app) || checked;
        gone.insert(entry);
    }
    if (gone.isEmpty())
        return false;
    removeFromView(std::move(positions));
    m_entries.erase(std::remove_if(m_entries.begin(), m_entries.end(),
                                   [&gone](const auto &entry) { return gone.contains(entry.get()); }),
                    m_entries.end());
    return checked;
}

void FleetModel::removeFromView(std::vector<int> positions)
{
    std::sort(positions.begin(), positions.end(), std::greater<>());
    if (positions.size() > mostSingleRemovals) {
        beginResetModel();
        for (const int position : positions)
            m_view[static_cast<size_t>(position)] = nullptr;
        m_view.erase(std::remove(m_view.begin(), m_view.end(), nullptr), m_view.end());
        renumber();
        endResetModel();
        return;
    }
    for (const int position : positions) {
        beginRemoveRows({}, position, position);
        m_view.erase(m_view.begin() + position);
        endRemoveRows();
    }
    renumber();
}

void FleetModel::setTab(FleetBucket tab)
{
    if (std::exchange(m_tab, tab) != tab)
        rearrange(true);
}

void FleetModel::setFilter(const FleetFilter &filter)
{
    m_filter = filter;
    rearrange(true);
}

void FleetModel::sort(int column, Qt::SortOrder order)
{
    if (column <= Mark || column >= ColumnCount)
        return;
    m_sortColumn = column;
    m_sortOrder = order;
    rearrange(true);
}

void FleetModel::settle()
{
    rearrange(m_orderStale);
}

void FleetModel::settleWhenFree()
{
    const Usage usage = m_usage ? m_usage() : Usage::Idle;
    const bool mayReorder = usage == Usage::Idle || !FleetOrder::isVolatile(m_sortColumn);
    if (usage != Usage::Busy && (m_membersStale || (m_orderStale && mayReorder)))
        rearrange(m_orderStale && mayReorder);
    if (isStale())
        m_settle.start();
}

std::vector<BoardEntry *> FleetModel::acceptedFresh() const
{
    std::vector<BoardEntry *> fresh;
    for (const auto &entry : m_entries) {
        if (entry->position < 0 && accepts(*entry))
            fresh.push_back(entry.get());
    }
    std::sort(fresh.begin(), fresh.end(), FleetOrder(m_sortColumn, m_sortOrder));
    return fresh;
}

// Members come and go at their places; with `reorder` all of them are sorted anew.
void FleetModel::rearrange(bool reorder)
{
    m_settle.stop();
    const FleetOrder order(m_sortColumn, m_sortOrder);
    std::vector<BoardEntry *> view;
    view.reserve(m_entries.size());
    for (BoardEntry *entry : m_view) {
        if (accepts(*entry))
            view.push_back(entry);
    }
    const auto fresh = acceptedFresh();
    const auto middle = view.insert(view.end(), fresh.begin(), fresh.end());
    if (reorder)
        std::sort(view.begin(), view.end(), order);
    else if (!m_orderStale)
        std::inplace_merge(view.begin(), middle, view.end(), order);
    m_orderStale = m_orderStale && !reorder;
    m_membersStale = false;
    apply(std::move(view));
}

void FleetModel::apply(std::vector<BoardEntry *> view)
{
    if (view == m_view)
        return;
    const bool sameMembers = view.size() == m_view.size() &&
                             std::all_of(view.begin(), view.end(), [](const auto *e) { return e->position >= 0; });
    if (!sameMembers) {
        beginResetModel();
        for (BoardEntry *entry : m_view)
            entry->position = -1;
        m_view = std::move(view);
        renumber();
        endResetModel();
        return;
    }
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const std::vector<BoardEntry *> before = std::exchange(m_view, std::move(view));
    renumber();
    const QModelIndexList old = persistentIndexList();
    QModelIndexList now;
    for (const QModelIndex &index : old)
        now.append(createIndex(before[static_cast<size_t>(index.row())]->position, index.column()));
    changePersistentIndexList(old, now);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void FleetModel::renumber()
{
    for (size_t i = 0; i < m_view.size(); ++i)
        m_view[i]->position = int(i);
}

void FleetModel::recount()
{
    m_counts.fill(0);
    m_counts[0] = int(m_entries.size());
    for (const auto &entry : m_entries)
        ++m_counts[static_cast<size_t>(entry->bucket)];
}

void FleetModel::emitRange(int first, int last)
{
    Q_EMIT dataChanged(index(first, 0), index(last, ColumnCount - 1));
}

const BoardEntry *FleetModel::find(const AppId &app) const
{
    return m_byApp.value(app, nullptr);
}

int FleetModel::rowOf(const AppId &app) const
{
    const BoardEntry *entry = find(app);
    return entry ? entry->position : -1;
}

} // namespace Flotilla
