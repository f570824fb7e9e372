// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/storage/records.h"

#include <QString>

#include <memory>

namespace Flotilla {

class AppRepository;
class VersionRepository;
class ConversationRepository;
class SandboxRepository;
class HostRepository;
class BoardRepository;
class SettingsRepository;
class ThumbnailRepository;
struct Schema;

/// What happened while opening; shown to the user once.
struct OpenReport
{
    bool created = false;
    int migratedFrom = -1;   ///< schema version before, when a migration ran
    QString backup;          ///< file made before the migration
    QString damagedSetAside; ///< a damaged store was moved here and a new one begun
};

/// The SQLite database of one installation (WAL, synchronous=FULL, foreign keys, busy timeout). One object per thread
/// that uses it; several objects and several programs on the same file are safe. Blocking, so never on the GUI thread.
/// Every method of the repositories returns Storage, DiskFull or Conflict (busy) errors as values, never throws.
class Store
{
public:
    /// Creates `dir` (0700) and the file when missing, checks integrity, migrates with a backup. A damaged file is
    /// moved aside (never overwritten) and reported. A newer schema than ours is refused with Unsupported.
    ///
    /// Checked at every open: the file header, that it is ours, the schema version, the tables. Checked when nobody
    /// else has the store open and the database file is not as it was after its last checkpoint (size, inode, times):
    /// every page (PRAGMA quick_check, linear in size). A program that is killed leaves the file as it was and the rest
    /// in the log, which has checksums, so it costs the next start nothing. Checked at every read of a file's content:
    /// its SHA-256.
    static Result<std::unique_ptr<Store>> open(const QString &dir);
    static Result<std::unique_ptr<Store>> open(const QString &dir, const Schema &schema); ///< for tests of migrations
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    const OpenReport &report() const;
    QString dir() const;
    /// A number that changes when another connection wrote to the store (PRAGMA data_version). Costs microseconds.
    Result<qint64> changesByOthers() const;

    AppRepository &apps();
    VersionRepository &versions();
    ConversationRepository &conversation();
    SandboxRepository &sandboxes();
    HostRepository &hosts();
    BoardRepository &board();
    SettingsRepository &settings();
    ThumbnailRepository &thumbnails();

private:
    Store();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
