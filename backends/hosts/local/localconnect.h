// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"

namespace Flotilla {

/// Connects to a Unix socket or a port of the loopback. Unavailable when nobody listens, Timeout after five seconds.
Future<std::shared_ptr<QIODevice>> connectLocally(const ConnectTarget &target);

} // namespace Flotilla
