// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/json.h"

#include <string>

namespace Flotilla::Agent {

/// The rules of seccompfilter.h as a profile for container engines (the JSON of Docker's --security-opt seccomp). The
/// format knows calls by name only, so it lists what is allowed: what the list leaves out, and calls that nobody knew
/// when this was built, are refused. `machine` is uname's.
Json seccompProfile(const std::string &machine);

} // namespace Flotilla::Agent
