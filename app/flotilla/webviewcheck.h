// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/sandboxtypes.h"

namespace Flotilla {

/// Whether this program may make the namespaces that the web engine puts its renderers into. Tried in a child process.
bool mayMakeNamespaces();
/// The doctor's point about that; false is `confined`, with what to do about it.
PreflightCheck webViewCheck(bool confined);

} // namespace Flotilla
