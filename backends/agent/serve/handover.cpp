// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/handover.h"

#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/options.h"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

namespace Flotilla::Agent {

namespace {

Fd connectTo(const std::string &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return {};
    }
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd || ::connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return {};
    return fd;
}

} // namespace

bool takeSockets(const std::string &path, Options &options)
{
    const Fd launcher = connectTo(path);
    if (!launcher)
        return false;
    int sockets[2] = {-1, -1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof sockets)] = {};
    char byte = 0;
    iovec data{&byte, 1};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (::recvmsg(launcher.get(), &message, MSG_CMSG_CLOEXEC) != 1)
        return false;
    const cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (!header || header->cmsg_type != SCM_RIGHTS || header->cmsg_len != CMSG_LEN(sizeof sockets)) {
        errno = EPROTO;
        return false;
    }
    std::memcpy(sockets, CMSG_DATA(header), sizeof sockets);
    options.controlFd = sockets[0];
    options.appFd = sockets[1];
    return true;
}

} // namespace Flotilla::Agent
