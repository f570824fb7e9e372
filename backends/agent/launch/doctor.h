// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/launchspec.h"

namespace Flotilla::Agent {

/// Facts about this host that decide whether sandboxes work, and the outcome of one real trial. Words are the caller's.
Json examineHost(const LaunchSpec &spec);

} // namespace Flotilla::Agent
