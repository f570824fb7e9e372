// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"

#include <QList>
#include <QObject>

namespace Flotilla {

class Chart;
class HostTiles;
class LoadBoard;

/// The charts of a run, kept up to date from the board: only what is new is added.
class RunCharts : public QObject
{
    Q_OBJECT

public:
    explicit RunCharts(LoadBoard *board, QObject *parent = nullptr);

    Chart *ramp() const { return m_ramp; }
    Chart *latency() const { return m_latency; }
    Chart *order() const { return m_order; }
    Chart *machine() const { return m_machine; }
    HostTiles *hosts() const { return m_hosts; }

    /// The numbers that a reference publishes: apps live after so many seconds.
    struct Milestone
    {
        double seconds;
        int apps;
    };
    static const QList<Milestone> &reference();
    /// A round end for a time axis that has to show `seconds`.
    static double axisEnd(double seconds);
    /// Apps meant to have begun over time, in at most about 200 points.
    static void planned(const class LoadPlan &plan, double until, QList<double> *seconds, QList<double> *apps);

private:
    void makeRamp();
    void makeOthers();
    void clear();
    void addSamples();
    void addSample(const LoadSample &sample);
    void addRows(const QList<int> &indexes);
    void fitTime();
    void fitOrder();
    void note(const LoadEvent &event);

    LoadBoard *m_board;
    Chart *m_ramp;
    Chart *m_latency;
    Chart *m_order;
    Chart *m_machine;
    HostTiles *m_hosts;
    QList<int> m_areas; ///< by order of the stack, from below
    int m_plannedLine = 0;
    int m_referenceLine = 0;
    qsizetype m_samples = 0;
    QList<bool> m_dotted;
    double m_end = 0;
    double m_slowest = 0;
    double m_longestAnswer = 0;
};

} // namespace Flotilla
