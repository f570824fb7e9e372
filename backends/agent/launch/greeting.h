// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/failure.h"
#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/json.h"

#include <string>

namespace Flotilla::Agent {

/// What is known of a sandbox while it starts.
struct Starting
{
    Fd control; ///< connected
    Fd errors;  ///< what bubblewrap and the agent complain about
    Fd process; ///< pidfd of bubblewrap; empty: not watched
    std::string complaints;
};

/// Says `hello` and waits for the answer, for the end of the process or for the deadline, whichever is first.
bool greet(Starting &starting, int deadlineMs, Json &hello, Failure &failure);

} // namespace Flotilla::Agent
