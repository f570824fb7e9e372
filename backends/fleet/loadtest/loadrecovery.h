// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadtypes.h"

namespace Flotilla {

/// What a run is from now on whose program died: interrupted, its open apps cancelled, the counts in order.
LoadRecord interruptedRun(LoadRecord record);
/// The apps that it was going to take away itself, and whether they are to be forgotten; none when it kept them.
std::pair<QList<AppId>, bool> leftBehind(const LoadRecord &record);

} // namespace Flotilla
