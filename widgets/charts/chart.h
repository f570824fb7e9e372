// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QList>
#include <QPointF>
#include <QWidget>

class QCPGraph;
class QCPItemText;
class QCustomPlot;

namespace Flotilla {

/// How an axis writes its numbers.
enum class ChartUnit { Count, Seconds, Percent, Bytes };

/// The distance of the marks of a time axis, in seconds: minutes rather than 50 s.
double clockStep(double atLeast);
/// The distance of the marks of an axis of counts: nothing is counted in halves.
double countStep(double atLeast);
/// "12.5 s": a number at an axis, never rounded to another tick.
QString chartNumber(ChartUnit unit, double value);

/// How a series is drawn. Its colour is a token, so that it follows the theme.
struct ChartSeries
{
    enum class Kind {
        Line,
        Area,  ///< filled down to the series given as `above`, or to the axis
        Steps, ///< a line that keeps its value until the next point
        Dots,
    };
    Kind kind = Kind::Line;
    QColor Palette::*color = &Palette::accent;
    double opacity = 1;
    double width = 1.5;
    bool dotted = false;
    int above = -1;
};

/// A chart over one x axis that may change ten times a second: lines, stacked areas, dots, notes. GUI thread. Drawing
/// is paced: of all charts in the window at most one is drawn per turn of the event loop, each at most five times a
/// second.
class Chart : public QWidget
{
    Q_OBJECT

public:
    explicit Chart(QWidget *parent = nullptr);
    ~Chart() override;

    int addSeries(const ChartSeries &series);                                 ///< its number
    void setData(int series, const QList<double> &x, const QList<double> &y); ///< x ascending
    void append(int series, double x, double y);
    void setWidth(int series, double width); ///< of its line; half of it of its dots
    void clearData();
    int pointCount(int series) const;
    QList<QPointF> points(int series) const;

    void setUnits(ChartUnit x, ChartUnit y);
    void setXRange(double from, double to);
    void setYRange(double from, double to);
    void setGround(QColor Palette::*ground); ///< what it stands on; else "surface"
    void setGrid(bool grid);
    void setBare(); ///< only the lines: no axes, no numbers, no grid
    /// A thin upright line with a word; removed by clearNotes().
    void addNote(double x, const QString &text);
    void clearNotes();
    /// A word at the end of a series, in its colour.
    void addLabel(double x, double y, const QString &text, QColor Palette::*color);
    /// Larger type and lines, for a stage.
    void setTextSize(TextSize size);

    /// Draws soon. Cheap to call often.
    void refresh();
    void drawNow(); ///< for tests and pictures

    QSize sizeHint() const override { return {320, 180}; }
    QSize minimumSizeHint() const override { return {120, 72}; }

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    friend class ChartPacer;
    struct Entry
    {
        ChartSeries look;
        QCPGraph *graph = nullptr;
    };
    struct Label
    {
        QCPItemText *item = nullptr;
        QColor Palette::*color = nullptr;
    };
    void restyle();
    void styleAxes();
    void styleSeries(const Entry &entry);
    void styleNotes();
    void placeNotes();
    QCustomPlot *m_plot;
    QList<Entry> m_series;
    QList<QObject *> m_notes;
    QList<Label> m_labels;
    TextSize m_textSize = TextSize::Small;
    double m_lineScale = 1;
    QColor Palette::*m_ground = &Palette::surface;
    bool m_grid = true;
};

} // namespace Flotilla
