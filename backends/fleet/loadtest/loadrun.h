// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadlimit.h"
#include "backends/fleet/loadtest/loadmachine.h"
#include "backends/fleet/loadtest/loadstats.h"
#include "backends/fleet/loadtest/loadtarget.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

namespace Flotilla {

class Clock;

/// One run from its first start to its clean end. Preparing, Running (apps come), Holding (probe sweeps), Ending
/// (clean-up), over. Service thread; delete it later, not from its signals.
class LoadRun : public QObject
{
    Q_OBJECT

public:
    LoadRun(QString id, LoadPlan plan, LoadTarget *target, Clock *clock, QObject *parent = nullptr);

    void begin();
    void cancel(); ///< at once: what is under way ends, everything is cleaned up
    void mark(const QString &text);

    LoadRunState state() const { return m_state; }
    LoadSnapshot snapshot() const;
    const QList<LoadRow> &rows() const { return m_record.rows; }
    /// As far as it got; complete when the state is over.
    const LoadRecord &record() const { return m_record; }
    LoadRecord soFar() const; ///< with the summary that the run has now
    /// Rows that changed since the last call.
    QList<LoadRow> takeChanged();

Q_SIGNALS:
    void stateChanged(Flotilla::LoadRunState state);
    void changed(); ///< often: coalesce
    void sampled(const Flotilla::LoadSample &sample);
    void happened(const Flotilla::LoadEvent &event);
    void finished();

private:
    void onPrepared(const Result<QString> &prepared);
    void tick();
    void pump();
    bool mayStart() const;
    void startNext();
    void dropLate();
    void onReached(const AppId &app, LoadMoment moment);
    void onEnded(const AppId &app, const QString &outcome, const QString &error);
    void onDied(const AppId &app, const QString &outcome, const QString &error);
    void checkDeadlines();
    void settle(LoadRow &row, LoadPhase phase, const QString &outcome, const QString &error);
    void setPhase(LoadRow &row, LoadPhase phase);
    LoadRow *rowOf(const AppId &app);

    void hold();
    void beginSweep();
    void probeNext();
    void onProbed(const AppId &app, const Status &answered);
    void endSweep();
    void cleanUp();
    void finish(LoadRunState state);
    void enter(LoadRunState state, const QString &text);
    void note(const QString &kind, const QString &text);
    void sample();
    double now() const; ///< milliseconds since the start
    int count(LoadPhase phase) const { return m_counts[size_t(phase)]; }
    int inFlight() const;
    LoadFacts facts() const;

    LoadPlan m_plan;
    LoadTarget *m_target;
    Clock *m_clock;
    LoadRunState m_state = LoadRunState::Preparing;
    LoadRecord m_record;
    QString m_modelText;
    QString m_notRecorded;
    std::chrono::nanoseconds m_start{0};
    std::array<int, loadPhases> m_counts{};
    QHash<AppId, int> m_byApp;
    QSet<int> m_changed;
    int m_next = 0; ///< first row that has not begun
    int m_starting = 0;
    int m_building = 0;
    int m_retries = 0;
    int m_dropped = 0;
    int m_firstOpen = 0; ///< rows before it are settled
    LoadMachine m_machine;
    LoadLimit m_limit;
    QTimer m_pump;
    QTimer m_tick;
    QTimer m_sampleTimer;
    double m_stageEnd = 0;
    double m_lastSettled = 0;
    double m_lastTick = 0;
    double m_lag = 0;
    double m_worstLag = 0;
    QList<double> m_freshTimes; ///< to live, since the last sample

    QList<AppId> m_toProbe;
    int m_probing = 0;
    int m_passed = 0;
    int m_asked = 0;
    double m_holdBegan = 0;
    double m_sweepBegan = 0;
    QJsonArray m_sweeps;
    double m_cleanSeconds = -1;
    bool m_cancelled = false;
};

} // namespace Flotilla
