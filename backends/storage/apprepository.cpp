// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/connection.h"
#include "backends/storage/repositories.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

AppRecord readApp(const Query &row)
{
    AppRecord app;
    app.id = {row.text(0)};
    app.title = row.text(1);
    app.prompt = row.text(2);
    app.model = row.text(3);
    app.host = row.text(4);
    app.starred = row.number(5) != 0;
    app.sortKey = row.number(6);
    app.created = row.time(7);
    app.updated = row.time(8);
    if (!row.isNull(9))
        app.deleted = row.time(9);
    app.backend = row.text(10);
    app.image = row.text(11);
    return app;
}

Error noSuchApp(const AppId &id)
{
    return storageError(ErrorKind::NotFound,
                        QCoreApplication::translate("Storage", "There is no app \"%1\".").arg(id.value));
}

} // namespace

Status AppRepository::insert(const AppRecord &app)
{
    return guarded(m_connection, "insert app", [&]() -> Status {
        Query(m_connection,
              "INSERT INTO apps(id, title, prompt, model, host, starred, sort_key, created, updated, deleted, backend,"
              " image) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
              app.id.value, app.title, app.prompt, app.model, app.host, app.starred, app.sortKey, app.created,
              app.updated, app.deleted, app.backend, app.image)
            .run();
        return {};
    });
}

Status AppRepository::update(const AppRecord &app)
{
    return guarded(m_connection, "update app", [&]() -> Status {
        const int changed =
            Query(m_connection,
                  "UPDATE apps SET title = ?, prompt = ?, model = ?, host = ?, starred = ?, sort_key = ?,"
                  " created = ?, updated = ?, deleted = ?, backend = ?, image = ? WHERE id = ?",
                  app.title, app.prompt, app.model, app.host, app.starred, app.sortKey, app.created, app.updated,
                  app.deleted, app.backend, app.image, app.id.value)
                .run();
        return changed == 1 ? Status() : Status(noSuchApp(app.id));
    });
}

Result<AppRecord> AppRepository::get(const AppId &id)
{
    return guarded(m_connection, "get app", [&]() -> Result<AppRecord> {
        Query row(m_connection,
                  "SELECT id, title, prompt, model, host, starred, sort_key, created, updated, deleted, backend, image"
                  " FROM apps WHERE id = ?",
                  id.value);
        if (!row.next())
            return noSuchApp(id);
        return readApp(row);
    });
}

Result<QList<AppRecord>> AppRepository::list(bool deleted)
{
    return guarded(m_connection, "list apps", [&]() -> Result<QList<AppRecord>> {
        Query row(m_connection,
                  "SELECT id, title, prompt, model, host, starred, sort_key, created, updated, deleted, backend, image"
                  " FROM apps WHERE (deleted IS NOT NULL) = ? ORDER BY updated DESC, id",
                  deleted);
        QList<AppRecord> apps;
        while (row.next())
            apps.append(readApp(row));
        return apps;
    });
}

Status AppRepository::markDeleted(const AppId &id, const std::optional<QDateTime> &when)
{
    return guarded(m_connection, "mark app deleted", [&]() -> Status {
        const int changed = Query(m_connection, "UPDATE apps SET deleted = ? WHERE id = ?", when, id.value).run();
        return changed == 1 ? Status() : Status(noSuchApp(id));
    });
}

Status AppRepository::place(const AppId &id, const QString &host, const QString &backend)
{
    return guarded(m_connection, "place app", [&]() -> Status {
        const int changed =
            Query(m_connection, "UPDATE apps SET host = ?, backend = ? WHERE id = ?", host, backend, id.value).run();
        return changed == 1 ? Status() : Status(noSuchApp(id));
    });
}

Status AppRepository::setImage(const AppId &id, const QString &image)
{
    return guarded(m_connection, "set image of app", [&]() -> Status {
        const int changed = Query(m_connection, "UPDATE apps SET image = ? WHERE id = ?", image, id.value).run();
        return changed == 1 ? Status() : Status(noSuchApp(id));
    });
}

namespace {

/// False: there is no such app. Inside a transaction.
bool purgeOne(Connection &connection, const AppId &id)
{
    QList<qint64> blobs;
    {
        Query row(connection,
                  "SELECT DISTINCT f.blob FROM version_files f JOIN versions v ON v.id = f.version WHERE v.app = ?",
                  id.value);
        while (row.next())
            blobs.append(row.integer(0));
    }
    if (Query(connection, "DELETE FROM apps WHERE id = ?", id.value).run() != 1)
        return false;
    for (const qint64 blob : std::as_const(blobs))
        Query(connection, "DELETE FROM blobs WHERE id = ?1 AND NOT EXISTS(SELECT 1 FROM version_files WHERE blob = ?1)",
              blob)
            .run();
    return true;
}

/// Of apps that are gone; inside a transaction. What they stored is to go too.
void purgeEnds(Connection &connection)
{
    Query(connection,
          "INSERT OR REPLACE INTO sandboxes(id, app, host, backend, state, reason, detail, created, creator)"
          " SELECT id, app, host, '', 'spare', '', '', created, '' FROM sandbox_ends"
          " WHERE app NOT IN (SELECT id FROM apps)")
        .run();
    Query(connection, "DELETE FROM sandbox_ends WHERE app NOT IN (SELECT id FROM apps)").run();
}

} // namespace

Status AppRepository::purge(const AppId &id)
{
    return guarded(m_connection, "purge app", [&]() -> Status {
        WriteTransaction transaction(m_connection);
        if (!purgeOne(m_connection, id))
            return noSuchApp(id);
        purgeEnds(m_connection);
        transaction.commit();
        return {};
    });
}

Status AppRepository::purgeAll(const QList<AppId> &ids)
{
    return guarded(m_connection, "purge apps", [&]() -> Status {
        WriteTransaction transaction(m_connection);
        for (const AppId &id : ids)
            purgeOne(m_connection, id);
        purgeEnds(m_connection);
        transaction.commit();
        return {};
    });
}

} // namespace Flotilla
