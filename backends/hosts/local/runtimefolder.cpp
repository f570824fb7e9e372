// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/runtimefolder.h"

#include "backends/hosts/local/privatefolder.h"

#include <QDir>
#include <QFile>
#include <QThread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr int holdAttempts = 100;
constexpr int holdPauseMs = 2;

bool isRemoved(int folder)
{
    struct stat info
    {
    };
    return fstat(folder, &info) != 0 || info.st_nlink == 0;
}

/// rmdir refuses what is not empty: whatever runs there keeps its place.
bool removeEmptyFolder(const QString &path)
{
    return rmdir(QFile::encodeName(path).constData()) == 0;
}

void removeUnused(const QString &path, const QStringList &throwaway)
{
    const QDir dir(path);
    QStringList last;
    const auto names = dir.entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &name : names) {
        if (QDir::match(throwaway, name))
            last.append(name);
        else if (!removeEmptyFolder(dir.filePath(name)))
            return;
    }
    for (const QString &name : std::as_const(last)) {
        const QFileInfo info(dir.filePath(name));
        if (info.isDir() && !info.isSymLink())
            QDir(info.filePath()).removeRecursively();
        else
            QFile::remove(info.filePath());
    }
    removeEmptyFolder(path);
}

} // namespace

RuntimeFolder::RuntimeFolder(const QString &path)
    : m_path(QDir::cleanPath(path))
{
    for (int attempt = 0; attempt < holdAttempts && !hold(); ++attempt)
        QThread::msleep(holdPauseMs); // the last holder is removing it at this moment
}

RuntimeFolder::~RuntimeFolder()
{
    release();
}

bool RuntimeFolder::hold()
{
    if (!makePrivateFolder(m_path))
        return false;
    m_descriptor = ::open(QFile::encodeName(m_path).constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (m_descriptor < 0)
        return false;
    if (::flock(m_descriptor, LOCK_SH | LOCK_NB) == 0 && !isRemoved(m_descriptor))
        return true;
    ::close(std::exchange(m_descriptor, -1));
    return false;
}

void RuntimeFolder::release(const QStringList &throwaway)
{
    if (m_descriptor < 0)
        return;
    if (::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0)
        removeUnused(m_path, throwaway);
    ::close(std::exchange(m_descriptor, -1));
}

} // namespace Flotilla
