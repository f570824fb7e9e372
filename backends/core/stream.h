// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"

#include <QIODevice>

#include <functional>
#include <memory>

namespace Flotilla {

/// A connected, ordered, two-way byte stream (a local socket, an SSH channel). Sequential, unbuffered enough to be used
/// with readyRead and bytesWritten. Lives on the thread that opened it. Closing the device closes the connection.
using Stream = std::unique_ptr<QIODevice>;

/// Opens a new connection to one fixed peer.
using StreamOpener = std::function<Future<std::shared_ptr<QIODevice>>()>;

} // namespace Flotilla
