// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/inspect.h"

#include "backends/agent/launch/cgroup.h"
#include "backends/agent/launch/containerusage.h"
#include "backends/agent/launch/launchspec.h"
#include "backends/agent/launch/sandboxfolder.h"

namespace Flotilla::Agent {

namespace {

std::vector<std::string> chosen(const std::string &root, const std::vector<std::string> &ids)
{
    if (ids.empty())
        return SandboxFolder::ids(root);
    std::vector<std::string> safe;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(safe), isSafeId);
    return safe;
}

Json describe(const std::string &id, Json label)
{
    if (!label.is_object())
        label = Json{{"id", id}}; // a folder without label: what a killed launcher left
    Json entry{{"alive", processOf(label).alive()}};
    if (const std::string group = stringOf(label, "cgroup"); !group.empty()) {
        const CgroupUsage usage = cgroupUsage(group);
        entry["oom_kills"] = usage.oomKills;
        entry["pids_refused"] = usage.pidsRefused;
    }
    entry["label"] = std::move(label);
    return entry;
}

template <typename Usage>
Json entryOf(const std::string &id, const Usage &usage)
{
    return {{"id", id}, {"memory_bytes", usage.memoryBytes}, {"cpu_ms", usage.cpuMs}, {"processes", usage.processes}};
}

Json usageEntry(const std::string &id, const Json &label, pid_t pid)
{
    if (const std::string engine = stringOf(label, "engine"); !engine.empty()) {
        const std::string cgroups = readSmallFile("/proc/" + std::to_string(pid) + "/cgroup");
        return entryOf(id, containerUsage(cgroups, readSmallFile("/proc/self/mountinfo"), engine == "podman"));
    }
    if (const std::string group = stringOf(label, "cgroup"); !group.empty())
        return entryOf(id, cgroupUsage(group));
    return entryOf(id, usageOf(pid));
}

} // namespace

Json listSandboxes(const std::string &root, const std::vector<std::string> &ids)
{
    Json list = Json::array();
    for (const std::string &id : chosen(root, ids)) {
        Json label = SandboxFolder::readLabel(root, id);
        if (label.is_object() || ids.empty())
            list.push_back(describe(id, std::move(label)));
    }
    return list;
}

Json statsOfSandboxes(const std::string &root, const std::vector<std::string> &ids)
{
    Json list = Json::array();
    for (const std::string &id : chosen(root, ids)) {
        const Json label = SandboxFolder::readLabel(root, id);
        const LabelledProcess process = processOf(label);
        if (process.inner.start != 0)
            list.push_back(usageEntry(id, label, process.inner.pid));
    }
    return list;
}

} // namespace Flotilla::Agent
