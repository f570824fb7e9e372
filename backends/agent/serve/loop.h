// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>

namespace Flotilla::Agent {

/// The agent's only loop: epoll and timers. Sleeps for ever when nothing is due.
class Loop
{
public:
    using Handler = std::function<void(std::uint32_t events)>;
    using Task = std::function<void()>;
    using TimerId = std::uint64_t; ///< 0: none

    Loop();
    void add(int fd, std::uint32_t events, Handler handler);
    void change(int fd, std::uint32_t events);
    /// Legal inside the handler of the same fd. Call before closing the fd.
    void remove(int fd);

    TimerId after(std::int64_t milliseconds, Task task);
    void cancel(TimerId &id);
    /// Runs `task` when the present event was handled: the safe moment to delete the caller.
    void later(Task task) { after(0, std::move(task)); }

    void run();
    void stop() { m_running = false; }
    /// Monotonic milliseconds.
    static std::int64_t now();

private:
    struct Watch
    {
        std::uint32_t generation = 0;
        Handler handler;
    };
    int timeout() const;
    void runTimers();
    void dispatch(std::uint64_t key, std::uint32_t events);

    Fd m_epoll;
    std::unordered_map<int, std::shared_ptr<Watch>> m_watches;
    std::map<std::pair<std::int64_t, TimerId>, Task> m_timers;
    std::unordered_map<TimerId, std::int64_t> m_deadlines;
    TimerId m_lastTimer = 0;
    std::uint32_t m_generation = 0;
    bool m_running = true;
};

} // namespace Flotilla::Agent
