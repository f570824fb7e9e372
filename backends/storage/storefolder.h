// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QString>

namespace Flotilla {

/// The files of one store: flotilla.db (with -wal and -shm), store.lock (held while opening or closing), store.users
/// (shared by everybody who has it open), store.state (how the file looked after the last checkpoint).
/// Private to this folder. Blocking.
class StoreFolder
{
public:
    explicit StoreFolder(const QString &dir)
        : m_dir(dir)
    {
    }

    QString dir() const { return m_dir; }
    QString database() const { return m_dir + QStringLiteral("/flotilla.db"); }
    QString openLock() const { return m_dir + QStringLiteral("/store.lock"); }
    QString usersLock() const { return m_dir + QStringLiteral("/store.users"); }

    static Error cannotWrite(const QString &path, int code); ///< for people; `code` is an errno
    Status prepare() const;                                  ///< makes the folder with mode 0700
    Result<bool> ensureFile() const;                         ///< true when the database file was made, empty, mode 0600
    Status createFile(const QString &file) const;
    /// The file starts like a database or is new. An empty file with a log beside it is not new: it was cut.
    bool headerLooksRight() const;
    /// The log starts like one, or there is none. SQLite would take any other for an empty one and write over it.
    bool logLooksRight() const;
    /// Moves the database and its side files to damaged-<date>/ and returns that folder.
    Result<QString> setAside() const;

    /// The database file (not its log) as it is now: size, inode, times. It changes only at a checkpoint, so a file
    /// that differs from what was remembered after the last one was changed by somebody else, or a checkpoint was cut
    /// off.
    void remember() const;
    void forget() const;
    bool isAsRemembered() const;

private:
    QString stateFile() const { return m_dir + QStringLiteral("/store.state"); }
    QByteArray fingerprint() const;

    QString m_dir;
};

} // namespace Flotilla
