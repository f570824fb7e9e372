// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/importfiles.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

constexpr qint64 pieceBytes = 64 * 1024;

class ImportWords
{
    Q_DECLARE_TR_FUNCTIONS(Import)
};

/// How a name from outside may be shown: one line, short.
QString shown(const QString &name)
{
    QString text = name.left(80);
    for (QChar &c : text)
        if (!c.isPrint())
            c = QLatin1Char('?');
    return text;
}

} // namespace

ImportFiles::ImportFiles(QString source, ImportProgress &progress, const ImportLimits &limits)
    : m_source(std::move(source))
    , m_progress(progress)
    , m_limits(limits)
{
}

Error ImportFiles::refused(const QString &why, const QString &detail) const
{
    return {ErrorKind::Invalid, ImportWords::tr("“%1” was not imported: %2").arg(shown(m_source), why), detail};
}

Error ImportFiles::notAllowed(const QString &path, const QString &detail) const
{
    return refused(ImportWords::tr("“%1” in it cannot be a file of an app.").arg(shown(path)), detail);
}

Error ImportFiles::linked(const QString &path) const
{
    return refused(
        ImportWords::tr("“%1” in it is a link or a device. Replace it by the file itself.").arg(shown(path)));
}

Status ImportFiles::countEntry()
{
    if (m_progress.cancelled)
        return Error{ErrorKind::Cancelled, {}, {}};
    if (++m_entries > m_limits.entries)
        return refused(ImportWords::tr("it holds more than %1 files.").arg(m_limits.entries));
    return {};
}

bool ImportFiles::belongsToTools(const QString &path) const
{
    static const QStringList folders{QStringLiteral("node_modules"), QStringLiteral("__MACOSX")};
    static const QStringList files{QStringLiteral(".DS_Store"), QStringLiteral("Thumbs.db")};
    const QStringList parts = path.split(QLatin1Char('/'));
    return isOfGit(path) || files.contains(parts.last()) ||
           std::any_of(parts.begin(), parts.end(), [](const QString &part) { return folders.contains(part); });
}

Result<QByteArray> ImportFiles::contentOf(const QString &path, const Source &content, bool keep)
{
    QByteArray bytes;
    QByteArray piece(pieceBytes, Qt::Uninitialized);
    for (;;) {
        const qint64 count = content(piece.data(), piece.size());
        if (count == 0)
            return bytes;
        if (count < 0)
            return refused(ImportWords::tr("“%1” in it cannot be read.").arg(shown(path)));
        if (m_progress.cancelled)
            return Error{ErrorKind::Cancelled, {}, {}};
        if ((m_progress.bytes += count) > m_limits.unpackedBytes)
            return refused(ImportWords::tr("it is too large when it is unpacked."));
        if (!keep)
            continue;
        bytes += piece.left(count);
        if (bytes.size() > WorkspaceLimits().fileBytes)
            return refused(ImportWords::tr("“%1” in it is larger than %2 MB.")
                               .arg(shown(path))
                               .arg(WorkspaceLimits().fileBytes / (1024 * 1024)));
    }
}

Status ImportFiles::add(const QString &path, const Source &content)
{
    const bool keep = !belongsToTools(path);
    if (const auto problem = placeProblem(path))
        return notAllowed(path, *problem);
    if (keep && m_workspace.contains(path))
        return notAllowed(path, QStringLiteral("The name occurs twice."));
    const auto bytes = contentOf(path, content, keep);
    if (!bytes)
        return bytes.error();
    if (!keep) {
        leaveOut();
        return {};
    }
    const Status written = m_workspace.write(path, *bytes);
    return written
               ? written
               : Status(refused(ImportWords::tr("an app takes at most %1 files and %2 MB, and no file and folder of "
                                                "the same name.")
                                    .arg(WorkspaceLimits().files)
                                    .arg(WorkspaceLimits().totalBytes / (1024 * 1024)),
                                written.error().text));
}

/// An archive of a folder holds everything in that folder. False: it does not.
bool ImportFiles::dropTopFolder(FileMap &files)
{
    const QString top =
        files.isEmpty() ? QString() : files.keyBegin()->section(QLatin1Char('/'), 0, 0) + QLatin1Char('/');
    FileMap inner;
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        if (!file.key().startsWith(top))
            return false;
        inner.insert(file.key().mid(top.size()), file.value());
    }
    files = inner;
    return true;
}

Result<ImportedApp> ImportFiles::take(const QString &title)
{
    FileMap files = m_workspace.files();
    if (files.isEmpty())
        return refused(ImportWords::tr("it holds no files."));
    while (!Workspace(files).kind())
        if (!dropTopFolder(files))
            return refused(ImportWords::tr("it holds no app. There has to be src/App.tsx, index.html, or an app.json "
                                           "with a start command."));
    return ImportedApp{title, m_source, files, m_leftOut};
}

} // namespace Flotilla
