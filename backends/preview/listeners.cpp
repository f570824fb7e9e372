// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/listeners.h"

#include <QCoreApplication>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr int backlog = 512;

/// A listening socket, or minus errno.
int listenAt(const sockaddr *address, socklen_t size)
{
    const int listener = ::socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0)
        return -errno;
    const int yes = 1;
    ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (address->sa_family == AF_INET6)
        ::setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof yes);
    if (::bind(listener, address, size) == 0 && ::listen(listener, backlog) == 0)
        return listener;
    const int code = errno;
    ::close(listener);
    return -code;
}

int listenV4(quint16 port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return listenAt(reinterpret_cast<const sockaddr *>(&address), sizeof address);
}

int listenV6(quint16 port)
{
    sockaddr_in6 address = {};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(port);
    address.sin6_addr = in6addr_loopback;
    return listenAt(reinterpret_cast<const sockaddr *>(&address), sizeof address);
}

quint16 portOf(int listener)
{
    sockaddr_in address = {};
    socklen_t size = sizeof address;
    ::getsockname(listener, reinterpret_cast<sockaddr *>(&address), &size);
    return ntohs(address.sin_port);
}

Error listenError(int code, quint16 port)
{
    const QString detail = QString::fromLocal8Bit(std::strerror(code));
    if (code == EADDRINUSE)
        return {
            ErrorKind::Conflict,
            QCoreApplication::translate("Preview", "Port %1 of this computer is taken by another program.").arg(port),
            detail};
    return {ErrorKind::Unavailable,
            QCoreApplication::translate("Preview", "Previews cannot be served on this computer."), detail};
}

} // namespace

Result<LoopbackListeners> listenOnLoopback(quint16 port)
{
    for (int attempt = 0;; ++attempt) {
        const int v4 = listenV4(port);
        if (v4 < 0)
            return listenError(-v4, port);
        const quint16 chosen = portOf(v4);
        const int v6 = listenV6(chosen);
        if (v6 >= 0)
            return LoopbackListeners{{v4, v6}, chosen};
        if (v6 != -EADDRINUSE) // no IPv6 here
            return LoopbackListeners{{v4}, chosen};
        ::close(v4);
        if (port != 0 || attempt >= 20)
            return listenError(EADDRINUSE, chosen);
    }
}

} // namespace Flotilla
