// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

#include <sys/types.h>

namespace Flotilla {

/// A child with its output pipes (non-blocking). The caller reaps it and closes the descriptors.
struct Spawned
{
    pid_t pid = -1;
    int pidfd = -1;
    int out = -1;
    int err = -1;
};

/// Starts a program in a session of its own with default signals and no other descriptors. Unavailable when there is no
/// such program.
Result<Spawned> spawn(const CommandSpec &command);

} // namespace Flotilla
