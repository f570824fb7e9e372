// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"
#include "backends/projects/workspace.h"

#include <QObject>
#include <QSet>
#include <QTimer>

namespace Flotilla {

class Clock;
class Store;

/// Keeps the answer of a turn: in the store at most 400 ms old (files that were written too, as working files), as
/// snapshots for views at most ten a second, and at the end as one version in one transaction. Store's thread.
class TurnRecorder : public QObject
{
    Q_OBJECT

public:
    TurnRecorder(Store *store, Clock *clock, Message message, QObject *parent = nullptr);

    Message &message() { return m_message; }
    const Message &message() const { return m_message; }
    /// Something of the message changed.
    void touch();
    /// A file was written or deleted.
    void touchFile(const QString &path)
    {
        m_dirtyFiles.insert(path);
        touch();
    }
    /// Nobody watches (a load test): at most 5 s old in the store, one snapshot a second.
    void setBackground(bool background);
    void setWorkspace(const Workspace *workspace) { m_workspace = workspace; }

    /// Stores version, files and message. When, and how long it took, is filled in here.
    Result<int> commit(VersionRecord version);
    /// Stores the message and forgets the working files: they are those of the version before.
    Status keepUnchanged();
    /// Stores the message only.
    Status keepMessage();
    double seconds() const; ///< since the turn began
    Error storageProblem() const { return m_problem; }

Q_SIGNALS:
    void beforeSnapshot(); ///< cards may be brought up to date now
    void changed(const Flotilla::Message &message);
    /// The store refuses (disk full): the turn cannot go on safely.
    void storeFailed(const Flotilla::Error &error);

private:
    void save();
    Status keepProgress();
    void show();
    void settle();

    Store *m_store;
    Clock *m_clock;
    Message m_message;
    const Workspace *m_workspace = nullptr;
    std::chrono::nanoseconds m_begin;
    QTimer m_saveTimer;
    QTimer m_showTimer;
    QSet<QString> m_dirtyFiles;
    bool m_showAgain = false;
    bool m_background = false;
    Error m_problem;
};

} // namespace Flotilla
