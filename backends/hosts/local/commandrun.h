// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

namespace Flotilla {

/// Runs a program in a session of its own, without QProcess: posix_spawn does not copy the page tables of a large
/// program, a pidfd tells the end without signals. Killed, and its future cancelled, when `owner` goes first.
Future<CommandResult> runCommand(const CommandSpec &command, QObject *owner);

} // namespace Flotilla
