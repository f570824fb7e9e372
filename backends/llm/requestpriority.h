// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla {

/// Which requests go first when an endpoint is busy: a person waiting, or a load test.
enum class RequestPriority { Interactive, Load };

} // namespace Flotilla
