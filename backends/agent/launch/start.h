// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/launchspec.h"

namespace Flotilla::Agent {

/// Makes the sandbox, or finds that it is there already, and waits until its agent answers `hello`.
/// `answer`: {pid, start, existed, user, cgroup, hello}. On failure nothing is left behind.
bool startSandbox(const LaunchSpec &spec, Json &answer, Failure &failure);

} // namespace Flotilla::Agent
