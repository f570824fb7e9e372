// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/watchdog.h"

#include "backends/agent/serve/options.h"
#include "backends/agent/serve/paths.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace Flotilla::Agent {

namespace {

constexpr std::int64_t hardLimit = 2; ///< times the limit of files: as far as a walk counts
constexpr std::int64_t maxWalk = 20'000;

const char *describe(const std::string &reason)
{
    if (reason == "out-of-memory")
        return "The app used more memory than its sandbox has.";
    if (reason == "out-of-disk")
        return "The app wrote more data or files than its sandbox may keep.";
    return "The app started more processes than its sandbox may run.";
}

} // namespace

Watchdog::Watchdog(Loop &loop, const Limits &limits, int appFolder, int dataFolder)
    : m_loop(loop)
    , m_limits(limits)
{
    const bool inSandbox = ::getpid() == 1; // then these are file systems of our own
    addPlace(appFolder, m_limits.workspaceBytes, inSandbox);
    addPlace(dataFolder, m_limits.dataBytes, false); // a folder of the host
    for (const char *path : {"/tmp", "/dev/shm"}) {
        if (inSandbox)
            m_folders.push_back(openFolder(path));
        if (inSandbox && m_folders.back())
            addPlace(m_folders.back().get(), 0, true);
    }
}

void Watchdog::addPlace(int folder, std::int64_t maxBytes, bool isTmpfs)
{
    DiskUse use;
    if (folder >= 0)
        m_places.push_back({folder, maxBytes, isTmpfs && tmpfsUse(folder, use), false, {}});
}

int Watchdog::add(Workload workload)
{
    m_workloads[++m_lastId] = std::move(workload);
    m_loop.cancel(m_timer);
    schedule();
    return m_lastId;
}

void Watchdog::remove(int id)
{
    m_workloads.erase(id);
    if (m_workloads.empty())
        m_loop.cancel(m_timer);
}

std::string Watchdog::newMarker()
{
    return "FLOTILLA_RUN=" + std::to_string(++m_lastMarker);
}

bool Watchdog::looksOutOfMemory(std::int64_t peakBytes) const
{
    return m_limits.memoryBytes > 0 && std::max(peakBytes, m_use.memory) > m_limits.memoryBytes / 2;
}

bool Watchdog::isOutOfDisk() const
{
    return std::any_of(m_places.begin(), m_places.end(),
                       [this](const Place &place) { return isOver(place, useOf(place)); });
}

int Watchdog::interval() const
{
    const bool nearMemory = m_limits.memoryBytes > 0 && m_use.memory * 2 > m_limits.memoryBytes;
    const bool nearTasks = m_limits.processes > 0 && m_use.tasks * 4 > m_limits.processes;
    if (nearMemory || nearTasks)
        return 30;
    const bool allLongLived =
        std::all_of(m_workloads.begin(), m_workloads.end(), [](const auto &entry) { return entry.second.longLived; });
    return allLongLived ? 250 : 60;
}

void Watchdog::schedule()
{
    const bool anyLimit = m_limits.memoryBytes > 0 || m_limits.processes > 0 || m_limits.dataBytes > 0 ||
                          m_limits.workspaceBytes > 0 || m_limits.files > 0;
    if (anyLimit && !m_workloads.empty())
        m_timer = m_loop.after(interval(), [this] { check(); });
}

bool Watchdog::isOverMemory(const std::vector<ProcessInfo> &all, const Use &use) const
{
    if (m_limits.memoryBytes <= 0 || use.memory <= m_limits.memoryBytes)
        return false;
    std::int64_t exact = 0; // shared pages counted once
    for (const ProcessInfo &process : all)
        exact += proportionalBytes(process);
    return exact > m_limits.memoryBytes;
}

void Watchdog::check()
{
    m_timer = 0;
    const std::vector<ProcessInfo> all = descendants();
    m_use = {};
    for (const ProcessInfo &process : all) {
        m_use.memory += process.rssBytes;
        m_use.tasks += process.threads;
    }
    if (isOverMemory(all, m_use))
        killLargest(all, "out-of-memory");
    else if (m_limits.processes > 0 && m_use.tasks + 1 >= m_limits.processes)
        killLargest(all, "pids-limit");
    else
        m_strikes = 0;
    checkDisk(Loop::now() >= m_nextDiskCheck);
    if (m_timer == 0)
        schedule();
}

void Watchdog::killLargest(const std::vector<ProcessInfo> &all, const std::string &reason)
{
    std::int64_t largest = -1;
    const Workload *victim = nullptr;
    for (const auto &[id, workload] : m_workloads) {
        const std::unordered_set<pid_t> tree = treeOf(all, workload.pid, workload.marker);
        std::int64_t weight = 0;
        for (const ProcessInfo &process : all) {
            if (tree.count(process.pid) > 0)
                weight += reason == "pids-limit" ? process.threads : process.rssBytes;
        }
        if (weight > largest) {
            largest = weight;
            victim = &workload;
        }
    }
    if (onLimit && m_strikes == 0)
        onLimit(reason, describe(reason));
    if (reason == "pids-limit" && ::getpid() == 1)
        ::kill(-1, SIGKILL); // one step for the whole sandbox: a fork bomb outruns a walk through /proc
    if (victim) {
        const auto kill = victim->kill; // it may remove itself
        kill(reason);
    }
    if (++m_strikes > 1)
        killEverything(); // something escaped its workload
}

DiskUse Watchdog::useOf(const Place &place) const
{
    DiskUse use;
    if (place.isTmpfs && tmpfsUse(place.folder, use))
        return use;
    return diskUse(place.folder, m_limits.files > 0 ? hardLimit * m_limits.files : maxWalk);
}

bool Watchdog::isOver(const Place &place, const DiskUse &use) const
{
    return (place.maxBytes > 0 && use.bytes > place.maxBytes) || (m_limits.files > 0 && use.files > m_limits.files);
}

/// Whether the place is over a limit because something writes, not because it was so before or is being cleaned.
bool Watchdog::fills(Place &place)
{
    const DiskUse use = useOf(place);
    const DiskUse last = std::exchange(place.last, use);
    if (!std::exchange(place.isKnown, true) || !isOver(place, use))
        return false;
    const bool isHard =
        !place.isTmpfs && m_limits.files > 0 && use.files > hardLimit * m_limits.files; // a walk ends there
    return use.bytes > last.bytes || use.files > last.files || isHard;
}

void Watchdog::checkDisk(bool all)
{
    const std::int64_t start = Loop::now();
    bool isFilled = false;
    for (Place &place : m_places) {
        if (all || place.isTmpfs)
            isFilled = fills(place) || isFilled;
    }
    if (all)
        m_nextDiskCheck = Loop::now() + std::max<std::int64_t>(1000, 10 * (Loop::now() - start));
    if (!isFilled)
        return;
    if (onLimit)
        onLimit("out-of-disk", describe("out-of-disk"));
    const auto copy = m_workloads;
    for (const auto &[id, workload] : copy)
        workload.kill("out-of-disk");
}

} // namespace Flotilla::Agent
