// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/chartdeck.h"

#include "widgets/charts/chart.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/loadtest/chartcard.h"
#include "widgets/loadtest/hosttiles.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/runcharts.h"

#include <QGridLayout>

namespace Flotilla {

namespace {
constexpr int roomyWidth = 560;
constexpr int roomyHeight = 640;
} // namespace

ChartDeck::ChartDeck(LoadBoard *board, QWidget *parent)
    : QWidget(parent)
    , m_charts(new RunCharts(board, this))
    , m_ramp(new ChartCard(tr("Ramp"),
                           {{tr("live"), &Palette::live, 0.85},
                            {tr("building"), &Palette::building, 0.8},
                            {tr("writing"), &Palette::working, 0.6},
                            {tr("plan"), &Palette::text, 1, Qt::DotLine},
                            {tr("Modal Vibe's table"), &Palette::faint, 1, Qt::SolidLine}},
                           m_charts->ramp()))
    , m_switch(new SegmentedControl)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(Space::m);
    m_switch->setObjectName(QStringLiteral("chartSegments"));
    m_switch->setAccessibleName(tr("Chart"));
    for (const QString &name : {tr("By order"), tr("Over time"), tr("Hosts"), tr("Machine")})
        m_switch->addSegment(name);
    for (const Second second : {Order, Latency, Hosts, Machine}) {
        m_others.append(makeCard(second));
        m_others.last()->setParent(this);
    }
    m_switch->setParent(this);
    connect(m_switch, &SegmentedControl::currentChanged, this, &ChartDeck::showSecond);
    arrange();
}

ChartCard *ChartDeck::makeCard(Second which)
{
    switch (which) {
    case Order:
        return new ChartCard(tr("Time to live, by order of submission"), {}, m_charts->order());
    case Latency:
        return new ChartCard(tr("Time to live"), {{tr("p50"), &Palette::accent, 1}, {tr("p95"), &Palette::building, 1}},
                             m_charts->latency());
    case Hosts:
        return new ChartCard(tr("Live, by host"), {}, m_charts->hosts());
    case Machine:
        break;
    }
    return new ChartCard(tr("This machine"),
                         {{tr("CPU"), &Palette::working, 1},
                          {tr("memory"), &Palette::accent, 1},
                          {tr("generator"), &Palette::building, 1}},
                         m_charts->machine());
}

bool ChartDeck::hasRoom() const
{
    return m_stage == 0 && width() >= roomyWidth && height() >= roomyHeight;
}

void ChartDeck::arrange()
{
    m_roomy = hasRoom();
    m_arranged = true;
    while (m_grid->count() > 0)
        delete m_grid->takeAt(0);
    m_grid->addWidget(m_ramp, 0, 0, 1, 2);
    const bool switched = !m_roomy && m_stage == 0;
    m_switch->setVisible(switched);
    if (switched)
        m_grid->addWidget(m_switch, 1, 0, 1, 2);
    for (int i = 0; i < m_others.size(); ++i) {
        const bool shown = m_roomy || i == m_second;
        if (shown)
            m_grid->addWidget(m_others[i], m_roomy ? 2 + i / 2 : 2, m_roomy ? i % 2 : 0, 1, m_roomy ? 1 : 2);
        m_others[i]->setVisible(shown);
    }
    m_grid->setRowStretch(0, 5);
    m_grid->setRowStretch(2, m_roomy ? 3 : 4);
    m_grid->setRowStretch(3, m_roomy ? 3 : 0);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, m_roomy ? 1 : 0);
}

void ChartDeck::setStage(double scale)
{
    m_stage = scale;
    m_ramp->setStage(scale);
    const TextSize size = chartText(scale, TextSize::Small);
    for (Chart *chart : {m_charts->ramp(), m_charts->latency(), m_charts->order(), m_charts->machine()})
        chart->setTextSize(size);
    m_charts->hosts()->setTextSize(size);
    for (ChartCard *card : std::as_const(m_others))
        card->setStage(scale);
    arrange();
}

void ChartDeck::showSecond(int second)
{
    if (std::exchange(m_second, second) == second)
        return;
    m_switch->setCurrent(second);
    arrange();
}

void ChartDeck::showNext()
{
    showSecond((m_second + 1) % int(m_others.size()));
}

void ChartDeck::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (hasRoom() != m_roomy)
        arrange();
}

} // namespace Flotilla
