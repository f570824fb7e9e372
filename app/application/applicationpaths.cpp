// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace Flotilla {

namespace {

QString dataDir(const QString &option)
{
    QString dir = option.isEmpty() ? qEnvironmentVariable("FLOTILLA_DATA") : option;
    if (dir.isEmpty())
        dir = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QLatin1String("/flotilla");
    return QDir::cleanPath(QFileInfo(dir).absoluteFilePath());
}

bool isMemory(const QString &folder)
{
    struct statfs info = {};
    return ::statfs(QFile::encodeName(folder).constData(), &info) == 0 && info.f_type == TMPFS_MAGIC &&
           QFileInfo(folder).isWritable();
}

/// What a sandbox keeps there lives as long as it does: the session's folder, else a place in memory.
QString runtimeBase()
{
    const QString session = qEnvironmentVariable("XDG_RUNTIME_DIR");
    if (!session.isEmpty() && session.size() < 40 && QFileInfo(session).isWritable())
        return session + QLatin1String("/flotilla");
    const QString shared = QStringLiteral("/dev/shm");
    return QStringLiteral("%1/flotilla-%2").arg(isMemory(shared) ? shared : QStringLiteral("/tmp")).arg(getuid());
}

/// Short, because a Unix socket's path has 107 bytes at most; one per store.
QString runtimeDir(const QString &data)
{
    const QByteArray hash = QCryptographicHash::hash(data.toUtf8(), QCryptographicHash::Sha256).toHex().left(8);
    return runtimeBase() + QLatin1Char('/') + QString::fromLatin1(hash);
}

QString firstExisting(const QStringList &candidates)
{
    for (const QString &candidate : candidates) {
        if (QFileInfo::exists(candidate))
            return QFileInfo(candidate).canonicalFilePath();
    }
    return candidates.constFirst();
}

} // namespace

ApplicationPaths ApplicationPaths::resolve(const QString &dataOption)
{
    const QString bin = QCoreApplication::applicationDirPath();
    ApplicationPaths paths;
    paths.data = dataDir(dataOption);
    paths.runtime = runtimeDir(paths.data);
    paths.resources = firstExisting({bin + QLatin1String("/../share/flotilla"), QStringLiteral("/usr/share/flotilla")});
    paths.agent =
        firstExisting({bin + QLatin1String("/flotilla-agent"), bin + QLatin1String("/../libexec/flotilla-agent"),
                       bin + QLatin1String("/../bin/flotilla-agent")});
    return paths;
}

} // namespace Flotilla
