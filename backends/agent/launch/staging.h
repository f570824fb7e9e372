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

/// What bubblewrap finds at / when root starts it.
enum class RootView {
    Needed, ///< what the sandbox needs, the programs and libraries of the host, /dev and a /proc of its own
    Host,   ///< everything, and a /proc of its own
};
/// The quicker one for this bubblewrap now. A smaller root has a shorter table of mounts, which bubblewrap reads some
/// 15 times (0.8 ms for 20 mounts), but to change it the kernel looks at every process of the machine (0.65 us each,
/// chroot_fs_refs in its fs/fs_struct.c): not beside thousands.
RootView rootViewFor(const std::string &bwrap);

/// As root, in the child: shows what the sandbox needs at paths that an ordinary user can reach (a mount namespace of
/// its own, so nobody else sees them), then becomes `user` for good. `sources` are replaced by those paths. The host's
/// root stays where it cannot be left (initramfs).
bool becomeUser(uid_t user, RootView view, BindSources &sources, Failure &failure);

} // namespace Flotilla::Agent
