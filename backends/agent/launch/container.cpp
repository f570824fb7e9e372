// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/container.h"

#include "backends/agent/launch/end.h"
#include "backends/agent/launch/etcfolder.h"
#include "backends/agent/launch/sandboxfolder.h"
#include "backends/agent/launch/seccompprofile.h"
#include "backends/agent/launch/staging.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace Flotilla::Agent {

namespace {

constexpr int handoverTimeoutMs = 60'000;

struct Sockets
{
    Fd control;
    Fd app;
    Fd hand;
};

std::int64_t now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

bool sendSockets(const Fd &peer, const Sockets &sockets)
{
    const int fds[2] = {sockets.control.get(), sockets.app.get()};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof fds)] = {};
    char byte = 0;
    iovec data{&byte, 1};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof fds);
    std::memcpy(CMSG_DATA(header), fds, sizeof fds);
    return sendmsg(peer.get(), &message, MSG_NOSIGNAL) == 1;
}

void leaveTheCaller()
{
    setsid();
    signal(SIGPIPE, SIG_IGN);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        dup2(null, fd);
    if (chdir("/") != 0)
        _exit(1);
}

/// The waiting process. The first to come is the agent: nothing else in the container runs before it.
[[noreturn]] void holdSockets(const SandboxFolder &folder, const Sockets &sockets, Json label)
{
    leaveTheCaller();
    pollfd waiting{sockets.hand.get(), POLLIN, 0};
    if (poll(&waiting, 1, handoverTimeoutMs) != 1)
        _exit(1);
    const Fd peer(accept4(sockets.hand.get(), nullptr, nullptr, SOCK_CLOEXEC));
    unlinkat(folder.fd(), "hand/hand.sock", 0);
    ucred who{};
    socklen_t size = sizeof who;
    if (!peer || getsockopt(peer.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0)
        _exit(1);
    const ProcessRef agent = processRef(who.pid);
    label["pid"] = agent.pid;
    label["start"] = agent.start;
    _exit(folder.saveLabel(label) && sendSockets(peer, sockets) ? 0 : 1);
}

bool writePasswd(const SandboxFolder &folder, uid_t user)
{
    const std::string id = std::to_string(user);
    const std::string text =
        "app:x:" + id + ':' + id + ":Generated app:/tmp:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n";
    const Fd fd(openat(folder.fd(), "passwd", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    return fd && fchmod(fd.get(), 0644) == 0 && write(fd.get(), text.data(), text.size()) == ssize_t(text.size());
}

bool makeSockets(const SandboxFolder &folder, Sockets &sockets, Failure &failure)
{
    if (mkdirat(folder.fd(), "hand", 0755) != 0 && errno != EEXIST)
        return failErrno(failure, "create a folder in", folder.path());
    sockets = {folder.makeSocket("control.sock"), folder.makeSocket("app.sock"), folder.makeSocket("hand/hand.sock")};
    const bool open = fchmodat(folder.fd(), "hand", 0755, 0) == 0 &&
                      fchmodat(folder.fd(), "hand/hand.sock", 0666, 0) == 0; // the folder above is private
    if (!open || !sockets.control || !sockets.app || !sockets.hand)
        return failErrno(failure, "make the sockets in", folder.path());
    return true;
}

Json makeLabel(const LaunchSpec &spec, uid_t user)
{
    return {{"v", 1},
            {"id", spec.id},
            {"app", spec.app},
            {"owner", spec.owner},
            {"created_ms", now()},
            {"limits", spec.limitsJson},
            {"user", user},
            {"engine", spec.engine},
            {"from", spec.from},
            {"boot", bootId()}};
}

bool startHolder(const SandboxFolder &folder, Json label, Failure &failure)
{
    Sockets sockets;
    if (!makeSockets(folder, sockets, failure))
        return false;
    const pid_t pid = fork();
    if (pid < 0)
        return failErrno(failure, "start", "a process");
    label["outer_pid"] = pid == 0 ? getpid() : pid;
    label["outer_start"] = processRef(pid == 0 ? getpid() : pid).start;
    if (pid == 0)
        holdSockets(folder, sockets, std::move(label));
    // The agent cannot come before the caller has our answer, so nobody else writes the label now.
    return folder.saveLabel(label) || failErrno(failure, "write the label in", folder.path());
}

bool writeProfile(const std::string &path, const std::string &text)
{
    const std::string draft = path + '.' + std::to_string(getpid());
    const Fd fd(open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    const bool written = fd && write(fd.get(), text.data(), text.size()) == ssize_t(text.size());
    if (written && std::rename(draft.c_str(), path.c_str()) == 0)
        return true;
    unlink(draft.c_str());
    return false;
}

Json systemFolders()
{
    Json links = Json::object();
    Json folders = Json::array();
    for (const char *path : {"/bin", "/sbin", "/lib", "/lib32", "/lib64"}) {
        char target[256];
        const ssize_t size = readlink(path, target, sizeof target);
        if (size > 0)
            links[path] = std::string(target, std::size_t(size));
        else if (access(path, F_OK) == 0)
            folders.push_back(path);
    }
    return {{"links", links}, {"folders", folders}};
}

} // namespace

bool prepareContainer(const LaunchSpec &spec, Json &answer, Failure &failure)
{
    auto folder = SandboxFolder::lock(spec.root, spec.id, true, failure);
    if (!folder)
        return false;
    Json label = folder->label();
    if (label.is_object() && stringOf(label, "owner") != spec.owner)
        return fail(failure, "invalid", "The sandbox belongs to another installation.", spec.id);
    const bool existed = processOf(label).inner.start != 0 && isComplete(label);
    const uid_t user = geteuid() == 0 ? sandboxUser(spec) : geteuid();
    std::string etc;
    if (!existed) {
        endProcesses(label);
        label = makeLabel(spec, user);
        if (!prepareEtc(spec.root, etc, failure) || !prepareData(spec, geteuid() == 0 ? user : 0, failure) ||
            !startHolder(*folder, label, failure))
            return false;
        if (!writePasswd(*folder, user))
            return failErrno(failure, "write to", folder->path());
    }
    flock(folder->fd(), LOCK_UN); // the holder shares it
    answer = {{"existed", existed},
              {"created_ms", numberOf(label, "created_ms")},
              {"user", user},
              {"folder", folder->path()},
              {"etc", etc}};
    return true;
}

bool containerFacts(const std::string &root, Json &answer, Failure &failure)
{
    std::string etc;
    if (!makePrivateFolder(root, failure) || !prepareEtc(root, etc, failure))
        return false;
    utsname machine{};
    uname(&machine);
    const std::string profile = dump(seccompProfile(machine.machine));
    const std::string path = root + "/seccomp.json";
    if (!writeProfile(path, profile))
        return failErrno(failure, "write", path);
    answer = systemFolders();
    answer["user"] = geteuid();
    answer["arch"] = machine.machine;
    answer["etc"] = etc;
    answer["seccomp"] = profile;
    answer["seccomp_path"] = path;
    return true;
}

} // namespace Flotilla::Agent
