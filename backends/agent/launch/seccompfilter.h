// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"

#include <string>

namespace Flotilla::Agent {

/// The system call filter of a sandbox as a BPF program in a memory file, ready for `bwrap --seccomp`. A deny list:
/// what generated apps, node and python need stays; kernel surfaces that sandboxes were escaped through, or that reach
/// beyond the namespaces, are refused. Foreign ABIs (32 bit, x32) kill the process. Empty, with errno, on failure.
Fd makeSeccompFilter();
/// The same from a file below `root` (a private folder), which is made by the first call of each build of this program:
/// libseccomp takes as long as a tenth of a whole start.
Fd openSeccompFilter(const std::string &root);

} // namespace Flotilla::Agent
