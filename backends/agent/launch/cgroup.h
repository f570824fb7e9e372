// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace Flotilla::Agent {

struct CgroupLimits
{
    std::int64_t memoryBytes = 0;
    std::int64_t processes = 0;
    double cpus = 0;
};

struct CgroupUsage
{
    std::int64_t memoryBytes = 0;
    std::int64_t cpuMs = 0;
    int processes = 0;
    int oomKills = 0;
    int pidsRefused = 0;
};

/// Where cgroup v2 lets this user make groups with memory and pids limits: the nearest ancestor of the own cgroup that
/// is writable with its controllers (systemd gives a user session one). Source: Documentation/admin-guide/cgroup-v2.
/// Works on any folder that looks like /sys/fs/cgroup, for the tests.
class CgroupTree
{
public:
    /// `mount`: where cgroup v2 is mounted; `own`: the line "0::/..." of /proc/self/cgroup without "0::".
    CgroupTree(std::string mount, std::string own);
    static CgroupTree ofThisProcess();

    /// The folder below which our groups go, or empty: no delegation, nothing here can limit.
    [[nodiscard]] std::string parent() const;
    /// Whether the kernel limits memory and processes by cgroup v2 at all.
    [[nodiscard]] bool hasControllers() const;
    /// Why parent() is empty, in plain words.
    [[nodiscard]] std::string whyNot() const;
    /// Makes PARENT/flotilla-OWNER/ID with its limits. Empty when that is not possible.
    [[nodiscard]] std::optional<std::string> make(const std::string &owner, const std::string &id,
                                                  const CgroupLimits &limits) const;

private:
    [[nodiscard]] bool canHold(const std::string &folder) const;
    [[nodiscard]] static bool makeGroup(const std::string &ours, const std::string &group, const CgroupLimits &limits);
    std::string m_mount;
    std::string m_own;
};

/// Moves the calling process into the group.
bool enterCgroup(const std::string &group);
/// Ends every process in it at once (cgroup.kill, kernel 5.14).
bool killCgroup(const std::string &group);
/// Removes the group, which must be empty of processes, and the folder of its installation when it was the last.
bool removeCgroup(const std::string &group);
CgroupUsage cgroupUsage(const std::string &group);

} // namespace Flotilla::Agent
