// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chart.h"

#include "widgets/charts/chartpacer.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"

#include <qcustomplot.h>

#include <QVBoxLayout>

namespace Flotilla {

namespace {

constexpr double noteOpacity = 0.9;
constexpr double longestPlainStep = 10; ///< of seconds
constexpr int widthOfTick = 120;        ///< "2 min 30 s", and half as many more ticks than asked for

/// Few ticks, with their numbers as people write them.
class Ticker : public QCPAxisTicker
{
public:
    explicit Ticker(ChartUnit unit)
        : m_unit(unit)
    {
        setTickCount(4);
        setTickStepStrategy(tssReadability);
    }

protected:
    QString getTickLabel(double tick, const QLocale &, QChar, int) override
    {
        return chartNumber(m_unit, tick < 1e-9 ? 0 : tick);
    }
    int getSubTickCount(double) override { return 0; }
    double getTickStep(const QCPRange &range) override
    {
        const double atLeast = range.size() / tickCount();
        if (m_unit == ChartUnit::Seconds && atLeast > longestPlainStep)
            return clockStep(atLeast);
        const double step = QCPAxisTicker::getTickStep(range);
        return m_unit == ChartUnit::Count ? countStep(step) : step;
    }

private:
    ChartUnit m_unit;
};

/// One antialiased dot, drawn many times as it is.
QPixmap dotPixmap(const QColor &color, double diameter, double pixelRatio)
{
    const int side = int(std::ceil(diameter)) + 1;
    QPixmap pixmap(QSize(side, side) * pixelRatio);
    pixmap.setDevicePixelRatio(pixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QPointF(side / 2.0, side / 2.0), diameter / 2, diameter / 2);
    return pixmap;
}

QColor tinted(QColor color, double opacity)
{
    color.setAlphaF(float(opacity));
    return color;
}

} // namespace

double clockStep(double atLeast)
{
    constexpr double hour = 3600;
    for (const double step : {15., 30., 60., 120., 300., 600., 900., 1800.})
        if (atLeast <= step)
            return step;
    return std::ceil(atLeast / hour) * hour;
}

double countStep(double atLeast)
{
    if (atLeast == std::floor(atLeast))
        return atLeast;
    return atLeast < 1 ? 1 : std::ceil(atLeast / 5) * 5;
}

QString chartNumber(ChartUnit unit, double value)
{
    if (value == 0 && unit != ChartUnit::Percent)
        return QStringLiteral("0");
    switch (unit) {
    case ChartUnit::Seconds:
        return value < 60 ? QCoreApplication::translate("Chart", "%1 s").arg(QLocale().toString(value))
                          : formatSeconds(value);
    case ChartUnit::Percent:
        return QCoreApplication::translate("Chart", "%1 %").arg(qRound(value));
    case ChartUnit::Bytes:
        return formatBytes(qint64(value));
    case ChartUnit::Count:
        break;
    }
    return QLocale().toString(value, 'f', value < 100 && value != std::floor(value) ? 1 : 0);
}

Chart::Chart(QWidget *parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setNoAntialiasingOnDrag(true);
    m_plot->setPlottingHint(QCP::phFastPolylines);
    setUnits(ChartUnit::Seconds, ChartUnit::Count);
    restyle();
    connect(&Theme::instance(), &Theme::changed, this, &Chart::restyle);
}

Chart::~Chart()
{
    ChartPacer::instance().forget(this);
}

int Chart::addSeries(const ChartSeries &series)
{
    Entry entry{series, m_plot->addGraph()};
    if (series.kind == ChartSeries::Kind::Area && series.above >= 0)
        entry.graph->setChannelFillGraph(m_series[series.above].graph);
    styleSeries(entry);
    m_series.append(entry);
    return int(m_series.size()) - 1;
}

void Chart::setData(int series, const QList<double> &x, const QList<double> &y)
{
    m_series[series].graph->setData(x, y, true);
    refresh();
}

void Chart::setWidth(int series, double width)
{
    m_series[series].look.width = width;
    styleSeries(m_series[series]);
    refresh();
}

void Chart::append(int series, double x, double y)
{
    m_series[series].graph->addData(x, y);
    refresh();
}

void Chart::clearData()
{
    for (const Entry &entry : std::as_const(m_series))
        entry.graph->data()->clear();
    clearNotes();
    refresh();
}

int Chart::pointCount(int series) const
{
    return m_series[series].graph->data()->size();
}

QList<QPointF> Chart::points(int series) const
{
    QList<QPointF> points;
    for (const QCPGraphData &point : *m_series[series].graph->data())
        points.append({point.key, point.value});
    return points;
}

void Chart::setBare()
{
    m_grid = false;
    m_plot->yAxis->setVisible(false);
    m_plot->xAxis->setTicks(false);
    m_plot->xAxis->setTickLabels(false);
    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins(QMargins(0, 2, 0, 1));
    restyle();
}

void Chart::setUnits(ChartUnit x, ChartUnit y)
{
    m_plot->xAxis->setTicker(QSharedPointer<QCPAxisTicker>(new Ticker(x)));
    m_plot->yAxis->setTicker(QSharedPointer<QCPAxisTicker>(new Ticker(y)));
}

void Chart::setXRange(double from, double to)
{
    m_plot->xAxis->setRange(from, std::max(to, from + 1e-6));
    refresh();
}

void Chart::setYRange(double from, double to)
{
    m_plot->yAxis->setRange(from, std::max(to, from + 1e-6));
    refresh();
}

void Chart::setGround(QColor Palette::*ground)
{
    m_ground = ground;
    restyle();
}

void Chart::setGrid(bool grid)
{
    m_grid = grid;
    restyle();
}

void Chart::addNote(double x, const QString &text)
{
    auto *line = new QCPItemStraightLine(m_plot);
    line->point1->setCoords(x, 0);
    line->point2->setCoords(x, 1);
    auto *label = new QCPItemText(m_plot);
    label->position->setTypeX(QCPItemPosition::ptPlotCoords);
    label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    label->position->setCoords(x, 0);
    label->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    label->setPadding(QMargins(Space::xs, 0, Space::xs, 0));
    label->setText(text);
    m_notes.append({line, label});
    styleNotes();
    refresh();
}

void Chart::clearNotes()
{
    for (QObject *item : std::exchange(m_notes, {}))
        m_plot->removeItem(qobject_cast<QCPAbstractItem *>(item));
    for (const Label &label : std::exchange(m_labels, {}))
        m_plot->removeItem(label.item);
    refresh();
}

void Chart::addLabel(double x, double y, const QString &text, QColor Palette::*color)
{
    auto *label = new QCPItemText(m_plot);
    label->position->setCoords(x, y);
    label->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
    label->setText(text);
    m_labels.append({label, color});
    styleNotes();
    refresh();
}

void Chart::setTextSize(TextSize size)
{
    m_textSize = size;
    m_lineScale = size == TextSize::Small ? 1 : size == TextSize::Base ? 1.25 : 1.7;
    restyle();
}

void Chart::refresh()
{
    if (isVisible())
        ChartPacer::instance().ask(this);
}

void Chart::drawNow()
{
    if (m_plot->width() < 2 || m_plot->height() < 2) // nothing to draw on yet
        return;
    m_plot->xAxis->ticker()->setTickCount(std::clamp(m_plot->width() / widthOfTick, 2, 4));
    placeNotes();
    m_plot->replot(QCustomPlot::rpQueuedRefresh);
}

/// To the right of its line; to the left where there is no room.
void Chart::placeNotes()
{
    const QRect inside = m_plot->axisRect()->rect();
    for (QObject *item : std::as_const(m_notes)) {
        auto *text = qobject_cast<QCPItemText *>(item);
        if (!text)
            continue;
        const QFontMetrics metrics(text->font());
        const double x = m_plot->xAxis->coordToPixel(text->position->key());
        const bool fits = x + metrics.horizontalAdvance(text->text()) + 2 * Space::xs < inside.right();
        text->setPositionAlignment((fits ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignTop);
    }
}

void Chart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void Chart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    refresh();
}

void Chart::restyle()
{
    const int half = static_cast<int>(m_textSize) * 7 / 4;                   // of a number under the end of the axis
    const int above = std::max<int>(Space::s, static_cast<int>(m_textSize)); // of the highest number, or it is left out
    m_plot->axisRect()->setMinimumMargins(QMargins(Space::xs, above, half, Space::xs));
    m_plot->setBackground(QBrush(Qt::NoBrush));
    m_plot->setAttribute(Qt::WA_OpaquePaintEvent, false);
    m_plot->setAttribute(Qt::WA_NoSystemBackground);
    styleAxes();
    for (const Entry &entry : std::as_const(m_series))
        styleSeries(entry);
    styleNotes();
    refresh();
}

void Chart::styleAxes()
{
    const Palette &c = colors();
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelFont(Theme::instance().tabular(m_textSize));
        axis->setTickLabelColor(c.muted);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setBasePen(axis == m_plot->xAxis ? QPen(c.border, 1) : QPen(Qt::NoPen));
        axis->setTickLabelPadding(Space::xs + 2);
        axis->grid()->setVisible(axis == m_plot->yAxis && m_grid);
        axis->grid()->setPen(QPen(tinted(c.border, 0.7), 1));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
}

void Chart::styleSeries(const Entry &entry)
{
    const QColor color = tinted(colors().*entry.look.color, entry.look.opacity);
    QCPGraph *graph = entry.graph;
    graph->setAdaptiveSampling(true);
    graph->setAntialiasedFill(false);
    if (entry.look.kind == ChartSeries::Kind::Dots) {
        graph->setLineStyle(QCPGraph::lsNone);
        const QPixmap dot = dotPixmap(color, entry.look.width * 2 * m_lineScale, devicePixelRatioF());
        graph->setScatterStyle(QCPScatterStyle(dot));
        return;
    }
    if (entry.look.kind == ChartSeries::Kind::Area) {
        graph->setPen(Qt::NoPen);
        graph->setBrush(color);
        return;
    }
    if (entry.look.kind == ChartSeries::Kind::Steps)
        graph->setLineStyle(QCPGraph::lsStepLeft);
    QPen pen(color, entry.look.width * m_lineScale);
    if (entry.look.dotted)
        pen.setDashPattern({1, 3});
    pen.setCapStyle(entry.look.dotted ? Qt::FlatCap : Qt::RoundCap);
    pen.setJoinStyle(Qt::RoundJoin);
    graph->setPen(pen);
}

void Chart::styleNotes()
{
    const Palette &c = colors();
    const QFont font = Theme::instance().font(m_textSize);
    for (QObject *item : std::as_const(m_notes)) {
        if (auto *line = qobject_cast<QCPItemStraightLine *>(item))
            line->setPen(QPen(c.muted, 1, Qt::DotLine));
        if (auto *text = qobject_cast<QCPItemText *>(item)) {
            text->setFont(font);
            text->setColor(c.text);
            text->setBrush(tinted(c.*m_ground, noteOpacity)); // no line crosses the words
        }
    }
    for (const Label &label : std::as_const(m_labels)) {
        label.item->setFont(font);
        label.item->setColor(c.*label.color);
    }
}

} // namespace Flotilla
