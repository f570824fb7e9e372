// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/doctor.h"

#include "backends/agent/launch/cgroup.h"
#include "backends/agent/launch/end.h"
#include "backends/agent/launch/ownscope.h"
#include "backends/agent/launch/seccompfilter.h"
#include "backends/agent/launch/staging.h"
#include "backends/agent/launch/start.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace Flotilla::Agent {

namespace {

/// What `program --version` prints, at most one line; empty when it does not run.
std::string versionOf(const std::string &program)
{
    int ends[2];
    if (access(program.c_str(), X_OK) != 0 || pipe2(ends, O_CLOEXEC) != 0)
        return {};
    const Fd out(ends[0]);
    Fd in(ends[1]);
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(in.get(), STDOUT_FILENO);
        execl(program.c_str(), program.c_str(), "--version", nullptr);
        _exit(127);
    }
    in.reset();
    char line[200];
    const ssize_t size = read(out.get(), line, sizeof line);
    waitpid(pid, nullptr, 0);
    const std::string text(line, size > 0 ? std::size_t(size) : 0);
    return text.substr(0, text.find('\n'));
}

/// A number in /proc/sys; -1 when this kernel has no such setting.
std::int64_t setting(const char *name)
{
    const std::string text = readSmallFile(std::string("/proc/sys/") + name);
    return text.empty() ? -1 : std::strtoll(text.c_str(), nullptr, 10);
}

std::string firstProgram(std::initializer_list<const char *> paths)
{
    for (const char *path : paths) {
        if (access(path, X_OK) == 0)
            return path;
    }
    return {};
}

Json trial(LaunchSpec spec)
{
    using Clock = std::chrono::steady_clock;
    spec.id = "trial-" + std::to_string(getpid());
    spec.app = "trial";
    spec.data.clear();
    const auto begin = Clock::now();
    Json answer;
    Failure failure;
    const bool good = startSandbox(spec, answer, failure);
    const double ms = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
    endSandboxes(spec.root, {spec.id});
    if (!good)
        return {{"ok", false}, {"kind", failure.kind}, {"text", failure.text}, {"detail", failure.detail}};
    return {{"ok", true}, {"ms", ms}, {"hello", memberOf(answer, "hello")}};
}

} // namespace

Json examineHost(const LaunchSpec &spec)
{
    const CgroupTree cgroups = spec.program > 0 ? delegatedTree({spec.program}) : CgroupTree::ofThisProcess();
    const std::string group = cgroups.parent();
    return {{"bwrap", {{"path", spec.bwrap}, {"version", versionOf(spec.bwrap)}}},
            {"uid", geteuid()},
            {"sandbox_uid", geteuid() == 0 ? sandboxUser(spec) : geteuid()},
            {"max_user_namespaces", setting("user/max_user_namespaces")},
            {"unprivileged_userns_clone", setting("kernel/unprivileged_userns_clone")},
            {"apparmor_restrict_unprivileged_userns", setting("kernel/apparmor_restrict_unprivileged_userns")},
            {"seccomp", bool(makeSeccompFilter()) && access("/proc/sys/kernel/seccomp", F_OK) == 0},
            {"cgroup", group},
            {"cgroup_why_not", group.empty() ? cgroups.whyNot() : ""},
            {"node", firstProgram({"/usr/local/bin/node", "/usr/bin/node"})},
            {"python", firstProgram({"/usr/local/bin/python3", "/usr/bin/python3"})},
            {"runtime", access(spec.runtime.c_str(), R_OK) == 0},
            {"trial", trial(spec)}};
}

} // namespace Flotilla::Agent
