// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace Flotilla {

class Connection;

/// Largest single file that the store takes.
inline constexpr qint64 maxStoredFileBytes = 64ll * 1024 * 1024;

/// Content-addressed file contents. Private to this folder; these throw, see guarded().
qint64 storeBlob(Connection &connection, const QByteArray &content); ///< its row id; a new row only when it is new

QByteArray packContent(const QByteArray &content);
/// Throws when the data does not unpack to `size` bytes: the size is checked before anything is allocated.
QByteArray unpackContent(const QByteArray &packed, qint64 size);
/// The same, and throws when the SHA-256 differs.
QByteArray unpackBlob(const QByteArray &packed, qint64 size, const QByteArray &hash);

} // namespace Flotilla
