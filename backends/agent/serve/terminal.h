// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"

namespace Flotilla::Agent::Terminal {

/// A new pseudo terminal. `ours` is non-blocking. False with errno.
bool open(int columns, int rows, Fd &ours, Fd &childs);
void resize(int fd, int columns, int rows);

} // namespace Flotilla::Agent::Terminal
