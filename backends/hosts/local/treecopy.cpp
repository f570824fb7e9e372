// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/treecopy.h"

#include "backends/hosts/local/treefiles.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

class Copier
{
public:
    Status copy(int fromDir, const QByteArray &from, int toDir, const QByteArray &to, const QString &shown,
                int depth = 0)
    {
        struct stat info
        {
        };
        const FileHandle source(TreeFiles::openEntry(fromDir, from));
        if (source.fd < 0 && errno == ENOENT)
            return depth == 0 ? Status(TreeFiles::missingError(shown)) : Status(); // it went meanwhile
        if (const Status looked = TreeFiles::look(source, shown, info); !looked)
            return looked;
        if (++m_entries > TreeFiles::maxEntries || depth > TreeFiles::maxDepth)
            return TreeFiles::refusedError(shown);
        if (S_ISDIR(info.st_mode))
            return copyFolder(source.fd, toDir, to, info.st_mode & 0777, shown, depth);
        if (!S_ISREG(info.st_mode))
            return TreeFiles::refusedError(shown);
        if (const Status counted = TreeFiles::count(m_bytes, info.st_size, shown); !counted)
            return counted;
        return copyFile(source.fd, toDir, to, info, shown);
    }

private:
    Status copyFolder(int source, int toDir, const QByteArray &to, mode_t mode, const QString &shown, int depth)
    {
        if (mkdirat(toDir, to.constData(), 0700) != 0)
            return TreeFiles::copyError(errno, shown);
        const FileHandle target(openat(toDir, to.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (target.fd < 0)
            return TreeFiles::copyError(errno, shown);
        for (const QByteArray &name : TreeFiles::namesIn(source)) {
            const QString below = shown + QLatin1Char('/') + QFile::decodeName(name);
            if (Status done = copy(source, name, target.fd, name, below, depth + 1); !done)
                return done;
        }
        return fchmod(target.fd, mode) == 0 ? Status() : TreeFiles::copyError(errno, shown);
    }

    /// A file that grows meanwhile is cut.
    static Status copyFile(int source, int toDir, const QByteArray &to, const struct stat &info, const QString &shown)
    {
        const FileHandle target(
            openat(toDir, to.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (target.fd < 0)
            return TreeFiles::copyError(errno, shown);
        char buffer[128 * 1024];
        for (qint64 left = info.st_size;;) {
            const ssize_t size = read(source, buffer, std::min(sizeof buffer, size_t(left)));
            if (size == 0)
                return fchmod(target.fd, info.st_mode & 0777) == 0 ? Status() : TreeFiles::copyError(errno, shown);
            if (size < 0 || write(target.fd, buffer, size_t(size)) != size)
                return TreeFiles::copyError(errno, shown);
            left -= size;
        }
    }

    int m_entries = 0;
    qint64 m_bytes = 0;
};

} // namespace

void removeTree(const QString &path)
{
    TreeFiles::removeAt(AT_FDCWD, QFile::encodeName(path));
}

Status copyTree(const QString &from, const QString &to)
{
    if (!QDir::isAbsolutePath(from))
        return TreeFiles::refusedError(from);
    TreeDraft draft(to);
    if (!draft.ready())
        return draft.ready();
    Status done = Copier().copy(AT_FDCWD, QFile::encodeName(QDir::cleanPath(from)), draft.folder(), draft.name(), from);
    return done ? draft.commit() : done;
}

} // namespace Flotilla
