// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace Flotilla::Agent {

struct ProcessInfo
{
    pid_t pid = 0;
    pid_t parent = 0;
    pid_t group = 0;
    pid_t session = 0;
    char state = 0;
    int threads = 0;
    std::int64_t rssBytes = 0;
    std::int64_t cpuMs = 0;
};

/// Every process below this one (as PID 1 or subreaper: every process of the sandbox), from /proc.
std::vector<ProcessInfo> descendants();
/// Whether every thread of a process is stopped (or gone): nothing of it runs, and no call of it is under way.
bool isStopped(pid_t pid);
/// The members of `all` that belong to the workload led by `leader`: its children and theirs, its session, and strays
/// (reparented to us) whose environment carries `marker`.
std::unordered_set<pid_t> treeOf(const std::vector<ProcessInfo> &all, pid_t leader, const std::string &marker);
/// Kills all of them until no new one appears.
void killTree(pid_t leader, const std::string &marker);
/// Kills every process below this one.
void killEverything();
/// Proportional set size of one process; its resident size when that cannot be read.
std::int64_t proportionalBytes(const ProcessInfo &process);

} // namespace Flotilla::Agent
