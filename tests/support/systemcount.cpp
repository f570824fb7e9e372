// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/systemcount.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QSet>

#include <unistd.h>

namespace Flotilla::Test {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The root of a bind mount is told relative to its file system: the last two parts of the path are always there.
QByteArray tailOf(const QString &path)
{
    return path.section(QLatin1Char('/'), -2).toUtf8();
}

int linesWith(const QByteArray &text, const QByteArray &part)
{
    const QList<QByteArray> lines = text.split('\n');
    return int(
        std::count_if(lines.cbegin(), lines.cend(), [&](const QByteArray &line) { return line.contains(part); }));
}

int entriesOf(const QString &folder)
{
    return int(QDir(folder).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size());
}

bool belongs(const QString &process, const QByteArray &data, const QByteArray &runtime)
{
    const QByteArray command = contentOf(process + QLatin1String("/cmdline"));
    static const QByteArray helper("/flotilla-agent\0host\0", 21);
    if (command.contains(helper)) // of a connection, and ends with it: tst_sshhelper
        return false;
    if (command.contains(data) || command.contains(runtime))
        return true;
    const QByteArray mounts = contentOf(process + QLatin1String("/mountinfo"));
    return mounts.contains(runtime) || mounts.contains(data);
}

void countProcesses(SystemCount &count, const QByteArray &data, const QByteArray &runtime)
{
    const QString ownNet = QFile::symLinkTarget(QStringLiteral("/proc/self/ns/net"));
    QSet<QString> nets;
    const QStringList entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        const QString process = QLatin1String("/proc/") + entry;
        if (entry.toInt() <= 0 || entry.toInt() == getpid() || !belongs(process, data, runtime))
            continue;
        ++count.processes;
        const QString net = QFile::symLinkTarget(process + QLatin1String("/ns/net"));
        if (!net.isEmpty() && net != ownNet)
            nets.insert(net);
    }
    count.netNamespaces = int(nets.size());
}

int cgroupsOf(const QString &owner)
{
    int found = 0;
    QDirIterator folders(QStringLiteral("/sys/fs/cgroup"), QDir::Dirs | QDir::NoDotAndDotDot,
                         QDirIterator::Subdirectories);
    while (folders.hasNext())
        found += folders.next().contains(QLatin1String("flotilla-") + owner + QLatin1Char('/')) ? 1 : 0;
    return found;
}

} // namespace

SystemCount SystemCount::of(const QString &data, const QString &runtime)
{
    SystemCount count;
    const QByteArray folder = tailOf(runtime);
    countProcesses(count, tailOf(data), folder);
    count.mounts = linesWith(contentOf(QStringLiteral("/proc/self/mountinfo")), folder);
    count.cgroups = cgroupsOf(runtime.section(QLatin1Char('/'), -1));
    count.sockets = linesWith(contentOf(QStringLiteral("/proc/net/unix")), folder + "/sb/");
    count.folders = entriesOf(runtime + QLatin1String("/sb")) + entriesOf(data + QLatin1String("/appdata"));
    return count;
}

QString SystemCount::text() const
{
    QStringList parts;
    const std::pair<const char *, int> all[] = {{"processes", processes}, {"network namespaces", netNamespaces},
                                                {"mounts", mounts},       {"cgroups", cgroups},
                                                {"sockets", sockets},     {"folders", folders}};
    for (const auto &[name, number] : all)
        if (number != 0)
            parts.append(QStringLiteral("%1 %2").arg(QLatin1String(name)).arg(number));
    return parts.join(QLatin1String(", "));
}

} // namespace Flotilla::Test
