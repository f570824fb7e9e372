// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/json.h"

#include <string>

namespace Flotilla::Agent {

/// {cpus, load1, cpu_busy_ms, cpu_total_ms, memory_total, memory_available, disk_total, disk_free, kernel, uptime_s}:
/// of this machine; the disk is the one that `root` (or the nearest folder above it that exists) is on. The cpu figures
/// are counters since boot over all processors: two samples make a load. Sources: proc_stat(5), proc_meminfo(5).
Json hostStats(const std::string &root);

} // namespace Flotilla::Agent
