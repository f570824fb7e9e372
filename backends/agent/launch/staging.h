// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/bwrapcommand.h"

#include <sys/types.h>

#include <string>

namespace Flotilla::Agent {

/// The host user that a sandbox of this app gets when the program runs as root: never 0, the same for every sandbox of
/// the app (it owns the files in /data), from a range that no distribution gives to people or containers.
uid_t sandboxUser(const LaunchSpec &spec);

/// Creates the data folder when missing and gives it to `user` (0: to nobody else).
bool prepareData(const LaunchSpec &spec, uid_t user, Failure &failure);

/// As root, in the child: shows what the sandbox needs at paths that an ordinary user can reach (a mount namespace of
/// its own, so nobody else sees them), then becomes `user` for good. `sources` are replaced by those paths. When
/// `bwrap` is a program below /usr, the root becomes one that shows only these, the programs and libraries of the host,
/// and /dev.
bool becomeUser(uid_t user, const std::string &bwrap, BindSources &sources, Failure &failure);

} // namespace Flotilla::Agent
