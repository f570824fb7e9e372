// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace Flotilla {

/// What this computer does, from /proc. Linux only.
class LoadMachine
{
public:
    LoadMachine();
    struct Use
    {
        double hostCpu = 0;    ///< share of all cores since the last call, 0 to 1
        double processCpu = 0; ///< of this process, in cores, since the last call
        qint64 memoryUsed = 0; ///< total minus available
    };
    Use use();
    /// Share of all cores in use since the last call of this function.
    double busy();
    int cores() const { return m_cores; }
    static qint64 memoryTotal();
    static QJsonObject describe(); ///< kernel, processor, memory, limits: for the report

    struct Ticks
    {
        qint64 busy = 0;
        qint64 all = 0;
        double share = 0; ///< that was busy when it was asked last
    };
    /// What was busy of the ticks since `before`, which becomes `now`. While hardly any have passed: as before.
    static double share(Ticks &before, const Ticks &now);

private:
    static Ticks ticks();

    int m_cores;
    Ticks m_useTicks;
    Ticks m_busyTicks;
    double m_processSeconds = 0;
    double m_wallSeconds = 0;
    double m_processCpu = 0;
};

} // namespace Flotilla
