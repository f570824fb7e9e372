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

bool holds(const Query &row, const QByteArray &content)
{
    try {
        return unpackContent(row.bytes(1), row.integer(2)) == content;
    } catch (const DamagedContent &) {
        return false;
    }
}

void mend(Connection &connection, qint64 id, const QByteArray &content)
{
    Query(connection, "UPDATE blobs SET size = ?, data = ? WHERE id = ?", qint64(content.size()), packContent(content),
          id)
        .run();
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
        throw DamagedContent("stored file has a wrong size");
    const QByteArray content = qUncompress(packed);
    if (content.size() != size)
        throw DamagedContent("stored file does not unpack");
    return content;
}

QByteArray unpackBlob(const QByteArray &packed, qint64 size, const QByteArray &hash)
{
    QByteArray content = unpackContent(packed, size);
    if (contentHash(content) != hash)
        throw DamagedContent("stored file has a wrong checksum");
    return content;
}

qint64 storeBlob(Connection &connection, const QByteArray &content)
{
    const QByteArray hash = contentHash(content);
    {
        Query known(connection, "SELECT id, data, size FROM blobs WHERE hash = ?", hash);
        if (known.next()) {
            if (!holds(known, content))
                mend(connection, known.integer(0), content);
            return known.integer(0);
        }
    }
    Query(connection, "INSERT INTO blobs(hash, size, data) VALUES(?, ?, ?)", hash, qint64(content.size()),
          packContent(content))
        .run();
    return connection.lastInsertId();
}

} // namespace Flotilla
