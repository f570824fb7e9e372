// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/connection.h"

#include "backends/storage/blobs.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <sqlite3.h>

#include <cerrno>
#include <sys/resource.h>
#include <sys/statvfs.h>

namespace Flotilla {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Storage)
};

int codeOf(const SQLite::Exception &exception)
{
    const int extended = exception.getExtendedErrorCode();
    return extended > 0 ? extended : exception.getErrorCode();
}

bool isDamageCode(int code)
{
    return (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
}

/// SQLite reports a full disk as such only for ENOSPC and only for some files; a quota, a limit on file sizes or a
/// failed growth of the shared index come as a write error whose errno is often gone.
bool hasNoRoom(const QString &file)
{
    struct statvfs disk = {};
    if (::statvfs(QFile::encodeName(QFileInfo(file).absolutePath()).constData(), &disk) == 0 && disk.f_bavail < 16)
        return true;
    rlimit limit = {};
    return ::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

bool isFull(int code, int systemError, const QString &file)
{
    if (code == SQLITE_FULL)
        return true;
    if ((code & 0xff) != SQLITE_IOERR)
        return false;
    if (systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG)
        return true;
    return (code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE || code == SQLITE_IOERR_TRUNCATE) &&
           hasNoRoom(file);
}

ErrorKind kindOf(int code, int systemError, const QString &file)
{
    if (isFull(code, systemError, file))
        return ErrorKind::DiskFull;
    switch (code) {
    case SQLITE_CONSTRAINT_FOREIGNKEY:
        return ErrorKind::NotFound;
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
        return ErrorKind::Conflict;
    default:
        break;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorKind::Conflict;
    case SQLITE_TOOBIG:
    case SQLITE_CONSTRAINT:
        return ErrorKind::Invalid;
    default:
        return ErrorKind::Storage;
    }
}

QString textOf(int code, ErrorKind kind, const QString &file)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (isDamageCode(code))
        return Words::tr("The store in %1 is damaged. Restart Flotilla: it keeps a copy and starts a new one.")
            .arg(folder);
    switch (kind) {
    case ErrorKind::DiskFull:
        return Words::tr("The disk that holds %1 is full. Free some space, then try again.").arg(folder);
    case ErrorKind::NotFound:
        return Words::tr("This app is no longer in the store.");
    case ErrorKind::Conflict:
        return (code & 0xff) == SQLITE_CONSTRAINT ? Words::tr("This is already in the store.")
                                                  : Words::tr("Another program is writing to the store. Try again.");
    case ErrorKind::Invalid:
        return Words::tr("This is too large or not valid for the store.");
    default:
        return Words::tr("The store in %1 cannot be read or written. Check the disk and its permissions.").arg(folder);
    }
}

QString damagedContentText(const QString &file)
{
    return Words::tr("A file of this version is damaged in the store in %1. Restore another version.")
        .arg(QFileInfo(file).absolutePath());
}

} // namespace

Connection::Connection(const QString &file)
    : m_file(file)
    , m_database(file.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, busyTimeoutMs)
{
    sqlite3_db_config(m_database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(m_database.getHandle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    execute(QStringLiteral("PRAGMA journal_mode=WAL;"
                           "PRAGMA synchronous=FULL;"
                           "PRAGMA foreign_keys=ON;"
                           "PRAGMA temp_store=MEMORY;"
                           "PRAGMA journal_size_limit=16777216;"));
    const auto committed = [](void *self, sqlite3 *, const char *, int pages) {
        static_cast<Connection *>(self)->checkpointWhenDue(pages);
        return SQLITE_OK;
    };
    sqlite3_wal_hook(m_database.getHandle(), committed, this); // in place of SQLite's own automatic checkpoint
}

void Connection::checkpointWhenDue(int pages)
{
    if (pages < checkpointPages)
        return;
    const int code =
        sqlite3_wal_checkpoint_v2(m_database.getHandle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (code == SQLITE_OK && checkpointed) // busy or failed: the next commit tries again
        checkpointed();
}

SQLite::Statement &Connection::statement(const char *sql)
{
    std::unique_ptr<SQLite::Statement> &cached = m_statements[sql];
    if (!cached)
        cached = std::make_unique<SQLite::Statement>(m_database, sql);
    cached->tryReset();
    cached->clearBindings();
    return *cached;
}

void Connection::execute(const QString &sql)
{
    m_database.exec(sql.toStdString());
}

Error Connection::toError(const std::exception &exception, const char *what)
{
    if (!m_sawDamage && isDamage(exception)) {
        m_sawDamage = true;
        if (damaged)
            damaged();
    }
    return errorFromSqlite(exception, what, m_file, sqlite3_system_errno(m_database.getHandle()));
}

QString Query::text(int column) const
{
    const std::string value = m_statement.getColumn(column).getString();
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

QByteArray Query::bytes(int column) const
{
    const SQLite::Column value = m_statement.getColumn(column);
    return QByteArray(static_cast<const char *>(value.getBlob()), value.getBytes());
}

QDateTime Query::time(int column) const
{
    return isNull(column) ? QDateTime() : QDateTime::fromMSecsSinceEpoch(integer(column), Qt::UTC);
}

void Query::bind(int index, const QString &value)
{
    m_statement.bind(index, value.toStdString());
}

void Query::bind(int index, const QByteArray &value)
{
    if (value.size() > 512 * 1024 * 1024) // an int, and far below SQLite's own limit
        throw SQLite::Exception("value too big", SQLITE_TOOBIG);
    m_statement.bind(index, value.constData(), static_cast<int>(value.size()));
}

void Query::bind(int index, const QDateTime &value)
{
    if (value.isValid())
        bind(index, value.toMSecsSinceEpoch());
    else
        m_statement.bind(index);
}

bool isDamage(const std::exception &exception)
{
    const auto *sqlite = dynamic_cast<const SQLite::Exception *>(&exception);
    return sqlite && isDamageCode(codeOf(*sqlite));
}

Error errorFromSqlite(const std::exception &exception, const char *what, const QString &file, int systemError)
{
    const QString detail = QLatin1String(what) + QLatin1String(": ") + QString::fromUtf8(exception.what());
    const auto *sqlite = dynamic_cast<const SQLite::Exception *>(&exception);
    if (!sqlite)
        return {ErrorKind::Internal, Words::tr("The store failed. Please report this."), detail};
    const int code = codeOf(*sqlite);
    const ErrorKind kind = kindOf(code, systemError, file);
    const bool contentOnly = dynamic_cast<const DamagedContent *>(&exception);
    return {kind, contentOnly ? damagedContentText(file) : textOf(code, kind, file),
            QStringLiteral("%1 (SQLite %2, errno %3)").arg(detail).arg(code).arg(systemError)};
}

Error storageError(ErrorKind kind, const QString &text, const QString &detail)
{
    return {kind, text, detail};
}

} // namespace Flotilla
