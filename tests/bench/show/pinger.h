// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QThread>

#include <atomic>

namespace Flotilla {

/// Posts an event every few milliseconds from a thread of its own and notes how long each one waited.
class Pinger : public QThread
{
public:
    explicit Pinger(QObject *target);
    ~Pinger() override;
    /// Ends the thread; adds stall_p50_ms, stall_p99_ms, stall_max_ms, and when that one was, since the start.
    void report(QJsonObject &json);

protected:
    void run() override;

private:
    QObject *m_target;
    std::atomic<bool> m_quit{false};
    QList<double> m_waits; ///< milliseconds
    double m_longestAt = 0;
};

/// Memory of this process, and of the web engine's that it started: theirs alone and their part of what is shared.
double residentMb();
double webEngineMb();

} // namespace Flotilla
