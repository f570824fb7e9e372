// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QIODevice>

#include <memory>

namespace Flotilla {

/// Turns a freshly opened stream into a non-blocking socket that any thread may use. A local or TCP socket gives up its
/// descriptor; any other device is bridged through a socket pair and goes on living on its thread. On the stream's
/// thread.
Result<int> takeDescriptor(std::shared_ptr<QIODevice> stream);

} // namespace Flotilla
