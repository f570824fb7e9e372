// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/loop.h"
#include "backends/agent/serve/processtable.h"

#include <functional>
#include <map>
#include <string>

namespace Flotilla::Agent {

struct Limits;

/// Something of the app that runs: a command, a build, the server.
struct Workload
{
    pid_t pid = 0;
    std::string marker;
    bool longLived = false;
    std::function<void(const std::string &reason)> kill; ///< "out-of-memory", "out-of-disk", "pids-limit"
};

/// Enforces memory, tasks and disk where no cgroup does. Looks only while a workload runs; sleeps otherwise.
class Watchdog
{
public:
    Watchdog(Loop &loop, const Limits &limits, int appFolder, int dataFolder);
    int add(Workload workload);
    void remove(int id);
    /// Whether a process that got SIGKILL from nobody we know, and peaked at `peakBytes`, was the kernel's victim.
    [[nodiscard]] bool looksOutOfMemory(std::int64_t peakBytes) const;
    [[nodiscard]] bool isOutOfDisk() const;
    /// A name for the environment that marks the descendants of one workload.
    std::string newMarker();

    std::function<void(const std::string &reason, const std::string &text)> onLimit;

private:
    struct Use
    {
        std::int64_t memory = 0;
        std::int64_t tasks = 0;
    };
    void schedule();
    void check();
    void checkDisk();
    bool isOverMemory(const std::vector<ProcessInfo> &all, const Use &use) const;
    void killLargest(const std::vector<ProcessInfo> &all, const std::string &reason);
    int interval() const;

    Loop &m_loop;
    const Limits &m_limits;
    int m_appFolder;
    int m_dataFolder;
    std::map<int, Workload> m_workloads;
    int m_lastId = 0;
    int m_lastMarker = 0;
    Loop::TimerId m_timer = 0;
    Use m_use;
    std::int64_t m_nextDiskCheck = 0;
    std::int64_t m_diskBytes[2] = {0, 0}; ///< app, data at the last look
    int m_strikes = 0;
};

} // namespace Flotilla::Agent
