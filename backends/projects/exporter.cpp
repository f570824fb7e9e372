// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/exporter.h"

#include "backends/projects/workspace.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QDir>
#include <QPromise>
#include <QRegularExpression>
#include <QSaveFile>
#include <QThreadPool>

#include <array>

namespace Flotilla::Exporter {

namespace {

/// lupdate takes the namespace for the context.
QString tr(const char *text)
{
    return QCoreApplication::translate("Flotilla", text);
}

bool isSafe(const QString &path)
{
    return !path.isEmpty() && !path.startsWith(QLatin1Char('/')) && !path.contains(QLatin1Char('\\')) &&
           !path.split(QLatin1Char('/')).contains(QStringLiteral("..")) && QDir::cleanPath(path) == path;
}

Status checkPaths(const FileMap &files)
{
    for (auto it = files.keyBegin(); it != files.keyEnd(); ++it) {
        if (!isSafe(*it))
            return Error{ErrorKind::Invalid, tr("The file name %1 is not allowed; nothing was exported.").arg(*it), {}};
    }
    return {};
}

/// Versions of before such names were refused may hold some.
FileMap withoutGit(FileMap files)
{
    files.removeIf([](const FileMap::iterator &file) { return isOfGit(file.key()); });
    return files;
}

Error notWritten(const QFileDevice &file)
{
    return {ErrorKind::Storage, tr("%1 could not be written: %2.").arg(file.fileName(), file.errorString()), {}};
}

/// A device or a pipe, which no new file may take the place of.
Status writeInto(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write(content) == content.size())
        return {};
    return notWritten(file);
}

Status writeFile(const QString &path, const QByteArray &content)
{
    if (const QFileInfo info(path); info.exists() && !info.isFile() && !info.isDir())
        return writeInto(path, content);
    QSaveFile file(path);
    if (QDir().mkpath(QFileInfo(path).path()) && file.open(QIODevice::WriteOnly) &&
        file.write(content) == content.size() && file.flush() && file.commit())
        return {};
    return notWritten(file);
}

Result<QString> writeFolder(const FileMap &files, const QString &folder, const QString &name)
{
    if (const Status safe = checkPaths(files); !safe)
        return safe.error();
    QString target = folder + QLatin1Char('/') + name;
    for (int i = 2; QFileInfo::exists(target); ++i)
        target = QStringLiteral("%1/%2 (%3)").arg(folder, name).arg(i);
    for (auto it = files.begin(); it != files.end(); ++it) {
        if (const Status written = writeFile(target + QLatin1Char('/') + it.key(), it.value()); !written)
            return written.error();
    }
    return target;
}

Result<QString> writeZip(const FileMap &files, const QString &file)
{
    if (const Status safe = checkPaths(files); !safe)
        return safe.error();
    if (const Status written = writeFile(file, zip(files)); !written)
        return written.error();
    return file;
}

template <typename Work>
Future<QString> onPool(Work work)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, work] {
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

quint32 crc32(const QByteArray &data)
{
    static const auto table = [] {
        std::array<quint32, 256> values{};
        for (quint32 i = 0; i < 256; ++i) {
            quint32 value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = (value >> 1) ^ ((value & 1) ? 0xEDB88320U : 0U);
            values[i] = value;
        }
        return values;
    }();
    quint32 crc = 0xFFFFFFFFU;
    for (const char byte : data)
        crc = table[(crc ^ quint8(byte)) & 0xFF] ^ (crc >> 8);
    return ~crc;
}

constexpr quint16 ZipVersion = 20, Utf8Names = 0x0800, ZipDate = 0x21; // 1 January 1980

/// The fields that the local and the central header share, from "version needed" on.
void writeCommon(QDataStream &out, const QByteArray &name, const QByteArray &content, quint32 crc)
{
    out << ZipVersion << Utf8Names << quint16(0) << quint16(0) << ZipDate << crc << quint32(content.size())
        << quint32(content.size()) << quint16(name.size()) << quint16(0);
}

} // namespace

QByteArray zip(const FileMap &files)
{
    QByteArray archive, directory;
    QDataStream out(&archive, QIODevice::WriteOnly), index(&directory, QIODevice::WriteOnly);
    out.setByteOrder(QDataStream::LittleEndian);
    index.setByteOrder(QDataStream::LittleEndian);
    QStringList paths = files.keys();
    paths.sort();
    for (const QString &path : std::as_const(paths)) {
        const QByteArray name = path.toUtf8();
        const QByteArray content = files.value(path);
        const quint32 offset = quint32(archive.size());
        const quint32 crc = crc32(content);
        out << quint32(0x04034b50);
        writeCommon(out, name, content, crc);
        out.writeRawData(name.constData(), int(name.size()));
        out.writeRawData(content.constData(), int(content.size()));
        index << quint32(0x02014b50) << ZipVersion;
        writeCommon(index, name, content, crc);
        index << quint16(0) << quint16(0) << quint16(0) << quint32(0) << offset;
        index.writeRawData(name.constData(), int(name.size()));
    }
    const quint32 start = quint32(archive.size());
    out.writeRawData(directory.constData(), int(directory.size()));
    out << quint32(0x06054b50) << quint16(0) << quint16(0) << quint16(paths.size()) << quint16(paths.size())
        << quint32(directory.size()) << start << quint16(0);
    return archive;
}

QString fileName(const QString &title)
{
    static const QRegularExpression unsafe(QStringLiteral("[^\\w .-]+"),
                                           QRegularExpression::UseUnicodePropertiesOption);
    QString name = title;
    name = name.replace(unsafe, QStringLiteral(" ")).simplified().left(60);
    while (!name.isEmpty() && QStringLiteral(". -").contains(name.front())) // hidden, or read as an option
        name.remove(0, 1);
    return name.isEmpty() ? QStringLiteral("app") : name;
}

Future<QString> toFolder(const FileMap &files, const QString &folder, const QString &name)
{
    return onPool([=] { return writeFolder(withoutGit(files), folder, name); });
}

Future<QString> toZip(const FileMap &files, const QString &file)
{
    return onPool([=] { return writeZip(withoutGit(files), file); });
}

} // namespace Flotilla::Exporter
