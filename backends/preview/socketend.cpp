// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/socketend.h"

#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Flotilla {

void SocketEnd::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor); // also takes it out of the epoll set
    m_descriptor = -1;
    m_watched = 0;
}

SocketEnd::ReadResult SocketEnd::read(char *buffer, qsizetype capacity, qsizetype &size)
{
    ssize_t got = 0;
    do {
        got = ::recv(m_descriptor, buffer, static_cast<size_t>(capacity), 0);
    } while (got < 0 && errno == EINTR);
    size = got > 0 ? got : 0;
    if (got > 0)
        return ReadResult::Data;
    if (got == 0)
        return ReadResult::End;
    return errno == EAGAIN || errno == EWOULDBLOCK ? ReadResult::Nothing : ReadResult::Broken;
}

bool SocketEnd::send(const char *data, qsizetype size, qsizetype &sent)
{
    sent = 0;
    while (sent < size) {
        const ssize_t n = ::send(m_descriptor, data + sent, static_cast<size_t>(size - sent), MSG_NOSIGNAL);
        if (n >= 0)
            sent += n;
        else if (errno != EINTR)
            return errno == EAGAIN || errno == EWOULDBLOCK;
    }
    return true;
}

bool SocketEnd::write(const char *data, qsizetype size)
{
    qsizetype sent = 0;
    if (pending() == 0 && isOpen() && !send(data, size, sent))
        return false;
    m_pending.append(data + sent, size - sent);
    return true;
}

bool SocketEnd::flush()
{
    qsizetype sent = 0;
    const bool alive = send(m_pending.constData() + m_offset, pending(), sent);
    m_offset += sent;
    if (m_offset == m_pending.size()) {
        m_pending.clear();
        m_offset = 0;
        shutDownWhenEmpty();
    } else if (m_offset > 128 * 1024) {
        m_pending.remove(0, m_offset);
        m_offset = 0;
    }
    return alive;
}

void SocketEnd::finishWriting()
{
    m_finish = true;
    shutDownWhenEmpty();
}

void SocketEnd::shutDownWhenEmpty()
{
    if (!m_finish || m_finished || pending() > 0 || !isOpen())
        return;
    ::shutdown(m_descriptor, SHUT_WR);
    m_finished = true;
}

void SocketEnd::watch(int epoll, uint64_t tag, bool wantRead)
{
    if (!isOpen())
        return;
    const uint32_t wanted = (wantRead ? uint32_t(EPOLLIN) : 0u) | (pending() > 0 ? uint32_t(EPOLLOUT) : 0u);
    if (wanted == m_watched)
        return;
    epoll_event event = {};
    event.events = wanted;
    event.data.u64 = tag;
    const int operation = m_watched == 0 ? EPOLL_CTL_ADD : wanted == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    ::epoll_ctl(epoll, operation, m_descriptor, &event);
    m_watched = wanted;
}

} // namespace Flotilla
