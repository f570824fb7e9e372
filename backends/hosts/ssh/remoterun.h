// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

#include <memory>

namespace Flotilla {

class BytePipe;
class SshLink;

struct RemoteRunOptions
{
    QString label;                  ///< of the host, for error texts
    std::shared_ptr<BytePipe> pipe; ///< when set: standard input and output go through it, not through memory
    bool urgent = false;
};

/// Runs a program on the other side of the connection, as Host::run() promises. Any thread.
Future<CommandResult> runRemotely(const std::shared_ptr<SshLink> &link, const CommandSpec &command,
                                  const RemoteRunOptions &options);

} // namespace Flotilla
