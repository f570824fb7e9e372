// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"

namespace Flotilla::Agent {

/// The system call filter of a sandbox as a BPF program in a memory file, ready for `bwrap --seccomp`. A deny list:
/// what generated apps, node and python need stays; kernel surfaces that sandboxes were escaped through, or that reach
/// beyond the namespaces, are refused. Foreign ABIs (32 bit, x32) kill the process. Empty, with errno, on failure.
Fd makeSeccompFilter();

} // namespace Flotilla::Agent
