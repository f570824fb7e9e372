// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/stallwatchdog.h"

#include <cstdio>

namespace Flotilla {

namespace {
constexpr auto pingEvery = std::chrono::milliseconds(4);
}

struct StallWatchdog::Ping
{
    std::atomic<bool> waiting{false};
    std::atomic<qint64> answered{0}; // steady_clock ticks
};

StallWatchdog::StallWatchdog(QObject *parent)
    : QObject(parent)
    , m_ping(std::make_shared<Ping>())
    , m_thread([this] { watch(); })
{
}

StallWatchdog::~StallWatchdog()
{
    m_quit = true;
    m_thread.join();
    if (qEnvironmentVariableIntValue("FLOTILLA_STALL_REPORT") == 1)
        std::fprintf(stderr, "longest GUI stall: %lld ms, over 50 ms: %d\n",
                     static_cast<long long>(longestStall().count()), stallsOver50ms());
}

std::chrono::milliseconds StallWatchdog::longestStall() const
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::nanoseconds(m_longest.load()));
}

void StallWatchdog::reset()
{
    m_longest = 0;
    m_over50 = 0;
}

void StallWatchdog::watch()
{
    using Time = std::chrono::steady_clock;
    while (!m_quit) {
        const auto sent = Time::now();
        m_ping->waiting = true;
        QMetaObject::invokeMethod(
            this,
            [ping = m_ping] {
                ping->answered = Time::now().time_since_epoch().count();
                ping->waiting = false;
            },
            Qt::QueuedConnection);
        while (m_ping->waiting && !m_quit)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const bool answered = !m_ping->waiting;
        note(answered ? Time::time_point(Time::duration(m_ping->answered.load())) - sent : Time::now() - sent);
        std::this_thread::sleep_for(pingEvery);
    }
}

void StallWatchdog::note(std::chrono::steady_clock::duration waited)
{
    const qint64 nanoseconds = std::chrono::duration_cast<std::chrono::nanoseconds>(waited).count();
    if (nanoseconds > m_longest)
        m_longest = nanoseconds;
    if (waited > std::chrono::milliseconds(50))
        ++m_over50;
}

} // namespace Flotilla
