// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "widgets/common/appstatus.h"

namespace Flotilla {

/// The reachability of a host as a dot and a word: "Ready", "Connecting", "Unreachable", "Draining".
StatusWord statusOf(const HostCard &host);
/// "podman 4.3 · ssh", "bubblewrap", or since when it cannot be reached.
QString hostSubtitle(const HostCard &host);
/// "CPU 38 %", with a dash while it is not known.
QString hostCpuText(const HostCard &host);
/// "9.1 / 24 GB"; empty while it is not known.
QString hostMemoryText(const HostCard &host);
bool isLocal(const HostConfig &host);
/// This computer first, the others by name as people count: rack-2 before rack-10.
bool comesBefore(const HostConfig &a, const HostConfig &b);

} // namespace Flotilla
