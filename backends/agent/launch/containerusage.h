// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/cgroup.h"

#include <string>

namespace Flotilla::Agent {

/// Of the control group that a process is in, cgroup v1 or v2, as the engines count: `docker stats` leaves out the
/// inactive page cache, `podman stats` does not. `cgroups` and `mounts`: /proc/PID/cgroup and /proc/self/mountinfo.
CgroupUsage containerUsage(const std::string &cgroups, const std::string &mounts, bool withInactiveCache);

} // namespace Flotilla::Agent
