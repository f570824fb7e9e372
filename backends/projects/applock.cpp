// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/applock.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QtEndian>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace Flotilla {

namespace {

off_t placeOf(const AppId &app)
{
    const QByteArray hash = QCryptographicHash::hash(app.value.toUtf8(), QCryptographicHash::Sha256);
    return off_t(qFromBigEndian<quint64>(hash.constData()) >> 2);
}

bool lockByte(int descriptor, off_t place)
{
    struct flock lock = {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    lock.l_start = place;
    lock.l_len = 1;
    return ::fcntl(descriptor, F_OFD_SETLK, &lock) == 0;
}

Error unusable(const QString &dir)
{
    return {ErrorKind::Storage,
            QCoreApplication::translate("Projects", "The lock file of the app cannot be made in %1.").arg(dir),
            QString::fromLocal8Bit(std::strerror(errno))};
}

} // namespace

Result<std::unique_ptr<AppLock>> AppLock::take(const QString &dir, const AppId &app)
{
    QDir().mkpath(dir);
    const QByteArray path = QFile::encodeName(dir + QLatin1String("/apps.lock"));
    const int descriptor = ::open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return unusable(dir);
    std::unique_ptr<AppLock> lock(new AppLock(descriptor));
    if (lockByte(descriptor, placeOf(app)))
        return lock;
    if (errno != EAGAIN && errno != EACCES)
        return unusable(dir);
    return Error{ErrorKind::Conflict,
                 QCoreApplication::translate("Projects",
                                             "Another program is working on this app. Wait until it is done, "
                                             "or stop it there."),
                 QString::fromLocal8Bit(std::strerror(errno))};
}

AppLock::~AppLock()
{
    ::close(m_descriptor);
}

} // namespace Flotilla
