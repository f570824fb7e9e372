// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/treefiles.h"

#include "backends/core/id.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

FileHandle::~FileHandle()
{
    if (fd >= 0)
        ::close(fd);
}

namespace TreeFiles {

Error copyError(int error, const QString &path)
{
    ErrorKind kind = ErrorKind::Storage;
    if (error == EACCES || error == EPERM)
        kind = ErrorKind::Forbidden;
    else if (error == ENOSPC || error == EDQUOT)
        kind = ErrorKind::DiskFull;
    return {kind, QCoreApplication::translate("Hosts", "%1 could not be copied.").arg(path),
            QString::fromLocal8Bit(std::strerror(error))};
}

int openEntry(int dir, const QByteArray &name)
{
    // O_NONBLOCK: opening a pipe must not wait for its other end.
    return openat(dir, name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
}

Status look(const FileHandle &source, const QString &shown, struct stat &info)
{
    if (source.fd < 0)
        return errno == ELOOP || errno == ENXIO ? refusedError(shown) : copyError(errno, shown);
    return fstat(source.fd, &info) == 0 ? Status() : copyError(errno, shown);
}

Error refusedError(const QString &path)
{
    return {ErrorKind::Invalid,
            QCoreApplication::translate("Hosts", "%1 is not a plain file or folder, so it was not copied.").arg(path),
            {}};
}

Status count(qint64 &bytes, qint64 size, const QString &path)
{
    if (size < 0 || size > maxBytes - bytes)
        return Error{ErrorKind::Invalid,
                     QCoreApplication::translate("Hosts", "%1 was not copied: together the files say that they "
                                                          "are larger than %2 GB.")
                         .arg(path)
                         .arg(maxBytes >> 30),
                     {}};
    bytes += size;
    return {};
}

Error missingError(const QString &path)
{
    return {ErrorKind::NotFound, QCoreApplication::translate("Hosts", "There is no %1.").arg(path), {}};
}

QByteArrayList namesIn(int dir)
{
    QByteArrayList names;
    DIR *entries = fdopendir(openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!entries)
        return names;
    while (const dirent *entry = readdir(entries)) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..")
            names.append(name);
    }
    closedir(entries);
    return names;
}

namespace {

/// An app may have taken its owner's right to list or empty a folder.
int openForRemoval(int dir, const QByteArray &name)
{
    const FileHandle place(openat(dir, name.constData(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat info
    {
    };
    if (place.fd >= 0 && fstat(place.fd, &info) == 0 && (info.st_mode & 0700) != 0700)
        chmod(("/proc/self/fd/" + QByteArray::number(place.fd)).constData(), 0700);
    return place.fd < 0 ? -1 : openat(place.fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

} // namespace

void removeAt(int dir, const QByteArray &name, int depth)
{
    if (unlinkat(dir, name.constData(), 0) == 0 || depth > maxDepth)
        return;
    {
        const FileHandle below(openForRemoval(dir, name));
        if (below.fd >= 0) {
            for (const QByteArray &inner : namesIn(below.fd))
                removeAt(below.fd, inner, depth + 1);
        }
    }
    unlinkat(dir, name.constData(), AT_REMOVEDIR);
}

} // namespace TreeFiles

namespace {

int openFolderOf(const QString &path)
{
    const QFileInfo target(path);
    if (!target.isAbsolute() || target.fileName().isEmpty())
        return -1;
    QDir().mkpath(target.path());
    return open(QFile::encodeName(target.path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

} // namespace

TreeDraft::TreeDraft(const QString &path)
    : m_path(QDir::cleanPath(path))
    , m_dir(openFolderOf(m_path))
    , m_name(".flotilla-" + randomHex(8).toLatin1())
{
    if (!QDir::isAbsolutePath(path))
        m_ready = TreeFiles::refusedError(path);
    else if (m_dir.fd < 0)
        m_ready = TreeFiles::copyError(errno, path);
}

TreeDraft::~TreeDraft()
{
    if (!m_committed && m_dir.fd >= 0)
        TreeFiles::removeAt(m_dir.fd, m_name);
}

Status TreeDraft::commit()
{
    const QByteArray target = QFile::encodeName(QFileInfo(m_path).fileName());
    const int dir = m_dir.fd;
    if (renameat2(dir, m_name.constData(), dir, target.constData(), RENAME_NOREPLACE) == 0) {
        m_committed = true;
        return {};
    }
    if (errno != EEXIST || renameat2(dir, m_name.constData(), dir, target.constData(), RENAME_EXCHANGE) != 0)
        return TreeFiles::copyError(errno, m_path);
    return {}; // the destructor removes the old one
}

} // namespace Flotilla
