// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/wallgrid.h"

#include <algorithm>

namespace Flotilla {

namespace {

constexpr double aspect = 1.6;
constexpr double flattest = 1.9;
constexpr double steepest = 1.25;
constexpr int largeGap = 8; ///< of cells in which a page can be read: they have its shape, so that it is not cut

int gapFor(double width)
{
    return width < 6 ? 1 : width < 22 ? 2 : width < 80 ? 3 : largeGap;
}

int columnsThatFit(int count, const QSize &area)
{
    for (int columns = 1; columns < count; ++columns) {
        const double pitch = double(area.width()) / columns;
        const int gap = gapFor(pitch);
        const int rows = (count + columns - 1) / columns;
        const double height = (pitch - gap) / aspect + gap;
        if (rows * height <= area.height() + gap)
            return columns;
    }
    return count;
}

/// One or two more columns rather than a few cells alone in the last row.
int columnsFor(int count, const QSize &area)
{
    const int least = columnsThatFit(count, area);
    for (int columns = least; columns <= least + 2 && columns <= count; ++columns) {
        const int rest = count % columns;
        if (rest == 0 || rest * 3 >= columns)
            return columns;
    }
    return least;
}

QSize largest(const QSize &cell)
{
    return cell.boundedTo(QSize(480, 300));
}

/// Cells with the shape of a page in `columns`, as large as both sides of the area allow.
QSize pageIn(const QSize &area, int count, int columns)
{
    const int rows = (count + columns - 1) / columns;
    const int wide = (area.width() + largeGap) / columns - largeGap;
    const int high = (area.height() + largeGap) / rows - largeGap;
    const int width = std::max(1, std::min(wide, int(high * aspect)));
    return largest({width, std::max(1, qRound(width / aspect))});
}

/// Fewer columns with more rows may have larger cells, which do not reach the sides then.
void enlarge(WallGrid *grid, const QSize &area)
{
    for (int columns = grid->columns - 1; columns > 0; --columns) {
        const QSize cell = pageIn(area, grid->count, columns);
        if (cell.width() * 10 < grid->cell.width() * 11)
            continue; // no larger, or hardly
        grid->columns = columns;
        grid->rows = (grid->count + columns - 1) / columns;
        grid->cell = cell;
    }
}

} // namespace

WallGrid WallGrid::fit(int count, const QSize &area, int least)
{
    WallGrid grid;
    grid.count = count;
    if (count < 1 || area.width() < 1 || area.height() < 1)
        return grid;
    grid.columns = columnsFor(count, area);
    grid.gap = gapFor(double(area.width()) / grid.columns);
    const bool small = least > 0 && (area.width() + grid.gap) / grid.columns - grid.gap < least;
    if (small) {
        grid.gap = gapFor(least);
        grid.columns = std::max(1, (area.width() + grid.gap) / (least + grid.gap));
    }
    grid.rows = (count + grid.columns - 1) / grid.columns;
    const int width = std::max(1, (area.width() + grid.gap) / grid.columns - grid.gap);
    int height = std::max(1, qRound(width / aspect));
    if (!small) { // use the whole height, as far as cells stay cells
        const int most = (area.height() + grid.gap) / grid.rows - grid.gap;
        const double tallest = grid.gap == largeGap ? aspect : steepest;
        height = std::clamp(most, std::max(1, int(width / flattest)), std::max(1, qRound(width / tallest)));
    }
    grid.cell = largest({width, height});
    if (!small && grid.gap == largeGap)
        enlarge(&grid, area);
    grid.place(area);
    return grid;
}

void WallGrid::place(const QSize &area)
{
    left = std::max(0, (area.width() - (columns * (cell.width() + gap) - gap)) / 2);
    height = rows * (cell.height() + gap) - gap;
    top = std::max(0, (area.height() - height) / 2);
}

QRect WallGrid::rect(int index) const
{
    const int row = index / columns;
    const int column = index % columns;
    return {QPoint(left + column * (cell.width() + gap), top + row * (cell.height() + gap)), cell};
}

int WallGrid::at(const QPoint &point) const
{
    if (count == 0 || point.x() < left || point.y() < top)
        return -1;
    const int column = (point.x() - left) / (cell.width() + gap);
    const int index = (point.y() - top) / (cell.height() + gap) * columns + column;
    return column < columns && index < count && rect(index).contains(point) ? index : -1;
}

int WallGrid::firstAt(int y) const
{
    return count == 0 ? 0 : std::clamp((y - top) / (cell.height() + gap), 0, std::max(0, rows - 1)) * columns;
}

} // namespace Flotilla
