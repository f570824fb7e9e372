// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Flotilla::Test {

/// What the sandboxes of one store hold of this machine right now, counted from outside: /proc, /sys/fs/cgroup and the
/// folders. A process is the store's when its command line or one of its mounts names the store's folders. All zero:
/// nothing was left behind.
struct SystemCount
{
    int processes = 0;
    int netNamespaces = 0; ///< of those processes, the machine's own not counted
    int mounts = 0;        ///< in our own mount namespace
    int cgroups = 0;
    int sockets = 0; ///< bound below the runtime folder
    int folders = 0; ///< of sandboxes and of their data

    /// `data`: the store; `runtime`: its runtime folder (ApplicationPaths).
    static SystemCount of(const QString &data, const QString &runtime);
    bool isClean() const { return *this == SystemCount(); }
    QString text() const; ///< "processes 1, sockets 2"; empty when clean
    bool operator==(const SystemCount &) const = default;
};

} // namespace Flotilla::Test
