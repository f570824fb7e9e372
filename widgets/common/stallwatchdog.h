// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace Flotilla {

/// Measures how long the GUI thread keeps an event waiting. A thread posts a ping every few milliseconds and looks at
/// how long its answer takes; what is still waiting counts too. Any thread may read.
class StallWatchdog : public QObject
{
    Q_OBJECT

public:
    explicit StallWatchdog(QObject *parent = nullptr); ///< on the thread to be watched
    ~StallWatchdog() override; ///< prints longestStall() to stderr when FLOTILLA_STALL_REPORT is 1

    std::chrono::milliseconds longestStall() const;
    int stallsOver50ms() const { return m_over50.load(); }
    void reset();

private:
    struct Ping;
    void watch();
    void note(std::chrono::steady_clock::duration waited);

    std::shared_ptr<Ping> m_ping;
    std::atomic<qint64> m_longest{0}; ///< nanoseconds
    std::atomic<int> m_over50{0};
    std::atomic<bool> m_quit{false};
    std::thread m_thread;
};

} // namespace Flotilla
