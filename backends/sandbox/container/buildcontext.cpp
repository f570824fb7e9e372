// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/buildcontext.h"

#include "backends/hosts/local/treefiles.h"
#include "backends/sandbox/container/ignorerules.h"
#include "backends/sandbox/sandboxwords.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

using ContextEntry = TarWriter::Entry;

constexpr qint64 longestIgnoreFile = 256 * 1024;
constexpr qint64 longestContainerfile = 1024 * 1024;

Error contextError(ErrorKind kind, const QString &text)
{
    return {kind, text, {}};
}

Error unreadable(const QString &path, int error)
{
    return {error == EACCES ? ErrorKind::Forbidden : ErrorKind::Storage,
            SandboxWords::tr("%1 cannot be read. Make it readable, or name it in .dockerignore.").arg(path),
            QString::fromLocal8Bit(std::strerror(error))};
}

Error changed(const QString &path)
{
    return contextError(ErrorKind::Conflict,
                        SandboxWords::tr("%1 changed while it was sent. Try again when it is at rest.").arg(path));
}

int openFolder(const QString &path)
{
    return open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/// Step by step, so that no link is followed on the way.
int openBelow(int root, const QByteArray &name)
{
    const QByteArrayList parts = name.split('/');
    int at = fcntl(root, F_DUPFD_CLOEXEC, 0);
    for (const QByteArray &part : parts) {
        const FileHandle above(at);
        at = above.fd < 0 ? -1 : TreeFiles::openEntry(above.fd, part);
    }
    return at;
}

/// A plain file of the folder, as text. NotFound: there is none.
Result<QByteArray> readPlain(int root, const QString &name, qint64 most)
{
    const FileHandle source(openBelow(root, QFile::encodeName(name)));
    struct stat info
    {
    };
    if (source.fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return contextError(ErrorKind::NotFound, SandboxWords::tr("There is no %1 in the folder.").arg(name));
    if (source.fd < 0 || fstat(source.fd, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size > most)
        return contextError(ErrorKind::Invalid,
                            SandboxWords::tr("%1 is not a plain text file of the folder.").arg(name));
    QFile file;
    if (!file.open(source.fd, QIODevice::ReadOnly))
        return unreadable(name, errno);
    return file.read(most);
}

/// Its name relative to the folder, and what it holds; a file elsewhere is none of its.
Result<std::pair<QString, QByteArray>> containerfileIn(int root, const QString &folder, const QString &wanted)
{
    const QString inside =
        QDir::cleanPath(QDir::isAbsolutePath(wanted) ? QDir(folder).relativeFilePath(wanted) : wanted);
    if (!wanted.isEmpty() && (inside.startsWith(QLatin1String("..")) || QDir::isAbsolutePath(inside)))
        return contextError(ErrorKind::Invalid,
                            SandboxWords::tr("%1 is not in the folder %2.").arg(wanted.left(200), folder));
    const QStringList names = wanted.isEmpty()
                                  ? QStringList{QStringLiteral("Containerfile"), QStringLiteral("Dockerfile")}
                                  : QStringList(inside);
    for (const QString &name : names) {
        const Result<QByteArray> text = readPlain(root, name, longestContainerfile);
        if (text)
            return std::pair(name, *text);
        if (text.error().kind != ErrorKind::NotFound || !wanted.isEmpty())
            return text.error();
    }
    return contextError(ErrorKind::NotFound,
                        SandboxWords::tr("There is no Containerfile and no Dockerfile in %1.").arg(folder));
}

class ContextWalk
{
public:
    ContextWalk(BuildContext &context, const std::atomic<bool> &stop)
        : m_context(context)
        , m_stop(stop)
    {
    }

    Status readRules(int root)
    {
        for (const char *name : {".containerignore", ".dockerignore"}) {
            const Result<QByteArray> text = readPlain(root, QLatin1String(name), longestIgnoreFile);
            if (!text && text.error().kind == ErrorKind::NotFound)
                continue;
            Result<IgnoreRules> rules =
                text ? IgnoreRules::parse(*text, QLatin1String(name)) : Result<IgnoreRules>(text.error());
            if (!rules)
                return rules.error();
            m_rules = *rules;
            m_kept.insert(QLatin1String(name)); // the engine reads it, too
            break;
        }
        for (qsizetype slash = m_context.file.size(); slash > 0;
             slash = m_context.file.lastIndexOf(QLatin1Char('/'), slash - 1))
            m_kept.insert(m_context.file.left(slash)); // with the folders above it
        return {};
    }

    Status folder(int dir, const QByteArray &above, int depth)
    {
        QByteArrayList names = TreeFiles::namesIn(dir);
        std::sort(names.begin(), names.end());
        for (const QByteArray &name : std::as_const(names)) {
            if (m_stop)
                return contextError(ErrorKind::Cancelled, SandboxWords::tr("The build was cancelled."));
            if (const Status taken = take(dir, name, above + name, depth); !taken)
                return taken;
        }
        return {};
    }

private:
    Status take(int dir, const QByteArray &name, const QByteArray &path, int depth)
    {
        const QString shown = QFile::decodeName(path);
        const bool out = !m_kept.contains(shown) && m_rules.leaveOut(shown);
        struct stat info
        {
        };
        if (fstatat(dir, name.constData(), &info, AT_SYMLINK_NOFOLLOW) != 0)
            return errno == ENOENT ? Status() : unreadable(shown, errno); // it went meanwhile
        if (out && !(S_ISDIR(info.st_mode) && (m_rules.hasExceptions())))
            return {};
        if (S_ISDIR(info.st_mode))
            return takeFolder(dir, name, path, info, out, depth);
        if (S_ISREG(info.st_mode))
            return add({path, ContextEntry::Kind::File, int(info.st_mode), info.st_size, info.st_mtim.tv_sec, {}});
        if (!S_ISLNK(info.st_mode)) {
            ++m_context.skipped;
            return {};
        }
        std::array<char, 4096> target{};
        const ssize_t length = readlinkat(dir, name.constData(), target.data(), target.size());
        if (length < 0)
            return errno == ENOENT ? Status() : unreadable(shown, errno);
        return add({path, ContextEntry::Kind::Link, 0777, 0, info.st_mtim.tv_sec, QByteArray(target.data(), length)});
    }

    Status takeFolder(int dir, const QByteArray &name, const QByteArray &path, const struct stat &info, bool out,
                      int depth)
    {
        const FileHandle below(TreeFiles::openEntry(dir, name));
        if (below.fd < 0)
            return errno == ENOENT ? Status() : unreadable(QFile::decodeName(path), errno);
        if (depth >= TreeFiles::maxDepth)
            return tooMuch();
        if (const Status added =
                out ? Status()
                    : add({path + '/', ContextEntry::Kind::Folder, int(info.st_mode), 0, info.st_mtim.tv_sec, {}});
            !added)
            return added;
        return folder(below.fd, path + '/', depth + 1);
    }

    Status add(const ContextEntry &entry)
    {
        if (m_context.entries.size() >= TreeFiles::maxEntries || entry.size > BuildContext::mostBytes - m_context.bytes)
            return tooMuch();
        m_context.bytes += entry.size;
        m_context.entries.append(entry);
        return {};
    }

    Error tooMuch() const
    {
        return contextError(
            ErrorKind::Invalid,
            SandboxWords::tr("%1 holds more than an image is built from here: %2 MB, %3 files, %4 folders "
                             "deep. Name what the build does not need in .dockerignore.")
                .arg(m_context.folder, QString::number(BuildContext::mostBytes / 1'000'000),
                     QString::number(TreeFiles::maxEntries), QString::number(TreeFiles::maxDepth)));
    }

    BuildContext &m_context;
    const std::atomic<bool> &m_stop;
    IgnoreRules m_rules;
    QSet<QString> m_kept; ///< whatever the rules say
};

Status sendFile(TarWriter &tar, int root, const ContextEntry &entry)
{
    const QString shown = QFile::decodeName(entry.name);
    const FileHandle source(openBelow(root, entry.name));
    struct stat info
    {
    };
    if (source.fd < 0 && errno == EACCES)
        return unreadable(shown, errno);
    if (source.fd < 0 || fstat(source.fd, &info) != 0 || !S_ISREG(info.st_mode))
        return changed(shown);
    std::array<char, 64 * 1024> buffer{};
    for (qint64 left = entry.size; left > 0;) {
        const ssize_t got = read(source.fd, buffer.data(), size_t(std::min<qint64>(left, qint64(buffer.size()))));
        if (got <= 0)
            return got < 0 ? unreadable(shown, errno) : changed(shown);
        if (!tar.data(buffer.data(), got))
            return contextError(ErrorKind::Network, SandboxWords::tr("The engine takes no more files."));
        left -= got;
    }
    return {};
}

} // namespace

Result<BuildContext> BuildContext::look(const QString &folder, const QString &file, const std::atomic<bool> &stop)
{
    BuildContext context;
    context.folder = QDir::cleanPath(QDir(folder).absolutePath());
    const FileHandle root(openFolder(context.folder));
    if (root.fd < 0)
        return contextError(ErrorKind::NotFound,
                            SandboxWords::tr("There is no folder %1 that can be read.").arg(context.folder));
    const auto found = containerfileIn(root.fd, context.folder, file);
    if (!found)
        return found.error();
    std::tie(context.file, context.text) = *found;
    ContextWalk walk(context, stop);
    if (const Status read = walk.readRules(root.fd); !read)
        return read.error();
    if (const Status walked = walk.folder(root.fd, {}, 0); !walked)
        return walked.error();
    return context;
}

Status BuildContext::send(const TarWriter::Sink &sink) const
{
    const FileHandle root(openFolder(folder));
    TarWriter tar(sink);
    for (const ContextEntry &entry : entries) {
        if (!tar.begin(entry))
            return contextError(ErrorKind::Network, SandboxWords::tr("The engine takes no more files."));
        if (entry.kind != ContextEntry::Kind::File)
            continue;
        if (const Status sent = sendFile(tar, root.fd, entry); !sent)
            return sent;
    }
    return tar.finish() ? Status()
                        : contextError(ErrorKind::Network, SandboxWords::tr("The engine takes no more files."));
}

} // namespace Flotilla
