// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadmachine.h"

#include <QFile>
#include <QSysInfo>
#include <QThread>

#include <ctime>
#include <sys/resource.h>

namespace Flotilla {

namespace {

QByteArray contentOf(const char *path)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.read(64 * 1024) : QByteArray(); // size of /proc files is 0
}

qint64 kilobytesOf(const QByteArray &meminfo, const char *name)
{
    for (const QByteArray &line : meminfo.split('\n'))
        if (line.startsWith(name))
            return line.mid(line.indexOf(':') + 1).trimmed().split(' ').first().toLongLong();
    return 0;
}

double seconds(const timeval &time)
{
    return double(time.tv_sec) + double(time.tv_usec) / 1e6;
}

double processSeconds()
{
    rusage use = {};
    getrusage(RUSAGE_SELF, &use);
    return seconds(use.ru_utime) + seconds(use.ru_stime);
}

constexpr double leastSeconds = 0.02;

double wallSeconds()
{
    timespec time = {};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

QString processorName()
{
    for (const QByteArray &line : contentOf("/proc/cpuinfo").split('\n'))
        if (line.startsWith("model name"))
            return QString::fromUtf8(line.mid(line.indexOf(':') + 1).trimmed());
    return QSysInfo::currentCpuArchitecture();
}

} // namespace

LoadMachine::LoadMachine()
    : m_cores(std::max(1, QThread::idealThreadCount()))
    , m_useTicks(ticks())
    , m_busyTicks(m_useTicks)
    , m_processSeconds(processSeconds())
    , m_wallSeconds(wallSeconds())
{
}

LoadMachine::Ticks LoadMachine::ticks()
{
    const QByteArrayList fields = contentOf("/proc/stat").split('\n').value(0).simplified().split(' ');
    Ticks now;
    for (qsizetype i = 1; i < fields.size() && i <= 8; ++i) { // user nice system idle iowait irq softirq steal
        now.all += fields[i].toLongLong();
        if (i != 4 && i != 5)
            now.busy += fields[i].toLongLong();
    }
    return now;
}

double LoadMachine::share(Ticks &before, const Ticks &now)
{
    constexpr qint64 least = 4; // what passed between two calls that come late together says nothing
    const qint64 all = now.all - before.all;
    if (all < least)
        return before.share;
    const double result = double(now.busy - before.busy) / double(all);
    before = {now.busy, now.all, result};
    return result;
}

double LoadMachine::busy()
{
    return share(m_busyTicks, ticks());
}

LoadMachine::Use LoadMachine::use()
{
    Use use;
    use.hostCpu = share(m_useTicks, ticks());
    const double process = processSeconds();
    const double wall = wallSeconds();
    if (wall - m_wallSeconds >= leastSeconds) {
        m_processCpu = (process - m_processSeconds) / (wall - m_wallSeconds);
        m_processSeconds = process;
        m_wallSeconds = wall;
    }
    use.processCpu = m_processCpu;
    const QByteArray meminfo = contentOf("/proc/meminfo");
    use.memoryUsed = (kilobytesOf(meminfo, "MemTotal") - kilobytesOf(meminfo, "MemAvailable")) * 1024;
    return use;
}

qint64 LoadMachine::memoryTotal()
{
    return kilobytesOf(contentOf("/proc/meminfo"), "MemTotal") * 1024;
}

QJsonObject LoadMachine::describe()
{
    rlimit files = {};
    getrlimit(RLIMIT_NOFILE, &files);
    return {{QStringLiteral("system"), QSysInfo::prettyProductName()},
            {QStringLiteral("kernel"), QSysInfo::kernelVersion()},
            {QStringLiteral("processor"), processorName()},
            {QStringLiteral("cores"), std::max(1, QThread::idealThreadCount())},
            {QStringLiteral("memory_bytes"), double(memoryTotal())},
            {QStringLiteral("open_files"), double(files.rlim_cur)},
            {QStringLiteral("pid_max"), contentOf("/proc/sys/kernel/pid_max").trimmed().toInt()},
            {QStringLiteral("clock"), QStringLiteral("CLOCK_MONOTONIC")}};
}

} // namespace Flotilla
