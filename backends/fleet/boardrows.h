// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "backends/storage/records.h"

#include <QHash>
#include <QSet>

#include <chrono>

namespace Flotilla {

/// The rows of the board and which of them changed since somebody looked. A value: no threads, no clock, no store.
/// Every call costs the same with 10 and with 10,000 rows, except all(), setHost() and takeChanges().
class BoardRows
{
public:
    struct Changes
    {
        QList<FleetRow> changed;
        QList<AppId> removed;
    };

    void setApp(const AppRecord &app, int version, const QStringList &labels);
    void removeApp(const AppId &app);
    void setLabels(const AppId &app, const QStringList &labels);
    /// What became of the app's sandbox. False: the app is not known here.
    bool setSandbox(const SandboxInfo &info);
    void setHost(const HostCard &card);
    void forgetHost(const HostId &id);
    /// `now` is monotonic. A counter that went backwards is a gap. The row, when there is one.
    const FleetRow *setMetrics(const SandboxId &id, const SandboxMetrics &metrics, std::chrono::nanoseconds now);

    bool contains(const AppId &app) const { return m_items.contains(app); }
    const FleetRow *find(const AppId &app) const;
    QList<FleetRow> all() const;
    QList<AppId> apps() const { return m_items.keys(); }
    bool hasChanges() const { return !m_dirty.isEmpty() || !m_removed.isEmpty(); }
    Changes takeChanges();

private:
    struct Item
    {
        FleetRow row;
        QString image;          ///< of its own
        double cpuSeconds = -1; ///< of the last sample; < 0: none
        std::chrono::nanoseconds sampled{0};
    };
    struct HostFacts
    {
        QString label;
        bool reachable = true;
        QString image;
        bool operator==(const HostFacts &) const = default;
    };
    template <typename Change>
    void change(Item &item, Change apply);
    void applyHost(FleetRow &row, const QString &ownImage) const;

    QHash<AppId, Item> m_items;
    QHash<SandboxId, AppId> m_bySandbox;
    QHash<HostId, HostFacts> m_hosts;
    QSet<AppId> m_dirty;
    QSet<AppId> m_removed;
};

} // namespace Flotilla
