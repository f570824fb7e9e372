// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Qt>

namespace Flotilla {

struct BoardEntry;
struct FleetRow;

/// The order of the board by one column; equal ones by title, then by id, so that it is total. Figures that are not
/// known come last either way.
class FleetOrder
{
public:
    FleetOrder(int column, Qt::SortOrder order)
        : m_column(column)
        , m_descending(order == Qt::DescendingOrder)
    {
    }
    bool operator()(const BoardEntry *a, const BoardEntry *b) const;

    /// Changes all the time while apps run.
    static bool isVolatile(int column);
    /// The change may have moved the row.
    static bool differs(int column, const FleetRow &before, const FleetRow &after);

private:
    int compare(const BoardEntry &a, const BoardEntry &b) const;
    int m_column;
    bool m_descending;
};

} // namespace Flotilla
