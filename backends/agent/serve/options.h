// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace Flotilla::Agent {

/// What one sandbox may use. 0: not limited by the agent (the sandbox's cgroup or nothing does it).
struct Limits
{
    std::int64_t memoryBytes = 0;
    std::int64_t processes = 0; ///< tasks: threads count
    std::int64_t workspaceBytes = 0;
    std::int64_t dataBytes = 0;
    std::int64_t files = 0; ///< in each folder that the app may write to
    std::int64_t fileBytes = 0;
    std::int64_t openFiles = 0;
    bool sharedUser = false; ///< other sandboxes run as our user: RLIMIT_NPROC would count theirs
};

struct Options
{
    std::string dir = "/run/flotilla";
    std::string appDir = "/app";
    std::string dataDir = "/data";
    std::string runtimeDir = "/opt/flotilla/runtime";
    std::string workDir = "/tmp/.flotilla"; ///< builds go here; a size-limited tmpfs in a sandbox
    std::string hand;                       ///< where the launcher waits to hand over the sockets; empty: nowhere
    int controlFd = -1; ///< listening sockets made by the launcher; without them they are made in `dir`
    int appFd = -1;
    int port = 3000; ///< where a `server` app must listen
    Limits limits;
};

/// False, with a sentence in `error`, when the command line makes no sense.
bool parseOptions(int argc, char **argv, Options &options, std::string &error);

} // namespace Flotilla::Agent
