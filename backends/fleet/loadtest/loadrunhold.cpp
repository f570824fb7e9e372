// SPDX-License-Identifier: GPL-3.0-or-later
// LoadRun: holding what is live, probing it, and the clean end.
#include "backends/fleet/loadtest/loadrun.h"

#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/fleet/loadtest/loadstats.h"
#include "backends/fleet/loadtest/loadwords.h"

namespace Flotilla {

namespace {

constexpr int probesAtOnce = 16;
constexpr double reasonWait = 1000; ///< milliseconds for a fleet to tell why an app does not answer
constexpr qsizetype mostSamples = 2880;

} // namespace

void LoadRun::enter(LoadRunState state, const QString &text)
{
    m_state = state;
    m_record.info.state = state;
    note(QStringLiteral("phase"), text);
    Q_EMIT stateChanged(state);
    Q_EMIT changed();
}

void LoadRun::note(const QString &kind, const QString &text)
{
    m_record.events.append({m_start.count() ? now() : 0, kind, text});
    Q_EMIT happened(m_record.events.last());
}

void LoadRun::mark(const QString &text)
{
    note(QStringLiteral("mark"), text.simplified().left(200));
}

void LoadRun::hold()
{
    m_pump.stop();
    enter(LoadRunState::Holding, LoadWords::tr("All apps have come up"));
    m_holdBegan = now();
    beginSweep();
}

void LoadRun::beginSweep()
{
    if (m_state != LoadRunState::Holding)
        return;
    m_toProbe.clear();
    for (LoadRow &row : m_record.rows) {
        row.probed = false;
        if (row.phase == LoadPhase::Live)
            m_toProbe.append(row.app);
    }
    m_asked = int(m_toProbe.size());
    m_passed = 0;
    m_sweepBegan = now();
    for (int i = 0; i < probesAtOnce && !m_toProbe.isEmpty(); ++i)
        probeNext();
    if (m_asked == 0)
        endSweep();
}

void LoadRun::probeNext()
{
    const AppId app = m_toProbe.takeFirst();
    ++m_probing;
    whenDone(this, m_target->probe(app), [this, app](const Status &answered) { onProbed(app, answered); });
}

void LoadRun::onProbed(const AppId &app, const Status &answered)
{
    --m_probing;
    if (m_state != LoadRunState::Holding)
        return;
    LoadRow *row = rowOf(app);
    if (answered) {
        ++m_passed;
        row->probed = true;
        m_changed.insert(row->index);
    } else if (row->phase == LoadPhase::Live) {
        row->t[size_t(LoadMoment::Died)] = m_sweepBegan;
        settle(*row, LoadPhase::Partial, QLatin1String(LoadClass::Partial), answered.error().text);
    }
    if (!m_toProbe.isEmpty())
        probeNext();
    else if (m_probing == 0)
        endSweep();
}

void LoadRun::endSweep()
{
    m_sweeps.append(QJsonObject{{QStringLiteral("at_s"), m_sweepBegan / 1000},
                                {QStringLiteral("seconds"), (now() - m_sweepBegan) / 1000},
                                {QStringLiteral("asked"), m_asked},
                                {QStringLiteral("passed"), m_passed}});
    note(QStringLiteral("sweep"), LoadWords::tr("%1 of %2 answered").arg(m_passed).arg(m_asked));
    const int sweeps = m_plan.sweeps > 0 ? m_plan.sweeps : m_plan.holdSeconds > 0 ? 2 : 1;
    const double holdEnd = m_holdBegan + m_plan.holdSeconds * 1000;
    if (m_sweeps.size() < sweeps) {
        const double next = m_holdBegan + m_plan.holdSeconds * 1000 * double(m_sweeps.size()) / (sweeps - 1);
        return QTimer::singleShot(int(std::max(0.0, next - now())), Qt::PreciseTimer, this, &LoadRun::beginSweep);
    }
    const double reasons = count(LoadPhase::Partial) > 0 ? reasonWait : 0;
    QTimer::singleShot(int(std::max(reasons, holdEnd - now())), Qt::PreciseTimer, this, [this] {
        if (m_state == LoadRunState::Holding)
            cleanUp();
    });
}

void LoadRun::cancel()
{
    if (isOver(m_state) || m_cancelled)
        return;
    m_cancelled = true;
    note(QStringLiteral("cancel"), LoadWords::tr("Cancelled"));
    const bool begun = m_state != LoadRunState::Preparing;
    if (!begun)
        m_start = m_clock->monotonic();
    for (LoadRow &row : m_record.rows)
        if (row.phase < LoadPhase::Live)
            settle(row, LoadPhase::Cancelled, QLatin1String(LoadClass::Cancelled), {});
    if (!begun)
        finish(LoadRunState::Cancelled);
    else if (m_state != LoadRunState::Ending)
        cleanUp();
}

void LoadRun::cleanUp()
{
    m_pump.stop();
    enter(LoadRunState::Ending, LoadWords::tr("Cleaning up"));
    if (m_plan.afterwards == LoadPlan::Afterwards::Keep && !m_cancelled)
        return finish(LoadRunState::Done);
    QList<AppId> apps;
    for (const LoadRow &row : std::as_const(m_record.rows))
        if (row.has(LoadMoment::Started))
            apps.append(row.app);
    const double began = now();
    const bool forget = m_cancelled || m_plan.afterwards == LoadPlan::Afterwards::Remove;
    whenDone(this, m_target->remove(apps, forget), [this, began](const Status &removed) {
        m_cleanSeconds = (now() - began) / 1000;
        if (!removed)
            note(QStringLiteral("phase"), removed.error().text);
        finish(m_cancelled ? LoadRunState::Cancelled : LoadRunState::Done);
    });
}

LoadFacts LoadRun::facts() const
{
    LoadFacts facts;
    facts.state = m_state;
    facts.durationMs = m_lastSettled;
    facts.cleanSeconds = m_cleanSeconds;
    facts.maxLagMs = m_worstLag;
    facts.dropped = m_dropped;
    facts.retries = m_retries;
    facts.sweeps = m_sweeps;
    facts.modelText = m_modelText;
    facts.notRecorded = m_notRecorded;
    return facts;
}

LoadRecord LoadRun::soFar() const
{
    LoadRecord record = m_record;
    record.info.summary = summarise(m_plan, record, facts());
    return record;
}

void LoadRun::finish(LoadRunState state)
{
    sample();
    m_pump.stop();
    m_tick.stop();
    m_sampleTimer.stop();
    m_target->disconnect(this);
    enter(state, state == LoadRunState::Cancelled ? LoadWords::tr("Cancelled") : LoadWords::tr("Finished"));
    m_record.info.summary = summarise(m_plan, m_record, facts());
    Q_EMIT finished();
}

/// Memory stays bounded: a long run is sampled less often, k6's way.
void LoadRun::sample()
{
    if (m_start.count() == 0)
        return;
    LoadSample sample;
    sample.t = now();
    sample.counts = m_counts;
    sample.inFlight = inFlight();
    sample.limit = m_limit.value();
    for (const LoadRow &row : std::as_const(m_record.rows))
        sample.planned += row.has(LoadMoment::Intended) && row.at(LoadMoment::Intended) <= sample.t ? 1 : 0;
    const LoadMachine::Use use = m_machine.use();
    sample.hostCpu = use.hostCpu;
    sample.generatorCpu = use.processCpu;
    sample.memoryUsed = use.memoryUsed;
    sample.lagMs = std::exchange(m_lag, 0);
    m_worstLag = std::max(m_worstLag, sample.lagMs);
    QList<double> fresh = std::exchange(m_freshTimes, {});
    std::sort(fresh.begin(), fresh.end());
    if (!fresh.isEmpty()) {
        sample.p50 = percentile(fresh, 0.50);
        sample.p95 = percentile(fresh, 0.95);
    }
    m_record.samples.append(sample);
    if (m_record.samples.size() > mostSamples) {
        for (qsizetype i = m_record.samples.size() - 2; i > 0; i -= 2)
            m_record.samples.removeAt(i);
        m_sampleTimer.setInterval(m_sampleTimer.interval() * 2);
    }
    Q_EMIT sampled(sample);
}

LoadSnapshot LoadRun::snapshot() const
{
    LoadSnapshot shown;
    shown.run = m_record.info.id;
    shown.name = m_record.info.name;
    shown.state = m_state;
    shown.target = m_plan.total();
    shown.counts = m_counts;
    shown.seconds = m_start.count() ? now() / 1000 : 0;
    shown.droppedStarts = m_dropped;
    shown.retries = m_retries;
    shown.simulated = m_plan.simulated();
    shown.recorded = m_plan.recorded();
    shown.modelText = m_modelText;
    int before = 0;
    double since = std::max(0.0, shown.seconds - 60);
    for (const LoadSample &sample : m_record.samples)
        if (sample.t <= since * 1000)
            before = sample.counts[size_t(LoadPhase::Live)];
    const double span = std::min(shown.seconds, 60.0);
    shown.appsPerMinute = span > 0 ? (shown.live() - before) / span * 60 : 0;
    const int left = shown.target - shown.live() - shown.failed() - count(LoadPhase::Cancelled);
    if (m_state == LoadRunState::Running && shown.appsPerMinute > 0)
        shown.estimateSeconds = left / shown.appsPerMinute * 60;
    return shown;
}

QList<LoadRow> LoadRun::takeChanged()
{
    QList<LoadRow> rows;
    rows.reserve(m_changed.size());
    for (const int index : std::exchange(m_changed, {}))
        rows.append(m_record.rows[index]);
    return rows;
}

} // namespace Flotilla
