// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/schema.h"

#include <QStringList>

namespace Flotilla {

namespace {

// Times are milliseconds since the Unix epoch, UTC. File contents are in `blobs` once each, by SHA-256, compressed;
// working files are compressed too. `sandboxes` has no reference to apps: a sandbox may outlive its app for a moment.
constexpr char schemaStep1[] = R"sql(
CREATE TABLE apps(
    id TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, prompt TEXT NOT NULL, model TEXT NOT NULL, host TEXT NOT NULL,
    starred INTEGER NOT NULL, sort_key INTEGER NOT NULL, created INTEGER, updated INTEGER, deleted INTEGER) STRICT;
CREATE INDEX apps_by_update ON apps(updated);

CREATE TABLE blobs(
    id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, data BLOB NOT NULL) STRICT;

CREATE TABLE versions(
    id INTEGER PRIMARY KEY, app TEXT NOT NULL REFERENCES apps(id) ON DELETE CASCADE, number INTEGER NOT NULL,
    parent INTEGER NOT NULL, state TEXT NOT NULL, message TEXT NOT NULL, checks TEXT NOT NULL, error TEXT NOT NULL,
    model TEXT NOT NULL, input_tokens INTEGER NOT NULL, cache_read_tokens INTEGER NOT NULL,
    cache_write_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost REAL, seconds REAL NOT NULL,
    created INTEGER, UNIQUE(app, number)) STRICT;

CREATE TABLE version_files(
    version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE, path TEXT NOT NULL,
    blob INTEGER NOT NULL REFERENCES blobs(id), PRIMARY KEY(version, path)) STRICT, WITHOUT ROWID;
CREATE INDEX version_files_by_blob ON version_files(blob);

CREATE TABLE working_files(
    app TEXT NOT NULL REFERENCES apps(id) ON DELETE CASCADE, path TEXT NOT NULL, size INTEGER, data BLOB,
    PRIMARY KEY(app, path)) STRICT;

CREATE TABLE messages(
    id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL REFERENCES apps(id) ON DELETE CASCADE, role TEXT NOT NULL,
    state TEXT NOT NULL, content BLOB NOT NULL, version INTEGER NOT NULL, created INTEGER,
    hidden INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX messages_by_app ON messages(app, id);
CREATE INDEX messages_streaming ON messages(id) WHERE state = 'streaming';

CREATE TABLE sandboxes(
    id TEXT PRIMARY KEY NOT NULL, app TEXT NOT NULL, host TEXT NOT NULL, backend TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, detail TEXT NOT NULL, created INTEGER, creator TEXT NOT NULL) STRICT;
CREATE INDEX sandboxes_by_app ON sandboxes(app);
CREATE TABLE sandbox_ends(
    app TEXT PRIMARY KEY NOT NULL, id TEXT NOT NULL, host TEXT NOT NULL, backend TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL, detail TEXT NOT NULL, created INTEGER) STRICT;

CREATE TABLE settings(key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;

CREATE TABLE thumbnails(
    app TEXT NOT NULL REFERENCES apps(id) ON DELETE CASCADE, version INTEGER NOT NULL, png BLOB NOT NULL,
    PRIMARY KEY(app, version)) STRICT;
)sql";

// `apps.host` says where an app is to run ("any": wherever there is room), `apps.backend` in what (empty: the host's
// choice). The host "local" has a row only when something about it was changed. Snapshots stay on their hosts; the row
// is what is known about one while its host cannot be asked.
constexpr char schemaStep2[] = R"sql(
ALTER TABLE apps ADD COLUMN backend TEXT NOT NULL DEFAULT '';

CREATE TABLE hosts(
    id TEXT PRIMARY KEY NOT NULL, label TEXT NOT NULL, target TEXT NOT NULL, backend TEXT NOT NULL,
    pooled INTEGER NOT NULL, draining INTEGER NOT NULL, capacity INTEGER NOT NULL, created INTEGER) STRICT;

CREATE TABLE app_labels(
    app TEXT NOT NULL REFERENCES apps(id) ON DELETE CASCADE, label TEXT NOT NULL, PRIMARY KEY(app, label)) STRICT,
    WITHOUT ROWID;

CREATE TABLE fleet_events(
    id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER, host TEXT NOT NULL, app TEXT NOT NULL, sandbox TEXT NOT NULL,
    kind TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE INDEX fleet_events_by_app ON fleet_events(app, id);

CREATE TABLE snapshots(
    id TEXT PRIMARY KEY NOT NULL, app TEXT NOT NULL, sandbox TEXT NOT NULL, host TEXT NOT NULL, backend TEXT NOT NULL,
    label TEXT NOT NULL, version INTEGER NOT NULL, bytes INTEGER NOT NULL, created INTEGER) STRICT;
CREATE INDEX snapshots_by_app ON snapshots(app);
)sql";

// The few turns whose cost no version holds, without a look at all messages.
constexpr char schemaStep3[] = R"sql(
CREATE INDEX messages_without_version ON messages(app, id)
    WHERE version = 0 AND role = 'assistant' AND state <> 'streaming';
)sql";

// What our folders and labels on a host end with; hosts of before keep theirs.
constexpr char schemaStep4[] = R"sql(
ALTER TABLE hosts ADD COLUMN suffix TEXT NOT NULL DEFAULT '';
)sql";

// The container image that an app, or everything on a host, is to run in; empty: made by Flotilla.
constexpr char schemaStep5[] = R"sql(
ALTER TABLE apps ADD COLUMN image TEXT NOT NULL DEFAULT '';
ALTER TABLE hosts ADD COLUMN image TEXT NOT NULL DEFAULT '';
)sql";

} // namespace

const Schema &Schema::current()
{
    static const Schema schema{{schemaStep1, schemaStep2, schemaStep3, schemaStep4, schemaStep5}};
    return schema;
}

QStringList schemaTables()
{
    return {QStringLiteral("apps"),         QStringLiteral("blobs"),         QStringLiteral("versions"),
            QStringLiteral("messages"),     QStringLiteral("version_files"), QStringLiteral("working_files"),
            QStringLiteral("settings"),     QStringLiteral("thumbnails"),    QStringLiteral("sandboxes"),
            QStringLiteral("sandbox_ends"), QStringLiteral("hosts"),         QStringLiteral("app_labels"),
            QStringLiteral("fleet_events"), QStringLiteral("snapshots")};
}

} // namespace Flotilla
