// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla::Agent {

/// `flotilla-agent serve`: the program inside every sandbox. Returns the exit code.
int serveMain(int argc, char **argv);

} // namespace Flotilla::Agent
