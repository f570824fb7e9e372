// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/host/program.h"
#include "backends/agent/serve/json.h"

namespace Flotilla::Agent {

/// Reads `{"op":"run", argv, cwd, env, timeout_ms}`. False with a sentence.
bool readProgramRequest(const Json &request, ProgramSpec &spec, std::int64_t &timeoutMs, std::string &error);

} // namespace Flotilla::Agent
