// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/tcpconnect.h"

#include "backends/hosts/ssh/connectjob.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Flotilla {

namespace {

void tune(int fd)
{
    const int on = 1;
    const int idle = 30;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
}

/// Waits in slices, so that an abort is seen. Returns errno.
int waitConnected(int fd, std::chrono::steady_clock::time_point deadline, const ConnectJob &job)
{
    while (std::chrono::steady_clock::now() < deadline && !job.aborted()) {
        pollfd entry{fd, POLLOUT, 0};
        if (poll(&entry, 1, 100) <= 0)
            continue;
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
        return error;
    }
    return job.aborted() ? ECANCELED : ETIMEDOUT;
}

int attempt(const addrinfo &address, std::chrono::seconds timeout, const ConnectJob &job, int &fd)
{
    fd = socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return errno;
    tune(fd);
    int error = connect(fd, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS)
        error = waitConnected(fd, std::chrono::steady_clock::now() + timeout, job);
    if (error == 0)
        return 0;
    ::close(fd);
    fd = -1;
    return error;
}

Error cannotConnect(const QString &label, const QString &host, quint16 port, int error)
{
    QString text;
    if (error == ECONNREFUSED)
        text = QCoreApplication::translate("Hosts", "%1 refused the connection at %2, port %3. Check that sshd runs "
                                                    "there, and the port.");
    else if (error == ETIMEDOUT)
        text = QCoreApplication::translate("Hosts", "%1 did not answer at %2, port %3. Check that it is on and that "
                                                    "this network leads to it.");
    else
        text = QCoreApplication::translate("Hosts", "%1 cannot be reached at %2, port %3. Check the network.");
    return {error == ECANCELED ? ErrorKind::Cancelled : ErrorKind::Unavailable, text.arg(label, host).arg(port),
            QStringLiteral("connect: ") + QString::fromLocal8Bit(std::strerror(error))};
}

} // namespace

Result<int> connectTcp(const QString &label, const QString &host, quint16 port, std::chrono::seconds timeout,
                       const ConnectJob &job)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo *list = nullptr;
    const int looked = getaddrinfo(host.toUtf8().constData(), QByteArray::number(port).constData(), &hints, &list);
    if (looked != 0)
        return Error{ErrorKind::Unavailable,
                     QCoreApplication::translate("Hosts", "The address of %1 was not found: there is no %2. Check "
                                                          "HostName in ~/.ssh/config.")
                         .arg(label, host),
                     QStringLiteral("resolve: ") + QString::fromLocal8Bit(gai_strerror(looked))};
    int error = ETIMEDOUT;
    int fd = -1;
    for (const addrinfo *address = list; address && fd < 0 && !job.aborted(); address = address->ai_next)
        error = attempt(*address, timeout, job, fd);
    freeaddrinfo(list);
    if (fd < 0)
        return cannotConnect(label, host, port, job.aborted() ? ECANCELED : error);
    return fd;
}

} // namespace Flotilla
