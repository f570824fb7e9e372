// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadreplay.h"

#include <algorithm>

namespace Flotilla {

LoadRow rowAt(const LoadRow &row, double milliseconds)
{
    LoadRow shown = row;
    for (double &time : shown.t)
        time = time <= milliseconds ? time : -1;
    const bool begun = shown.has(LoadMoment::Started);
    const bool served = shown.has(LoadMoment::Served) && row.phase >= LoadPhase::Live;
    const double ended = row.has(LoadMoment::Died) ? row.at(LoadMoment::Died) : row.settled;
    const bool over = row.phase == LoadPhase::Live ? served : ended >= 0 && ended <= milliseconds;
    if (row.phase >= LoadPhase::Live && over)
        return shown;
    shown.outcome.clear();
    shown.error.clear();
    shown.probed = false;
    shown.settled = -1;
    shown.retries = 0;
    shown.phase = served                              ? LoadPhase::Live
                  : !begun                            ? LoadPhase::Queued
                  : !shown.has(LoadMoment::Allocated) ? LoadPhase::Allocating
                  : !shown.has(LoadMoment::Ready)     ? LoadPhase::Starting
                  : !shown.has(LoadMoment::CodeDone)  ? LoadPhase::Generating
                                                      : LoadPhase::Building;
    return shown;
}

LoadReplay::LoadReplay(LoadRecord record, double speed, QObject *parent)
    : QObject(parent)
    , m_record(std::move(record))
    , m_speed(std::clamp(speed, 0.1, 1000.0))
{
    for (const LoadRow &row : std::as_const(m_record.rows)) {
        m_shown.append(rowAt(row, 0));
        m_length = std::max(m_length, *std::max_element(row.t.begin(), row.t.end()));
    }
    if (!m_record.samples.isEmpty())
        m_length = std::max(m_length, m_record.samples.last().t);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &LoadReplay::tick);
}

void LoadReplay::begin()
{
    m_clock.start();
    m_timer.start();
}

void LoadReplay::end()
{
    if (std::exchange(m_over, true))
        return;
    m_timer.stop();
    Q_EMIT finished();
}

void LoadReplay::setPaused(bool paused)
{
    if (m_over || paused != m_timer.isActive())
        return;
    m_played = now();
    m_clock.start();
    paused ? m_timer.stop() : m_timer.start();
}

double LoadReplay::now() const
{
    return m_played + double(m_clock.elapsed()) * m_speed;
}

void LoadReplay::tick()
{
    const double time = now();
    const bool last = time >= m_length;
    QList<LoadRow> changed;
    for (qsizetype i = 0; i < m_shown.size(); ++i) {
        LoadRow row = last ? m_record.rows[i] : rowAt(m_record.rows[i], time);
        if (row == m_shown[i])
            continue;
        m_shown[i] = row;
        changed.append(row);
    }
    if (!changed.isEmpty())
        Q_EMIT rowsChanged(changed);
    while (m_nextSample < m_record.samples.size() && m_record.samples[m_nextSample].t <= time)
        Q_EMIT sampled(m_record.samples[m_nextSample++]);
    while (m_nextEvent < m_record.events.size() && m_record.events[m_nextEvent].t <= time)
        Q_EMIT happened(m_record.events[m_nextEvent++]);
    if (last)
        end();
}

/// As the run itself counted them.
int LoadReplay::liveBefore(double seconds) const
{
    int live = 0;
    for (qsizetype i = 0; i < m_nextSample && m_record.samples[i].t <= seconds * 1000; ++i)
        live = m_record.samples[i].counts[size_t(LoadPhase::Live)];
    return live;
}

LoadSnapshot LoadReplay::snapshot() const
{
    LoadSnapshot shown;
    shown.run = m_record.info.id;
    shown.name = m_record.info.name;
    shown.replay = true;
    shown.state = m_over ? m_record.info.state : LoadRunState::Running;
    shown.target = int(m_record.rows.size());
    shown.seconds = std::min(now(), m_length) / 1000;
    for (const LoadRow &row : m_shown) {
        ++shown.counts[size_t(row.phase)];
        shown.retries += row.retries;
        shown.droppedStarts += row.outcome == QLatin1String(LoadClass::QueueTimeout) ? 1 : 0;
    }
    shown.appsPerMinute =
        shown.seconds > 0 ? (shown.live() - liveBefore(shown.seconds - 60)) / std::min(60.0, shown.seconds) * 60 : 0;
    shown.simulated = m_record.info.summary[QLatin1String("simulated")].toBool();
    shown.recorded = !m_record.plan[QLatin1String("recording")].toString().isEmpty();
    shown.modelText = m_record.info.summary[QLatin1String("model")].toString();
    return shown;
}

} // namespace Flotilla
