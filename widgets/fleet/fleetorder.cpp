// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetorder.h"

#include "widgets/fleet/fleetmodel.h"

namespace Flotilla {

namespace {

constexpr int unknownLast = 2; // stronger than -1 and 1: not turned round

template <typename T>
int compareValues(const T &a, const T &b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

template <typename T>
int compareKnown(const std::optional<T> &a, const std::optional<T> &b)
{
    if (a && b)
        return compareValues(*a, *b);
    return a ? -unknownLast : b ? unknownLast : 0;
}

// What needs a look first, then what lives.
int rank(FleetBucket bucket)
{
    switch (bucket) {
    case FleetBucket::NeedsLook:
        return 0;
    case FleetBucket::Starting:
        return 1;
    case FleetBucket::Live:
        return 2;
    default:
        return 3;
    }
}

std::optional<QDateTime> startOf(const FleetRow &row)
{
    return row.state == SandboxState::Running && row.created.isValid() ? std::optional(row.created) : std::nullopt;
}

} // namespace

bool FleetOrder::operator()(const BoardEntry *a, const BoardEntry *b) const
{
    int result = compare(*a, *b);
    if (m_descending && qAbs(result) != unknownLast)
        result = -result;
    if (result == 0)
        result = a->titleKey->compare(*b->titleKey);
    return result != 0 ? result < 0 : a->row.app < b->row.app;
}

int FleetOrder::compare(const BoardEntry &a, const BoardEntry &b) const
{
    switch (m_column) {
    case FleetModel::State:
        if (const int ranks = compareValues(rank(a.bucket), rank(b.bucket)); ranks != 0)
            return ranks;
        return a.status.word.compare(b.status.word);
    case FleetModel::Host:
        return a.row.hostLabel.compare(b.row.hostLabel, Qt::CaseInsensitive);
    case FleetModel::Cpu:
        return compareKnown(a.row.cpuPercent, b.row.cpuPercent);
    case FleetModel::Memory:
        return compareKnown(a.row.memoryBytes, b.row.memoryBytes);
    case FleetModel::Processes:
        return compareValues(a.row.processes, b.row.processes);
    case FleetModel::Up:
        return compareKnown(startOf(b.row), startOf(a.row)) * (startOf(a.row) && startOf(b.row) ? 1 : -1);
    case FleetModel::Version:
        return compareValues(a.row.version, b.row.version);
    case FleetModel::Labels:
        return a.labelText.compare(b.labelText, Qt::CaseInsensitive);
    case FleetModel::Engine:
        return a.row.backend.compare(b.row.backend);
    default:
        return a.titleKey->compare(*b.titleKey);
    }
}

bool FleetOrder::isVolatile(int column)
{
    return column == FleetModel::Cpu || column == FleetModel::Memory || column == FleetModel::Processes;
}

bool FleetOrder::differs(int column, const FleetRow &before, const FleetRow &after)
{
    switch (column) {
    case FleetModel::Title:
        return before.title != after.title;
    case FleetModel::State:
        return before.state != after.state || before.reason != after.reason ||
               before.hostReachable != after.hostReachable;
    case FleetModel::Host:
        return before.hostLabel != after.hostLabel;
    case FleetModel::Cpu:
        return before.cpuPercent != after.cpuPercent;
    case FleetModel::Memory:
        return before.memoryBytes != after.memoryBytes;
    case FleetModel::Processes:
        return before.processes != after.processes;
    case FleetModel::Up:
        return before.created != after.created || before.state != after.state;
    case FleetModel::Version:
        return before.version != after.version;
    case FleetModel::Labels:
        return before.labels != after.labels;
    default:
        return before.backend != after.backend;
    }
}

} // namespace Flotilla
