// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/privatefolder.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

#include <cerrno>
#include <cstring>

#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

Error unusable(const QString &path, const QString &detail)
{
    return {ErrorKind::Forbidden,
            QCoreApplication::translate("Hosts", "The folder %1 is not safe to use: another user could change it. "
                                                 "Remove it, or set XDG_RUNTIME_DIR to a folder of your own.")
                .arg(path),
            detail};
}

/// Root and we may own it; others may write only where the sticky bit protects what is inside.
Status checkFolder(const QString &path)
{
    struct stat info
    {
    };
    if (lstat(QFile::encodeName(path).constData(), &info) != 0)
        return Error{ErrorKind::Storage,
                     QCoreApplication::translate("Hosts", "The folder %1 could not be created.").arg(path),
                     QString::fromLocal8Bit(std::strerror(errno))};
    if (S_ISLNK(info.st_mode)) // as trustworthy as the folder it is in, which is checked before; what it leads to:
        return ::stat(QFile::encodeName(path).constData(), &info) == 0 && (info.st_uid == 0 || info.st_uid == geteuid())
                   ? Status()
                   : unusable(path, QStringLiteral("link to a folder of another user"));
    if (info.st_uid != 0 && info.st_uid != geteuid())
        return unusable(path, QStringLiteral("owner is %1").arg(info.st_uid));
    if ((info.st_mode & 022) != 0 && (info.st_mode & S_ISVTX) == 0)
        return unusable(path, QStringLiteral("mode is %1").arg(info.st_mode & 07777, 0, 8));
    return {};
}

} // namespace

Status makePrivateFolder(const QString &path)
{
    QString built;
    const QStringList parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        built += QLatin1Char('/') + part;
        mkdir(QFile::encodeName(built).constData(), 0700); // that it was there already is fine; it is checked below
        if (const Status good = checkFolder(built); !good)
            return good;
    }
    struct stat info
    {
    };
    if (lstat(QFile::encodeName(path).constData(), &info) != 0 || !S_ISDIR(info.st_mode) || info.st_uid != geteuid())
        return unusable(path, QStringLiteral("not a folder of this user"));
    return {};
}

} // namespace Flotilla
