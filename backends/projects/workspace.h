// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/projects/projecttypes.h"
#include "backends/storage/records.h"

#include <QStringList>

#include <optional>

namespace Flotilla {

/// Bounds of one app. The agent and the store have the same ones (backends/agent/protocol.md).
struct WorkspaceLimits
{
    int files = 2000;
    int pathBytes = 512;
    qint64 fileBytes = 8ll * 1024 * 1024;
    qint64 totalBytes = 64ll * 1024 * 1024;
};

/// Why `path` cannot name a file of an app, as a sentence for a model; nothing when it can. Pure, any thread.
/// Refuses everything that could leave the app's folder: absolute paths, `..`, back-slashes, control characters; and
/// what git would read in it (isOfGit).
std::optional<QString> pathProblem(const QString &path);
/// The part of it about leaving the folder.
std::optional<QString> placeProblem(const QString &path);
/// `.git` in any form that git itself guards, as a file or a folder on the way, or HEAD, by which git knows a bare
/// repository: their settings name programs that git runs where it is used in an exported folder.
bool isOfGit(const QString &path);

/// The files of one app in memory. Every change is validated; a refused one changes nothing. Errors are for models:
/// Invalid (path, size), NotFound, Conflict (a file where a folder is needed). One thread.
class Workspace
{
public:
    explicit Workspace(FileMap files = {}, WorkspaceLimits limits = {});

    const FileMap &files() const { return m_files; }
    bool contains(const QString &path) const { return m_files.contains(path); }
    QStringList paths() const; ///< sorted
    qint64 totalBytes() const { return m_totalBytes; }
    /// What the agent will make of these files; nothing when there is nothing to run.
    std::optional<AppKind> kind() const;

    Result<QByteArray> read(const QString &path) const;
    Status write(const QString &path, const QByteArray &content);
    Status remove(const QString &path);
    Status rename(const QString &from, const QString &to);

private:
    Status checkRoom(const QString &path, qint64 size) const;
    Status checkPlace(const QString &path) const;

    FileMap m_files;
    WorkspaceLimits m_limits;
    qint64 m_totalBytes = 0;
};

} // namespace Flotilla
