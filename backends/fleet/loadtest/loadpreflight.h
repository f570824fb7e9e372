// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace Flotilla {

/// The control group of a session or a container that has the least room for processes. `most` 0: there is none.
struct GroupLimit
{
    QString path; ///< pids.max
    qint64 most = 0;
    qint64 processes = 0;
    /// Of a program with this /proc/PID/cgroup, where groups are mounted at `root`.
    static GroupLimit of(const QByteArray &groups, const QString &root = QStringLiteral("/sys/fs/cgroup"));
};

/// Limits of this computer that many sandboxes run into. 0: not known.
struct MachineLimits
{
    qint64 pidMax = 0;
    qint64 threadsMax = 0;
    qint64 processes = 0;      ///< processes and threads there are
    qint64 openFiles = 0;      ///< the hard limit of this program
    qint64 userNamespaces = 0; ///< and net, mount, ...: the least of them
    qint64 memoryFree = 0;
    qint64 userProcesses = 0; ///< those this user may have; none for root
    qint64 ownProcesses = 0;  ///< those it has
    GroupLimit group{};
    static MachineLimits read();
};

/// What stands in the way of so many apps at once, a sentence each with how to raise it; empty: nothing.
QStringList obstaclesTo(int apps, const MachineLimits &limits);
/// This program's soft limit of open files as high as allowed.
void raiseOpenFiles();

} // namespace Flotilla
