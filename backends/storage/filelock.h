// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace Flotilla {

/// An advisory lock (flock) on a file, released when the object or the process goes. Two objects exclude each other
/// even within one process.
class FileLock
{
public:
    explicit FileLock(const QString &file); ///< opens or creates it, mode 0600
    ~FileLock();
    FileLock(const FileLock &) = delete;
    FileLock &operator=(const FileLock &) = delete;

    bool isOpen() const { return m_descriptor >= 0; }
    int openError() const { return m_error; }
    bool tryExclusive();
    bool tryShared();
    void unlock();
    bool waitExclusive(std::chrono::milliseconds deadline); ///< blocks

private:
    int m_descriptor = -1;
    int m_error = 0;
};

} // namespace Flotilla
