// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/json.h"

#include <string>
#include <vector>

namespace Flotilla::Agent {

/// [{label, alive, oom_kills, pids_refused}] of these sandboxes, of all when `ids` is empty. Takes no lock.
Json listSandboxes(const std::string &root, const std::vector<std::string> &ids);
/// [{id, memory_bytes, cpu_ms, processes}] of those that run: the cgroup's figures, else the sum of their processes.
Json statsOfSandboxes(const std::string &root, const std::vector<std::string> &ids);

} // namespace Flotilla::Agent
