// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QSize>

namespace Flotilla {

/// Where the cells of the wall are: in order of submission, row by row. Pure.
struct WallGrid
{
    int count = 0;
    int columns = 1;
    int rows = 0;
    QSize cell;
    int gap = 1;
    int left = 0, top = 0; ///< what is left over, shared out to both sides
    int height = 0;

    /// The largest cells of about 16:10 with which all `count` fit into `area`; when they would be narrower than
    /// `least`, that width, and the wall is higher than `area`.
    static WallGrid fit(int count, const QSize &area, int least = 0);
    [[nodiscard]] QRect rect(int index) const;
    [[nodiscard]] int at(const QPoint &point) const; ///< -1: between cells, or none
    [[nodiscard]] int firstAt(int y) const;          ///< first cell of the row at this height
    bool operator==(const WallGrid &) const = default;

private:
    void place(const QSize &area);
};

} // namespace Flotilla
