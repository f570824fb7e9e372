// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/cgroup.h"

#include <sys/types.h>

#include <string>
#include <vector>

namespace Flotilla::Agent {

/// The arguments of busctl that ask the systemd of a user to move `pids` into a scope of their own. Source:
/// org.freedesktop.systemd1(5), StartTransientUnit.
std::vector<std::string> scopeRequest(const std::string &unit, const std::vector<pid_t> &pids);

/// The tree for groups with limits. A process in a login session, whose group belongs to root, moves out of it first,
/// together with `others` of the same user, when this user has a systemd.
CgroupTree delegatedTree(std::vector<pid_t> others);

/// True when systemd runs for this user also without a session (`loginctl enable-linger`).
bool lingers();

} // namespace Flotilla::Agent
