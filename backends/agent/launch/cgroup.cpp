// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/cgroup.h"

#include "backends/agent/launch/hostprocess.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <sstream>

namespace Flotilla::Agent {

namespace {

bool writeFile(const std::string &path, const std::string &text)
{
    const Fd fd(open(path.c_str(), O_WRONLY | O_CLOEXEC | O_TRUNC));
    return fd && write(fd.get(), text.data(), text.size()) == ssize_t(text.size());
}

bool hasWord(const std::string &text, const std::string &word)
{
    std::istringstream stream(text);
    for (std::string one; stream >> one;) {
        if (one == word)
            return true;
    }
    return false;
}

/// The value after "KEY " at the start of a line.
std::int64_t valueOf(const std::string &text, const std::string &key)
{
    std::istringstream stream(text);
    std::string name;
    for (std::int64_t value = 0; stream >> name >> value;) {
        if (name == key)
            return value;
    }
    return 0;
}

std::int64_t numberIn(const std::string &path)
{
    return std::strtoll(readSmallFile(path).c_str(), nullptr, 10);
}

/// Lets the children of `group` have limits; cpu is welcome but not needed.
bool handDown(const std::string &group)
{
    const std::string control = group + "/cgroup.subtree_control";
    const auto given = [&](const char *controller) {
        return hasWord(readSmallFile(control), controller) || writeFile(control, std::string("+") + controller);
    };
    if (!given("memory") || !given("pids"))
        return false;
    given("cpu");
    return true;
}

std::string parentFolder(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos || slash == 0 ? "" : path.substr(0, slash);
}

/// The mount point of cgroup v2 in the text of /proc/self/mountinfo; empty when there is none.
std::string mountOfVersion2(const std::string &mountinfo)
{
    std::istringstream lines(mountinfo);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t dash = line.find(" - cgroup2 ");
        if (dash == std::string::npos)
            continue;
        std::istringstream fields(line);
        std::string field;
        for (int i = 0; i < 5; ++i)
            fields >> field;
        return field;
    }
    return {};
}

std::string ownGroup(const std::string &cgroups)
{
    std::istringstream lines(cgroups);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("0::", 0) == 0)
            return line.substr(3);
    }
    return {};
}

} // namespace

CgroupTree::CgroupTree(std::string mount, std::string own)
    : m_mount(std::move(mount))
    , m_own(std::move(own))
{
}

CgroupTree CgroupTree::ofThisProcess()
{
    return {mountOfVersion2(readSmallFile("/proc/self/mountinfo")), ownGroup(readSmallFile("/proc/self/cgroup"))};
}

bool CgroupTree::canHold(const std::string &folder) const
{
    const std::string controllers = readSmallFile(folder + "/cgroup.controllers");
    if (!hasWord(controllers, "memory") || !hasWord(controllers, "pids"))
        return false;
    for (const char *file : {"", "/cgroup.procs", "/cgroup.subtree_control"}) {
        if (access((folder + file).c_str(), W_OK) != 0)
            return false;
    }
    return handDown(folder); // refused (EBUSY) where processes live directly in it
}

std::string CgroupTree::parent() const
{
    if (m_mount.empty() || m_own.empty() || m_own[0] != '/' || m_own.find("/..") != std::string::npos)
        return {};
    for (std::string group = parentFolder(m_own);; group = parentFolder(group)) {
        if (canHold(m_mount + group))
            return m_mount + group;
        if (group.empty())
            return {};
    }
}

bool CgroupTree::hasControllers() const
{
    const std::string controllers = m_mount.empty() ? std::string() : readSmallFile(m_mount + "/cgroup.controllers");
    return hasWord(controllers, "memory") && hasWord(controllers, "pids");
}

std::string CgroupTree::whyNot() const
{
    if (m_mount.empty())
        return "cgroup v2 is not mounted";
    if (!hasControllers())
        return "the memory and pids controllers are not on cgroup v2";
    return "no group above this process may be changed by this user";
}

bool CgroupTree::makeGroup(const std::string &ours, const std::string &group, const CgroupLimits &limits)
{
    const bool made = (mkdir(ours.c_str(), 0755) == 0 || errno == EEXIST) && handDown(ours) &&
                      (mkdir(group.c_str(), 0755) == 0 || errno == EEXIST);
    if (!made)
        return false;
    writeFile(group + "/memory.swap.max", "0"); // absent without swap accounting
    writeFile(group + "/cpu.max", std::to_string(std::int64_t(limits.cpus * 100'000)) + " 100000");
    return writeFile(group + "/memory.max", std::to_string(limits.memoryBytes)) &&
           writeFile(group + "/pids.max", std::to_string(limits.processes));
}

std::optional<std::string> CgroupTree::make(const std::string &owner, const std::string &id,
                                            const CgroupLimits &limits) const
{
    const std::string base = parent();
    if (base.empty())
        return {};
    const std::string ours = base + "/flotilla-" + owner;
    std::string group = ours + '/' + id;
    constexpr int attempts = 5; // whoever ends the last sandbox takes the folder away, also from under our hands
    for (int i = 0; i < attempts; ++i) {
        if (makeGroup(ours, group, limits))
            return group;
    }
    removeCgroup(group);
    return {};
}

bool enterCgroup(const std::string &group)
{
    return writeFile(group + "/cgroup.procs", "0");
}

bool killCgroup(const std::string &group)
{
    return writeFile(group + "/cgroup.kill", "1");
}

bool removeCgroup(const std::string &group)
{
    const bool gone = rmdir(group.c_str()) == 0 || errno == ENOENT;
    rmdir(parentFolder(group).c_str()); // refused while it has others
    return gone;
}

CgroupUsage cgroupUsage(const std::string &group)
{
    CgroupUsage usage;
    usage.memoryBytes = numberIn(group + "/memory.current");
    usage.cpuMs = valueOf(readSmallFile(group + "/cpu.stat"), "usage_usec") / 1000;
    usage.processes = int(numberIn(group + "/pids.current"));
    usage.oomKills = int(valueOf(readSmallFile(group + "/memory.events"), "oom_kill"));
    usage.pidsRefused = int(valueOf(readSmallFile(group + "/pids.events"), "max"));
    return usage;
}

} // namespace Flotilla::Agent
