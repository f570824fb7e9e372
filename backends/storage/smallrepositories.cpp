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

constexpr char allOrSpares[] = "SELECT id, app, host, backend, state, reason, detail, created, creator FROM sandboxes"
                               " WHERE (state = 'spare') = ? ORDER BY created, id";
constexpr char oldestOf[] = "SELECT id, app, host, backend, state, reason, detail, created, creator FROM sandboxes"
                            " WHERE app = ? AND state <> 'spare' ORDER BY created, id LIMIT 1";

void putSandbox(Connection &connection, const SandboxRecord &record)
{
    Query(connection,
          "INSERT OR REPLACE INTO sandboxes(id, app, host, backend, state, reason, detail, created, creator)"
          " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
          record.id.value, record.app.value, record.host, record.backend, record.state, record.reason, record.detail,
          record.created, record.creator)
        .run();
}

QList<SandboxRecord> readAll(Query &row)
{
    QList<SandboxRecord> records;
    while (row.next())
        records.append(readSandbox(row));
    return records;
}

std::optional<SandboxRecord> sandboxOf(Connection &connection, const AppId &app)
{
    Query row(connection, oldestOf, app.value);
    return row.next() ? std::optional(readSandbox(row)) : std::nullopt;
}

bool isSpare(Connection &connection, const SandboxId &id)
{
    return Query(connection, "SELECT 1 FROM sandboxes WHERE id = ? AND state = 'spare'", id.value).next();
}

} // namespace

Status SandboxRepository::put(const SandboxRecord &record)
{
    return guarded(m_connection, "put sandbox", [&]() -> Status {
        const WithoutSync relaxed(m_connection);
        WriteTransaction transaction(m_connection);
        if (record.state != QLatin1String(spareState) && isSpare(m_connection, record.id))
            return {};
        putSandbox(m_connection, record);
        transaction.commit();
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
        Query row(m_connection, allOrSpares, false);
        return readAll(row);
    });
}

Result<QList<SandboxRecord>> SandboxRepository::spares()
{
    return guarded(m_connection, "list spares", [&]() -> Result<QList<SandboxRecord>> {
        Query row(m_connection, allOrSpares, true);
        return readAll(row);
    });
}

Result<std::optional<SandboxRecord>> SandboxRepository::of(const AppId &app)
{
    return guarded(m_connection, "sandbox of app",
                   [&]() -> Result<std::optional<SandboxRecord>> { return sandboxOf(m_connection, app); });
}

Result<bool> SandboxRepository::stopping(const SandboxRecord &record)
{
    return guarded(m_connection, "stop sandbox", [&]() -> Result<bool> {
        const WithoutSync relaxed(m_connection);
        WriteTransaction transaction(m_connection);
        const std::optional<SandboxRecord> now = sandboxOf(m_connection, record.app);
        if (isSpare(m_connection, record.id) || (now && now->id != record.id))
            return false;
        putSandbox(m_connection, record);
        transaction.commit();
        return true;
    });
}

Result<SandboxRecord> SandboxRepository::claim(const SandboxRecord &wanted)
{
    return guarded(m_connection, "claim sandbox", [&]() -> Result<SandboxRecord> {
        const WithoutSync relaxed(m_connection);
        WriteTransaction transaction(m_connection);
        if (const std::optional<SandboxRecord> there = sandboxOf(m_connection, wanted.app))
            return *there;
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
        if (Query(m_connection, "DELETE FROM sandboxes WHERE id = ? AND state <> 'spare'", record.id.value).run() == 0)
            return false;
        Query(m_connection,
              "INSERT OR REPLACE INTO sandbox_ends(app, id, host, backend, state, reason, detail, created)"
              " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE EXISTS(SELECT 1 FROM apps WHERE id = ?1)",
              record.app.value, record.id.value, record.host, record.backend, record.state, record.reason,
              record.detail, record.created)
            .run();
        Query(m_connection,
              "INSERT INTO sandboxes(id, app, host, backend, state, reason, detail, created, creator)"
              " SELECT ?1, ?2, ?3, '', 'spare', '', '', ?4, '' WHERE NOT EXISTS(SELECT 1 FROM apps WHERE id = ?2)",
              record.id.value, record.app.value, record.host, record.created)
            .run();
        transaction.commit();
        return true;
    });
}

Result<QList<SandboxRecord>> SandboxRepository::lastEnds()
{
    return guarded(m_connection, "last ends", [&]() -> Result<QList<SandboxRecord>> {
        Query row(m_connection, "SELECT id, app, host, backend, state, reason, detail, created, '' FROM sandbox_ends");
        return readAll(row);
    });
}

Result<QHash<QString, int>> SandboxRepository::counts()
{
    return guarded(m_connection, "count sandboxes", [&]() -> Result<QHash<QString, int>> {
        Query row(m_connection, "SELECT host, count(*) FROM sandboxes WHERE backend <> '' GROUP BY host");
        QHash<QString, int> counts;
        while (row.next())
            counts.insert(row.text(0), row.number(1));
        return counts;
    });
}

Status SandboxRepository::moveEnd(const SandboxRecord &end, const SandboxRecord &spare)
{
    return guarded(m_connection, "move end", [&]() -> Status {
        WriteTransaction transaction(m_connection);
        Query(m_connection, "UPDATE sandbox_ends SET host = ? WHERE app = ?", end.host, end.app.value).run();
        putSandbox(m_connection, spare);
        transaction.commit();
        return {};
    });
}

Status SandboxRepository::replace(const SandboxId &from, const SandboxRecord &to, const QString &mover)
{
    return guarded(m_connection, "replace sandbox", [&]() -> Status {
        WriteTransaction transaction(m_connection);
        Query leave(
            m_connection,
            "UPDATE sandboxes SET state = 'spare', creator = ? WHERE id = ? AND state NOT IN ('spare', 'stopping')",
            mover, from.value);
        if (leave.run() == 0)
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
