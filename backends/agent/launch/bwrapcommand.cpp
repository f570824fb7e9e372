// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/bwrapcommand.h"

#include <unistd.h>

namespace Flotilla::Agent {

namespace {

using Args = std::vector<std::string>;

void add(Args &args, std::initializer_list<const char *> more)
{
    args.insert(args.end(), more.begin(), more.end());
}

void addBind(Args &args, const char *option, const std::string &source, const char *target)
{
    args.insert(args.end(), {option, source, target});
}

void addTmpfs(Args &args, std::int64_t bytes, const char *mode, const char *target)
{
    args.insert(args.end(), {"--perms", mode, "--size", std::to_string(bytes), "--tmpfs", target});
}

/// /lib and friends are links into /usr on merged systems, folders on others.
void addSystem(Args &args)
{
    add(args, {"--ro-bind", "/usr", "/usr"});
    for (const char *path : {"/bin", "/sbin", "/lib", "/lib32", "/lib64"}) {
        char target[256];
        const ssize_t size = readlink(path, target, sizeof target);
        if (size > 0)
            args.insert(args.end(), {"--symlink", std::string(target, std::size_t(size)), path});
        else
            add(args, {"--ro-bind-try", path, path});
    }
}

void addNamespaces(Args &args)
{
    add(args, {"--unshare-user", "--disable-userns", "--assert-userns-disabled", "--unshare-pid", "--unshare-net",
               "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--as-pid-1", "--new-session", "--uid", "1000",
               "--gid", "1000", "--hostname", "flotilla", "--cap-drop", "ALL", "--clearenv"});
}

void addKernelFolders(Args &args, const std::string &empty)
{
    add(args, {"--proc", "/proc"});
    for (const char *secret : {"/proc/kallsyms", "/proc/keys", "/proc/key-users"}) {
        if (access(secret, F_OK) == 0)
            addBind(args, "--ro-bind", empty, secret);
    }
    add(args, {"--dev", "/dev", "--remount-ro", "/dev"}); // its own tmpfs has no size limit
}

void addEnvironment(Args &args, const LaunchSpec &spec)
{
    add(args, {"--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "HOME", "/tmp", "--setenv", "TMPDIR",
               "/tmp", "--setenv", "LANG", "C.UTF-8", "--setenv", "USER", "app"});
    for (const auto &[name, value] : spec.env)
        args.insert(args.end(), {"--setenv", name, value});
}

void addWritable(Args &args, const LaunchSpec &spec, const BindSources &sources)
{
    constexpr std::int64_t sharedMemory = 64ll << 20;
    addTmpfs(args, spec.limits.workspaceBytes, "1777", "/tmp");
    addTmpfs(args, spec.limits.workspaceBytes, "0755", "/app");
    addTmpfs(args, std::min(sharedMemory, spec.limits.workspaceBytes), "1777", "/dev/shm");
    if (sources.data.empty())
        addTmpfs(args, spec.limits.dataBytes, "0755", "/data");
    else
        addBind(args, "--bind", sources.data, "/data");
}

} // namespace

Args bwrapCommand(const LaunchSpec &spec, const BindSources &sources)
{
    Args args{spec.bwrap};
    addNamespaces(args);
    addSystem(args);
    addBind(args, "--ro-bind", sources.etc, "/etc");
    addBind(args, "--ro-bind", sources.agent, "/opt/flotilla/agent");
    if (!sources.runtime.empty())
        addBind(args, "--ro-bind", sources.runtime, "/opt/flotilla/runtime");
    addKernelFolders(args, sources.etc + "/empty");
    addWritable(args, spec, sources);
    add(args, {"--symlink", "/tmp", "/var/tmp", "--remount-ro", "/", "--chdir", "/app"});
    addEnvironment(args, spec);
    args.insert(args.end(), {"--seccomp", std::to_string(SeccompFd), "--info-fd", std::to_string(InfoFd), "--",
                             "/opt/flotilla/agent", "serve", "--control-fd", std::to_string(ControlFd), "--app-fd",
                             std::to_string(AppFd), "--limits", dump(spec.limitsJson)});
    return args;
}

} // namespace Flotilla::Agent
