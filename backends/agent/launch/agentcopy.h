// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Flotilla::Agent {

/// The file that the next sandbox below `root` runs as its agent: `agent` for the first 500, a copy of it in `root` for
/// each further 500. Whatever looks at a page of a file, as the kernel does for its own purposes, passes every process
/// that maps the file: with 10,000 that took a quarter of the machine. `agent` itself when no copy can be made or run.
std::string agentFor(const std::string &root, const std::string &agent);

} // namespace Flotilla::Agent
