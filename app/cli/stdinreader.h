// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>

#include <functional>

namespace Flotilla {

/// Reads standard input on a thread of its own (it may be a file, a pipe or a terminal; only a blocking read treats
/// them all alike) and calls `sink` on the thread of `context`; an empty array is the end of file. At most 4 MiB wait
/// for `context` at a time. The thread is detached: it dies with the process.
void readStdin(QObject *context, std::function<void(const QByteArray &)> sink);

} // namespace Flotilla
