// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/treefiles.h"
#include "backends/hosts/ssh/bytepipe.h"
#include "backends/hosts/ssh/treestream.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

/// The part of a stream that the other side has already, and whether it is the same there.
class Skipped
{
public:
    explicit Skipped(const TreeStream::Beginning &there)
        : m_there(there)
        , m_left(there.bytes)
    {
    }
    /// How many of these bytes need not be sent.
    std::size_t take(const char *bytes, std::size_t size)
    {
        const auto known = std::min(qint64(size), m_left);
        m_left -= known;
        if (known > 0)
            m_hash.addData(QByteArrayView(bytes, known));
        m_differs = m_differs || (known > 0 && m_left == 0 && m_hash.result() != m_there.digest);
        return std::size_t(known);
    }
    bool differs() const { return m_differs; }
    bool isOver() const { return m_left == 0; }

private:
    TreeStream::Beginning m_there;
    qint64 m_left;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    bool m_differs = false;
};

class Packer
{
public:
    Packer(BytePipe &pipe, std::function<void(qint64)> sent, const TreeStream::Beginning &there)
        : m_pipe(pipe)
        , m_sent(std::move(sent))
        , m_skipped(there)
        , m_archive(archive_write_new(), archive_write_free)
        , m_entry(archive_entry_new(), archive_entry_free)
        , m_buffer(128 * 1024)
    {
        archive_write_set_format_gnutar(m_archive.get()); // long names that busybox reads as well
        archive_write_set_bytes_per_block(m_archive.get(), 64 * 1024);
        const auto write = [](archive *, void *self, const void *bytes, size_t size) -> la_ssize_t {
            return static_cast<Packer *>(self)->write(static_cast<const char *>(bytes), size) ? la_ssize_t(size) : -1;
        };
        archive_write_open(m_archive.get(), this, nullptr, write, nullptr);
    }

    Status add(int dir, const QByteArray &name, const QByteArray &stored, const QString &shown, int depth = 0)
    {
        struct stat info
        {
        };
        const FileHandle source(TreeFiles::openEntry(dir, name));
        if (source.fd < 0 && errno == ENOENT)
            return depth == 0 ? Status(TreeFiles::missingError(shown)) : Status(); // it went meanwhile
        if (const Status looked = TreeFiles::look(source, shown, info); !looked)
            return looked;
        const bool plain = S_ISDIR(info.st_mode) || S_ISREG(info.st_mode);
        if (!plain || ++m_entries > TreeFiles::maxEntries || depth > TreeFiles::maxDepth)
            return TreeFiles::refusedError(shown);
        if (const Status counted = TreeFiles::count(m_counted, S_ISREG(info.st_mode) ? info.st_size : 0, shown);
            !counted)
            return counted;
        if (!header(stored, info))
            return streamBroke(shown);
        return S_ISDIR(info.st_mode) ? addFolder(source.fd, stored, shown, depth)
                                     : addFile(source.fd, info.st_size, shown);
    }

    Status finish(const QString &shown)
    {
        struct stat info
        {
        };
        info.st_mode = S_IFREG | 0600;
        const bool written = header("done", info) && archive_write_close(m_archive.get()) == ARCHIVE_OK;
        if (!written || !m_skipped.isOver())
            return streamBroke(shown);
        m_pipe.closeWriting();
        return {};
    }

private:
    bool write(const char *bytes, std::size_t size)
    {
        const std::size_t known = m_skipped.take(bytes, size);
        return !m_skipped.differs() && (known == size || m_pipe.waitAndWrite(bytes + known, qsizetype(size - known)));
    }

    Error streamBroke(const QString &path) const
    {
        if (const auto error = m_pipe.error())
            return *error;
        const bool differs = m_skipped.differs() || !m_skipped.isOver();
        return {differs ? ErrorKind::Conflict : ErrorKind::Storage,
                QCoreApplication::translate("Hosts", "%1 could not be copied.").arg(path),
                {}};
    }

    bool header(const QByteArray &stored, const struct stat &info)
    {
        archive_entry *entry = archive_entry_clear(m_entry.get());
        archive_entry_copy_pathname(entry, stored.constData());
        archive_entry_set_filetype(entry, info.st_mode & S_IFMT);
        archive_entry_set_perm(entry, info.st_mode & 0777);
        archive_entry_set_size(entry, S_ISREG(info.st_mode) ? info.st_size : 0);
        archive_entry_set_mtime(entry, info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
        return archive_write_header(m_archive.get(), entry) == ARCHIVE_OK;
    }

    Status addFolder(int dir, const QByteArray &stored, const QString &shown, int depth)
    {
        QByteArrayList names = TreeFiles::namesIn(dir);
        std::sort(names.begin(), names.end());
        for (const QByteArray &name : std::as_const(names)) {
            const QString below = shown + QLatin1Char('/') + QFile::decodeName(name);
            if (Status added = add(dir, name, stored + '/' + name, below, depth + 1); !added)
                return added;
        }
        return {};
    }

    /// A file that grows meanwhile is cut, one that shrinks is an error.
    Status addFile(int fd, qint64 size, const QString &shown)
    {
        for (qint64 left = size; left > 0;) {
            const ssize_t got = read(fd, m_buffer.data(), std::min(m_buffer.size(), size_t(left)));
            if (got <= 0)
                return TreeFiles::copyError(got < 0 ? errno : EIO, shown);
            if (archive_write_data(m_archive.get(), m_buffer.data(), size_t(got)) != got)
                return streamBroke(shown);
            left -= got;
            m_bytes += got;
            if (m_sent)
                m_sent(m_bytes);
        }
        return {};
    }

    BytePipe &m_pipe;
    std::function<void(qint64)> m_sent;
    Skipped m_skipped;
    qint64 m_bytes = 0;
    qint64 m_counted = 0;
    std::unique_ptr<archive, int (*)(archive *)> m_archive;
    std::unique_ptr<archive_entry, void (*)(archive_entry *)> m_entry;
    std::vector<char> m_buffer;
    int m_entries = 0;
};

} // namespace

Status TreeStream::pack(const QString &path, BytePipe &pipe, const std::function<void(qint64)> &sent,
                        const Beginning &there)
{
    if (!QDir::isAbsolutePath(path))
        return TreeFiles::refusedError(path);
    Packer packer(pipe, sent, there);
    Status packed = packer.add(AT_FDCWD, QFile::encodeName(QDir::cleanPath(path)), "new", path);
    return packed ? packer.finish(path) : packed;
}

} // namespace Flotilla
