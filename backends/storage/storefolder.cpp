// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/storefolder.h"

#include "backends/storage/connection.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

const char *whyNotWritten(int code)
{
    switch (code) {
    case ENOSPC:
    case EDQUOT:
        return QT_TRANSLATE_NOOP("Storage", "The disk that holds %1 is full. Free some space, then try again.");
    case EROFS:
        return QT_TRANSLATE_NOOP("Storage", "The disk that holds %1 can only be read. Make it writable, or start "
                                            "Flotilla with --data and another folder.");
    default:
        return QT_TRANSLATE_NOOP("Storage", "Flotilla cannot write to %1. Check the folder's permissions.");
    }
}

} // namespace

Error StoreFolder::cannotWrite(const QString &path, int code)
{
    const bool full = code == ENOSPC || code == EDQUOT;
    return {full ? ErrorKind::DiskFull : ErrorKind::Storage,
            QCoreApplication::translate("Storage", whyNotWritten(code)).arg(path),
            QString::fromLocal8Bit(std::strerror(code))};
}

Status StoreFolder::prepare() const
{
    const QFileInfo info(m_dir);
    if (info.isDir())
        return {};
    QDir().mkpath(info.absolutePath());
    if (::mkdir(QFile::encodeName(m_dir).constData(), 0700) != 0 && errno != EEXIST)
        return cannotWrite(m_dir, errno);
    return {};
}

Status StoreFolder::createFile(const QString &file) const
{
    const int descriptor =
        ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return cannotWrite(m_dir, errno);
    ::close(descriptor);
    return {};
}

Result<bool> StoreFolder::ensureFile() const
{
    if (QFileInfo::exists(database()))
        return false;
    if (const Status created = createFile(database()); !created)
        return created.error();
    return true;
}

bool StoreFolder::headerLooksRight() const
{
    QFile file(database());
    if (!file.open(QIODevice::ReadOnly))
        return true; // not damage: opening it will say what is wrong
    if (file.size() == 0)
        return QFileInfo(database() + QStringLiteral("-wal")).size() == 0;
    static const QByteArray magic("SQLite format 3\0", 16);
    return file.read(16) == magic;
}

bool StoreFolder::logLooksRight() const
{
    QFile file(database() + QStringLiteral("-wal"));
    if (!file.open(QIODevice::ReadOnly))
        return true; // there is none, or opening the store will say what is wrong
    const QByteArray start = file.read(4);
    static const QByteArray magic("\x37\x7f\x06", 3);
    return start.count('\0') == start.size() || start.startsWith(magic); // zeros: it was made and not yet written
}

Result<QString> StoreFolder::setAside() const
{
    const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-hhmmss-zzz"));
    const QString target = m_dir + QStringLiteral("/damaged-") + stamp;
    if (::mkdir(QFile::encodeName(target).constData(), 0700) != 0)
        return cannotWrite(m_dir, errno);
    for (const char *suffix :
         {"-wal", "-shm", ""}) { // the database last: until then the next start finds it damaged again
        const QString name = QStringLiteral("flotilla.db") + QLatin1String(suffix);
        const QByteArray from = QFile::encodeName(m_dir + QLatin1Char('/') + name);
        const QByteArray to = QFile::encodeName(target + QLatin1Char('/') + name);
        if (::rename(from.constData(), to.constData()) != 0 && errno != ENOENT)
            return cannotWrite(m_dir, errno);
    }
    return target;
}

QByteArray StoreFolder::fingerprint() const
{
    struct stat info = {};
    if (::stat(QFile::encodeName(database()).constData(), &info) != 0)
        return {};
    const auto nanoseconds = [](const timespec &time) {
        return QByteArray::number(qint64(time.tv_sec) * 1'000'000'000 + time.tv_nsec);
    };
    return "file " + QByteArray::number(qint64(info.st_size)) + ' ' + QByteArray::number(quint64(info.st_ino)) + ' ' +
           nanoseconds(info.st_mtim) + ' ' + nanoseconds(info.st_ctim);
}

bool StoreFolder::isAsRemembered() const
{
    QFile file(stateFile());
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray state = file.read(200);
    return !state.isEmpty() && state == fingerprint();
}

void StoreFolder::forget() const
{
    QFile::remove(stateFile());
}

void StoreFolder::remember() const
{
    const QByteArray name = QFile::encodeName(stateFile());
    const int descriptor = ::open(name.constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return; // the next start checks everything
    const QByteArray state = fingerprint();
    [[maybe_unused]] const ssize_t written = ::write(descriptor, state.constData(), static_cast<size_t>(state.size()));
    ::close(descriptor);
}

} // namespace Flotilla
