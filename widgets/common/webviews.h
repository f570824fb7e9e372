// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla {

/// False in a process where the web engine cannot protect this computer: as root, unless its sandbox was given up on
/// purpose with QTWEBENGINE_DISABLE_SANDBOX=1. No web view may be made then.
bool mayMakeWebViews();

/// What no request filter is asked about (WebRTC, connections made ahead of requests) reaches previews at most: the
/// engine gets a proxy that nobody is, for all but their names. Before the first profile.
void confineWebViews();

} // namespace Flotilla
