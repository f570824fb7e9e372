// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/storage/records.h"

namespace Flotilla {

class Connection;

/// One repository per aggregate over the Store's connection. Same thread rules as Store.

class AppRepository
{
public:
    explicit AppRepository(Connection &connection)
        : m_connection(connection)
    {
    }
    Status insert(const AppRecord &app);
    Status update(const AppRecord &app); ///< NotFound when it is gone
    Result<AppRecord> get(const AppId &id);
    Result<QList<AppRecord>> list(bool deleted = false);                        ///< newest update first
    Status markDeleted(const AppId &id, const std::optional<QDateTime> &when);  ///< nothing: take back out of the bin
    Status place(const AppId &id, const QString &host, const QString &backend); ///< where it is to run
    Status setImage(const AppId &id, const QString &image);                     ///< that its sandboxes are made from
    Status purge(const AppId &id);            ///< for good, with versions, messages and files nobody else uses
    Status purgeAll(const QList<AppId> &ids); ///< in one transaction; those that are gone already are fine

private:
    Connection &m_connection;
};

class VersionRepository
{
public:
    explicit VersionRepository(Connection &connection)
        : m_connection(connection)
    {
    }
    /// One transaction: files (content-addressed, shared between versions), the version row with the next number, the
    /// final state of the message that made it (id 0: none) and the app's update time; clears the app's working files.
    Result<int> commit(VersionRecord version, const FileMap &files, const MessageRecord &message);
    Result<QList<VersionRecord>> list(const AppId &app);     ///< oldest first
    Result<VersionRecord> get(const AppId &app, int number); ///< number 0: the newest
    Result<FileMap> files(const AppId &app, int number); ///< number 0: the newest; an app without versions: no files
    Result<int> lastGreen(const AppId &app);             ///< 0: none
    /// New checks for a version that has exactly `known`. False: it has others by now, or is gone.
    Result<bool> replaceChecks(const AppId &app, int number, const QString &known, const QString &checks);
    Result<QHash<AppId, int>> newest(); ///< the newest number of every app that has versions

    /// What a turn has so far, in one transaction: its message, and files written since the last time, kept so that a
    /// crash loses nothing. Nothing as content: deleted. `synced`: a crash of the machine loses nothing either.
    Status keepProgress(const MessageRecord &message, const WorkingFiles &files, bool synced = true);
    Result<WorkingFiles> workingFiles(const AppId &app);
    Status clearWorkingFiles(const AppId &app);

private:
    Connection &m_connection;
};

class ConversationRepository
{
public:
    explicit ConversationRepository(Connection &connection)
        : m_connection(connection)
    {
    }
    Result<qint64> append(const MessageRecord &message);
    /// All or none; their ids. With `hideFrom` (for "edit and resend") they take the place of that message and all
    /// after it, which are hidden.
    Result<QList<qint64>> append(const QList<MessageRecord> &messages, qint64 hideFrom = 0);
    Status update(const MessageRecord &message);
    Result<QList<MessageRecord>> list(const AppId &app); ///< oldest first
    /// By app, the newest message with a greater id than this one.
    Result<QHash<AppId, qint64>> newest(qint64 after);
    Result<QList<MessageRecord>> streaming(); ///< of all apps: turns that a crash interrupted
    /// Ended turns of the app that made no version, hidden ones too: what they cost was spent all the same.
    Result<QList<MessageRecord>> withoutVersion(const AppId &app);

private:
    Connection &m_connection;
};

/// Sandboxes that exist or are being made, shared by every program on the store. Writes survive a crash of the program
/// but are not synced to the disk: a crash of the machine ends every sandbox anyway.
class SandboxRepository
{
public:
    explicit SandboxRepository(Connection &connection)
        : m_connection(connection)
    {
    }
    Status put(const SandboxRecord &record); ///< what became a spare stays one
    Status remove(const SandboxId &id);
    Result<QList<SandboxRecord>> list();   ///< without spares, as everything below
    Result<QList<SandboxRecord>> spares(); ///< see spareState
    Result<std::optional<SandboxRecord>> of(const AppId &app);
    /// Stores that it is to be ended. False: the app moved meanwhile, and runs in another sandbox.
    Result<bool> stopping(const SandboxRecord &record);
    /// For two programs that want a sandbox for the same app at once: stores `wanted` when the app has no record and
    /// returns it; otherwise returns the record that is there. One transaction.
    Result<SandboxRecord> claim(const SandboxRecord &wanted);
    /// Takes the record out of the list and keeps it as the app's last end, or as a spare when the app was purged.
    /// False: it was gone already.
    Result<bool> end(const SandboxRecord &record);
    Result<std::optional<SandboxRecord>> lastEnd(const AppId &app);
    Result<QList<SandboxRecord>> lastEnds(); ///< of every app that has one
    Result<QHash<QString, int>> counts();    ///< sandboxes by host
    /// The app's data went to another host (only `host` is taken), and `spare` is what it left. One transaction.
    Status moveEnd(const SandboxRecord &end, const SandboxRecord &spare);
    /// The app moved: `to` takes the place of `from`, which is a spare of `mover` now. One transaction. Conflict when
    /// `from` is gone, or is to be ended.
    Status replace(const SandboxId &from, const SandboxRecord &to, const QString &mover);

private:
    Connection &m_connection;
};

/// The hosts that a person added, and what was changed about "local".
class HostRepository
{
public:
    explicit HostRepository(Connection &connection)
        : m_connection(connection)
    {
    }
    Status put(const HostRecord &host);
    Status remove(const HostId &id);
    Result<QList<HostRecord>> list(); ///< oldest first

private:
    Connection &m_connection;
};

/// What the board remembers: labels of apps, what happened, which snapshots there are.
class BoardRepository
{
public:
    static constexpr int keptEvents = 50'000;
    static constexpr int keptEventDays = 90;

    explicit BoardRepository(Connection &connection)
        : m_connection(connection)
    {
    }
    Status addLabel(const AppId &app, const QString &label); ///< fine when it has it; NotFound without the app
    Status removeLabel(const AppId &app, const QString &label);
    Result<QHash<AppId, QStringList>> labels(); ///< sorted
    Result<QStringList> labelsOf(const AppId &app);

    /// One transaction; not synced to the disk. What is more than keptEvents or older than keptEventDays goes.
    Status addEvents(const QList<FleetEventRecord> &events);
    Result<QList<FleetEventRecord>> events(const AppId &app, int limit); ///< newest last; empty: of all
    Result<QList<FleetEventRecord>> eventsAfter(qint64 id, int limit);   ///< oldest first
    Result<qint64> lastEvent();                                          ///< its id; 0: none

    Status putSnapshot(const SnapshotRecord &snapshot);
    Status removeSnapshot(const SnapshotId &id);
    Result<QList<SnapshotRecord>> snapshots(const AppId &app); ///< oldest first; empty: of all

private:
    Connection &m_connection;
};

/// Small values by key, JSON text. Never secrets.
class SettingsRepository
{
public:
    explicit SettingsRepository(Connection &connection)
        : m_connection(connection)
    {
    }
    Result<QString> get(const QString &key, const QString &fallback = {});
    Status set(const QString &key, const QString &value);
    Result<QHash<QString, QString>> all();

private:
    Connection &m_connection;
};

/// PNG thumbnails of versions, made by the window.
class ThumbnailRepository
{
public:
    explicit ThumbnailRepository(Connection &connection)
        : m_connection(connection)
    {
    }
    Status put(const AppId &app, int version, const QByteArray &png);
    Result<QByteArray> get(const AppId &app, int version); ///< empty: none; version 0: the newest there is

private:
    Connection &m_connection;
};

} // namespace Flotilla
