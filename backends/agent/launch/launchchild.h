// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/bwrapcommand.h"
#include "backends/agent/serve/fd.h"

#include <sys/types.h>

#include <string>

namespace Flotilla::Agent {

/// What the child needs to become bubblewrap. Descriptors are all close-on-exec here.
struct ChildPlan
{
    const LaunchSpec &spec;
    BindSources sources;
    uid_t user = 0; ///< to become; 0: stay
    std::string cgroup;
    Fd control;
    Fd app;
    Fd seccomp;
    Fd info;
    Fd errors; ///< becomes stderr
    Fd gate;   ///< one byte: go; end of file: the launcher died before it wrote the label, so do nothing
};

/// In the forked child: never returns.
[[noreturn]] void runChild(ChildPlan plan);

} // namespace Flotilla::Agent
