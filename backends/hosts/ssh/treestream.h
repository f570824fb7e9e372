// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QString>

#include <functional>

namespace Flotilla {

class BytePipe;

/// Trees as tar streams. Blocking: for a thread of a pool. Neither follows a symbolic link; links, devices, sockets
/// and pipes are refused with Invalid.
namespace TreeStream {

/// Writes the file or folder as "new", then an empty file "done", and ends the stream. Nothing is complete without it.
/// `sent`, if any, is called with the bytes of files so far. The same tree gives the same bytes: the first `skip` of
/// them are left out.
Status pack(const QString &path, BytePipe &pipe, const std::function<void(qint64)> &sent = {}, qint64 skip = 0);
/// Reads one tree whose entries begin with "./NAME" and puts it at `path`. The sender is not trusted.
Status unpack(BytePipe &pipe, const QString &name, const QString &path);

} // namespace TreeStream

} // namespace Flotilla
