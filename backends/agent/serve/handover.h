// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Flotilla::Agent {

struct Options;

/// Fetches the two listening sockets from the launcher, who waits at the Unix socket `path` (SCM_RIGHTS, unix(7)). For
/// containers, whose engine cannot pass descriptors on. False with errno.
bool takeSockets(const std::string &path, Options &options);

} // namespace Flotilla::Agent
