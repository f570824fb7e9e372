// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace Flotilla::EngineFinder {

/// Unix sockets where an engine may listen, the user's choice first: DOCKER_HOST, CONTAINER_HOST, the current context,
/// then the usual places. `facts` are the `key=value` lines of the finder's script. Pure.
QStringList candidates(const QByteArray &facts);

} // namespace Flotilla::EngineFinder
