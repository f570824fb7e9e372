// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

namespace Flotilla {

/// Creates the folder with mode 0700, and its parents when missing. Fails with Forbidden when it, or a folder above it,
/// could be changed by another user (a folder prepared by somebody else in /tmp). Blocking, fast.
Status makePrivateFolder(const QString &path);

} // namespace Flotilla
