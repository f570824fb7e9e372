// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/processtable.h"

#include "backends/agent/serve/fd.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string_view>
#include <unordered_map>

namespace Flotilla::Agent {

namespace {

/// `name` is below /proc.
std::string readProc(const std::string &name, std::size_t limit)
{
    const Fd file(::open(("/proc/" + name).c_str(), O_RDONLY | O_CLOEXEC));
    std::string text(limit, '\0');
    std::size_t size = 0;
    while (file && size < limit) {
        const ssize_t count = ::read(file.get(), text.data() + size, limit - size);
        if (count <= 0)
            break;
        size += std::size_t(count);
    }
    text.resize(size);
    return text;
}

std::string readProc(pid_t pid, const char *name, std::size_t limit)
{
    return readProc(std::to_string(pid) + '/' + name, limit);
}

// proc(5): "pid (name) state ppid pgrp session ..."; the name may hold anything, so start after the last ')'.
bool parseStat(const std::string &stat, ProcessInfo &info)
{
    const std::size_t end = stat.rfind(')');
    if (end == std::string::npos)
        return false;
    long long userTicks = 0, systemTicks = 0, rssPages = 0;
    const int count = std::sscanf(
        stat.c_str() + end + 1,
        " %c %d %d %d %*d %*d %*u %*u %*u %*u %*u %lld %lld %*d %*d %*d %*d %d %*d %*u %*u %lld", &info.state,
        &info.parent, &info.group, &info.session, &userTicks, &systemTicks, &info.threads, &rssPages);
    static const long ticksPerSecond = sysconf(_SC_CLK_TCK);
    static const long pageSize = sysconf(_SC_PAGESIZE);
    info.cpuMs = (userTicks + systemTicks) * 1000 / ticksPerSecond;
    info.rssBytes = rssPages * pageSize;
    return count == 8;
}

std::vector<ProcessInfo> allProcesses()
{
    std::vector<ProcessInfo> all;
    DIR *proc = ::opendir("/proc");
    while (const dirent *entry = proc ? ::readdir(proc) : nullptr) {
        ProcessInfo info;
        info.pid = std::atoi(entry->d_name);
        if (info.pid > 0 && parseStat(readProc(info.pid, "stat", 512), info))
            all.push_back(info);
    }
    if (proc)
        ::closedir(proc);
    return all;
}

/// Everything in `all` that descends from one of `found`, added to `found`.
void addDescendants(const std::vector<ProcessInfo> &all, std::unordered_set<pid_t> &found)
{
    for (bool grew = true; grew;) {
        grew = false;
        for (const ProcessInfo &process : all) {
            if (found.count(process.parent) > 0 && found.insert(process.pid).second)
                grew = true;
        }
    }
}

bool carries(pid_t pid, const std::string &marker)
{
    return readProc(pid, "environ", 32 * 1024).find(marker.c_str(), 0, marker.size() + 1) !=
           std::string::npos; // with its NUL
}

void killUntilQuiet(const std::function<std::unordered_set<pid_t>(const std::vector<ProcessInfo> &)> &select)
{
    std::unordered_set<pid_t> killed;
    for (int round = 0; round < 100; ++round) {
        bool quiet = true;
        for (const pid_t pid : select(descendants())) {
            ::kill(pid, SIGKILL);
            quiet = !killed.insert(pid).second && quiet;
        }
        if (quiet)
            return;
    }
}

} // namespace

std::vector<ProcessInfo> descendants()
{
    const std::vector<ProcessInfo> all = allProcesses();
    std::unordered_set<pid_t> below{::getpid()};
    addDescendants(all, below);
    std::vector<ProcessInfo> result;
    for (const ProcessInfo &process : all) {
        if (process.pid != ::getpid() && below.count(process.pid) > 0 && process.state != 'Z')
            result.push_back(process);
    }
    return result;
}

bool isStopped(pid_t pid)
{
    const std::string folder = "/proc/" + std::to_string(pid) + "/task";
    bool stopped = true;
    DIR *tasks = ::opendir(folder.c_str());
    while (const dirent *entry = tasks && stopped ? ::readdir(tasks) : nullptr) {
        const std::string name = std::to_string(pid) + "/task/" + entry->d_name + "/stat";
        ProcessInfo thread;
        if (std::atoi(entry->d_name) > 0 && parseStat(readProc(name, 512), thread))
            stopped = std::strchr("TtZX", thread.state) != nullptr;
    }
    if (tasks)
        ::closedir(tasks);
    return stopped;
}

std::unordered_set<pid_t> treeOf(const std::vector<ProcessInfo> &all, pid_t leader, const std::string &marker)
{
    std::unordered_set<pid_t> tree;
    for (const ProcessInfo &process : all) {
        const bool stray = process.parent == ::getpid() && process.pid != leader;
        if (process.pid == leader || process.session == leader || process.group == leader ||
            (stray && carries(process.pid, marker)))
            tree.insert(process.pid);
    }
    tree.insert(leader); // it may be a zombie, and its children are still below it
    addDescendants(all, tree);
    return tree;
}

void killTree(pid_t leader, const std::string &marker)
{
    killUntilQuiet([&](const std::vector<ProcessInfo> &all) {
        std::unordered_set<pid_t> tree = treeOf(all, leader, marker);
        std::unordered_set<pid_t> alive;
        for (const ProcessInfo &process : all) {
            if (tree.count(process.pid) > 0)
                alive.insert(process.pid);
        }
        return alive;
    });
}

void killEverything()
{
    if (::getpid() == 1)
        ::kill(-1, SIGKILL); // in one step: nothing can fork its way out
    killUntilQuiet([](const std::vector<ProcessInfo> &all) {
        std::unordered_set<pid_t> pids;
        for (const ProcessInfo &process : all)
            pids.insert(process.pid);
        return pids;
    });
}

std::int64_t proportionalBytes(const ProcessInfo &process)
{
    const std::string text = readProc(process.pid, "smaps_rollup", 2048);
    const std::size_t at = text.find("\nPss:");
    return at == std::string::npos ? process.rssBytes : std::atoll(text.c_str() + at + 5) * 1024;
}

} // namespace Flotilla::Agent
