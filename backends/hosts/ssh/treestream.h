// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QByteArray>
#include <QString>

#include <functional>

namespace Flotilla {

class BytePipe;

/// Trees as tar streams. Blocking: for a thread of a pool. Neither follows a symbolic link; links, devices, sockets
/// and pipes are refused with Invalid.
namespace TreeStream {

/// How a stream begins.
struct Beginning
{
    qint64 bytes = 0;
    QByteArray digest; ///< SHA-256 of them
};
/// Writes the file or folder as "new", then an empty file "done", and ends the stream. Nothing is complete without it.
/// `sent`, if any, is called with the bytes of files so far. The same tree gives the same bytes: those that are `there`
/// are left out; Conflict when it begins with others.
Status pack(const QString &path, BytePipe &pipe, const std::function<void(qint64)> &sent = {},
            const Beginning &there = {});
/// Reads one tree whose entries begin with "./NAME" and puts it at `path`. The sender is not trusted.
Status unpack(BytePipe &pipe, const QString &name, const QString &path);

} // namespace TreeStream

} // namespace Flotilla
