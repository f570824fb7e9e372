// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>

#include <functional>

namespace Flotilla {

/// Reads standard input on a thread of its own (it may be a file, a pipe or a terminal; only a blocking read treats
/// them all alike) and calls `sink` on the thread of `context`; an empty array is the end of file. Nothing is read
/// while 1 MiB waits for `taken` to be called, once per chunk, from any thread. The thread is detached: it dies with
/// the process.
using StdinSink = std::function<void(const QByteArray &bytes, const std::function<void()> &taken)>;
void readStdin(QObject *context, StdinSink sink);

} // namespace Flotilla
