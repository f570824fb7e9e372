// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/appimport.h"

#include "backends/projects/importfiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QThreadPool>

#include <archive.h>
#include <archive_entry.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla::AppImport {

namespace {

/// lupdate takes the namespace for the context.
QString tr(const char *text)
{
    return QCoreApplication::translate("Flotilla::AppImport", text);
}

const QStringList &suffixes()
{
    static const QStringList all{QStringLiteral(".zip"), QStringLiteral(".tar"), QStringLiteral(".tar.gz"),
                                 QStringLiteral(".tgz")};
    return all;
}

/// "Harbour habits (2).zip" is "Harbour habits".
QString titleOf(const QFileInfo &file)
{
    static const QRegularExpression copy(QStringLiteral("\\s*\\(\\d+\\)$"));
    QString name = file.fileName();
    for (const QString &suffix : suffixes())
        if (!file.isDir() && name.endsWith(suffix, Qt::CaseInsensitive))
            name.chop(suffix.size());
    name = name.remove(copy).simplified().left(80);
    return name.isEmpty() ? tr("Imported app") : name;
}

/// A regular file, open for reading; never waits for the other end of a pipe.
class OpenFile
{
public:
    explicit OpenFile(const QString &path, int flags = 0)
        : m_fd(::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags))
    {
        struct stat info = {};
        if (m_fd >= 0 && ::fstat(m_fd, &info) == 0 && S_ISREG(info.st_mode))
            m_size = info.st_size;
    }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;
    ~OpenFile()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    int fd() const { return m_fd; }
    qint64 size() const { return m_size; } ///< less than 0: it cannot be read

private:
    int m_fd;
    qint64 m_size = -1;
};

Status addEntry(ImportFiles &files, archive *from, archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    const QString path = name ? QString::fromUtf8(name) : QString();
    if (!name || path.contains(QChar::ReplacementCharacter))
        return files.notAllowed(QString::fromUtf8(archive_entry_pathname(entry)), QStringLiteral("Not UTF-8."));
    if (archive_entry_hardlink(entry))
        return files.linked(path);
    if (archive_entry_filetype(entry) == AE_IFDIR)
        return {};
    if (archive_entry_filetype(entry) != AE_IFREG)
        return files.belongsToTools(path) ? (files.leaveOut(), Status()) : Status(files.linked(path));
    return files.add(path, [from](char *bytes, qint64 size) { return archive_read_data(from, bytes, size_t(size)); });
}

Status addArchive(ImportFiles &files, int fd)
{
    const std::unique_ptr<archive, int (*)(archive *)> from(archive_read_new(), archive_read_free);
    archive_read_support_format_zip(from.get());
    archive_read_support_format_tar(from.get());
    archive_read_support_filter_gzip(from.get());
    const auto damaged = [&] {
        const char *why = archive_error_string(from.get());
        return files.refused(tr("it is damaged, or neither a zip nor a tar archive."),
                             QString::fromUtf8(why).left(200));
    };
    if (archive_read_open_fd(from.get(), fd, 64 * 1024) != ARCHIVE_OK)
        return damaged();
    for (archive_entry *entry = nullptr;;) {
        const int code = archive_read_next_header(from.get(), &entry);
        if (code == ARCHIVE_EOF)
            return {};
        if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
            return damaged();
        if (const Status counted = files.countEntry(); !counted)
            return counted;
        if (const Status added = addEntry(files, from.get(), entry); !added)
            return added;
    }
}

Status addFile(ImportFiles &files, const QString &file, const QString &path)
{
    const OpenFile open(file, O_NOFOLLOW);
    if (open.size() < 0)
        return files.linked(path);
    return files.add(path, [&open](char *bytes, qint64 size) { return ::read(open.fd(), bytes, size_t(size)); });
}

/// Below `dir`, whose path in the app is `below` (empty, or ends with a slash). No link is followed.
Status addFolder(ImportFiles &files, const QString &dir, const QString &below)
{
    constexpr auto all = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    for (QDirIterator entries(dir, all); entries.hasNext();) {
        const QFileInfo entry(entries.next());
        const QString path = below + entry.fileName();
        if (const Status counted = files.countEntry(); !counted)
            return counted;
        if (files.belongsToTools(path)) {
            files.leaveOut();
            continue;
        }
        if (entry.isSymLink())
            return files.linked(path);
        const bool deeper = entry.isDir();
        if (deeper && pathProblem(path))
            return files.notAllowed(path);
        const Status added = deeper ? addFolder(files, entry.filePath(), path + QLatin1Char('/'))
                                    : addFile(files, entry.filePath(), path);
        if (!added)
            return added;
    }
    return {};
}

Status addAll(ImportFiles &files, const QString &path, const ImportLimits &limits)
{
    if (QFileInfo(path).isDir())
        return addFolder(files, path, {});
    const OpenFile file(path);
    if (file.size() < 0)
        return Error{ErrorKind::NotFound, tr("The file %1 cannot be read.").arg(path), {}};
    if (file.size() > limits.archiveBytes)
        return files.refused(tr("it is larger than %1 MB.").arg(limits.archiveBytes / (1024 * 1024)));
    return addArchive(files, file.fd());
}

} // namespace

bool canRead(const QString &path)
{
    return QFileInfo(path).isDir() || std::any_of(suffixes().begin(), suffixes().end(), [&path](const QString &suffix) {
               return path.endsWith(suffix, Qt::CaseInsensitive);
           });
}

Result<ImportedApp> readNow(const QString &path, ImportProgress &progress, const ImportLimits &limits)
{
    const QFileInfo info(QDir::cleanPath(QFileInfo(path).absoluteFilePath()));
    ImportFiles files(info.fileName(), progress, limits);
    if (const Status added = addAll(files, info.filePath(), limits); !added)
        return added.error();
    return files.take(titleOf(info));
}

Future<ImportedApp> read(const QString &path, std::shared_ptr<ImportProgress> progress)
{
    auto promise = std::make_shared<QPromise<Result<ImportedApp>>>();
    promise->start();
    const auto future = promise->future();
    QThreadPool::globalInstance()->start([path, promise, progress] {
        ImportProgress own;
        promise->addResult(readNow(path, progress ? *progress : own));
        promise->finish();
    });
    return future;
}

} // namespace Flotilla::AppImport
