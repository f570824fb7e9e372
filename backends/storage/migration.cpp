// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/migration.h"

#include "backends/storage/connection.h"
#include "backends/storage/store.h"
#include "backends/storage/storefolder.h"

#include <QCoreApplication>
#include <QFile>

#include <SQLiteCpp/Backup.h>

#include <sqlite3.h>

namespace Flotilla {

namespace {

int pragma(Connection &connection, const char *sql)
{
    return connection.database().execAndGet(sql).getInt();
}

Error refused(const char *text, const QString &dir, const QString &detail)
{
    return storageError(ErrorKind::Unsupported, QCoreApplication::translate("Storage", text).arg(dir), detail);
}

Status checkOwner(Connection &connection, const StoreFolder &folder, int version, const Schema &schema)
{
    const int application = pragma(connection, "PRAGMA application_id");
    const int tables = pragma(connection, "SELECT count(*) FROM sqlite_schema");
    const bool fresh = version == 0 && tables == 0;
    if (!fresh && application != schemaApplicationId)
        return refused(QT_TRANSLATE_NOOP(
                           "Storage", "The file flotilla.db in %1 belongs to another program. Choose another folder."),
                       folder.dir(), QStringLiteral("application_id %1").arg(application));
    if (version > schema.version())
        return refused(QT_TRANSLATE_NOOP(
                           "Storage", "The store in %1 was written by a newer Flotilla. Update Flotilla to open it."),
                       folder.dir(), QStringLiteral("schema %1, known %2").arg(version).arg(schema.version()));
    return {};
}

Result<QString> backUp(Connection &connection, const StoreFolder &folder, int version)
{
    const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-hhmmss-zzz"));
    const QString file = QStringLiteral("%1/backup-schema%2-%3.db").arg(folder.dir()).arg(version).arg(stamp);
    if (const Status created = folder.createFile(file); !created)
        return created.error();
    try {
        SQLite::Database copy(file.toStdString(), SQLite::OPEN_READWRITE);
        SQLite::Backup backup(copy, connection.database());
        if (backup.executeStep() != SQLITE_DONE) // a busy store is no exception, but no copy either
            throw SQLite::Exception("the copy is not complete", SQLITE_BUSY);
    } catch (...) {
        QFile::remove(file);
        throw;
    }
    return file;
}

void runStep(Connection &connection, const char *sql, int version)
{
    WriteTransaction transaction(connection);
    connection.execute(QString::fromUtf8(sql));
    connection.execute(
        QStringLiteral("PRAGMA application_id=%1; PRAGMA user_version=%2;").arg(schemaApplicationId).arg(version));
    transaction.commit();
}

} // namespace

Status migrate(Connection &connection, const StoreFolder &folder, const Schema &schema, OpenReport &report)
{
    const int version = pragma(connection, "PRAGMA user_version");
    if (const Status owner = checkOwner(connection, folder, version, schema); !owner)
        return owner;
    if (version == schema.version())
        return {};
    if (version > 0) {
        Result<QString> backup = backUp(connection, folder, version);
        if (!backup)
            return backup.error();
        report.backup = *backup;
        report.migratedFrom = version;
    }
    connection.execute(QStringLiteral("PRAGMA foreign_keys=OFF"));
    for (int step = version; step < schema.version(); ++step)
        runStep(connection, schema.steps.at(step), step + 1);
    connection.execute(QStringLiteral("PRAGMA foreign_keys=ON"));
    report.created = version == 0;
    return {};
}

} // namespace Flotilla
