// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/hostprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

namespace Flotilla::Agent {

namespace {

std::string procPath(pid_t pid, const char *file)
{
    return "/proc/" + std::to_string(pid) + '/' + file;
}

/// The fields of /proc/PID/stat from the third on (the name before them may hold anything).
std::vector<std::string> statFields(pid_t pid)
{
    const std::string text = readSmallFile(procPath(pid, "stat"));
    const std::size_t end = text.rfind(')');
    if (end == std::string::npos)
        return {};
    std::istringstream stream(text.substr(end + 1));
    std::vector<std::string> fields;
    for (std::string field; stream >> field;)
        fields.push_back(field);
    return fields;
}

std::uint64_t number(const std::vector<std::string> &fields, std::size_t fieldOfManual)
{
    const std::size_t index = fieldOfManual - 3;
    return index < fields.size() ? std::strtoull(fields[index].c_str(), nullptr, 10) : 0;
}

std::int64_t proportionalSize(pid_t pid)
{
    const std::string text = readSmallFile(procPath(pid, "smaps_rollup"));
    const std::size_t at = text.find("\nPss:");
    return at == std::string::npos ? 0 : std::strtoll(text.c_str() + at + 5, nullptr, 10) * 1024;
}

} // namespace

std::string readSmallFile(const std::string &path)
{
    const Fd fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::string text;
    char buffer[4096];
    for (ssize_t size = 0; text.size() < 1024 * 1024 && (size = read(fd.get(), buffer, sizeof buffer)) > 0;)
        text.append(buffer, std::size_t(size));
    return text;
}

ProcessRef processRef(pid_t pid)
{
    const auto fields = statFields(pid);
    if (fields.empty() || fields[0] == "Z" || fields[0] == "X")
        return {pid, 0};
    return {pid, number(fields, 22)};
}

Fd openProcess(const ProcessRef &process)
{
    if (process.pid <= 1 || process.start == 0)
        return {};
    Fd pidfd(int(syscall(SYS_pidfd_open, process.pid, 0)));
    if (!pidfd || processRef(process.pid).start != process.start) // checked while the pidfd holds the number
        return {};
    return pidfd;
}

void killProcess(const Fd &pidfd)
{
    if (pidfd)
        syscall(SYS_pidfd_send_signal, pidfd.get(), SIGKILL, nullptr, 0);
}

void stopProcess(const Fd &pidfd, pid_t pid)
{
    syscall(SYS_pidfd_send_signal, pidfd.get(), SIGSTOP, nullptr, 0);
    for (int tries = 0; tries < 200 && !waitForEnd(pidfd, 1); ++tries)
        if (const auto fields = statFields(pid); fields.empty() || fields[0] == "T")
            return;
}

bool waitForEnd(const Fd &pidfd, int timeoutMs)
{
    if (!pidfd)
        return true;
    pollfd waiting{pidfd.get(), POLLIN, 0};
    return poll(&waiting, 1, timeoutMs) == 1;
}

std::vector<pid_t> childrenOf(pid_t pid)
{
    std::istringstream stream(readSmallFile(procPath(pid, "task/") + std::to_string(pid) + "/children"));
    std::vector<pid_t> children;
    for (pid_t child = 0; stream >> child;)
        children.push_back(child);
    return children;
}

std::vector<pid_t> treeFrom(pid_t pid)
{
    std::vector<pid_t> all{pid};
    for (std::size_t i = 0; i < all.size() && all.size() < 100'000; ++i) {
        const auto children = childrenOf(all[i]);
        all.insert(all.end(), children.begin(), children.end());
    }
    return all;
}

std::string bootId()
{
    return readSmallFile("/proc/sys/kernel/random/boot_id").substr(0, 36);
}

TreeUsage usageOf(pid_t pid)
{
    static const auto ticks = std::int64_t(sysconf(_SC_CLK_TCK));
    TreeUsage usage;
    for (const pid_t one : treeFrom(pid)) {
        const auto fields = statFields(one);
        if (fields.empty())
            continue;
        const auto spent = std::int64_t(number(fields, 14) + number(fields, 15));
        usage.cpuMs += spent * 1000 / ticks;
        if (one == pid) // and of what has ended: everything orphaned ends up with PID 1
            usage.cpuMs += std::int64_t(number(fields, 16) + number(fields, 17)) * 1000 / ticks;
        usage.memoryBytes += proportionalSize(one);
        ++usage.processes;
    }
    return usage;
}

} // namespace Flotilla::Agent
