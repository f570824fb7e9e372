// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/launchspec.h"

#include <string>
#include <vector>

namespace Flotilla::Agent {

/// Descriptors that bubblewrap and the agent inherit; all others are closed.
enum LaunchFd { ControlFd = 3, AppFd = 4, SeccompFd = 5, InfoFd = 6, FirstUnusedFd = 7 };

/// Host paths that are bound into the sandbox, as bubblewrap's user can reach them.
struct BindSources
{
    std::string agent;
    std::string runtime; ///< empty: none
    std::string etc;
    std::string data; ///< empty: a tmpfs
};

/// The whole argument list, program first. Source of the profile: sandboxes.md h.2.
std::vector<std::string> bwrapCommand(const LaunchSpec &spec, const BindSources &sources);

} // namespace Flotilla::Agent
