// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/treecopy.h"

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

namespace {

constexpr int maxDepth = 64;
constexpr int maxEntries = 200'000;

struct FileHandle
{
    explicit FileHandle(int descriptor)
        : fd(descriptor)
    {
    }
    FileHandle(const FileHandle &) = delete;
    FileHandle &operator=(const FileHandle &) = delete;
    ~FileHandle()
    {
        if (fd >= 0)
            ::close(fd);
    }
    int fd;
};

Error copyError(int error, const QString &path)
{
    ErrorKind kind = ErrorKind::Storage;
    if (error == ENOENT)
        kind = ErrorKind::NotFound;
    else if (error == EACCES || error == EPERM)
        kind = ErrorKind::Forbidden;
    else if (error == ENOSPC || error == EDQUOT)
        kind = ErrorKind::DiskFull;
    return {kind, QCoreApplication::translate("Hosts", "%1 could not be copied.").arg(path),
            QString::fromLocal8Bit(std::strerror(error))};
}

Error refusedError(const QString &path)
{
    return {ErrorKind::Invalid,
            QCoreApplication::translate("Hosts", "%1 is not a plain file or folder, so it was not copied.").arg(path),
            {}};
}

QStringList namesIn(int dir)
{
    QStringList names;
    DIR *entries = fdopendir(openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!entries)
        return names;
    while (const dirent *entry = readdir(entries)) {
        const QString name = QFile::decodeName(entry->d_name);
        if (name != QLatin1String(".") && name != QLatin1String(".."))
            names.append(name);
    }
    closedir(entries);
    return names;
}

void removeAt(int dir, const QByteArray &name, int depth = 0)
{
    if (unlinkat(dir, name.constData(), 0) == 0 || depth > maxDepth)
        return;
    {
        const FileHandle below(openat(dir, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (below.fd >= 0) {
            for (const QString &inner : namesIn(below.fd))
                removeAt(below.fd, QFile::encodeName(inner), depth + 1);
        }
    }
    unlinkat(dir, name.constData(), AT_REMOVEDIR);
}

class Copier
{
public:
    Status copy(int fromDir, const QByteArray &from, int toDir, const QByteArray &to, const QString &shown,
                int depth = 0)
    {
        // O_NONBLOCK: opening a pipe must not wait for its other end.
        const FileHandle source(openat(fromDir, from.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        struct stat info
        {
        };
        if (source.fd < 0)
            return errno == ELOOP || errno == ENXIO ? refusedError(shown) : copyError(errno, shown);
        if (fstat(source.fd, &info) != 0)
            return copyError(errno, shown);
        if (++m_entries > maxEntries || depth > maxDepth)
            return refusedError(shown);
        if (S_ISDIR(info.st_mode))
            return copyFolder(source.fd, toDir, to, info.st_mode & 0777, shown, depth);
        return S_ISREG(info.st_mode) ? copyFile(source.fd, toDir, to, info.st_mode & 0777, shown) : refusedError(shown);
    }

private:
    Status copyFolder(int source, int toDir, const QByteArray &to, mode_t mode, const QString &shown, int depth)
    {
        if (mkdirat(toDir, to.constData(), 0700) != 0)
            return copyError(errno, shown);
        const FileHandle target(openat(toDir, to.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (target.fd < 0)
            return copyError(errno, shown);
        for (const QString &name : namesIn(source)) {
            const QByteArray encoded = QFile::encodeName(name);
            if (Status done = copy(source, encoded, target.fd, encoded, shown + QLatin1Char('/') + name, depth + 1);
                !done)
                return done;
        }
        return fchmod(target.fd, mode) == 0 ? Status() : copyError(errno, shown);
    }

    static Status copyFile(int source, int toDir, const QByteArray &to, mode_t mode, const QString &shown)
    {
        const FileHandle target(
            openat(toDir, to.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (target.fd < 0)
            return copyError(errno, shown);
        char buffer[128 * 1024];
        for (;;) {
            const ssize_t size = read(source, buffer, sizeof buffer);
            if (size == 0)
                return fchmod(target.fd, mode) == 0 ? Status() : copyError(errno, shown);
            if (size < 0 || write(target.fd, buffer, size_t(size)) != size)
                return copyError(errno, shown);
        }
    }

    int m_entries = 0;
};

Status replace(int dir, const QByteArray &draft, const QByteArray &name, const QString &shown)
{
    if (renameat2(dir, draft.constData(), dir, name.constData(), RENAME_NOREPLACE) == 0)
        return {};
    if (errno != EEXIST || renameat2(dir, draft.constData(), dir, name.constData(), RENAME_EXCHANGE) != 0)
        return copyError(errno, shown);
    removeAt(dir, draft); // now the old one
    return {};
}

} // namespace

Status copyTree(const QString &from, const QString &to)
{
    const QFileInfo target(QDir::cleanPath(to));
    if (!target.isAbsolute() || target.fileName().isEmpty() || !QDir::isAbsolutePath(from))
        return refusedError(to);
    QDir().mkpath(target.path());
    const FileHandle dir(open(QFile::encodeName(target.path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (dir.fd < 0)
        return copyError(errno, target.path());
    const QByteArray draft = ".flotilla-" + randomHex(8).toLatin1();
    Status done = Copier().copy(AT_FDCWD, QFile::encodeName(QDir::cleanPath(from)), dir.fd, draft, from);
    if (done)
        done = replace(dir.fd, draft, QFile::encodeName(target.fileName()), to);
    if (!done)
        removeAt(dir.fd, draft);
    return done;
}

} // namespace Flotilla
