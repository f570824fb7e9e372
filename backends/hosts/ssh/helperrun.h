// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

#include <memory>
#include <optional>

namespace Flotilla {

class SshLink;

/// Runs a program through the helper that listens at `socket` on the host, as Host::run() promises. Nothing: the helper
/// is not there, and the program was not started. Any thread.
Future<std::optional<CommandResult>> runByHelper(const std::shared_ptr<SshLink> &link, const QString &socket,
                                                 const CommandSpec &command, const QString &label);

} // namespace Flotilla
