// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/blobs.h"

#include "backends/storage/connection.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <sqlite3.h>

namespace Flotilla {

namespace {

QByteArray contentHash(const QByteArray &content)
{
    return QCryptographicHash::hash(content, QCryptographicHash::Sha256);
}

} // namespace

QByteArray packContent(const QByteArray &content)
{
    if (content.size() > maxStoredFileBytes)
        throw SQLite::Exception("file too big for the store", SQLITE_TOOBIG);
    return content.isEmpty() ? QByteArray("") : qCompress(content, 3);
}

QByteArray unpackContent(const QByteArray &packed, qint64 size)
{
    if (size == 0 && packed.isEmpty())
        return QByteArray("");
    // qCompress puts the size in front, big endian, and qUncompress would allocate whatever stands there.
    if (size <= 0 || size > maxStoredFileBytes || packed.size() < 4 ||
        qFromBigEndian<quint32>(packed.constData()) != size)
        throw SQLite::Exception("stored file has a wrong size", SQLITE_CORRUPT);
    const QByteArray content = qUncompress(packed);
    if (content.size() != size)
        throw SQLite::Exception("stored file does not unpack", SQLITE_CORRUPT);
    return content;
}

QByteArray unpackBlob(const QByteArray &packed, qint64 size, const QByteArray &hash)
{
    QByteArray content = unpackContent(packed, size);
    if (contentHash(content) != hash)
        throw SQLite::Exception("stored file has a wrong checksum", SQLITE_CORRUPT);
    return content;
}

qint64 storeBlob(Connection &connection, const QByteArray &content)
{
    const QByteArray hash = contentHash(content);
    {
        Query known(connection, "SELECT id FROM blobs WHERE hash = ?", hash);
        if (known.next())
            return known.integer(0);
    }
    Query(connection, "INSERT INTO blobs(hash, size, data) VALUES(?, ?, ?)", hash, qint64(content.size()),
          packContent(content))
        .run();
    return connection.lastInsertId();
}

} // namespace Flotilla
