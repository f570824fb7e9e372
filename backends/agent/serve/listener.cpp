// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/listener.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace Flotilla::Agent {

namespace {
constexpr int waiting = 4096; ///< whoever comes while this many wait is refused at once, not delayed
}

bool Listener::listen(const std::string &folder, const std::string &name)
{
    const std::string hidden = folder + "/." + name, visible = folder + '/' + name;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (hidden.size() >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return false;
    }
    std::memcpy(address.sun_path, hidden.c_str(), hidden.size() + 1);
    ::unlink(hidden.c_str());
    m_socket.reset(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const mode_t mask = ::umask(0177);
    const bool bound =
        m_socket && ::bind(m_socket.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::umask(mask);
    if (!bound || ::listen(m_socket.get(), waiting) != 0 || std::rename(hidden.c_str(), visible.c_str()) != 0)
        return false;
    watch();
    return true;
}

void Listener::adopt(int socket)
{
    m_socket.reset(socket);
    ::fcntl(socket, F_SETFD, FD_CLOEXEC);
    ::fcntl(socket, F_SETFL, ::fcntl(socket, F_GETFL) | O_NONBLOCK);
    watch();
}

void Listener::watch()
{
    m_loop.add(m_socket.get(), EPOLLIN, [this](std::uint32_t) { accept(); });
}

void Listener::setPaused(bool paused)
{
    if (m_paused != paused)
        m_loop.change(m_socket.get(), paused ? 0u : unsigned(EPOLLIN));
    m_paused = paused;
}

void Listener::accept()
{
    Fd connection(::accept4(m_socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (connection) {
        m_onConnection(std::move(connection));
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) {
        setPaused(true);
        m_loop.after(100, [this] { setPaused(false); });
    }
}

} // namespace Flotilla::Agent
