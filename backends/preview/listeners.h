// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <vector>

namespace Flotilla {

struct LoopbackListeners
{
    std::vector<int> sockets; ///< non-blocking, listening; the caller owns them
    quint16 port = 0;
};

/// Listens on 127.0.0.1 and, where there is one, ::1 with the same port; 0 picks a free one. Conflict when it is taken.
Result<LoopbackListeners> listenOnLoopback(quint16 port);

} // namespace Flotilla
