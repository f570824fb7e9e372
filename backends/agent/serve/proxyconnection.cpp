// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/proxyconnection.h"

#include "backends/agent/serve/appserver.h"
#include "backends/agent/serve/page.h"
#include "backends/agent/serve/serverapp.h"

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxBuffered = 64 * 1024;

} // namespace

ProxyConnection::ProxyConnection(AppServer &server, Fd client)
    : m_server(server)
{
    m_client.socket = std::move(client);
    const int clientFd = m_client.socket.get();
    m_server.loop().add(clientFd, EPOLLIN, [this](std::uint32_t events) { ready(m_client, m_app, events); });
    if (!connectToApp())
        m_server.loop().later([&server, clientFd] { server.close(clientFd); });
}

ProxyConnection::~ProxyConnection()
{
    if (m_app.socket)
        m_server.loop().remove(m_app.socket.get());
}

bool ProxyConnection::connectToApp()
{
    socklen_t length = 0;
    const sockaddr_storage address = loopback(m_server.port(), m_server.server().listensOnIpv6(), length);
    m_app.socket.reset(::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!m_app.socket)
        return false;
    const int on = 1;
    ::setsockopt(m_app.socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(m_app.socket.get(), reinterpret_cast<const sockaddr *>(&address), length) != 0 &&
        errno != EINPROGRESS)
        return false;
    m_server.loop().add(m_app.socket.get(), EPOLLOUT, [this](std::uint32_t events) { ready(m_app, m_client, events); });
    return true;
}

void ProxyConnection::refuse()
{
    const std::string page = statusPage("Starting", "The app's server is starting.", nullptr);
    const std::string answer =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " +
        std::to_string(page.size()) + "\r\nCache-Control: no-store\r\nRetry-After: 1\r\nConnection: close\r\n\r\n" +
        page;
    [[maybe_unused]] const ssize_t sent =
        ::send(m_client.socket.get(), answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    m_server.close(m_client.socket.get());
}

void ProxyConnection::ready(Side &side, Side &other, std::uint32_t events)
{
    if (&side == &m_app && !m_connected) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(side.socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0)
            return refuse();
        m_connected = true;
    }
    const bool broken = (events & EPOLLERR) || ((events & EPOLLHUP) && side.ended);
    if (broken || ((events & (EPOLLIN | EPOLLHUP)) && !read(side, other)) ||
        (m_connected && (!write(other, side) || !write(side, other))))
        return m_server.close(m_client.socket.get());
    if (m_client.shut && m_app.shut)
        return m_server.close(m_client.socket.get());
    update();
}

bool ProxyConnection::read(Side &side, Side &other)
{
    std::array<char, 16 * 1024> buffer;
    if (side.ended || other.out.size() >= maxBuffered)
        return true;
    const ssize_t count = ::read(side.socket.get(), buffer.data(), buffer.size());
    if (count > 0)
        other.out.append(buffer.data(), std::size_t(count));
    else if (count == 0)
        side.ended = true;
    return count >= 0 || errno == EAGAIN || errno == EINTR;
}

bool ProxyConnection::write(Side &side, const Side &other)
{
    if (!side.out.empty()) {
        const ssize_t count = ::send(side.socket.get(), side.out.data(), side.out.size(), MSG_NOSIGNAL);
        if (count < 0)
            return errno == EAGAIN || errno == EINTR;
        side.out.erase(0, std::size_t(count));
    }
    if (side.out.empty()) {
        std::string().swap(side.out);
        if (other.ended && !side.shut) {
            side.shut = true;
            ::shutdown(side.socket.get(), SHUT_WR);
        }
    }
    return true;
}

void ProxyConnection::update()
{
    const auto eventsFor = [](const Side &side, const Side &other) {
        const bool reads = !side.ended && other.out.size() < maxBuffered;
        return (reads ? unsigned(EPOLLIN) : 0u) | (side.out.empty() ? 0u : unsigned(EPOLLOUT));
    };
    m_server.loop().change(m_client.socket.get(), eventsFor(m_client, m_app));
    m_server.loop().change(m_app.socket.get(), m_connected ? eventsFor(m_app, m_client) : unsigned(EPOLLOUT));
}

} // namespace Flotilla::Agent
