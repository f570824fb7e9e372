// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/hoststats.h"

#include "backends/agent/launch/hostprocess.h"

#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

namespace Flotilla::Agent {

namespace {

/// The first line of /proc/stat: user nice system idle iowait irq softirq steal (guest time is part of user).
void addProcessorTime(Json &answer)
{
    std::istringstream line(readSmallFile("/proc/stat"));
    std::string name;
    line >> name;
    std::int64_t ticks[8] = {}, total = 0;
    for (std::int64_t &one : ticks) {
        line >> one;
        total += one;
    }
    const std::int64_t perSecond = sysconf(_SC_CLK_TCK);
    const std::int64_t idle = ticks[3] + ticks[4];
    answer["cpu_busy_ms"] = (total - idle) * 1000 / perSecond;
    answer["cpu_total_ms"] = total * 1000 / perSecond;
}

std::int64_t memoryValue(const std::string &meminfo, const std::string &key)
{
    const std::size_t at = meminfo.find(key + ':');
    return at == std::string::npos ? 0 : std::strtoll(meminfo.c_str() + at + key.size() + 1, nullptr, 10) * 1024;
}

void addDisk(Json &answer, std::string folder)
{
    struct statvfs info
    {
    };
    while (statvfs(folder.c_str(), &info) != 0 && folder.size() > 1) {
        const std::size_t slash = folder.rfind('/');
        folder = slash == 0 || slash == std::string::npos ? "/" : folder.substr(0, slash);
    }
    answer["disk_total"] = std::int64_t(info.f_blocks) * std::int64_t(info.f_frsize);
    answer["disk_free"] = std::int64_t(info.f_bavail) * std::int64_t(info.f_frsize);
}

} // namespace

Json hostStats(const std::string &root)
{
    const std::string meminfo = readSmallFile("/proc/meminfo");
    utsname kernel{};
    uname(&kernel);
    Json answer{{"cpus", sysconf(_SC_NPROCESSORS_ONLN)},
                {"load1", std::strtod(readSmallFile("/proc/loadavg").c_str(), nullptr)},
                {"memory_total", memoryValue(meminfo, "MemTotal")},
                {"memory_available", memoryValue(meminfo, "MemAvailable")},
                {"uptime_s", std::strtoll(readSmallFile("/proc/uptime").c_str(), nullptr, 10)},
                {"kernel", std::string(kernel.sysname) + ' ' + kernel.release + ' ' + kernel.machine}};
    addProcessorTime(answer);
    addDisk(answer, root);
    return answer;
}

} // namespace Flotilla::Agent
