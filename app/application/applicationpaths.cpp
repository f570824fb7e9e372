// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

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

/// Short, because a Unix socket's path has 107 bytes at most; one per store.
QString runtimeDir(const QString &data)
{
    const QByteArray hash = QCryptographicHash::hash(data.toUtf8(), QCryptographicHash::Sha256).toHex().left(8);
    const QString session = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const bool usable = !session.isEmpty() && session.size() < 40 && QFileInfo(session).isWritable();
    const QString base =
        usable ? session + QLatin1String("/flotilla") : QStringLiteral("/tmp/flotilla-%1").arg(getuid());
    return base + QLatin1Char('/') + QString::fromLatin1(hash);
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
