// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadtypes.h"

#include <QBitArray>
#include <QObject>
#include <QTimer>

namespace Flotilla {

class LoadSource;

/// The apps of one host over the run.
struct HostCurve
{
    HostId host;
    int live = 0;
    int failed = 0;
    QList<double> seconds;
    QList<double> lives;
};

/// The run as the screen shows it: collects from a source and tells its viewers at most ten times a second, not at all
/// while frozen (collection goes on). GUI thread.
class LoadBoard : public QObject
{
    Q_OBJECT

public:
    explicit LoadBoard(LoadSource *source, QObject *parent = nullptr);

    bool hasRun() const { return m_hasRun; }
    bool isRunning() const { return m_hasRun && !m_over; }
    const LoadPlan &plan() const { return m_plan; }
    const LoadSnapshot &snapshot() const { return m_snapshot; }
    const QList<LoadRow> &rows() const { return m_rows; }
    const QList<LoadSample> &samples() const { return m_samples; }
    const QList<LoadEvent> &events() const { return m_events; }
    const QList<HostCurve> &hosts() const { return m_hosts; }
    const LoadRunInfo &result() const { return m_result; }
    double liveSeconds() const; ///< until the newest of those that are live now was live
    double replaySpeed() const { return m_replaySpeed; }
    void setReplaySpeed(double speed) { m_replaySpeed = speed; } ///< of the replay about to start

    /// Takes over a run that is under way in the source.
    void adopt();
    bool isFrozen() const { return m_frozen; }
    void setFrozen(bool frozen);

Q_SIGNALS:
    void reset();                                ///< another run
    void rowsChanged(const QList<int> &indexes); ///< in order of submission
    void progressed();
    void sampled();
    void happened(const Flotilla::LoadEvent &event);
    void ended();
    void frozenChanged(bool frozen);

private:
    void begin(const LoadPlan &plan, int count);
    void fill(const QList<LoadRow> &rows);
    void apply(const QList<LoadRow> &rows);
    void count(const LoadRow &before, const LoadRow &after);
    HostCurve &curve(const HostId &host);
    void take(const LoadSample &sample);
    void finish(const LoadRunInfo &run);
    void flush();

    LoadSource *m_source;
    LoadPlan m_plan;
    LoadSnapshot m_snapshot;
    QList<LoadRow> m_rows;
    QList<LoadSample> m_samples;
    QList<LoadEvent> m_events;
    QList<HostCurve> m_hosts;
    LoadRunInfo m_result;
    QTimer m_flush;
    QList<int> m_changed;
    QBitArray m_isChanged;
    QBitArray m_isTold; ///< at least once
    qsizetype m_toldEvents = 0;
    bool m_progress = false;
    bool m_newSamples = false;
    bool m_endTold = true;
    bool m_hasRun = false;
    bool m_over = true;
    bool m_frozen = false;
    double m_replaySpeed = 1;
};

} // namespace Flotilla
