// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/connection.h"
#include "backends/storage/repositories.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

SandboxRecord readSandbox(const Query &row)
{
    return {.id = {row.text(0)},
            .app = {row.text(1)},
            .host = row.text(2),
            .backend = row.text(3),
            .state = row.text(4),
            .reason = row.text(5),
            .detail = row.text(6),
            .created = row.time(7),
            .creator = row.text(8)};
}

void putSandbox(Connection &connection, const SandboxRecord &record)
{
    Query(connection,
          "INSERT OR REPLACE INTO sandboxes(id, app, host, backend, state, reason, detail, created, creator)"
          " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
          record.id.value, record.app.value, record.host, record.backend, record.state, record.reason, record.detail,
          record.created, record.creator)
        .run();
}

} // namespace

Status SandboxRepository::put(const SandboxRecord &record)
{
    return guarded(m_connection, "put sandbox", [&]() -> Status {
        const WithoutSync relaxed(m_connection);
        putSandbox(m_connection, record);
        return {};
    });
}

Status SandboxRepository::remove(const SandboxId &id)
{
    return guarded(m_connection, "remove sandbox", [&]() -> Status {
        const WithoutSync relaxed(m_connection);
        Query(m_connection, "DELETE FROM sandboxes WHERE id = ?", id.value).run();
        return {};
    });
}

Result<QList<SandboxRecord>> SandboxRepository::list()
{
    return guarded(m_connection, "list sandboxes", [&]() -> Result<QList<SandboxRecord>> {
        Query row(m_connection, "SELECT id, app, host, backend, state, reason, detail, created, creator FROM sandboxes "
                                "ORDER BY created, id");
        QList<SandboxRecord> records;
        while (row.next())
            records.append(readSandbox(row));
        return records;
    });
}

Result<std::optional<SandboxRecord>> SandboxRepository::of(const AppId &app)
{
    return guarded(m_connection, "sandbox of app", [&]() -> Result<std::optional<SandboxRecord>> {
        Query row(m_connection,
                  "SELECT id, app, host, backend, state, reason, detail, created, creator FROM sandboxes"
                  " WHERE app = ? ORDER BY created, id LIMIT 1",
                  app.value);
        return row.next() ? std::optional(readSandbox(row)) : std::nullopt;
    });
}

Result<SandboxRecord> SandboxRepository::claim(const SandboxRecord &wanted)
{
    return guarded(m_connection, "claim sandbox", [&]() -> Result<SandboxRecord> {
        const WithoutSync relaxed(m_connection);
        WriteTransaction transaction(m_connection);
        {
            Query row(m_connection,
                      "SELECT id, app, host, backend, state, reason, detail, created, creator FROM sandboxes"
                      " WHERE app = ? ORDER BY created, id LIMIT 1",
                      wanted.app.value);
            if (row.next())
                return readSandbox(row);
        }
        putSandbox(m_connection, wanted);
        transaction.commit();
        return wanted;
    });
}

Result<bool> SandboxRepository::end(const SandboxRecord &record)
{
    return guarded(m_connection, "end sandbox", [&]() -> Result<bool> {
        const WithoutSync relaxed(m_connection);
        WriteTransaction transaction(m_connection);
        if (Query(m_connection, "DELETE FROM sandboxes WHERE id = ?", record.id.value).run() == 0)
            return false;
        Query(m_connection,
              "INSERT OR REPLACE INTO sandbox_ends(app, id, host, backend, state, reason, detail, created)"
              " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS(SELECT 1 FROM apps WHERE id = ?1)",
              record.app.value, record.id.value, record.host, record.backend, record.state, record.reason,
              record.detail, record.created)
            .run();
        transaction.commit();
        return true;
    });
}

Result<QList<SandboxRecord>> SandboxRepository::lastEnds()
{
    return guarded(m_connection, "last ends", [&]() -> Result<QList<SandboxRecord>> {
        Query row(m_connection, "SELECT id, app, host, backend, state, reason, detail, created, '' FROM sandbox_ends");
        QList<SandboxRecord> records;
        while (row.next())
            records.append(readSandbox(row));
        return records;
    });
}

Result<QHash<QString, int>> SandboxRepository::counts()
{
    return guarded(m_connection, "count sandboxes", [&]() -> Result<QHash<QString, int>> {
        Query row(m_connection, "SELECT host, count(*) FROM sandboxes GROUP BY host");
        QHash<QString, int> counts;
        while (row.next())
            counts.insert(row.text(0), row.number(1));
        return counts;
    });
}

Status SandboxRepository::moveEnd(const SandboxRecord &end)
{
    return guarded(m_connection, "move end", [&]() -> Status {
        Query(m_connection, "UPDATE sandbox_ends SET host = ? WHERE app = ?", end.host, end.app.value).run();
        return {};
    });
}

Status SandboxRepository::replace(const SandboxId &from, const SandboxRecord &to)
{
    return guarded(m_connection, "replace sandbox", [&]() -> Status {
        WriteTransaction transaction(m_connection);
        if (Query(m_connection, "DELETE FROM sandboxes WHERE id = ?", from.value).run() == 0)
            return storageError(ErrorKind::Conflict,
                                QCoreApplication::translate("Storage", "The app was stopped while it was moved."));
        putSandbox(m_connection, to);
        transaction.commit();
        return {};
    });
}

Result<std::optional<SandboxRecord>> SandboxRepository::lastEnd(const AppId &app)
{
    return guarded(m_connection, "last end", [&]() -> Result<std::optional<SandboxRecord>> {
        Query row(m_connection,
                  "SELECT id, app, host, backend, state, reason, detail, created, '' FROM sandbox_ends WHERE app = ?",
                  app.value);
        return row.next() ? std::optional(readSandbox(row)) : std::nullopt;
    });
}

Result<QString> SettingsRepository::get(const QString &key, const QString &fallback)
{
    return guarded(m_connection, "get setting", [&]() -> Result<QString> {
        Query row(m_connection, "SELECT value FROM settings WHERE key = ?", key);
        return row.next() ? row.text(0) : fallback;
    });
}

Status SettingsRepository::set(const QString &key, const QString &value)
{
    return guarded(m_connection, "set setting", [&]() -> Status {
        Query(m_connection, "INSERT OR REPLACE INTO settings(key, value) VALUES(?, ?)", key, value).run();
        return {};
    });
}

Result<QHash<QString, QString>> SettingsRepository::all()
{
    return guarded(m_connection, "all settings", [&]() -> Result<QHash<QString, QString>> {
        Query row(m_connection, "SELECT key, value FROM settings");
        QHash<QString, QString> settings;
        while (row.next())
            settings.insert(row.text(0), row.text(1));
        return settings;
    });
}

Status ThumbnailRepository::put(const AppId &app, int version, const QByteArray &png)
{
    return guarded(m_connection, "put thumbnail", [&]() -> Status {
        Query(m_connection, "INSERT OR REPLACE INTO thumbnails(app, version, png) VALUES(?, ?, ?)", app.value, version,
              png)
            .run();
        return {};
    });
}

Result<QByteArray> ThumbnailRepository::get(const AppId &app, int version)
{
    return guarded(m_connection, "get thumbnail", [&]() -> Result<QByteArray> {
        Query row(
            m_connection,
            "SELECT png FROM thumbnails WHERE app = ?1 AND (version = ?2 OR ?2 = 0) ORDER BY version DESC LIMIT 1",
            app.value, version);
        return row.next() ? row.bytes(0) : QByteArray();
    });
}

} // namespace Flotilla
