// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/host/host.h"

#include "backends/agent/host/helper.h"
#include "backends/agent/launch/ownscope.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace Flotilla::Agent {

namespace {

constexpr std::string_view prefix = "helper-";

bool isSafeName(std::string_view name)
{
    constexpr std::string_view legal = "abcdefghijklmnopqrstuvwxyz0123456789-";
    return name.size() > prefix.size() && name.size() < 64 && name.substr(0, prefix.size()) == prefix &&
           name.find_first_not_of(legal) == std::string_view::npos;
}

bool isDeserted(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const Fd probe(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    return connect(probe.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0 &&
           errno == ECONNREFUSED;
}

/// Sockets of helpers that were killed.
void clearAway(const std::string &folder)
{
    DIR *dir = opendir(folder.c_str());
    if (!dir)
        return;
    while (const dirent *entry = readdir(dir)) {
        const std::string path = folder + '/' + entry->d_name;
        if (isSafeName(entry->d_name) && isDeserted(path))
            unlink(path.c_str());
    }
    closedir(dir);
}

/// From now on nothing of ours keeps the session of sshd open.
void leaveTheSession()
{
    setsid();
    const Fd null(open("/dev/null", O_RDWR | O_CLOEXEC));
    for (int stream = 0; stream < 3; ++stream)
        dup2(null.get(), stream);
}

[[noreturn]] void serve(const std::string &folder, const std::string &name, const Fd &report)
{
    int code = 0;
    {
        Helper helper;
        code = helper.listen(folder, name) ? 0 : errno;
        leaveTheSession();
        if (lingers()) // else sandboxes would end with the last session of this user
            delegatedTree({});
        [[maybe_unused]] const ssize_t told = write(report.get(), &code, sizeof code);
        if (code == 0)
            helper.run();
    }
    _exit(code == 0 ? 0 : 1);
}

int fatal(const std::string &what, int error)
{
    std::fprintf(stderr, "flotilla-agent: %s: %s\n", what.c_str(), std::strerror(error));
    return 1;
}

} // namespace

int hostMain(int argc, char **argv)
{
    const std::string folder = argc > 2 ? argv[1] : "", name = argc > 2 ? argv[2] : "";
    if (folder.empty() || folder[0] != '/' || !isSafeName(name)) {
        std::fputs("usage: flotilla-agent host FOLDER helper-NAME\n", stderr);
        return 2;
    }
    mkdir(folder.c_str(), 0700); // when somebody removed it
    clearAway(folder);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fatal("pipe", errno);
    const Fd reader(ends[0]);
    Fd writer(ends[1]);
    const pid_t pid = fork();
    if (pid < 0)
        return fatal("fork", errno);
    if (pid == 0)
        serve(folder, name, writer);
    writer.reset();
    int code = EPIPE;
    if (read(reader.get(), &code, sizeof code) != ssize_t(sizeof code) || code != 0)
        return fatal(folder, code);
    return 0;
}

} // namespace Flotilla::Agent
