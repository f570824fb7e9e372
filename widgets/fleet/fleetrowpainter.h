// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QFontMetrics>
#include <QRect>

#include <vector>

class QPainter;

namespace Flotilla {

struct BoardEntry;
struct Palette;
class SampleHistory;

/// Paints one row of the board. Made once per paint event: it keeps fonts and colours.
class FleetRowPainter
{
public:
    struct Span
    {
        int column = 0;
        int left = 0;
        int width = 0;
    };
    struct Look
    {
        bool checked = false;
        bool current = false;
        bool hovered = false;
        bool focused = false;
    };
    FleetRowPainter(QPainter *painter, std::vector<Span> columns);

    void paint(const QRect &row, const BoardEntry &entry, const Look &look);
    static void paintCheckBox(QPainter *painter, const QRect &cell, Qt::CheckState state, bool hovered);
    /// Where a figure and the title above it end, at the right of this box.
    static QRect figureBox(const QRect &cell);
    static constexpr int padding = 12;
    static constexpr int sparkWidth = 70;
    static constexpr int widthForSpark = 142; ///< a narrower column shows only the figure

private:
    void paintCell(const QRect &cell, const Span &span, const BoardEntry &entry, const Look &look);
    void paintText(const QRect &cell, const QString &text, const QColor &color, const QFont &font,
                   const QFontMetrics &metrics, Qt::TextElideMode elide = Qt::ElideRight);
    void paintState(const QRect &cell, const BoardEntry &entry);
    void paintFigure(const QRect &cell, const QString &text, const SampleHistory &samples, const QColor &color,
                     float floor);

    QPainter *m_painter;
    std::vector<Span> m_columns;
    const Palette &m_colors;
    QFont m_font, m_figures;
    QFontMetrics m_metrics, m_figureMetrics;
    QString m_now;
};

} // namespace Flotilla
