// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/blobs.h"
#include "backends/storage/connection.h"
#include "backends/storage/messagerows.h"
#include "backends/storage/repositories.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

VersionRecord readVersion(const Query &row)
{
    VersionRecord version;
    version.app = {row.text(0)};
    version.number = row.number(1);
    version.parent = row.number(2);
    version.state = row.text(3);
    version.message = row.text(4);
    version.checks = row.text(5);
    version.error = row.text(6);
    version.model = row.text(7);
    version.inputTokens = row.integer(8);
    version.cacheReadTokens = row.integer(9);
    version.cacheWriteTokens = row.integer(10);
    version.outputTokens = row.integer(11);
    if (!row.isNull(12))
        version.cost = row.real(12);
    version.seconds = row.real(13);
    version.created = row.time(14);
    return version;
}

Error noSuchVersion(const AppId &app, int number)
{
    return storageError(ErrorKind::NotFound,
                        number == 0 ? QCoreApplication::translate("Storage", "This app has no version yet.")
                                    : QCoreApplication::translate("Storage", "This app has no version %1.").arg(number),
                        app.value);
}

int nextNumber(Connection &connection, const AppId &app)
{
    Query row(connection, "SELECT coalesce(max(number), 0) + 1 FROM versions WHERE app = ?", app.value);
    return row.next() ? row.number(0) : 1;
}

qint64 insertVersion(Connection &connection, const VersionRecord &version)
{
    Query(connection,
          "INSERT INTO versions(app, number, parent, state, message, checks, error, model, input_tokens,"
          " cache_read_tokens, cache_write_tokens, output_tokens, cost, seconds, created)"
          " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          version.app.value, version.number, version.parent, version.state, version.message, version.checks,
          version.error, version.model, version.inputTokens, version.cacheReadTokens, version.cacheWriteTokens,
          version.outputTokens, version.cost, version.seconds, version.created)
        .run();
    return connection.lastInsertId();
}

void insertFiles(Connection &connection, qint64 version, const FileMap &files)
{
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        const qint64 blob = storeBlob(connection, file.value());
        Query(connection, "INSERT INTO version_files(version, path, blob) VALUES(?, ?, ?)", version, file.key(), blob)
            .run();
    }
}

/// Whether the message exists (0: none asked for).
bool finishMessage(Connection &connection, const VersionRecord &version, const MessageRecord &message)
{
    if (message.id == 0)
        return true;
    return Query(connection,
                 "UPDATE messages SET role = ?, state = ?, content = ?, version = ? WHERE id = ? AND app = ?",
                 message.role, message.state, message.content, version.number, message.id, version.app.value)
               .run() == 1;
}

void putWorkingFile(Connection &connection, const AppId &app, const QString &path,
                    const std::optional<QByteArray> &content)
{
    std::optional<QByteArray> packed;
    std::optional<qint64> size;
    if (content) {
        packed = packContent(*content);
        size = content->size();
    }
    Query(connection, "INSERT OR REPLACE INTO working_files(app, path, size, data) VALUES(?, ?, ?, ?)", app.value, path,
          size, packed)
        .run();
}

} // namespace

Result<int> VersionRepository::commit(VersionRecord version, const FileMap &files, const MessageRecord &message)
{
    return guarded(m_connection, "commit version", [&]() -> Result<int> {
        WriteTransaction transaction(m_connection);
        version.number = nextNumber(m_connection, version.app);
        insertFiles(m_connection, insertVersion(m_connection, version), files);
        if (!finishMessage(m_connection, version, message))
            return storageError(ErrorKind::NotFound,
                                QCoreApplication::translate("Storage", "The message of this version is gone."),
                                QString::number(message.id));
        Query(m_connection, "UPDATE apps SET updated = ? WHERE id = ?", version.created, version.app.value).run();
        Query(m_connection, "DELETE FROM working_files WHERE app = ?", version.app.value).run();
        transaction.commit();
        return version.number;
    });
}

Result<QList<VersionRecord>> VersionRepository::list(const AppId &app)
{
    return guarded(m_connection, "list versions", [&]() -> Result<QList<VersionRecord>> {
        Query row(
            m_connection,
            "SELECT app, number, parent, state, message, checks, error, model, input_tokens, cache_read_tokens,"
            " cache_write_tokens, output_tokens, cost, seconds, created FROM versions WHERE app = ? ORDER BY number",
            app.value);
        QList<VersionRecord> versions;
        while (row.next())
            versions.append(readVersion(row));
        return versions;
    });
}

Result<VersionRecord> VersionRepository::get(const AppId &app, int number)
{
    return guarded(m_connection, "get version", [&]() -> Result<VersionRecord> {
        Query row(m_connection,
                  "SELECT app, number, parent, state, message, checks, error, model, input_tokens, cache_read_tokens,"
                  " cache_write_tokens, output_tokens, cost, seconds, created FROM versions"
                  " WHERE app = ?1 AND (number = ?2 OR ?2 = 0) ORDER BY number DESC LIMIT 1",
                  app.value, number);
        if (!row.next())
            return noSuchVersion(app, number);
        return readVersion(row);
    });
}

Result<FileMap> VersionRepository::files(const AppId &app, int number)
{
    return guarded(m_connection, "read files", [&]() -> Result<FileMap> {
        // One statement is one snapshot: a version that is committed meanwhile is seen whole or not at all.
        Query row(
            m_connection,
            "WITH wanted AS (SELECT id FROM versions WHERE app = ?1 AND (number = ?2 OR ?2 = 0)"
            " ORDER BY number DESC LIMIT 1)"
            " SELECT f.path, b.data, b.size, b.hash FROM wanted LEFT JOIN version_files f ON f.version = wanted.id"
            " LEFT JOIN blobs b ON b.id = f.blob",
            app.value, number);
        FileMap files;
        bool found = false;
        while (row.next()) {
            found = true;
            if (!row.isNull(0))
                files.insert(row.text(0), unpackBlob(row.bytes(1), row.integer(2), row.bytes(3)));
        }
        if (!found && number != 0)
            return noSuchVersion(app, number);
        return files;
    });
}

Result<QHash<AppId, int>> VersionRepository::newest()
{
    return guarded(m_connection, "newest versions", [&]() -> Result<QHash<AppId, int>> {
        Query row(m_connection, "SELECT app, max(number) FROM versions GROUP BY app");
        QHash<AppId, int> numbers;
        while (row.next())
            numbers.insert({row.text(0)}, row.number(1));
        return numbers;
    });
}

Result<int> VersionRepository::lastGreen(const AppId &app)
{
    return guarded(m_connection, "last green version", [&]() -> Result<int> {
        Query row(m_connection, "SELECT coalesce(max(number), 0) FROM versions WHERE app = ? AND state = 'green'",
                  app.value);
        return row.next() ? row.number(0) : 0;
    });
}

Result<bool> VersionRepository::replaceChecks(const AppId &app, int number, const QString &known, const QString &checks)
{
    return guarded(m_connection, "replace checks", [&]() -> Result<bool> {
        WriteTransaction transaction(m_connection);
        Query checked(m_connection, "UPDATE versions SET checks = ? WHERE app = ? AND number = ? AND checks = ?",
                      checks, app.value, number, known);
        if (checked.run() != 1)
            return false;
        // A change of the app's row is what other programs look for; a millisecond moves nothing in the gallery.
        Query(m_connection, "UPDATE apps SET updated = updated + 1 WHERE id = ?", app.value).run();
        transaction.commit();
        return true;
    });
}

Status VersionRepository::keepProgress(const MessageRecord &message, const WorkingFiles &files, bool synced)
{
    return guarded(m_connection, "keep progress", [&]() -> Status {
        std::optional<WithoutSync> relaxed;
        if (!synced)
            relaxed.emplace(m_connection);
        WriteTransaction transaction(m_connection);
        if (!updateMessage(m_connection, message))
            return messageGone(message.id);
        for (auto file = files.cbegin(); file != files.cend(); ++file)
            putWorkingFile(m_connection, message.app, file.key(), file.value());
        transaction.commit();
        return {};
    });
}

Result<WorkingFiles> VersionRepository::workingFiles(const AppId &app)
{
    return guarded(m_connection, "read working files", [&]() -> Result<WorkingFiles> {
        Query row(m_connection, "SELECT path, size, data FROM working_files WHERE app = ?", app.value);
        WorkingFiles files;
        while (row.next()) {
            std::optional<QByteArray> content;
            if (!row.isNull(1))
                content = unpackContent(row.bytes(2), row.integer(1));
            files.insert(row.text(0), content);
        }
        return files;
    });
}

Status VersionRepository::clearWorkingFiles(const AppId &app)
{
    return guarded(m_connection, "clear working files", [&]() -> Status {
        Query(m_connection, "DELETE FROM working_files WHERE app = ?", app.value).run();
        return {};
    });
}

} // namespace Flotilla
