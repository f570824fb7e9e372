// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/connection.h"
#include "backends/storage/repositories.h"

#include <algorithm>

namespace Flotilla {

namespace {

FleetEventRecord readEvent(const Query &row)
{
    return {.id = row.integer(0),
            .time = row.time(1),
            .host = row.text(2),
            .app = {row.text(3)},
            .sandbox = {row.text(4)},
            .kind = row.text(5),
            .text = row.text(6)};
}

SnapshotRecord readSnapshot(const Query &row)
{
    return {.id = {row.text(0)},
            .app = {row.text(1)},
            .sandbox = {row.text(2)},
            .host = row.text(3),
            .backend = row.text(4),
            .label = row.text(5),
            .version = row.number(6),
            .bytes = row.integer(7),
            .created = row.time(8)};
}

} // namespace

Status HostRepository::put(const HostRecord &host)
{
    return guarded(m_connection, "put host", [&]() -> Status {
        Query(m_connection,
              "INSERT INTO hosts(id, label, target, backend, pooled, draining, capacity, created, suffix, image)"
              " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(id) DO UPDATE SET"
              " label = ?2, target = ?3, backend = ?4, pooled = ?5, draining = ?6, capacity = ?7, image = ?10",
              host.id.value, host.label, host.target, host.backend, host.pooled, host.draining, host.capacity,
              host.created, host.suffix, host.image)
            .run();
        return {};
    });
}

Status HostRepository::remove(const HostId &id)
{
    return guarded(m_connection, "remove host", [&]() -> Status {
        Query(m_connection, "DELETE FROM hosts WHERE id = ?", id.value).run();
        return {};
    });
}

Result<QList<HostRecord>> HostRepository::list()
{
    return guarded(m_connection, "list hosts", [&]() -> Result<QList<HostRecord>> {
        Query row(m_connection, "SELECT id, label, target, backend, pooled, draining, capacity, created, suffix, image"
                                " FROM hosts ORDER BY created, id");
        QList<HostRecord> hosts;
        while (row.next())
            hosts.append({.id = {row.text(0)},
                          .label = row.text(1),
                          .target = row.text(2),
                          .backend = row.text(3),
                          .pooled = row.number(4) != 0,
                          .draining = row.number(5) != 0,
                          .capacity = row.number(6),
                          .created = row.time(7),
                          .suffix = row.text(8),
                          .image = row.text(9)});
        return hosts;
    });
}

Status BoardRepository::addLabel(const AppId &app, const QString &label)
{
    return guarded(m_connection, "add label", [&]() -> Status {
        Query(m_connection, "INSERT INTO app_labels(app, label) VALUES(?, ?) ON CONFLICT DO NOTHING", app.value, label)
            .run();
        return {};
    });
}

Status BoardRepository::removeLabel(const AppId &app, const QString &label)
{
    return guarded(m_connection, "remove label", [&]() -> Status {
        Query(m_connection, "DELETE FROM app_labels WHERE app = ? AND label = ?", app.value, label).run();
        return {};
    });
}

Result<QHash<AppId, QStringList>> BoardRepository::labels()
{
    return guarded(m_connection, "list labels", [&]() -> Result<QHash<AppId, QStringList>> {
        Query row(m_connection, "SELECT app, label FROM app_labels ORDER BY app, label");
        QHash<AppId, QStringList> labels;
        while (row.next())
            labels[{row.text(0)}].append(row.text(1));
        return labels;
    });
}

Result<QStringList> BoardRepository::labelsOf(const AppId &app)
{
    return guarded(m_connection, "labels of app", [&]() -> Result<QStringList> {
        Query row(m_connection, "SELECT label FROM app_labels WHERE app = ? ORDER BY label", app.value);
        QStringList labels;
        while (row.next())
            labels.append(row.text(0));
        return labels;
    });
}

Status BoardRepository::addEvents(const QList<FleetEventRecord> &events)
{
    if (events.isEmpty())
        return {};
    return guarded(m_connection, "add events", [&]() -> Status {
        const WithoutSync relaxed(m_connection);
        WriteTransaction transaction(m_connection);
        for (const FleetEventRecord &event : events)
            Query(m_connection,
                  "INSERT INTO fleet_events(time, host, app, sandbox, kind, text) VALUES(?, ?, ?, ?, ?, ?)", event.time,
                  event.host, event.app.value, event.sandbox.value, event.kind, event.text)
                .run();
        const qint64 last = m_connection.lastInsertId();
        const qint64 oldest = events.constLast().time.addDays(-keptEventDays).toMSecsSinceEpoch();
        Query(m_connection, "DELETE FROM fleet_events WHERE id <= ?", last - keptEvents).run();
        Query(m_connection,
              "DELETE FROM fleet_events WHERE id IN (SELECT id FROM fleet_events ORDER BY id LIMIT 1000) AND time < ?",
              oldest)
            .run();
        transaction.commit();
        return {};
    });
}

Result<QList<FleetEventRecord>> BoardRepository::events(const AppId &app, int limit)
{
    return guarded(m_connection, "list events", [&]() -> Result<QList<FleetEventRecord>> {
        Query row(m_connection,
                  "SELECT id, time, host, app, sandbox, kind, text FROM fleet_events WHERE ?1 = '' OR app = ?1"
                  " ORDER BY id DESC LIMIT ?2",
                  app.value, limit);
        QList<FleetEventRecord> events;
        while (row.next())
            events.append(readEvent(row));
        std::reverse(events.begin(), events.end());
        return events;
    });
}

Result<QList<FleetEventRecord>> BoardRepository::eventsAfter(qint64 id, int limit)
{
    return guarded(m_connection, "list new events", [&]() -> Result<QList<FleetEventRecord>> {
        Query row(m_connection,
                  "SELECT id, time, host, app, sandbox, kind, text FROM fleet_events WHERE id > ? ORDER BY id LIMIT ?",
                  id, limit);
        QList<FleetEventRecord> events;
        while (row.next())
            events.append(readEvent(row));
        return events;
    });
}

Result<qint64> BoardRepository::lastEvent()
{
    return guarded(m_connection, "last event", [&]() -> Result<qint64> {
        Query row(m_connection, "SELECT coalesce(max(id), 0) FROM fleet_events");
        return row.next() ? row.integer(0) : 0;
    });
}

Status BoardRepository::putSnapshot(const SnapshotRecord &snapshot)
{
    return guarded(m_connection, "put snapshot", [&]() -> Status {
        Query(m_connection,
              "INSERT OR REPLACE INTO snapshots(id, app, sandbox, host, backend, label, version, bytes, created)"
              " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
              snapshot.id.value, snapshot.app.value, snapshot.sandbox.value, snapshot.host, snapshot.backend,
              snapshot.label, snapshot.version, snapshot.bytes, snapshot.created)
            .run();
        return {};
    });
}

Status BoardRepository::removeSnapshot(const SnapshotId &id)
{
    return guarded(m_connection, "remove snapshot", [&]() -> Status {
        Query(m_connection, "DELETE FROM snapshots WHERE id = ?", id.value).run();
        return {};
    });
}

Result<QList<SnapshotRecord>> BoardRepository::snapshots(const AppId &app)
{
    return guarded(m_connection, "list snapshots", [&]() -> Result<QList<SnapshotRecord>> {
        Query row(m_connection,
                  "SELECT id, app, sandbox, host, backend, label, version, bytes, created FROM snapshots"
                  " WHERE ?1 = '' OR app = ?1 ORDER BY created, id",
                  app.value);
        QList<SnapshotRecord> snapshots;
        while (row.next())
            snapshots.append(readSnapshot(row));
        return snapshots;
    });
}

} // namespace Flotilla
