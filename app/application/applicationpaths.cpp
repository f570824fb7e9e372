// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#include <algorithm>

#include <linux/magic.h>
#include <sys/stat.h>
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

/// Large enough for the sockets and labels of 10,000 sandboxes.
bool isLargeMemory(const QString &folder)
{
    constexpr quint64 least = 512ull << 20;
    struct statfs info = {};
    return ::statfs(QFile::encodeName(folder).constData(), &info) == 0 && info.f_type == TMPFS_MAGIC &&
           quint64(info.f_blocks) * quint64(info.f_bsize) >= least;
}

/// Where it may be, the best first: what lies there lives as long as the sandboxes, so memory before disk.
QStringList runtimeBases()
{
    QStringList bases;
    const QString user = QString::number(getuid());
    for (const QString &session : {qEnvironmentVariable("XDG_RUNTIME_DIR"), QLatin1String("/run/user/") + user}) {
        if (!session.isEmpty() && session.size() < 40 && QFileInfo(session).isWritable())
            bases.append(session + QLatin1String("/flotilla"));
    }
    if (const QString shared = QStringLiteral("/dev/shm"); isLargeMemory(shared) && QFileInfo(shared).isWritable())
        bases.append(shared + QLatin1String("/flotilla-") + user);
    bases.append(QLatin1String("/tmp/flotilla-") + user);
    return bases;
}

bool isOurs(const QString &folder)
{
    struct stat info = {};
    return lstat(QFile::encodeName(folder).constData(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == getuid();
}

QString noteIn(const QString &data)
{
    return data + QLatin1String("/runtime.folder");
}

/// Where the program that used the store last had its sandboxes: its session may have been another one.
QString noted(const QString &data, const QString &name)
{
    QFile note(noteIn(data));
    if (!note.open(QIODevice::ReadOnly))
        return {};
    const QString folder = QFile::decodeName(note.read(100));
    const bool fits = folder.endsWith(name) && folder.startsWith(QLatin1Char('/')) && folder.size() < 60;
    return fits && isOurs(folder.chopped(name.size())) && isOurs(folder) ? folder : QString();
}

/// Short, because a Unix socket's path has 107 bytes at most; one per store. Where sandboxes run already, whatever the
/// environment of this program says.
QString runtimeDir(const QString &data)
{
    const QByteArray hash = QCryptographicHash::hash(data.toUtf8(), QCryptographicHash::Sha256).toHex().left(8);
    const QString name = QLatin1Char('/') + QString::fromLatin1(hash);
    if (const QString there = noted(data, name); !there.isEmpty())
        return there;
    const QStringList bases = runtimeBases();
    for (const QString &base : bases) {
        if (isOurs(base) && isOurs(base + name))
            return base + name;
    }
    const auto free = std::find_if(bases.begin(), bases.end(),
                                   [](const QString &base) { return isOurs(base) || !QFileInfo::exists(base); });
    return (free == bases.end() ? bases.constFirst() : *free) + name;
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

void ApplicationPaths::note() const
{
    const QByteArray folder = QFile::encodeName(runtime);
    QFile known(noteIn(data));
    if (known.open(QIODevice::ReadOnly) && known.readAll() == folder)
        return;
    QSaveFile file(noteIn(data));
    if (file.open(QIODevice::WriteOnly) && file.write(folder) == folder.size())
        file.commit(); // without it the next program looks in the usual places
}

} // namespace Flotilla
