// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/containerusage.h"

#include "backends/agent/launch/hostprocess.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <vector>

namespace Flotilla::Agent {

namespace {

bool hasItem(const std::string &list, const std::string &item)
{
    return (',' + list + ',').find(',' + item + ',') != std::string::npos;
}

/// The path after "N:LIST:" of the line whose list has `controller`; for version 2 the list is empty.
std::string pathOf(const std::string &cgroups, const std::string &controller)
{
    std::istringstream lines(cgroups);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos)
            continue;
        const std::string list = line.substr(first + 1, second - first - 1);
        if (controller.empty() ? line.rfind("0::", 0) == 0 : hasItem(list, controller))
            return line.substr(second + 1);
    }
    return {};
}

/// Where the hierarchy of `controller` (empty: version 2) is mounted with its root. proc_pid_mountinfo(5)
std::string mountOf(const std::string &mounts, const std::string &controller)
{
    std::istringstream lines(mounts);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t dash = line.find(controller.empty() ? " - cgroup2 " : " - cgroup ");
        if (dash == std::string::npos)
            continue;
        std::istringstream fields(line);
        std::string id, parent, device, root, point;
        fields >> id >> parent >> device >> root >> point;
        const std::string options = line.substr(line.rfind(' ') + 1);
        if (root == "/" && (controller.empty() || hasItem(options, controller)))
            return point;
    }
    return {};
}

std::int64_t counterIn(const std::string &path)
{
    return std::strtoll(readSmallFile(path).c_str(), nullptr, 10);
}

std::int64_t valueIn(const std::string &path, const std::string &key)
{
    std::istringstream stream(readSmallFile(path));
    std::string name;
    for (std::int64_t value = 0; stream >> name >> value;) {
        if (name == key)
            return value;
    }
    return 0;
}

struct Groups
{
    const std::string &cgroups;
    const std::string &mounts;
    [[nodiscard]] std::string of(const char *controller) const
    {
        const std::string path = pathOf(cgroups, controller);
        const std::string mount = mountOf(mounts, controller);
        const bool usable = !path.empty() && path.find("/..") == std::string::npos && !mount.empty();
        return usable ? mount + path : std::string();
    }
};

CgroupUsage usageOfVersion2(const std::string &group, bool withInactiveCache)
{
    CgroupUsage usage;
    const std::int64_t inactive = withInactiveCache ? 0 : valueIn(group + "/memory.stat", "inactive_file");
    usage.memoryBytes = std::max<std::int64_t>(0, counterIn(group + "/memory.current") - inactive);
    usage.cpuMs = valueIn(group + "/cpu.stat", "usage_usec") / 1000;
    usage.processes = int(counterIn(group + "/pids.current"));
    return usage;
}

} // namespace

CgroupUsage containerUsage(const std::string &cgroups, const std::string &mounts, bool withInactiveCache)
{
    const Groups groups{cgroups, mounts};
    const std::string memory = groups.of("memory");
    if (memory.empty())
        return usageOfVersion2(groups.of(""), withInactiveCache);
    CgroupUsage usage;
    const std::int64_t inactive = withInactiveCache ? 0 : valueIn(memory + "/memory.stat", "total_inactive_file");
    usage.memoryBytes = std::max<std::int64_t>(0, counterIn(memory + "/memory.usage_in_bytes") - inactive);
    usage.cpuMs = counterIn(groups.of("cpuacct") + "/cpuacct.usage") / 1'000'000;
    usage.processes = int(counterIn(groups.of("pids") + "/pids.current"));
    return usage;
}

} // namespace Flotilla::Agent
