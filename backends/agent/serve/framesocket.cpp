// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/framesocket.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace Flotilla::Agent {

FrameSocket::FrameSocket(Loop &loop, Fd socket)
    : m_loop(loop)
    , m_socket(std::move(socket))
{
    m_loop.add(m_socket.get(), EPOLLIN, [this](std::uint32_t events) { ready(events); });
}

FrameSocket::~FrameSocket()
{
    leaveLoop();
}

void FrameSocket::ready(std::uint32_t events)
{
    if (events & EPOLLIN)
        read();
    else if (events & (EPOLLHUP | EPOLLERR))
        return close();
    if (!m_closed && (events & EPOLLOUT))
        flush();
}

void FrameSocket::read()
{
    std::array<char, 64 * 1024> buffer;
    const ssize_t count = ::read(m_socket.get(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0)
        return close();
    if (!wantsFrames())
        return;
    m_decoder.feed({buffer.data(), std::size_t(count)});
    Frame frame;
    while (wantsFrames() && m_decoder.next(frame))
        take(frame);
    if (m_decoder.broken() && wantsFrames())
        tookNonsense();
}

bool FrameSocket::sendSome(std::string_view bytes, std::size_t &sent)
{
    while (sent < bytes.size()) {
        const ssize_t count = ::send(m_socket.get(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count < 0)
            return errno == EAGAIN || errno == EINTR;
        sent += std::size_t(count);
    }
    return true;
}

void FrameSocket::watch(bool reading, bool writing)
{
    m_loop.change(m_socket.get(), (reading ? unsigned(EPOLLIN) : 0u) | (writing ? unsigned(EPOLLOUT) : 0u));
}

void FrameSocket::endWriting()
{
    ::shutdown(m_socket.get(), SHUT_WR);
}

} // namespace Flotilla::Agent
