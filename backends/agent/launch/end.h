// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/sandboxfolder.h"

#include <vector>

namespace Flotilla::Agent {

/// Ends everything that a label speaks of and waits until it is gone; fine when there is nothing.
void endProcesses(const Json &label);
/// Ends and removes the sandboxes, which must be different; fine when there are none. Returns those that are gone.
std::vector<std::string> endSandboxes(const std::string &root, const std::vector<std::string> &ids);

} // namespace Flotilla::Agent
