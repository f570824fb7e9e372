// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/fleet/fleetfilter.h"
#include "widgets/fleet/fleetstatus.h"
#include "widgets/fleet/samplehistory.h"

#include <QAbstractTableModel>
#include <QCollator>
#include <QElapsedTimer>
#include <QHash>
#include <QSet>
#include <QTimer>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace Flotilla {

/// A row of the board with everything painting needs, made once per change.
struct BoardEntry
{
    FleetRow row;
    StatusWord status;
    FleetBucket bucket = FleetBucket::Asleep;
    std::optional<QCollatorSortKey> titleKey;
    QString cpuText, memoryText, labelText, versionText;
    SampleHistory cpu, memory, processes;
    SampleHistory times; ///< of the samples, in seconds since the model was made
    int position = -1;   ///< in the view; -1: filtered out
};

/// All apps of all hosts: filtered, sorted, with check marks. Changes are buffered and applied a few times a second as
/// one range, so ten thousand rows at thousands of updates a second stay cheap. Rows keep their places while data
/// streams: the order is made anew only by sort(), a new filter, or settle() while nobody uses the table. GUI thread.
class FleetModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Mark, Title, State, Host, Cpu, Memory, Processes, Up, Version, Labels, Engine, ColumnCount };
    static constexpr int flushMs = 250;
    static constexpr int settleMs = 1000;

    explicit FleetModel(QObject *parent = nullptr);
    ~FleetModel() override;

    void setRows(const QList<FleetRow> &rows);
    void post(const QList<FleetRow> &changed, const QList<AppId> &removed);
    void flush(); ///< applies what was posted now

    void setTab(FleetBucket tab);
    FleetBucket tab() const { return m_tab; }
    void setFilter(const FleetFilter &filter);
    bool isFiltering() const { return m_tab != FleetBucket::All || !m_filter.isEmpty(); }
    void sort(int column, Qt::SortOrder order) override;
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }
    /// Order or membership is not what the sort and the filter ask for.
    bool isStale() const { return m_orderStale || m_membersStale; }
    void settle();
    /// Busy: a person works in the table, nothing settles by itself. Quiet: members may come and go. Idle: even an
    /// order by a figure that changes all the time may be made anew.
    enum class Usage { Busy, Quiet, Idle };
    void setUsageProbe(std::function<Usage()> probe) { m_usage = std::move(probe); }

    double age() const { return double(m_age.elapsed()) / 1000; } ///< what BoardEntry::times counts from
    int total() const { return int(m_entries.size()); }
    int count(FleetBucket bucket) const { return m_counts[static_cast<size_t>(bucket)]; }
    const BoardEntry &at(int row) const { return *m_view[static_cast<size_t>(row)]; }
    const BoardEntry *find(const AppId &app) const;
    QStringList labels() const; ///< every label of every app, sorted
    /// Takes the marks off `dropped` and puts them on a range. Answers which of these had none.
    QList<AppId> moveChecks(const QList<AppId> &dropped, int first, int last);
    int rowOf(const AppId &app) const; ///< -1: unknown or filtered out

    bool isChecked(const AppId &app) const { return m_checked.contains(app); }
    void setChecked(const AppId &app, bool checked);
    void setRangeChecked(int first, int last, bool checked);
    void checkAll(); ///< all that match
    void clearChecks();
    QList<AppId> checkedApps() const; ///< in the order of the table, hidden ones last
    int checkedCount() const { return int(m_checked.size()); }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    static QString columnTitle(int column);

Q_SIGNALS:
    void countsChanged();
    void checksChanged();
    void flushed(const QSet<Flotilla::AppId> &changed); ///< after the signals of the model itself

private:
    BoardEntry *upsert(const FleetRow &row);
    void setSamples(BoardEntry &entry, const FleetRow &before) const;
    void describe(BoardEntry &entry);
    bool accepts(const BoardEntry &entry) const;
    bool remove(const QList<AppId> &apps);
    void removeFromView(std::vector<int> positions);
    void settleWhenFree();
    void rearrange(bool reorder);
    std::vector<BoardEntry *> acceptedFresh() const;
    void apply(std::vector<BoardEntry *> view);
    void renumber();
    void recount();
    void emitRange(int first, int last);
    QString cellText(const BoardEntry &entry, int column) const;

    QHash<AppId, BoardEntry *> m_byApp;
    std::vector<std::unique_ptr<BoardEntry>> m_entries;
    std::vector<BoardEntry *> m_view;
    QHash<AppId, FleetRow> m_pending;
    QSet<AppId> m_pendingRemoved;
    QSet<AppId> m_checked;
    std::array<int, fleetBuckets> m_counts{};
    FleetFilter m_filter;
    FleetBucket m_tab = FleetBucket::All;
    int m_sortColumn = Title;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    bool m_orderStale = false;
    bool m_membersStale = false;
    std::function<Usage()> m_usage;
    QCollator m_collator;
    QElapsedTimer m_age;
    QTimer m_flush;
    QTimer m_settle;
};

} // namespace Flotilla
