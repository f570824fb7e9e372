// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

namespace Flotilla {

/// Copies a file or a folder, replacing what is at `to` in one step once the copy is complete. No symbolic link is
/// followed, neither at the ends nor inside: a tree with links, devices, sockets or pipes is refused with Invalid.
/// Permission bits are kept, set-user-id and set-group-id are not. NotFound only when there is nothing at `from`; a
/// file below it that goes meanwhile is left out. Blocking; any thread.
Status copyTree(const QString &from, const QString &to);

/// Whatever is in it: Qt leaves files whose names are not in UTF-8. Blocking; any thread.
void removeTree(const QString &path);

} // namespace Flotilla
