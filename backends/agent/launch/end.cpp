// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/end.h"

#include "backends/agent/launch/cgroup.h"

#include <algorithm>
#include <span>

namespace Flotilla::Agent {

namespace {

constexpr int endTimeoutMs = 5000;

/// A sandbox on its way out.
struct Ending
{
    std::string id;
    SandboxFolder folder;
    Json label;
    Fd inner;
    Fd outer;
};

void beginEnd(const Json &label, Fd &inner, Fd &outer)
{
    LabelledProcess process = processOf(label);
    outer = openProcess(process.outer);
    if (process.inner.start == 0 && outer) {
        stopProcess(outer, process.outer.pid); // or it starts the sandbox while we look for it
        process = processOf(label);
    }
    inner = openProcess(process.inner);
    const std::string group = stringOf(label, "cgroup");
    if (!group.empty())
        killCgroup(group);
    killProcess(inner); // PID 1 of its namespace: the kernel ends all others with it
    killProcess(outer);
}

bool finishEnd(const Json &label, const Fd &inner, const Fd &outer)
{
    const bool gone = waitForEnd(inner, endTimeoutMs) && waitForEnd(outer, endTimeoutMs);
    const std::string group = stringOf(label, "cgroup");
    return gone && (group.empty() || removeCgroup(group));
}

void endSome(const std::string &root, std::span<const std::string> ids, std::vector<std::string> &gone)
{
    std::vector<Ending> endings;
    for (const std::string &id : ids) {
        Failure failure;
        auto folder = SandboxFolder::lock(root, id, false, failure);
        if (!folder && failure.kind.empty())
            gone.push_back(id);
        if (!folder)
            continue;
        Json label = folder->label();
        endings.push_back({id, std::move(*folder), std::move(label), {}, {}});
        beginEnd(endings.back().label, endings.back().inner, endings.back().outer);
    }
    for (Ending &ending : endings) {
        if (!finishEnd(ending.label, ending.inner, ending.outer))
            continue;
        ending.folder.remove();
        gone.push_back(ending.id);
    }
}

} // namespace

void endProcesses(const Json &label)
{
    if (!label.is_object())
        return;
    Fd inner;
    Fd outer;
    beginEnd(label, inner, outer);
    finishEnd(label, inner, outer);
}

std::vector<std::string> endSandboxes(const std::string &root, const std::vector<std::string> &ids)
{
    constexpr std::size_t atOnce = 100; // three descriptors each
    std::vector<std::string> gone;
    for (std::size_t from = 0; from < ids.size(); from += atOnce)
        endSome(root, {ids.data() + from, std::min(atOnce, ids.size() - from)}, gone);
    return gone;
}

} // namespace Flotilla::Agent
