// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <chrono>

namespace Flotilla {

class ConnectJob;

/// Connects to the first address of `host` that answers, without delay for small packets. Blocking. Returns a
/// descriptor.
Result<int> connectTcp(const QString &label, const QString &host, quint16 port, std::chrono::seconds timeout,
                       const ConnectJob &job);

} // namespace Flotilla
