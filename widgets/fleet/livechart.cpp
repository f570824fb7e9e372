// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/livechart.h"

#include "widgets/charts/chart.h"
#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QLabel>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace Flotilla {

namespace {

QColor Palette::*colorOf(LiveChart::Tint tint)
{
    switch (tint) {
    case LiveChart::Tint::Working:
        return &Palette::working;
    case LiveChart::Tint::Accent:
        return &Palette::accent;
    case LiveChart::Tint::Muted:
        break;
    }
    return &Palette::muted;
}

} // namespace

LiveChart::LiveChart(const QString &title, Tint tint, std::function<QString(double)> format, QWidget *parent)
    : QWidget(parent)
    , m_title(title)
    , m_format(std::move(format))
    , m_plot(new Chart)
    , m_name(makeLabel(title, TextSize::Base, Tone::Muted))
    , m_value(makeLabel({}))
    , m_top(makeLabel({}, TextSize::Small, Tone::Muted))
{
    m_value->setFont(Theme::instance().tabular());
    m_top->setFont(Theme::instance().tabular(TextSize::Small));
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_name);
    row->addWidget(m_value, 1);
    row->addWidget(m_top);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(row);
    layout->addWidget(m_plot);
    setAccessibleName(title);
    m_plot->setFixedHeight(plotHeight);
    m_plot->setBare();
    m_plot->installEventFilter(this);
    ChartSeries series;
    series.color = colorOf(tint);
    m_plot->addSeries(series);
}

LiveChart::~LiveChart() = default;

void LiveChart::clear()
{
    m_times.clear();
    m_values.clear();
    m_latest = -1;
    m_stopped.clear();
}

void LiveChart::add(double time, double value)
{
    m_now = time;
    m_latest = value;
    m_stopped.clear();
    m_times.append(time);
    m_values.append(value < 0 ? std::nan("") : value);
    const auto old = std::lower_bound(m_times.cbegin(), m_times.cend(), time - seconds) - m_times.cbegin();
    if (old > 60) { // not one by one
        m_times.remove(0, old);
        m_values.remove(0, old);
    }
}

void LiveChart::setStopped(const QString &text)
{
    m_stopped = text;
    showLegend();
}

void LiveChart::showLegend()
{
    m_value->setText(!m_stopped.isEmpty() ? m_stopped : m_latest < 0 ? QStringLiteral("—") : m_format(m_latest));
}

void LiveChart::replot()
{
    showLegend();
    double highest = -1;
    for (const double value : std::as_const(m_values))
        highest = std::isnan(value) ? highest : qMax(highest, value);
    m_top->setText(highest < 0 ? QString() : tr("peak %1", "the highest value of a chart").arg(m_format(highest)));
    setAccessibleDescription(m_value->text() + QLatin1String(", ") + m_top->text());
    if (!isVisible())
        return;
    // The time axis grows with the data up to its full length, so that a line is seen from the second sample on.
    const double begin = m_times.isEmpty() ? m_now - seconds : m_times.first();
    m_from = qMax(begin, m_now - seconds);
    m_to = qMax(m_now, m_from + 0.5);
    m_plot->setXRange(m_from, m_to);
    m_plot->setYRange(0, qMax(m_floor, highest * 1.12));
    m_plot->setData(0, m_times, m_values);
}

void LiveChart::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    replot();
}

bool LiveChart::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::eventFilter(watched, event);
    auto *help = static_cast<QHelpEvent *>(event);
    const double time = m_from + (m_to - m_from) * help->pos().x() / qMax(1, m_plot->width());
    const auto at = std::lower_bound(m_times.cbegin(), m_times.cend(), time) - m_times.cbegin();
    if (at < m_times.size() && !std::isnan(m_values[at]))
        QToolTip::showText(help->globalPos(),
                           tr("%1: %2, %3 s ago").arg(m_title, m_format(m_values[at])).arg(qRound(m_now - m_times[at])),
                           m_plot);
    return true;
}

} // namespace Flotilla
