// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/loadboard.h"

#include "widgets/common/async.h"
#include "widgets/loadtest/loadsource.h"

namespace Flotilla {

namespace {
constexpr int flushMs = 100;
constexpr int mostApps = 100'000;
} // namespace

LoadBoard::LoadBoard(LoadSource *source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    m_flush.setInterval(flushMs);
    m_flush.setSingleShot(true);
    connect(&m_flush, &QTimer::timeout, this, &LoadBoard::flush);
    connect(source, &LoadSource::started, this, [this](const QString &, const LoadPlan &plan) {
        begin(plan, plan.total());
        whenDone(m_source->rows(), this, [this](const Result<QList<LoadRow>> &rows) {
            if (rows.ok())
                fill(*rows);
        });
    });
    connect(source, &LoadSource::progressed, this, [this](const LoadSnapshot &snapshot) {
        m_snapshot = snapshot;
        m_progress = true;
        m_flush.isActive() ? void() : m_flush.start();
    });
    connect(source, &LoadSource::rowsChanged, this, &LoadBoard::apply);
    connect(source, &LoadSource::sampled, this, &LoadBoard::take);
    connect(source, &LoadSource::happened, this, [this](const LoadEvent &event) {
        m_events.append(event);
        m_flush.isActive() ? void() : m_flush.start();
    });
    connect(source, &LoadSource::ended, this, &LoadBoard::finish);
}

void LoadBoard::adopt()
{
    whenDone(m_source->snapshot(), this, [this](const Result<LoadSnapshot> &snapshot) {
        if (!snapshot.ok() || snapshot->run.isEmpty() || m_hasRun)
            return;
        begin({}, snapshot->target);
        m_snapshot = *snapshot;
        m_over = isOver(snapshot->state);
        whenDone(m_source->rows(), this, [this](const Result<QList<LoadRow>> &rows) {
            if (rows.ok())
                fill(*rows);
        });
        whenDone(m_source->samples(), this, [this](const Result<QList<LoadSample>> &samples) {
            for (const LoadSample &sample : samples.ok() ? *samples : QList<LoadSample>())
                take(sample);
        });
    });
}

void LoadBoard::begin(const LoadPlan &plan, int count)
{
    m_plan = plan;
    m_rows.clear();
    m_rows.resize(std::clamp(count, 0, mostApps));
    for (int i = 0; i < m_rows.size(); ++i)
        m_rows[i].index = i;
    m_isChanged = QBitArray(m_rows.size());
    m_isTold = QBitArray(m_rows.size());
    m_changed.clear();
    m_snapshot = {};
    m_snapshot.name = plan.name;
    m_snapshot.target = count;
    m_samples.clear();
    m_events.clear();
    m_hosts.clear();
    m_toldEvents = 0;
    m_result = {};
    m_hasRun = true;
    m_over = false;
    m_endTold = true;
    setFrozen(false);
    Q_EMIT reset();
}

// Rows that were asked for: what was told meanwhile is newer.
void LoadBoard::fill(const QList<LoadRow> &rows)
{
    QList<LoadRow> untold;
    for (const LoadRow &row : rows) {
        if (row.index >= 0 && row.index < m_rows.size() && !m_isTold.testBit(row.index))
            untold.append(row);
    }
    apply(untold);
}

void LoadBoard::apply(const QList<LoadRow> &rows)
{
    for (const LoadRow &row : rows) {
        if (row.index < 0 || row.index >= m_rows.size())
            continue;
        count(m_rows[row.index], row);
        m_isTold.setBit(row.index);
        m_rows[row.index] = row;
        if (!m_isChanged.testBit(row.index)) {
            m_isChanged.setBit(row.index);
            m_changed.append(row.index);
        }
    }
    if (!m_flush.isActive())
        m_flush.start();
}

void LoadBoard::count(const LoadRow &before, const LoadRow &after)
{
    const auto failed = [](const LoadRow &row) {
        return row.phase == LoadPhase::Failed || row.phase == LoadPhase::Partial ? 1 : 0;
    };
    const auto live = [](const LoadRow &row) { return row.phase == LoadPhase::Live ? 1 : 0; };
    if (!before.host.isEmpty()) {
        curve(before.host).live -= live(before);
        curve(before.host).failed -= failed(before);
    }
    if (!after.host.isEmpty()) {
        curve(after.host).live += live(after);
        curve(after.host).failed += failed(after);
    }
}

double LoadBoard::liveSeconds() const
{
    double newest = 0;
    for (const LoadRow &row : m_rows)
        newest = row.phase == LoadPhase::Live ? std::max(newest, row.at(LoadMoment::Served)) : newest;
    return newest / 1000;
}

HostCurve &LoadBoard::curve(const HostId &host)
{
    for (HostCurve &curve : m_hosts) {
        if (curve.host == host)
            return curve;
    }
    m_hosts.append({host, 0, 0, {}, {}});
    return m_hosts.last();
}

void LoadBoard::take(const LoadSample &sample)
{
    m_samples.append(sample);
    for (HostCurve &curve : m_hosts) {
        curve.seconds.append(sample.t / 1000);
        curve.lives.append(curve.live);
    }
    m_newSamples = true;
    if (!m_flush.isActive())
        m_flush.start();
}

void LoadBoard::finish(const LoadRunInfo &run)
{
    m_result = run;
    m_over = true;
    m_endTold = false;
    m_snapshot.state = run.state;
    m_progress = true;
    if (!m_flush.isActive())
        m_flush.start();
}

void LoadBoard::setFrozen(bool frozen)
{
    if (std::exchange(m_frozen, frozen) == frozen)
        return;
    Q_EMIT frozenChanged(frozen);
    if (!frozen)
        flush();
}

void LoadBoard::flush()
{
    if (m_frozen)
        return;
    if (!m_changed.isEmpty()) {
        const QList<int> changed = std::exchange(m_changed, {});
        m_isChanged.fill(false);
        Q_EMIT rowsChanged(changed);
    }
    if (std::exchange(m_newSamples, false))
        Q_EMIT sampled();
    while (m_toldEvents < m_events.size())
        Q_EMIT happened(m_events[m_toldEvents++]);
    if (std::exchange(m_progress, false))
        Q_EMIT progressed();
    if (!std::exchange(m_endTold, true))
        Q_EMIT ended();
}

} // namespace Flotilla
