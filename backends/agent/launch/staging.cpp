// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/staging.h"

#include "backends/agent/serve/fd.h"

#include <dirent.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace Flotilla::Agent {

namespace {

constexpr const char *stage = "/tmp"; // in the child's own mount namespace only

/// Gives a tree to `user` without ever following a link. Depth is bounded by the descriptors that are left.
bool giveTree(int dir, uid_t user, int depth = 0)
{
    const int copy = depth > 64 ? -1 : openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = copy < 0 ? nullptr : fdopendir(copy);
    if (!entries)
        return false;
    bool good = fchownat(dir, "", user, user, AT_EMPTY_PATH) == 0;
    while (const dirent *entry = good ? readdir(entries) : nullptr) {
        const std::string name = entry->d_name;
        if (name == "." || name == "..")
            continue;
        good = fchownat(dir, entry->d_name, user, user, AT_SYMLINK_NOFOLLOW) == 0;
        const Fd below(openat(dir, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        good = good && (!below || giveTree(below.get(), user, depth + 1));
    }
    closedir(entries);
    return good;
}

bool bindTo(const Fd &source, const std::string &target)
{
    const std::string from = "/proc/self/fd/" + std::to_string(source.get());
    return mount(from.c_str(), target.c_str(), nullptr, MS_BIND, nullptr) == 0;
}

struct Staged
{
    std::string *path;
    const char *name;
    Fd source;
};

bool openSources(BindSources &sources, std::vector<Staged> &staged, Failure &failure)
{
    const std::pair<std::string *, const char *> all[] = {
        {&sources.agent, "agent"}, {&sources.runtime, "runtime"}, {&sources.etc, "etc"}, {&sources.data, "data"}};
    for (const auto &[path, name] : all) {
        if (path->empty())
            continue;
        staged.push_back({path, name, Fd(open(path->c_str(), O_PATH | O_CLOEXEC))});
        if (!staged.back().source)
            return failErrno(failure, "open", *path);
    }
    return true;
}

bool bindStaged(const Staged &one, Failure &failure)
{
    struct stat info
    {
    };
    const std::string target = std::string(stage) + '/' + one.name;
    const bool folder = fstat(one.source.get(), &info) == 0 && S_ISDIR(info.st_mode);
    const bool made =
        folder ? mkdir(target.c_str(), 0755) == 0 : bool(Fd(open(target.c_str(), O_CREAT | O_CLOEXEC, 0644)));
    if (!made || !bindTo(one.source, target))
        return failErrno(failure, "bind", *one.path);
    *one.path = target;
    return true;
}

bool dropTo(uid_t user, Failure &failure)
{
    if (setgroups(0, nullptr) != 0 || setresgid(user, user, user) != 0 || setresuid(user, user, user) != 0)
        return failErrno(failure, "become the user", std::to_string(user));
    return true;
}

} // namespace

uid_t sandboxUser(const LaunchSpec &spec)
{
    constexpr uid_t base = 0x7000'0000; // above what systemd-nspawn and container engines hand out
    constexpr uid_t count = 0x0100'0000;
    std::uint32_t hash = 2166136261u; // FNV-1a
    for (const char c : spec.app.empty() ? spec.id : spec.app)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return base + hash % count;
}

bool prepareData(const LaunchSpec &spec, uid_t user, Failure &failure)
{
    if (spec.data.empty())
        return true;
    if (mkdir(spec.data.c_str(), 0700) != 0 && errno == ENOENT) {
        const std::string above = spec.data.substr(0, spec.data.rfind('/'));
        LaunchSpec parent;
        parent.data = above;
        if (above.empty() || !prepareData(parent, 0, failure))
            return false;
        mkdir(spec.data.c_str(), 0700);
    }
    const Fd dir(open(spec.data.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat info
    {
    };
    if (!dir || fstat(dir.get(), &info) != 0)
        return failErrno(failure, "open the data folder", spec.data);
    if (user != 0 && info.st_uid != user && !giveTree(dir.get(), user))
        return failErrno(failure, "hand over the data folder", spec.data);
    return true;
}

/// A folder of the host, or the link that it is on merged systems, at the same place below the stage.
bool showFolder(const std::string &path)
{
    const std::string target = stage + path;
    char link[256];
    const ssize_t size = readlink(path.c_str(), link, sizeof link);
    if (size > 0)
        return symlink(std::string(link, std::size_t(size)).c_str(), target.c_str()) == 0;
    if (access(path.c_str(), F_OK) != 0)
        return true;
    return mkdir(target.c_str(), 0755) == 0 &&
           mount(path.c_str(), target.c_str(), nullptr, MS_BIND | MS_REC, nullptr) == 0;
}

/// The kernel keeps the names below one /proc/sys of all user namespaces in one list, and bubblewrap looks for its
/// limit there: in a /proc of its own it need not pass those of every sandbox (a quarter of the time with 8,000).
/// It works without, too.
bool mountProc(const std::string &target)
{
    return mount("proc", target.c_str(), "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) == 0;
}

bool showProc()
{
    const std::string target = std::string(stage) + "/proc";
    return mkdir(target.c_str(), 0755) == 0 &&
           (mountProc(target) || mount("/proc", target.c_str(), nullptr, MS_BIND | MS_REC, nullptr) == 0);
}

bool showSystem()
{
    for (const char *path : {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/dev"}) {
        if (!showFolder(path))
            return false;
    }
    return showProc() && mkdir((std::string(stage) + "/tmp").c_str(), 0755) == 0;
}

bool isPartOfSystem(const std::string &program)
{
    char path[PATH_MAX];
    return realpath(program.c_str(), path) && std::string_view(path).substr(0, 5) == "/usr/";
}

/// bubblewrap reads the table of all mounts some 15 times: in a root that shows only what it needs, those of the host
/// are not in it (3 of 11 ms with 80 of them). False, and nothing changed, where a root cannot be left (initramfs).
bool enterStage()
{
    if (!showSystem() || chdir(stage) != 0)
        return false;
    const bool entered = syscall(SYS_pivot_root, ".", ".") == 0;
    if (entered)
        umount2(".", MNT_DETACH); // the old one, on top; left there it only costs time
    return chdir("/") == 0 && entered;
}

bool isCrowded()
{
    constexpr int many = 2500;
    struct sysinfo info
    {
    };
    return sysinfo(&info) == 0 && info.procs > many;
}

RootView rootViewFor(const std::string &bwrap)
{
    return isPartOfSystem(bwrap) && !isCrowded() ? RootView::Needed : RootView::Host;
}

bool becomeUser(uid_t user, RootView view, BindSources &sources, Failure &failure)
{
    if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return failErrno(failure, "make", "a mount namespace");
    std::vector<Staged> staged; // opened here: a mount of another namespace cannot be bound
    if (!openSources(sources, staged, failure))
        return false;
    if (mount("flotilla", stage, "tmpfs", MS_NOSUID | MS_NODEV, "size=64k,mode=0755") != 0)
        return failErrno(failure, "mount on", stage);
    for (const Staged &one : staged) {
        if (!bindStaged(one, failure))
            return false;
    }
    if (view == RootView::Host) {
        mountProc("/proc");
    } else if (enterStage()) {
        for (const Staged &one : staged)
            one.path->erase(0, std::strlen(stage));
    }
    return dropTo(user, failure);
}

} // namespace Flotilla::Agent
