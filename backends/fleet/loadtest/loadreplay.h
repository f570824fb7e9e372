// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace Flotilla {

/// Shows a stored run again: rows in the phase they were in, samples and events when their time comes. Service thread.
class LoadReplay : public QObject
{
    Q_OBJECT

public:
    LoadReplay(LoadRecord record, double speed, QObject *parent = nullptr);
    void begin();
    void end();
    void setPaused(bool paused);
    const QList<LoadRow> &rows() const { return m_shown; }
    const LoadRecord &record() const { return m_record; }
    LoadSnapshot snapshot() const;

Q_SIGNALS:
    void rowsChanged(const QList<Flotilla::LoadRow> &rows);
    void sampled(const Flotilla::LoadSample &sample);
    void happened(const Flotilla::LoadEvent &event);
    void finished();

private:
    void tick();
    double now() const; ///< milliseconds of the recorded run
    int liveBefore(double seconds) const;

    LoadRecord m_record;
    double m_speed;
    QList<LoadRow> m_shown;
    qsizetype m_nextSample = 0;
    qsizetype m_nextEvent = 0;
    double m_length = 0;
    double m_played = 0; ///< before the last pause
    bool m_over = false;
    QElapsedTimer m_clock;
    QTimer m_timer;
};

/// A row as it was at a moment of its run.
LoadRow rowAt(const LoadRow &row, double milliseconds);

} // namespace Flotilla
