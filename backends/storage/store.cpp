// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/store.h"

#include "backends/storage/connection.h"
#include "backends/storage/filelock.h"
#include "backends/storage/migration.h"
#include "backends/storage/repositories.h"
#include "backends/storage/storefolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QLoggingCategory>
#include <QSet>

#include <cerrno>

namespace Flotilla {

namespace {

Q_LOGGING_CATEGORY(logStore, "flotilla.storage")

constexpr std::chrono::milliseconds openDeadline{15'000};
constexpr std::chrono::milliseconds closeDeadline{1'000};

struct DamagedStore : SQLite::Exception
{
    explicit DamagedStore(const std::string &what)
        : SQLite::Exception(what, 11)
    {
    } // SQLITE_CORRUPT
};

void checkPages(Connection &connection)
{
    SQLite::Statement check(connection.database(), "PRAGMA quick_check(1)");
    const std::string verdict = check.executeStep() ? check.getColumn(0).getString() : "no answer";
    if (verdict != "ok")
        throw DamagedStore(verdict);
}

void checkTables(Connection &connection)
{
    QSet<QString> tables;
    SQLite::Statement row(connection.database(), "SELECT name FROM sqlite_schema WHERE type = 'table'");
    while (row.executeStep())
        tables.insert(QString::fromStdString(row.getColumn(0).getString()));
    for (const QString &table : schemaTables()) {
        if (!tables.contains(table))
            throw DamagedStore("missing table " + table.toStdString());
    }
}

Error lockError(const StoreFolder &folder, const FileLock &lock)
{
    if (!lock.isOpen())
        return StoreFolder::cannotWrite(folder.dir(), lock.openError());
    return storageError(
        ErrorKind::Conflict,
        QCoreApplication::translate("Storage", "Another program is opening the store. Try again in a moment."));
}

} // namespace

struct Store::Private
{
    explicit Private(const QString &dir)
        : folder(dir)
        , users(folder.usersLock())
    {
    }

    Status open(const Schema &schema);
    Status openOnce(const Schema &schema, bool checkEverything);
    Status replaceDamaged(const Schema &schema, const std::exception &damage);
    void makeRepositories();
    void close();

    StoreFolder folder;
    FileLock users;
    bool alone = false; ///< while opening: nobody else has it open
    OpenReport report;
    std::unique_ptr<Connection> connection;
    std::unique_ptr<AppRepository> apps;
    std::unique_ptr<VersionRepository> versions;
    std::unique_ptr<ConversationRepository> conversation;
    std::unique_ptr<SandboxRepository> sandboxes;
    std::unique_ptr<HostRepository> hosts;
    std::unique_ptr<BoardRepository> board;
    std::unique_ptr<SettingsRepository> settings;
    std::unique_ptr<ThumbnailRepository> thumbnails;
};

Status Store::Private::open(const Schema &schema)
{
    FileLock opening(folder.openLock());
    if (!opening.isOpen() || !opening.waitExclusive(openDeadline))
        return lockError(folder, opening);
    if (!users.isOpen())
        return lockError(folder, users);
    alone = users.tryExclusive();
    const bool checkEverything = alone && !folder.isAsRemembered();
    Status opened;
    try {
        if (!folder.headerLooksRight())
            throw DamagedStore("not a database file");
        if (alone && !folder.logLooksRight())
            throw DamagedStore("not a log of a database");
        opened = openOnce(schema, checkEverything);
    } catch (const std::exception &exception) {
        const int code = errno;
        opened = isDamage(exception) ? replaceDamaged(schema, exception)
                                     : errorFromSqlite(exception, "open store", folder.database(), code);
    }
    if (opened) {
        if (alone)
            folder.remember();
        connection->checkpointed = [this] { folder.remember(); };
        connection->damaged = [this] { folder.forget(); };
        users.tryShared(); // the open lock is held, so this cannot be refused
        makeRepositories();
    }
    return opened;
}

Status Store::Private::openOnce(const Schema &schema, bool checkEverything)
{
    const Result<bool> made = folder.ensureFile();
    if (!made)
        return made.error();
    connection = std::make_unique<Connection>(folder.database());
    if (checkEverything && !*made)
        checkPages(*connection);
    const Status migrated = migrate(*connection, folder, schema, report);
    if (migrated)
        checkTables(*connection);
    return migrated;
}

Status Store::Private::replaceDamaged(const Schema &schema, const std::exception &damage)
{
    connection.reset();
    if (!alone)
        return errorFromSqlite(damage, "open store", folder.database(), 0);
    qCWarning(logStore, "damaged store in %s: %s", qUtf8Printable(folder.dir()), damage.what());
    Result<QString> aside = folder.setAside();
    if (!aside)
        return aside.error();
    report = {};
    report.damagedSetAside = *aside;
    try {
        return openOnce(schema, false);
    } catch (const std::exception &exception) {
        return errorFromSqlite(exception, "begin new store", folder.database(), errno);
    }
}

void Store::Private::makeRepositories()
{
    apps = std::make_unique<AppRepository>(*connection);
    versions = std::make_unique<VersionRepository>(*connection);
    conversation = std::make_unique<ConversationRepository>(*connection);
    sandboxes = std::make_unique<SandboxRepository>(*connection);
    hosts = std::make_unique<HostRepository>(*connection);
    board = std::make_unique<BoardRepository>(*connection);
    settings = std::make_unique<SettingsRepository>(*connection);
    thumbnails = std::make_unique<ThumbnailRepository>(*connection);
}

void Store::Private::close()
{
    if (!connection)
        return;
    FileLock closing(folder.openLock());
    const bool locked = closing.isOpen() && closing.waitExclusive(closeDeadline);
    const bool damaged = connection->sawDamage();
    connection.reset();
    if (locked && !damaged && users.tryExclusive())
        folder.remember(); // the last one to close makes a checkpoint
}

Result<std::unique_ptr<Store>> Store::open(const QString &dir)
{
    return open(dir, Schema::current());
}

Result<std::unique_ptr<Store>> Store::open(const QString &dir, const Schema &schema)
{
    const StoreFolder folder(QDir(dir).absolutePath());
    if (const Status prepared = folder.prepare(); !prepared)
        return prepared.error();
    std::unique_ptr<Store> store(new Store);
    store->d = std::make_unique<Private>(folder.dir());
    if (const Status opened = store->d->open(schema); !opened)
        return opened.error();
    return store;
}

Store::Store() = default;

Store::~Store()
{
    if (d)
        d->close();
}

const OpenReport &Store::report() const
{
    return d->report;
}

QString Store::dir() const
{
    return d->folder.dir();
}

Result<qint64> Store::changesByOthers() const
{
    return guarded(*d->connection, "data version", [this]() -> Result<qint64> {
        Query row(*d->connection, "PRAGMA data_version");
        return row.next() ? row.integer(0) : 0;
    });
}

AppRepository &Store::apps()
{
    return *d->apps;
}

VersionRepository &Store::versions()
{
    return *d->versions;
}

ConversationRepository &Store::conversation()
{
    return *d->conversation;
}

SandboxRepository &Store::sandboxes()
{
    return *d->sandboxes;
}

HostRepository &Store::hosts()
{
    return *d->hosts;
}

BoardRepository &Store::board()
{
    return *d->board;
}

SettingsRepository &Store::settings()
{
    return *d->settings;
}

ThumbnailRepository &Store::thumbnails()
{
    return *d->thumbnails;
}

} // namespace Flotilla
