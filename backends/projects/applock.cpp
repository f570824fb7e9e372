// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/applock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace Flotilla {

namespace {

QString lockFile(const QString &dir, const AppId &app)
{
    return dir + QLatin1Char('/') + app.value + QLatin1String(".lock");
}

} // namespace

Result<std::unique_ptr<AppLock>> AppLock::take(const QString &dir, const AppId &app)
{
    QDir().mkpath(dir);
    const QByteArray path = QFile::encodeName(lockFile(dir, app));
    const int descriptor = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return Error{ErrorKind::Storage,
                     QCoreApplication::translate("Projects", "The lock file of the app cannot be made in %1.").arg(dir),
                     QString::fromLocal8Bit(std::strerror(errno))};
    std::unique_ptr<AppLock> lock(new AppLock(descriptor));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return lock;
    return Error{ErrorKind::Conflict,
                 QCoreApplication::translate("Projects",
                                             "Another program is working on this app. Wait until it is done, "
                                             "or stop it there."),
                 QString::fromLocal8Bit(std::strerror(errno))};
}

void AppLock::forget(const QString &dir, const AppId &app)
{
    QFile::remove(lockFile(dir, app));
}

AppLock::~AppLock()
{
    ::close(m_descriptor);
}

} // namespace Flotilla
