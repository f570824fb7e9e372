// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/storage/filelock.h"

#include <QFile>
#include <QThread>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace Flotilla {

FileLock::FileLock(const QString &file)
{
    m_descriptor = ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    m_error = m_descriptor < 0 ? errno : 0;
}

FileLock::~FileLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

bool FileLock::tryExclusive()
{
    return ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0;
}

bool FileLock::tryShared()
{
    return ::flock(m_descriptor, LOCK_SH | LOCK_NB) == 0;
}

void FileLock::unlock()
{
    ::flock(m_descriptor, LOCK_UN);
}

bool FileLock::waitExclusive(std::chrono::milliseconds deadline)
{
    const auto end = std::chrono::steady_clock::now() + deadline;
    while (!tryExclusive()) {
        if (std::chrono::steady_clock::now() >= end)
            return false;
        QThread::msleep(2);
    }
    return true;
}

} // namespace Flotilla
