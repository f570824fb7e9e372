// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/treefiles.h"
#include "backends/hosts/ssh/bytepipe.h"
#include "backends/hosts/ssh/treestream.h"

#include <QCoreApplication>
#include <QFile>

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

/// Writes entries below one draft, which only this user can reach.
class Unpacker
{
public:
    Unpacker(BytePipe &pipe, const QString &name, TreeDraft &draft)
        : m_pipe(pipe)
        , m_shown(name)
        , m_top(QByteArrayList{".", QFile::encodeName(name)})
        , m_draft(draft)
        , m_archive(archive_read_new(), archive_read_free)
        , m_buffer(64 * 1024)
    {
        archive_read_support_format_tar(m_archive.get());
        const auto read = [](archive *, void *self, const void **bytes) -> la_ssize_t {
            auto *unpacker = static_cast<Unpacker *>(self);
            *bytes = unpacker->m_buffer.data();
            return unpacker->m_pipe.waitAndRead(unpacker->m_buffer.data(), qsizetype(unpacker->m_buffer.size()));
        };
        archive_read_open(m_archive.get(), this, nullptr, read, nullptr);
    }

    Status run()
    {
        archive_entry *entry = nullptr;
        int entries = 0;
        for (;;) {
            const int code = archive_read_next_header(m_archive.get(), &entry);
            if (code == ARCHIVE_EOF && entries > 0)
                return untilTheEnd();
            if (code != ARCHIVE_OK)
                return broken();
            if (++entries > TreeFiles::maxEntries)
                return TreeFiles::refusedError(m_shown);
            if (Status taken = take(entry); !taken)
                return taken;
        }
    }

private:
    struct Folder
    {
        QByteArrayList path;
        mode_t mode;
    };

    Status take(archive_entry *entry)
    {
        QByteArrayList path;
        const QString shown = QFile::decodeName(archive_entry_pathname(entry));
        if (!split(archive_entry_pathname(entry), path))
            return TreeFiles::refusedError(shown);
        const mode_t mode = archive_entry_perm(entry) & 0777;
        if (const char *source = archive_entry_hardlink(entry))
            return copyLinked(source, path, mode, shown);
        if (archive_entry_filetype(entry) == AE_IFDIR)
            return makeFolder(path, mode, shown);
        if (archive_entry_filetype(entry) != AE_IFREG)
            return TreeFiles::refusedError(shown);
        const Status counted = TreeFiles::count(m_bytes, archive_entry_size(entry), shown);
        return counted ? writeFile(path, mode, shown) : counted;
    }

    /// "./NAME/a/b" -> draft, a, b. False for anything that could lead elsewhere.
    bool split(const char *name, QByteArrayList &path) const
    {
        QByteArray text(name ? name : "");
        if (text.endsWith('/'))
            text.chop(1);
        const QByteArrayList parts = text.split('/');
        if (parts.mid(0, 2) != m_top || parts.size() > TreeFiles::maxDepth + 2)
            return false;
        path = {m_draft.name()};
        for (const QByteArray &part : parts.mid(2)) {
            if (part.isEmpty() || part == "." || part == "..")
                return false;
            path.append(part);
        }
        return true;
    }

    /// The open folder that holds the last part of `path`. No link on the way, because only we make entries here.
    int parentOf(const QByteArrayList &path) const
    {
        int dir = dup(m_draft.folder());
        for (qsizetype i = 0; i + 1 < path.size() && dir >= 0; ++i) {
            const int next = openat(dir, path.at(i).constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
            ::close(dir);
            dir = next;
        }
        return dir;
    }

    Status makeFolder(const QByteArrayList &path, mode_t mode, const QString &shown)
    {
        const FileHandle parent(parentOf(path));
        if (parent.fd < 0 || mkdirat(parent.fd, path.last().constData(), 0700) != 0)
            return TreeFiles::copyError(errno, shown);
        m_folders.push_back({path, mode});
        return {};
    }

    Status writeFile(const QByteArrayList &path, mode_t mode, const QString &shown)
    {
        const FileHandle target(create(path));
        if (target.fd < 0)
            return TreeFiles::copyError(errno, shown);
        for (;;) {
            const void *bytes = nullptr;
            size_t size = 0;
            la_int64_t offset = 0;
            const int code = archive_read_data_block(m_archive.get(), &bytes, &size, &offset);
            if (code == ARCHIVE_EOF)
                return fchmod(target.fd, mode) == 0 ? Status() : TreeFiles::copyError(errno, shown);
            if (code != ARCHIVE_OK)
                return broken();
            if (pwrite(target.fd, bytes, size, offset) != ssize_t(size))
                return TreeFiles::copyError(errno ? errno : ENOSPC, shown);
        }
    }

    int create(const QByteArrayList &path) const
    {
        const FileHandle parent(parentOf(path));
        return openat(parent.fd, path.last().constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    }

    /// tar sends a second name of the same file as a link to the first: two files here.
    Status copyLinked(const char *name, const QByteArrayList &path, mode_t mode, const QString &shown)
    {
        QByteArrayList from;
        if (!split(name, from))
            return TreeFiles::refusedError(shown);
        const FileHandle parent(parentOf(from));
        const FileHandle source(openat(parent.fd, from.last().constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
        struct stat info
        {
        };
        if (const Status looked = TreeFiles::look(source, shown, info); !looked)
            return looked;
        if (const Status counted = TreeFiles::count(m_bytes, info.st_size, shown); !counted)
            return counted;
        const FileHandle target(create(path));
        if (target.fd < 0)
            return TreeFiles::copyError(errno, shown);
        std::vector<char> buffer(64 * 1024);
        for (;;) {
            const ssize_t size = read(source.fd, buffer.data(), buffer.size());
            if (size == 0)
                return fchmod(target.fd, mode) == 0 ? Status() : TreeFiles::copyError(errno, shown);
            if (size < 0 || write(target.fd, buffer.data(), size_t(size)) != size)
                return TreeFiles::copyError(errno, shown);
        }
    }

    /// At the end, innermost first: a folder that may not be written could not be filled.
    Status setFolderModes()
    {
        for (auto folder = m_folders.rbegin(); folder != m_folders.rend(); ++folder) {
            const FileHandle parent(parentOf(folder->path));
            if (fchmodat(parent.fd, folder->path.last().constData(), folder->mode, 0) != 0)
                return TreeFiles::copyError(errno, m_shown);
        }
        return {};
    }

    /// What tar could not read it tells at the end.
    Status untilTheEnd()
    {
        qsizetype size = 0;
        do {
            size = m_pipe.waitAndRead(m_buffer.data(), qsizetype(m_buffer.size()));
        } while (size > 0);
        return size == 0 ? setFolderModes() : Status(broken());
    }

    Error broken() const
    {
        if (const auto error = m_pipe.error())
            return *error;
        return {ErrorKind::Protocol, QCoreApplication::translate("Hosts", "%1 could not be copied.").arg(m_shown),
                QString::fromUtf8(archive_error_string(m_archive.get()))};
    }

    BytePipe &m_pipe;
    QString m_shown;
    QByteArrayList m_top;
    TreeDraft &m_draft;
    std::unique_ptr<archive, int (*)(archive *)> m_archive;
    std::vector<char> m_buffer;
    std::vector<Folder> m_folders;
    qint64 m_bytes = 0;
};

} // namespace

Status TreeStream::unpack(BytePipe &pipe, const QString &name, const QString &path)
{
    TreeDraft draft(path);
    if (!draft.ready())
        return draft.ready();
    Status done = Unpacker(pipe, name, draft).run();
    return done ? draft.commit() : done;
}

} // namespace Flotilla
