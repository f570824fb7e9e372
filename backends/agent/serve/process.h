// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/loop.h"
#include "backends/agent/serve/options.h"

#include <sys/resource.h>
#include <sys/types.h>

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace Flotilla::Agent {

struct ProcessSpec
{
    std::vector<std::string> argv;
    std::string cwd;
    std::vector<std::string> env; ///< NAME=VALUE, over the agent's own
    std::string marker;           ///< NAME=VALUE that finds its strays
    int in = -1;                  ///< -1: /dev/null
    int out = -1;
    int err = -1;
    bool terminal = false;          ///< `in` becomes the controlling terminal
    unsigned long timerSlackNs = 0; ///< how late its timers may be (PR_SET_TIMERSLACK); 0: as usual
};

struct ProcessEnd
{
    int exitCode = 0; ///< 128 + signal when killed
    int signal = 0;
    std::int64_t peakBytes = 0;
};

struct SpawnResult
{
    pid_t pid = -1;
    int error = 0; ///< errno when pid < 0
    bool badFolder = false;
};

/// Starts processes and tells when they end. Reaps everything, also what was reparented to us.
class Processes
{
public:
    using Ended = std::function<void(const ProcessEnd &)>;

    Processes(Loop &loop, const Limits &limits);
    ~Processes();
    /// In a session of its own, with the workload's limits, killed first when memory runs out. Never aborts: a fork
    /// that fails is an errno in the result.
    SpawnResult start(const ProcessSpec &spec, Ended ended);
    /// `ended` will not be called any more; the process goes on.
    void forget(pid_t pid) { m_ended[pid] = nullptr; }
    /// Called by the signal handler of the agent.
    void reap();

    /// While somebody holds, nothing new of the app may start (see Standstill).
    void hold() { ++m_holds; }
    bool letGo() { return --m_holds == 0; } ///< true: nobody holds any more
    [[nodiscard]] bool standStill() const { return m_holds > 0; }

private:
    Loop &m_loop;
    const Limits &m_limits;
    std::unordered_map<pid_t, Ended> m_ended;
    int m_holds = 0;
};

} // namespace Flotilla::Agent
