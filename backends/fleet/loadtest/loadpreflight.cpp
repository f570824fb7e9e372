// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadpreflight.h"

#include "backends/fleet/loadtest/loadwords.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>

namespace Flotilla {

namespace {

// Of one live app in a bubblewrap sandbox, estimated: bubblewrap and the agent; the agent's event stream; the sandbox's
// own namespaces and the nested one that forbids more; what it took with a built page (9,059 apps: 8.4 GB).
constexpr qint64 processesPerApp = 2;
constexpr qint64 descriptorsPerApp = 1;
constexpr qint64 namespacesPerApp = 2;
constexpr qint64 memoryPerApp = 1'000'000;
constexpr qint64 ownDescriptors = 600; ///< gateway, probes, store
constexpr qint64 spareProcesses = 400; ///< builds under way, and this program
constexpr qint64 spareOfUser = 120;    ///< the same, of a user whose sandboxes are one process each

qint64 numberIn(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(64).trimmed().toLongLong() : 0;
}

/// "0::/a/b" and "8:pids:/a/b", as folders below the mount point.
QStringList groupFolders(const QByteArray &groups, const QString &root)
{
    QStringList folders;
    const QByteArrayList lines = groups.split('\n');
    for (const QByteArray &line : lines) {
        const QByteArrayList parts = line.split(':');
        const QByteArray controllers = parts.value(1);
        const QString path = QString::fromUtf8(line.mid(parts.value(0).size() + controllers.size() + 2));
        if (line.startsWith("0::"))
            folders.append(root + path);
        else if (controllers.split(',').contains("pids"))
            folders.append(root + QLatin1String("/pids") + path);
    }
    return folders;
}

qint64 tasksNow()
{
    QFile file(QStringLiteral("/proc/loadavg")); // 0.00 0.01 0.05 1/234 5678
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.read(128).split(' ').value(3).split('/').value(1).toLongLong();
}

qint64 processesOf(uid_t user)
{
    const QStringList all = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::count_if(all.begin(), all.end(), [user](const QString &name) {
        return name.at(0).isDigit() && QFileInfo(QLatin1String("/proc/") + name).ownerId() == user;
    });
}

qint64 memoryAvailable()
{
    QFile file(QStringLiteral("/proc/meminfo"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArrayList lines = file.read(4096).split('\n');
    for (const QByteArray &line : lines)
        if (line.startsWith("MemAvailable:"))
            return line.mid(13).trimmed().split(' ').first().toLongLong() * 1024;
    return 0;
}

QString told(const char *text, qint64 most, qint64 limit)
{
    return LoadWords::tr(text).arg(most).arg(limit);
}

} // namespace

GroupLimit GroupLimit::of(const QByteArray &groups, const QString &root)
{
    GroupLimit least;
    const QStringList folders = groupFolders(groups, root);
    for (QString folder : folders) {
        for (; folder.size() >= root.size(); folder = folder.left(folder.lastIndexOf(QLatin1Char('/')))) {
            const QString path = folder + QLatin1String("/pids.max");
            const qint64 most = numberIn(path); // "max" is 0
            const qint64 processes = numberIn(folder + QLatin1String("/pids.current"));
            if (most > 0 && (least.most == 0 || most - processes < least.most - least.processes))
                least = {path, most, processes};
        }
    }
    return least;
}

MachineLimits MachineLimits::read()
{
    MachineLimits limits;
    limits.pidMax = numberIn(QStringLiteral("/proc/sys/kernel/pid_max"));
    limits.threadsMax = numberIn(QStringLiteral("/proc/sys/kernel/threads-max"));
    limits.processes = tasksNow();
    rlimit files = {};
    if (getrlimit(RLIMIT_NOFILE, &files) == 0)
        limits.openFiles = qint64(std::min<rlim_t>(files.rlim_max, 1 << 30));
    for (const char *kind : {"user", "mnt", "pid", "net", "ipc", "uts"}) {
        const qint64 most = numberIn(QStringLiteral("/proc/sys/user/max_%1_namespaces").arg(QLatin1String(kind)));
        if (most > 0)
            limits.userNamespaces = limits.userNamespaces == 0 ? most : std::min(limits.userNamespaces, most);
    }
    limits.memoryFree = memoryAvailable();
    if (QFile groups(QStringLiteral("/proc/self/cgroup")); groups.open(QIODevice::ReadOnly))
        limits.group = GroupLimit::of(groups.read(64 * 1024));
    if (rlimit own = {}; geteuid() != 0 && getrlimit(RLIMIT_NPROC, &own) == 0 && own.rlim_cur != RLIM_INFINITY) {
        limits.userProcesses = qint64(own.rlim_cur);
        limits.ownProcesses = processesOf(geteuid());
    }
    return limits;
}

QStringList obstaclesTo(int apps, const MachineLimits &limits)
{
    QStringList obstacles;
    const auto check = [&](qint64 limit, qint64 most, const char *text) {
        if (limit > 0 && apps > most)
            obstacles.append(
                told(text, std::max<qint64>(0, most), limit).replace(QLatin1String("%3"), limits.group.path));
    };
    const qint64 taken = limits.processes + spareProcesses;
    check(limits.pidMax, (limits.pidMax - taken) / processesPerApp,
          QT_TRANSLATE_NOOP("LoadTest", "At most %1 apps fit: kernel.pid_max is %2. To raise it: "
                                        "sudo sysctl -w kernel.pid_max=4194304"));
    check(limits.threadsMax, (limits.threadsMax - taken) / processesPerApp,
          QT_TRANSLATE_NOOP("LoadTest", "At most %1 apps fit: kernel.threads-max is %2. To raise it: "
                                        "sudo sysctl -w kernel.threads-max=1000000"));
    check(limits.openFiles, (limits.openFiles - ownDescriptors) / descriptorsPerApp,
          QT_TRANSLATE_NOOP("LoadTest", "At most %1 apps fit: this program may open %2 files. To raise it: "
                                        "echo \"$USER hard nofile 100000\" | sudo tee -a "
                                        "/etc/security/limits.conf, then log in again (as root: ulimit -Hn 100000)"));
    check(limits.userProcesses, limits.userProcesses - limits.ownProcesses - spareOfUser,
          QT_TRANSLATE_NOOP("LoadTest", "At most %1 apps fit: this user may have %2 processes. To raise it: "
                                        "echo \"$USER - nproc 100000\" | sudo tee -a /etc/security/limits.conf, then "
                                        "log in again (ulimit -u tells)"));
    check(limits.group.most, (limits.group.most - limits.group.processes - spareProcesses) / processesPerApp,
          QT_TRANSLATE_NOOP("LoadTest",
                            "At most %1 apps fit: the group of this program may have %2 processes. To raise "
                            "it: echo max | sudo tee %3 (a container's engine has --pids-limit)"));
    check(limits.userNamespaces, limits.userNamespaces / namespacesPerApp,
          QT_TRANSLATE_NOOP("LoadTest", "At most %1 apps fit: there may be %2 namespaces. To raise it: "
                                        "sudo sysctl -w user.max_user_namespaces=500000"));
    check(limits.memoryFree, limits.memoryFree / memoryPerApp,
          QT_TRANSLATE_NOOP("LoadTest", "About %1 apps fit: %2 bytes of memory are free. End other programs, or add "
                                        "memory or hosts."));
    return obstacles;
}

void raiseOpenFiles()
{
    rlimit files = {};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= files.rlim_max)
        return;
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

} // namespace Flotilla
