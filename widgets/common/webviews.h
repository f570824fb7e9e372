// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla {

/// False in a process where the web engine cannot protect this computer: as root, unless its sandbox was given up on
/// purpose with QTWEBENGINE_DISABLE_SANDBOX=1. No web view may be made then.
bool mayMakeWebViews();

} // namespace Flotilla
