// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <SQLiteCpp/Exception.h>

namespace Flotilla {

class Connection;

/// Largest single file that the store takes.
inline constexpr qint64 maxStoredFileBytes = 64ll * 1024 * 1024;

/// The content of one stored file does not come back as it was; the database around it may well be sound.
struct DamagedContent : SQLite::Exception
{
    explicit DamagedContent(const char *what)
        : SQLite::Exception(what, 11) // SQLITE_CORRUPT
    {
    }
};

/// Content-addressed file contents. Private to this folder; these throw, see guarded().
/// Its row id; a new row only when it is new. A row that was damaged is whole again, for every version that has it.
qint64 storeBlob(Connection &connection, const QByteArray &content);

QByteArray packContent(const QByteArray &content);
/// Throws DamagedContent when the data does not unpack to `size` bytes: the size is checked before anything is
/// allocated.
QByteArray unpackContent(const QByteArray &packed, qint64 size);
/// The same, and throws when the SHA-256 differs.
QByteArray unpackBlob(const QByteArray &packed, qint64 size, const QByteArray &hash);

} // namespace Flotilla
