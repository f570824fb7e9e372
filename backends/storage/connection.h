// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <functional>
#include <memory>
#include <unordered_map>

namespace Flotilla {

/// Private to this folder: one SQLite connection with its prepared statements. One thread. Its methods and Query throw;
/// guarded() turns that into errors at the edge of a repository.
class Connection
{
public:
    static constexpr int busyTimeoutMs = 5000;
    static constexpr int checkpointPages = 1000; ///< of the log, about 4 MB

    /// Opens an existing file and sets the pragmas that every connection needs.
    explicit Connection(const QString &file);

    SQLite::Database &database() { return m_database; }
    SQLite::Statement &statement(const char *sql); ///< `sql` is a literal: cached by its address
    void execute(const QString &sql);
    qint64 lastInsertId() const { return m_database.getLastInsertRowid(); }

    /// DiskFull, Conflict, NotFound (foreign key), Invalid (too big) or Storage. Remembers damage.
    Error toError(const std::exception &exception, const char *what);
    bool sawDamage() const { return m_sawDamage; }

    std::function<void()> checkpointed; ///< the log was copied into the database file
    std::function<void()> damaged;      ///< SQLite said so for the first time

private:
    void checkpointWhenDue(int pages);

    QString m_file;
    bool m_sawDamage = false;
    SQLite::Database m_database;
    std::unordered_map<const char *, std::unique_ptr<SQLite::Statement>> m_statements; // before m_database goes
};

/// A write transaction: takes the write lock at once, so that it cannot fail half-way as busy. Rolls back unless
/// committed.
class WriteTransaction
{
public:
    explicit WriteTransaction(Connection &connection)
        : m_transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE)
    {
    }
    void commit() { m_transaction.commit(); }

private:
    SQLite::Transaction m_transaction;
};

/// While it lives, commits are safe from a crash of the program but not from one of the machine: no sync to the disk.
/// For facts that a restart of the machine makes void anyway. Not inside a transaction.
class WithoutSync
{
public:
    explicit WithoutSync(Connection &connection)
        : m_database(connection.database())
    {
        m_database.exec("PRAGMA synchronous=NORMAL");
    }
    ~WithoutSync() { m_database.tryExec("PRAGMA synchronous=FULL"); }
    WithoutSync(const WithoutSync &) = delete;
    WithoutSync &operator=(const WithoutSync &) = delete;

private:
    SQLite::Database &m_database;
};

/// One run of a cached statement; resets it at the end, so that no read snapshot stays open.
class Query
{
public:
    template <typename... Values>
    Query(Connection &connection, const char *sql, const Values &...values)
        : m_statement(connection.statement(sql))
    {
        int index = 0;
        (bind(++index, values), ...);
    }
    ~Query() { m_statement.tryReset(); }
    Query(const Query &) = delete;
    Query &operator=(const Query &) = delete;

    bool next() { return m_statement.executeStep(); }
    int run() { return m_statement.exec(); } ///< rows changed

    bool isNull(int column) const { return m_statement.getColumn(column).isNull(); }
    QString text(int column) const;
    QByteArray bytes(int column) const;
    qint64 integer(int column) const { return m_statement.getColumn(column).getInt64(); }
    int number(int column) const { return m_statement.getColumn(column).getInt(); }
    double real(int column) const { return m_statement.getColumn(column).getDouble(); }
    QDateTime time(int column) const;

private:
    void bind(int index, const QString &value);
    void bind(int index, const QByteArray &value);
    void bind(int index, const QDateTime &value); ///< milliseconds since the epoch; invalid: NULL
    void bind(int index, qint64 value) { m_statement.bind(index, static_cast<int64_t>(value)); }
    void bind(int index, int value) { m_statement.bind(index, value); }
    void bind(int index, bool value) { m_statement.bind(index, value ? 1 : 0); }
    void bind(int index, double value) { m_statement.bind(index, value); }
    template <typename T>
    void bind(int index, const std::optional<T> &value)
    {
        if (value)
            bind(index, *value);
        else
            m_statement.bind(index);
    }

    SQLite::Statement &m_statement;
};

/// Runs `function` and turns what SQLite throws into an Error. `what` names the operation for the log.
template <typename Function>
auto guarded(Connection &connection, const char *what, Function function) -> std::invoke_result_t<Function>
{
    try {
        return function();
    } catch (const std::exception &exception) {
        return connection.toError(exception, what);
    }
}

Error storageError(ErrorKind kind, const QString &text, const QString &detail = {});
/// What SQLite threw about `file`, for people. `systemError` is the errno behind it.
Error errorFromSqlite(const std::exception &exception, const char *what, const QString &file, int systemError);
bool isDamage(const std::exception &exception); ///< SQLite says: not a database, or a malformed one

} // namespace Flotilla
