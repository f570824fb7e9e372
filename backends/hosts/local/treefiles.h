// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QByteArrayList>
#include <QString>

struct stat;

namespace Flotilla {

struct FileHandle
{
    explicit FileHandle(int descriptor)
        : fd(descriptor)
    {
    }
    FileHandle(const FileHandle &) = delete;
    FileHandle &operator=(const FileHandle &) = delete;
    ~FileHandle();
    int fd;
};

/// Work on trees that others may change meanwhile: everything relative to open folders, no symbolic link followed.
namespace TreeFiles {

constexpr int maxDepth = 64;
constexpr int maxEntries = 200'000;
constexpr qint64 maxBytes = qint64(8) << 30; ///< sparse files, and many names of one file, say more than they take

Error copyError(int error, const QString &path); ///< never NotFound, which says that there is nothing to copy
Error missingError(const QString &path);         ///< NotFound: what was to be copied is not there
Error refusedError(const QString &path);         ///< a link, a device, a pipe, a socket
/// Adds a file's size to that of a copy, which is bounded.
Status count(qint64 &bytes, qint64 size, const QString &path);
/// For reading, without waiting whatever it is; -1 with errno when that fails.
int openEntry(int dir, const QByteArray &name);
/// What was opened just now, or why it could not be.
Status look(const FileHandle &source, const QString &shown, struct stat &info);
QByteArrayList namesIn(int dir); ///< as they are: apps name files as they like, also not in UTF-8
void removeAt(int dir, const QByteArray &name, int depth = 0);

} // namespace TreeFiles

/// A file or folder that takes its place in one step when it is complete. Removed when it never is.
class TreeDraft
{
public:
    /// `path` is absolute; folders above it are made.
    explicit TreeDraft(const QString &path);
    TreeDraft(const TreeDraft &) = delete;
    TreeDraft &operator=(const TreeDraft &) = delete;
    ~TreeDraft();

    const Status &ready() const { return m_ready; }
    int folder() const { return m_dir.fd; }
    const QByteArray &name() const { return m_name; } ///< in the folder
    Status commit();

private:
    QString m_path;
    FileHandle m_dir;
    QByteArray m_name;
    Status m_ready;
    bool m_committed = false;
};

} // namespace Flotilla
