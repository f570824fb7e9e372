// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/ownscope.h"

#include "backends/agent/launch/hostprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace Flotilla::Agent {

namespace {

constexpr char busctl[] = "/usr/bin/busctl";
constexpr int moveTimeoutMs = 2000;

std::string ownGroups()
{
    return readSmallFile("/proc/self/cgroup");
}

/// Of the user, not of the session: a session bus of its own (dbus-run-session) has no systemd.
std::string runFolder()
{
    return "/run/user/" + std::to_string(geteuid());
}

bool run(const std::vector<std::string> &args, const std::string &environment)
{
    std::vector<char *> argv;
    argv.reserve(args.size() + 1);
    for (const std::string &arg : args)
        argv.push_back(const_cast<char *>(arg.c_str())); // NOLINT(cppcoreguidelines-pro-type-const-cast): execve(2)
    argv.push_back(nullptr);
    char *env[] = {const_cast<char *>(environment.c_str()), nullptr}; // NOLINT(cppcoreguidelines-pro-type-const-cast)
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (int stream = 0; stream < 3; ++stream)
        posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    pid_t pid = -1;
    int status = -1;
    const bool started = posix_spawn(&pid, busctl, &actions, nullptr, argv.data(), env) == 0;
    posix_spawn_file_actions_destroy(&actions);
    return started && waitpid(pid, &status, 0) == pid && status == 0;
}

/// systemd answers before it has moved anything.
bool waitForMove(const std::string &before)
{
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::milliseconds(moveTimeoutMs);
    while (ownGroups() == before) {
        if (Clock::now() > end)
            return false;
        poll(nullptr, 0, 2);
    }
    return true;
}

bool moveToOwnScope(std::vector<pid_t> pids)
{
    if (access((runFolder() + "/bus").c_str(), W_OK) != 0 || access(busctl, X_OK) != 0)
        return false;
    const std::string before = ownGroups();
    pids.push_back(getpid());
    const std::string unit = "flotilla-" + std::to_string(getpid()) + ".scope";
    return run(scopeRequest(unit, pids), "XDG_RUNTIME_DIR=" + runFolder()) && waitForMove(before);
}

} // namespace

std::vector<std::string> scopeRequest(const std::string &unit, const std::vector<pid_t> &pids)
{
    std::vector<std::string> args{busctl,
                                  "--user",
                                  "--quiet",
                                  "--timeout=2",
                                  "call",
                                  "org.freedesktop.systemd1",
                                  "/org/freedesktop/systemd1",
                                  "org.freedesktop.systemd1.Manager",
                                  "StartTransientUnit",
                                  "ssa(sv)a(sa(sv))",
                                  unit,
                                  "fail",
                                  "3",
                                  "Description",
                                  "s",
                                  "Flotilla",
                                  "Slice",
                                  "s",
                                  "app.slice",
                                  "PIDs",
                                  "au",
                                  std::to_string(pids.size())};
    for (const pid_t pid : pids)
        args.push_back(std::to_string(pid));
    args.emplace_back("0"); // no auxiliary units
    return args;
}

CgroupTree delegatedTree(std::vector<pid_t> others)
{
    const CgroupTree tree = CgroupTree::ofThisProcess();
    if (!tree.hasControllers() || !tree.parent().empty() || !moveToOwnScope(std::move(others)))
        return tree;
    return CgroupTree::ofThisProcess();
}

bool lingers()
{
    const char *name = std::getenv("LOGNAME");
    const std::string user = name ? name : "";
    return !user.empty() && user.find('/') == std::string::npos &&
           access(("/var/lib/systemd/linger/" + user).c_str(), F_OK) == 0;
}

} // namespace Flotilla::Agent
