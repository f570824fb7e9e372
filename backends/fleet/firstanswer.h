// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/stream.h"

#include <chrono>

namespace Flotilla {

/// The status of one GET / over streams of `open`, asked again while the answer is 503 (it is starting) or nobody
/// listens. Timeout at the deadline.
Future<int> firstAnswer(StreamOpener open, std::chrono::seconds deadline);

} // namespace Flotilla
