// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chartpacer.h"

#include "widgets/charts/chart.h"

namespace Flotilla {

namespace {
constexpr int turnMs = 25;
constexpr int leastBetweenMs = 200;
} // namespace

ChartPacer &ChartPacer::instance()
{
    static ChartPacer pacer;
    return pacer;
}

ChartPacer::ChartPacer()
{
    m_clock.start();
    m_timer.setInterval(turnMs);
    connect(&m_timer, &QTimer::timeout, this, &ChartPacer::drawNext);
}

void ChartPacer::ask(Chart *chart)
{
    if (!m_waiting.contains(chart))
        m_waiting.append(chart);
    if (!m_timer.isActive())
        m_timer.start();
}

void ChartPacer::forget(Chart *chart)
{
    m_waiting.removeAll(chart);
    m_drawn.remove(chart);
}

void ChartPacer::drawNext()
{
    for (qsizetype i = 0; i < m_waiting.size(); ++i) {
        Chart *chart = m_waiting[i];
        if (chart->isVisible() && m_clock.elapsed() - m_drawn.value(chart, -leastBetweenMs) < leastBetweenMs)
            continue;
        m_waiting.removeAt(i);
        if (!chart->isVisible())
            return; // it asks again when it is shown
        chart->drawNow();
        m_drawn.insert(chart, m_clock.elapsed());
        return;
    }
    if (m_waiting.isEmpty())
        m_timer.stop();
}

} // namespace Flotilla
