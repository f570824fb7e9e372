// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/loop.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <climits>
#include <ctime>

namespace Flotilla::Agent {

Loop::Loop()
    : m_epoll(epoll_create1(EPOLL_CLOEXEC))
{
}

std::int64_t Loop::now()
{
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return std::int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1'000'000;
}

void Loop::add(int fd, std::uint32_t events, Handler handler)
{
    auto watch = std::make_shared<Watch>(Watch{++m_generation, std::move(handler)});
    epoll_event event{};
    event.events = events;
    event.data.u64 = (std::uint64_t(watch->generation) << 32) | std::uint32_t(fd);
    m_watches[fd] = std::move(watch);
    epoll_ctl(m_epoll.get(), EPOLL_CTL_ADD, fd, &event);
}

void Loop::change(int fd, std::uint32_t events)
{
    const auto found = m_watches.find(fd);
    if (found == m_watches.end())
        return;
    epoll_event event{};
    event.events = events;
    event.data.u64 = (std::uint64_t(found->second->generation) << 32) | std::uint32_t(fd);
    epoll_ctl(m_epoll.get(), EPOLL_CTL_MOD, fd, &event);
}

void Loop::remove(int fd)
{
    if (m_watches.erase(fd) > 0)
        epoll_ctl(m_epoll.get(), EPOLL_CTL_DEL, fd, nullptr);
}

Loop::TimerId Loop::after(std::int64_t milliseconds, Task task)
{
    const TimerId id = ++m_lastTimer;
    const std::int64_t deadline = now() + milliseconds;
    m_timers.emplace(std::make_pair(deadline, id), std::move(task));
    m_deadlines.emplace(id, deadline);
    return id;
}

void Loop::cancel(TimerId &id)
{
    const auto found = m_deadlines.find(id);
    if (found != m_deadlines.end()) {
        m_timers.erase({found->second, id});
        m_deadlines.erase(found);
    }
    id = 0;
}

int Loop::timeout() const
{
    if (m_timers.empty())
        return -1;
    return int(std::clamp<std::int64_t>(m_timers.begin()->first.first - now(), 0, INT_MAX));
}

void Loop::runTimers()
{
    const TimerId newest = m_lastTimer; // timers started by a timer wait for the next round
    const std::int64_t time = now();
    while (m_running && !m_timers.empty()) {
        const auto first = m_timers.begin();
        if (first->first.first > time || first->first.second > newest)
            return;
        Task task = std::move(first->second);
        m_deadlines.erase(first->first.second);
        m_timers.erase(first);
        task();
    }
}

void Loop::dispatch(std::uint64_t key, std::uint32_t events)
{
    const auto found = m_watches.find(int(key & 0xffffffffu));
    if (found == m_watches.end() || found->second->generation != std::uint32_t(key >> 32))
        return;
    const std::shared_ptr<Watch> keep = found->second;
    keep->handler(events);
}

void Loop::run()
{
    std::array<epoll_event, 32> events{};
    while (m_running) {
        const int count = epoll_wait(m_epoll.get(), events.data(), int(events.size()), timeout());
        for (int i = 0; i < count && m_running; ++i)
            dispatch(events[std::size_t(i)].data.u64, events[std::size_t(i)].events);
        runTimers();
    }
}

} // namespace Flotilla::Agent
