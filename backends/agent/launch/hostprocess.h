// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace Flotilla::Agent {

/// A process that cannot be mistaken for a later one with the same number. Source: proc(5), pidfd_open(2).
struct ProcessRef
{
    pid_t pid = 0;
    std::uint64_t start = 0; ///< field 22 of /proc/PID/stat: clock ticks since boot
};

/// Of the present process with this number; start 0 when there is none or it is a zombie.
ProcessRef processRef(pid_t pid);
/// Its pidfd when exactly this process still runs, else empty.
Fd openProcess(const ProcessRef &process);
void killProcess(const Fd &pidfd);
/// SIGSTOP, and waits (a fifth of a second at most) until it has no effect on the machine any more.
void stopProcess(const Fd &pidfd, pid_t pid);
/// True when it has ended.
bool waitForEnd(const Fd &pidfd, int timeoutMs);
std::vector<pid_t> childrenOf(pid_t pid);
/// The process and everything below it.
std::vector<pid_t> treeFrom(pid_t pid);
std::string bootId();
/// The whole of a small file (of /proc, /sys), empty when it cannot be read.
std::string readSmallFile(const std::string &path);

struct TreeUsage
{
    std::int64_t memoryBytes = 0; ///< proportional set size
    std::int64_t cpuMs = 0;
    int processes = 0;
};
TreeUsage usageOf(pid_t pid);

} // namespace Flotilla::Agent
