// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/runcharts.h"

#include "backends/fleet/loadtest/loadmachine.h"
#include "widgets/charts/chart.h"
#include "widgets/loadtest/hosttiles.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"

#include <limits>

namespace Flotilla {

namespace {

// From below: what is done, what is lost, what is under way, what waits.
constexpr std::array stack{LoadPhase::Live,       LoadPhase::Partial,  LoadPhase::Failed,     LoadPhase::Building,
                           LoadPhase::Generating, LoadPhase::Starting, LoadPhase::Allocating, LoadPhase::Queued};
constexpr qsizetype mostPlanPoints = 200;

/// Of the dots in the chart by order: a few have to be seen from the last row, too.
double dotRadius(qsizetype apps)
{
    return apps <= 30 ? 4 : apps <= 300 ? 2.5 : 1.6;
}

double opacityOf(LoadPhase phase)
{
    return phase == LoadPhase::Queued ? 0.12 : phase == LoadPhase::Live ? 0.85 : lookOf(phase).strength * 0.8;
}

} // namespace

RunCharts::RunCharts(LoadBoard *board, QObject *parent)
    : QObject(parent)
    , m_board(board)
    , m_ramp(new Chart)
    , m_latency(new Chart)
    , m_order(new Chart)
    , m_machine(new Chart)
    , m_hosts(new HostTiles(board))
{
    makeRamp();
    makeOthers();
    connect(board, &LoadBoard::reset, this, &RunCharts::clear);
    connect(board, &LoadBoard::sampled, this, &RunCharts::addSamples);
    connect(board, &LoadBoard::rowsChanged, this, &RunCharts::addRows);
    connect(board, &LoadBoard::happened, this, &RunCharts::note);
}

void RunCharts::makeRamp()
{
    int below = -1;
    for (const LoadPhase phase : stack) {
        ChartSeries area;
        area.kind = ChartSeries::Kind::Area;
        area.color = phase == LoadPhase::Queued ? &Palette::muted : lookOf(phase).color;
        area.opacity = opacityOf(phase);
        area.above = below;
        below = m_ramp->addSeries(area);
        m_areas.append(below);
    }
    m_plannedLine = m_ramp->addSeries({.color = &Palette::text, .width = 1.5, .dotted = true});
    m_referenceLine = m_ramp->addSeries({.color = &Palette::faint, .width = 2});
}

void RunCharts::makeOthers()
{
    m_latency->setUnits(ChartUnit::Seconds, ChartUnit::Seconds);
    m_latency->addSeries({.color = &Palette::accent, .width = 2});
    m_latency->addSeries({.color = &Palette::building, .width = 1.5});
    m_order->setUnits(ChartUnit::Count, ChartUnit::Seconds);
    m_order->addSeries(
        {.kind = ChartSeries::Kind::Dots, .color = &Palette::accent, .opacity = 0.75, .width = dotRadius(0)});
    m_machine->setUnits(ChartUnit::Seconds, ChartUnit::Percent);
    m_machine->setYRange(0, 100);
    m_machine->addSeries({.color = &Palette::working, .width = 1.5});
    m_machine->addSeries({.color = &Palette::accent, .width = 1.5});
    m_machine->addSeries({.color = &Palette::building, .width = 1.5});
}

const QList<RunCharts::Milestone> &RunCharts::reference()
{
    static const QList<Milestone> table{{30, 1}, {60, 10}, {150, 100}, {300, 1000}};
    return table;
}

double RunCharts::axisEnd(double seconds)
{
    for (const double end : {1.,   2.,   3.,   5.,   8.,   10.,  15.,  20.,   30.,   45.,   60.,  90.,
                             120., 180., 240., 300., 420., 600., 900., 1200., 1800., 2700., 3600.}) {
        if (seconds <= end)
            return end;
    }
    return std::ceil(seconds / 1800) * 1800;
}

void RunCharts::planned(const LoadPlan &plan, double until, QList<double> *seconds, QList<double> *apps)
{
    seconds->append(0);
    apps->append(0);
    const auto times = arrivals(plan);
    const qsizetype step = std::max<qsizetype>(1, times.size() / mostPlanPoints);
    for (qsizetype i = 0; i < times.size(); i += step) {
        seconds->append(std::chrono::duration<double>(times[i]).count());
        apps->append(double(i + 1));
    }
    if (!times.isEmpty()) {
        seconds->append(std::chrono::duration<double>(times.last()).count());
        apps->append(double(times.size()));
        seconds->append(std::max(until, seconds->last()));
        apps->append(double(times.size()));
    }
}

void RunCharts::clear()
{
    for (Chart *chart : {m_ramp, m_latency, m_order, m_machine})
        chart->clearData();
    m_samples = 0;
    m_dotted = QList<bool>(m_board->rows().size(), false);
    m_end = m_slowest = m_longestAnswer = 0;
    const double count = std::max(1, int(m_board->rows().size()));
    m_ramp->setYRange(0, count * 1.06);
    m_order->setXRange(0, count + 1);
    m_order->setWidth(0, dotRadius(m_board->rows().size()));
    m_order->setYRange(0, 1);
    m_latency->setYRange(0, 1);
    fitTime();
}

void RunCharts::fitTime()
{
    const LoadSnapshot &now = m_board->snapshot();
    const double last = m_board->samples().isEmpty() ? 0 : m_board->samples().last().t / 1000;
    const double hoped = now.estimateSeconds > 0 && !isOver(now.state) ? now.estimateSeconds : 0;
    const double end = axisEnd(std::max(3.0, last + hoped));
    if (end <= m_end && end > m_end / 3)
        return;
    m_end = end;
    for (Chart *chart : {m_ramp, m_latency, m_machine})
        chart->setXRange(0, end);
    QList<double> x;
    QList<double> y;
    if (m_board->plan().total() > 0)
        planned(m_board->plan(), end, &x, &y);
    m_ramp->setData(m_plannedLine, x, y);
    x = {0};
    y = {0};
    for (const Milestone &milestone : reference()) {
        x.append(milestone.seconds);
        y.append(milestone.apps);
    }
    m_ramp->setData(m_referenceLine, x, y);
}

void RunCharts::addSamples()
{
    const auto &samples = m_board->samples();
    for (; m_samples < samples.size(); ++m_samples)
        addSample(samples[m_samples]);
    fitTime();
    m_latency->setYRange(0, std::max(1.0, m_slowest * 1.15));
}

void RunCharts::addSample(const LoadSample &sample)
{
    const double t = sample.t / 1000;
    double sum = 0;
    for (size_t i = 0; i < stack.size(); ++i) {
        sum += sample.counts[size_t(stack[i])];
        m_ramp->append(m_areas[qsizetype(i)], t, sum);
    }
    const auto put = [&](int series, double milliseconds) {
        if (milliseconds < 0)
            return;
        m_latency->append(series, t, milliseconds / 1000);
        m_slowest = std::max(m_slowest, milliseconds / 1000);
    };
    put(0, sample.p50);
    put(1, sample.p95);
    static const double memory = std::max(1.0, double(LoadMachine::memoryTotal()));
    m_machine->append(0, t, sample.hostCpu * 100);
    m_machine->append(1, t, double(sample.memoryUsed) / memory * 100);
    static const double cores = std::max(1, LoadMachine().cores());
    m_machine->append(2, t, sample.generatorCpu / cores * 100);
}

void RunCharts::addRows(const QList<int> &indexes)
{
    for (const int index : indexes) {
        const LoadRow &row = m_board->rows()[index];
        if (index >= m_dotted.size() || m_dotted[index] || !row.has(LoadMoment::Served))
            continue;
        m_dotted[index] = true;
        const double seconds = (row.at(LoadMoment::Served) - row.at(LoadMoment::Intended)) / 1000;
        m_longestAnswer = std::max(m_longestAnswer, seconds);
        m_order->append(0, index + 1, seconds);
    }
    m_order->setYRange(0, std::max(1.0, m_longestAnswer * 1.15));
}

void RunCharts::note(const LoadEvent &event)
{
    if (event.kind == QLatin1String("mark"))
        m_ramp->addNote(event.t / 1000, event.text);
}

} // namespace Flotilla
