// SPDX-License-Identifier: GPL-3.0-or-later
// LoadRun: bringing the apps up.
#include "backends/fleet/loadtest/loadrun.h"

#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/fleet/loadtest/loadprompts.h"
#include "backends/fleet/loadtest/loadstats.h"
#include "backends/fleet/loadtest/loadwords.h"

#include <QRandomGenerator>

#include <numeric>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds tickEvery{50};

/// Exactly as many of each as the shares say, at places that follow from the seed.
QStringList chooseFaults(const LoadPlan &plan)
{
    const int total = plan.total();
    QStringList faults(total);
    QList<int> places(total);
    std::iota(places.begin(), places.end(), 0);
    QRandomGenerator random(quint32(plan.seed) ^ 0x5eed);
    std::shuffle(places.begin(), places.end(), random);
    qsizetype next = 0;
    const auto put = [&](double share, const QString &name) {
        for (int i = 0; i < qRound(share * total) && next < places.size(); ++i)
            faults[places[next++]] = name;
    };
    put(plan.faults.create, QStringLiteral("create"));
    put(plan.faults.slow, QStringLiteral("slow"));
    put(plan.faults.crash, QStringLiteral("crash"));
    return faults;
}

QList<LoadRow> makeRows(const LoadPlan &plan)
{
    const QList<std::chrono::nanoseconds> times = arrivals(plan);
    const QStringList faults = chooseFaults(plan);
    QList<LoadRow> rows;
    rows.reserve(times.size());
    for (int i = 0; i < times.size(); ++i) {
        LoadRow row;
        row.index = i;
        row.app = {newId()};
        row.prompt = plan.prompts.isEmpty() ? loadPrompt(i, plan.seed) : plan.prompts[i % plan.prompts.size()];
        row.fault = faults[i];
        if (!plan.closed)
            row.t[size_t(LoadMoment::Intended)] = double(times[i].count()) / 1e6;
        rows.append(row);
    }
    return rows;
}

double lengthOf(const LoadPlan &plan)
{
    double seconds = 0;
    for (const LoadStage &stage : plan.stages)
        seconds += stage.seconds;
    return seconds * 1000;
}

} // namespace

LoadRun::LoadRun(QString id, LoadPlan plan, LoadTarget *target, Clock *clock, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_target(target)
    , m_clock(clock)
    , m_limit(m_machine.cores())
{
    m_record.info = {std::move(id), m_plan.name, m_state, clock->now(), {}};
    m_record.plan = toJson(m_plan);
    m_pump.setSingleShot(true);
    m_tick.setInterval(tickEvery);
    m_tick.setTimerType(Qt::PreciseTimer);
    m_sampleTimer.setInterval(250ms);
    connect(&m_pump, &QTimer::timeout, this, &LoadRun::pump);
    connect(&m_tick, &QTimer::timeout, this, &LoadRun::tick);
    connect(&m_sampleTimer, &QTimer::timeout, this, &LoadRun::sample);
    connect(target, &LoadTarget::reached, this, &LoadRun::onReached);
    connect(target, &LoadTarget::ended, this, &LoadRun::onEnded);
    connect(target, &LoadTarget::died, this, &LoadRun::onDied);
    connect(target, &LoadTarget::retried, this, [this](const AppId &app) {
        if (LoadRow *row = rowOf(app))
            ++row->retries, ++m_retries;
    });
    connect(target, &LoadTarget::notRecorded, this, [this](const QString &sentence) {
        m_notRecorded = sentence;
        note(QStringLiteral("trouble"), sentence);
    });
    connect(target, &LoadTarget::placed, this, [this](const AppId &app, const HostId &host) {
        if (LoadRow *row = rowOf(app))
            row->host = host;
    });
}

double LoadRun::now() const
{
    return double((m_clock->monotonic() - m_start).count()) / 1e6;
}

LoadRow *LoadRun::rowOf(const AppId &app)
{
    const auto found = m_byApp.constFind(app);
    return found == m_byApp.constEnd() ? nullptr : &m_record.rows[*found];
}

int LoadRun::inFlight() const
{
    return count(LoadPhase::Allocating) + count(LoadPhase::Starting) + count(LoadPhase::Generating) +
           count(LoadPhase::Building);
}

void LoadRun::begin()
{
    m_record.rows = makeRows(m_plan);
    m_counts[size_t(LoadPhase::Queued)] = int(m_record.rows.size());
    m_stageEnd = lengthOf(m_plan);
    enter(LoadRunState::Preparing, LoadWords::tr("Preparing"));
    whenDone(this, m_target->prepare(m_plan), [this](const Result<QString> &prepared) { onPrepared(prepared); });
}

void LoadRun::onPrepared(const Result<QString> &prepared)
{
    if (m_cancelled)
        return;
    m_record.environment = m_target->environment();
    m_start = m_clock->monotonic();
    if (!prepared) {
        for (LoadRow &row : m_record.rows)
            settle(row, LoadPhase::Failed, QLatin1String(LoadClass::ModelError), prepared.error().text);
        return finish(LoadRunState::Done);
    }
    m_modelText = *prepared;
    enter(LoadRunState::Running, LoadWords::tr("Started"));
    m_tick.start();
    m_sampleTimer.start();
    sample();
    pump();
}

bool LoadRun::mayStart() const
{
    if (m_plan.maxInFlight > 0 && inFlight() >= m_plan.maxInFlight)
        return false;
    return m_starting + m_building < m_limit.value();
}

void LoadRun::pump()
{
    if (m_state != LoadRunState::Running)
        return;
    dropLate();
    while (m_next < m_record.rows.size() && mayStart()) {
        const double wait = m_plan.closed ? 0 : m_record.rows[m_next].at(LoadMoment::Intended) - now();
        if (wait > 0) {
            m_pump.start(std::chrono::milliseconds(int(std::min(wait, 1e6)) + 1));
            return;
        }
        startNext();
    }
    const bool settled = count(LoadPhase::Queued) == 0 && inFlight() == 0;
    if (settled && now() >= m_stageEnd)
        hold();
    else if (settled)
        m_pump.start(std::chrono::milliseconds(int(m_stageEnd - now()) + 1));
}

void LoadRun::startNext()
{
    LoadRow &row = m_record.rows[m_next++];
    if (row.phase != LoadPhase::Queued)
        return;
    const double started = now();
    row.t[size_t(LoadMoment::Started)] = started;
    if (m_plan.closed)
        row.t[size_t(LoadMoment::Intended)] = started;
    m_byApp.insert(row.app, row.index);
    ++m_starting;
    setPhase(row, LoadPhase::Allocating);
    const QString host = m_plan.hosts.isEmpty() ? QString() : m_plan.hosts[row.index % m_plan.hosts.size()];
    if (!host.isEmpty() && host != QLatin1String("any")) // so that what fails there is counted there
        row.host = {host};
    m_target->start({row.app, row.prompt, host, row.fault});
}

/// Starts whose time has passed by too much are dropped, and counted.
void LoadRun::dropLate()
{
    if (m_plan.queueSeconds <= 0 || m_plan.closed)
        return;
    const double latest = now() - m_plan.queueSeconds * 1000;
    while (m_next < m_record.rows.size() && m_record.rows[m_next].at(LoadMoment::Intended) < latest) {
        ++m_dropped;
        settle(m_record.rows[m_next++], LoadPhase::Failed, QLatin1String(LoadClass::QueueTimeout),
               LoadWords::tr("It could not begin in time."));
    }
}

void LoadRun::setPhase(LoadRow &row, LoadPhase phase)
{
    --m_counts[size_t(row.phase)];
    ++m_counts[size_t(phase)];
    row.phase = phase;
    m_changed.insert(row.index);
    Q_EMIT changed();
}

void LoadRun::onReached(const AppId &app, LoadMoment moment)
{
    LoadRow *row = rowOf(app);
    if (!row || row->has(moment) || row->phase >= LoadPhase::Live)
        return;
    row->t[size_t(moment)] = now();
    const bool ready = row->has(LoadMoment::Ready);
    if (moment == LoadMoment::Ready)
        --m_starting;
    if (ready && row->has(LoadMoment::CodeDone) && row->phase != LoadPhase::Building) {
        ++m_building;
        setPhase(*row, LoadPhase::Building);
    } else if (moment == LoadMoment::Allocated) {
        setPhase(*row, LoadPhase::Starting);
    } else if (moment == LoadMoment::Ready) {
        setPhase(*row, LoadPhase::Generating);
        pump();
    }
}

void LoadRun::settle(LoadRow &row, LoadPhase phase, const QString &outcome, const QString &error)
{
    if (row.has(LoadMoment::Started) && row.phase < LoadPhase::Live) {
        m_starting -= row.has(LoadMoment::Ready) ? 0 : 1;
        m_building -= row.phase == LoadPhase::Building ? 1 : 0;
    }
    row.outcome = outcome;
    row.error = error;
    row.settled = now();
    if (phase == LoadPhase::Live || row.phase < LoadPhase::Live)
        m_lastSettled = row.settled;
    setPhase(row, phase);
}

void LoadRun::onEnded(const AppId &app, const QString &outcome, const QString &error)
{
    LoadRow *row = rowOf(app);
    if (!row || row->phase >= LoadPhase::Live)
        return;
    const bool live = outcome == QLatin1String(LoadClass::Live);
    row->title = m_target->title(app);
    row->face = m_target->face(app);
    settle(*row, live ? LoadPhase::Live : LoadPhase::Failed, outcome, error);
    if (const auto time = spanOf(*row, LoadSpan::TimeToLive); live && time)
        m_freshTimes.append(*time);
    m_pump.start(0ms);
}

void LoadRun::onDied(const AppId &app, const QString &outcome, const QString &error)
{
    LoadRow *row = rowOf(app);
    const bool known = row && (row->phase == LoadPhase::Live || row->phase == LoadPhase::Partial);
    if (!known || m_state >= LoadRunState::Ending)
        return;
    if (!row->has(LoadMoment::Died)) // else a probe noticed it first, and this says why
        row->t[size_t(LoadMoment::Died)] = now();
    settle(*row, LoadPhase::Failed, outcome, error);
}

/// An app that takes too long has failed where it stands.
void LoadRun::checkDeadlines()
{
    const double oldest = now() - m_plan.appSeconds * 1000;
    QList<AppId> late;
    for (int i = m_firstOpen; i < m_next; ++i) {
        LoadRow &row = m_record.rows[i];
        if (row.phase >= LoadPhase::Live) {
            m_firstOpen += i == m_firstOpen ? 1 : 0;
            continue;
        }
        if (row.at(LoadMoment::Started) > oldest)
            break; // they began in this order
        const bool ready = row.has(LoadMoment::Ready);
        const char *outcome = !ready                           ? LoadClass::StartTimeout
                              : !row.has(LoadMoment::CodeDone) ? LoadClass::ModelError
                                                               : LoadClass::ServeFailed;
        late.append(row.app);
        settle(row, LoadPhase::Failed, QLatin1String(outcome),
               LoadWords::tr("It was not live after %1 s.").arg(m_plan.appSeconds));
    }
    if (!late.isEmpty())
        whenDone(this, m_target->remove(late, false), [this](const Status &) { pump(); });
}

void LoadRun::tick()
{
    const double time = now();
    const double late = time - m_lastTick - double(tickEvery.count());
    m_lag = std::max(m_lag, late);
    m_lastTick = time;
    m_limit.adjust(m_machine.busy(), late, m_starting + m_building >= m_limit.value());
    if (m_state == LoadRunState::Running) {
        checkDeadlines();
        pump();
    }
}

} // namespace Flotilla
