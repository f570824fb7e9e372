// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/boardrows.h"

#include "backends/fleet/sandboxrecords.h"

#include <cmath>

namespace Flotilla {

namespace {

constexpr double shortestSpan = 0.2; ///< seconds; below it a share of processor time is noise

void clearMeasures(FleetRow &row)
{
    row.cpuPercent.reset();
    row.memoryBytes.reset();
    row.processes = 0;
}

} // namespace

template <typename Change>
void BoardRows::change(Item &item, Change apply)
{
    const FleetRow before = item.row;
    apply(item.row);
    if (item.row != before)
        m_dirty.insert(item.row.app);
}

void BoardRows::applyHost(FleetRow &row, const QString &ownImage) const
{
    const auto facts = m_hosts.constFind(row.host);
    row.hostLabel = facts == m_hosts.constEnd() ? row.host.value : facts->label;
    row.hostReachable = (facts == m_hosts.constEnd() || facts->reachable) && !isOutOfReach(row.state, row.reason);
    const bool takesNone = row.backend == QLatin1String("bubblewrap");
    row.image = !ownImage.isEmpty() ? ownImage : takesNone || facts == m_hosts.constEnd() ? QString() : facts->image;
}

void BoardRows::setApp(const AppRecord &app, int version, const QStringList &labels)
{
    const bool isNew = !m_items.contains(app.id);
    Item &item = m_items[app.id];
    m_removed.remove(app.id);
    if (isNew) {
        item.row.app = app.id;
        m_dirty.insert(app.id);
    }
    item.image = app.image;
    change(item, [&](FleetRow &row) {
        row.title = app.title;
        row.version = version;
        row.labels = labels;
        row.placement = app.host;
        row.ownImage = app.image;
        if (row.sandbox.isEmpty() && row.host.isEmpty() && app.host != QLatin1String("any"))
            row.host = {app.host};
        applyHost(row, app.image);
    });
}

void BoardRows::removeApp(const AppId &app)
{
    const auto found = m_items.constFind(app);
    if (found == m_items.constEnd())
        return;
    m_bySandbox.remove(found->row.sandbox);
    m_items.erase(found);
    m_dirty.remove(app);
    m_removed.insert(app);
}

void BoardRows::setLabels(const AppId &app, const QStringList &labels)
{
    if (const auto found = m_items.find(app); found != m_items.end())
        change(*found, [&](FleetRow &row) { row.labels = labels; });
}

bool BoardRows::setSandbox(const SandboxInfo &info)
{
    const auto found = m_items.find(info.app);
    if (found == m_items.end())
        return false;
    Item &item = *found;
    const bool alive = isAlive(info.state);
    if (!alive && !item.row.sandbox.isEmpty() && item.row.sandbox != info.id)
        return true; // the end of an earlier one
    if (item.row.sandbox != info.id) {
        m_bySandbox.remove(item.row.sandbox);
        item.cpuSeconds = -1;
    }
    if (alive)
        m_bySandbox.insert(info.id, info.app);
    else
        m_bySandbox.remove(info.id);
    change(item, [&](FleetRow &row) {
        if (row.sandbox != info.id || !alive)
            clearMeasures(row);
        row.sandbox = alive ? info.id : SandboxId();
        row.host = info.host;
        row.backend = info.backend;
        row.state = info.state;
        row.reason = info.reason;
        row.detail = info.detail;
        row.created = alive ? info.created : QDateTime();
        applyHost(row, item.image);
    });
    return true;
}

void BoardRows::setHost(const HostCard &card)
{
    const HostFacts facts{card.config.label, card.state != HostState::Unreachable, card.config.image};
    const auto known = m_hosts.constFind(card.config.id);
    if (known != m_hosts.constEnd() && *known == facts)
        return;
    m_hosts.insert(card.config.id, facts);
    for (Item &item : m_items) {
        if (item.row.host != card.config.id)
            continue;
        item.cpuSeconds = -1;
        change(item, [&](FleetRow &row) {
            if (!facts.reachable)
                row.cpuPercent.reset();
            applyHost(row, item.image);
        });
    }
}

void BoardRows::forgetHost(const HostId &id)
{
    m_hosts.remove(id);
}

const FleetRow *BoardRows::setMetrics(const SandboxId &id, const SandboxMetrics &metrics, std::chrono::nanoseconds now)
{
    const auto app = m_bySandbox.constFind(id);
    if (app == m_bySandbox.constEnd())
        return nullptr;
    Item &item = m_items[*app];
    const double span = std::chrono::duration<double>(now - item.sampled).count();
    std::optional<double> percent = item.row.cpuPercent;
    if (item.cpuSeconds < 0 || metrics.cpuSeconds < item.cpuSeconds)
        percent.reset();
    else if (span >= shortestSpan)
        percent = std::round((metrics.cpuSeconds - item.cpuSeconds) / span * 1000) / 10;
    if (item.cpuSeconds < 0 || metrics.cpuSeconds < item.cpuSeconds || span >= shortestSpan) {
        item.cpuSeconds = metrics.cpuSeconds;
        item.sampled = now;
    }
    change(item, [&](FleetRow &row) {
        row.cpuPercent = percent;
        row.memoryBytes = metrics.memoryBytes;
        row.processes = metrics.processes;
    });
    return &item.row;
}

const FleetRow *BoardRows::find(const AppId &app) const
{
    const auto found = m_items.constFind(app);
    return found == m_items.constEnd() ? nullptr : &found->row;
}

QList<FleetRow> BoardRows::all() const
{
    QList<FleetRow> rows;
    rows.reserve(m_items.size());
    for (const Item &item : m_items)
        rows.append(item.row);
    return rows;
}

BoardRows::Changes BoardRows::takeChanges()
{
    Changes changes;
    changes.changed.reserve(m_dirty.size());
    for (const AppId &app : std::as_const(m_dirty))
        changes.changed.append(m_items.constFind(app)->row);
    changes.removed = m_removed.values();
    m_dirty.clear();
    m_removed.clear();
    return changes;
}

} // namespace Flotilla
