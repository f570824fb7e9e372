// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"

#include <sys/types.h>

#include <string>
#include <vector>

namespace Flotilla::Agent {

struct ProgramSpec
{
    std::vector<std::string> argv;
    std::vector<std::string> env; ///< NAME=VALUE, over the helper's own
    std::string cwd;              ///< empty: the helper's
};

/// A program of the host with pipes to its streams; ours do not block.
struct Program
{
    pid_t pid = -1; ///< its group and session as well
    Fd in;
    Fd out;
    Fd err;
};

/// False with `error`: "folder" or "program" when that is not there, else a sentence. The program ends when this
/// process does; what it leaves behind, and what goes into a session of its own, does not.
bool startProgram(const ProgramSpec &spec, Program &program, std::string &error);

} // namespace Flotilla::Agent
