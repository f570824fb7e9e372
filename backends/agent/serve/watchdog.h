// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/loop.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/processtable.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

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
    /// Somewhere the app may write to.
    struct Place
    {
        int folder = -1;
        std::int64_t maxBytes = 0; ///< 0: the file system has its own limit
        bool isTmpfs = false;      ///< ours alone, so the kernel's own count is at hand
        bool isKnown = false;
        DiskUse last;
    };
    void addPlace(int folder, std::int64_t maxBytes, bool isTmpfs);
    DiskUse useOf(const Place &place) const;
    bool isOver(const Place &place, const DiskUse &use) const;
    bool fills(Place &place);
    void checkDisk(bool all);
    bool isOverMemory(const std::vector<ProcessInfo> &all, const Use &use) const;
    void killLargest(const std::vector<ProcessInfo> &all, const std::string &reason);
    int interval() const;

    Loop &m_loop;
    const Limits &m_limits;
    std::vector<Place> m_places;
    std::vector<Fd> m_folders; ///< of places that nobody else holds open
    std::map<int, Workload> m_workloads;
    int m_lastId = 0;
    int m_lastMarker = 0;
    Loop::TimerId m_timer = 0;
    Use m_use;
    std::int64_t m_nextDiskCheck = 0;
    int m_strikes = 0;
};

} // namespace Flotilla::Agent
