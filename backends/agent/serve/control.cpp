// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/control.h"

#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/options.h"
#include "backends/agent/serve/parts.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxControlConnections = 64;
constexpr std::int64_t firstFrameMs = 10'000;
constexpr std::int64_t lingerMs = 2000;

/// As PID 1 of a sandbox a peer of the host has no pid that we could see; everything that has one is the app.
bool isFromInside(int socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getpid() == 1 && ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.pid != 0;
}

} // namespace

ControlConnection::ControlConnection(Parts &parts, Fd socket, std::function<void(ControlConnection *)> onClosed)
    : m_parts(parts)
    , m_socket(std::move(socket))
    , m_onClosed(std::move(onClosed))
{
    m_parts.loop.add(m_socket.get(), EPOLLIN, [this](std::uint32_t events) { ready(events); });
    m_timer = m_parts.loop.after(firstFrameMs, [this] { close(); });
}

ControlConnection::~ControlConnection()
{
    m_parts.loop.cancel(m_timer);
    m_parts.loop.remove(m_socket.get());
}

void ControlConnection::close()
{
    if (m_closed)
        return;
    m_closed = true;
    m_parts.loop.remove(m_socket.get());
    m_call.reset();
    m_parts.loop.later([this] { m_onClosed(this); });
}

void ControlConnection::ready(std::uint32_t events)
{
    if (events & EPOLLIN)
        read();
    else if (events & (EPOLLHUP | EPOLLERR))
        return close();
    if (!m_closed && (events & EPOLLOUT))
        flush();
}

void ControlConnection::read()
{
    std::array<char, 64 * 1024> buffer;
    const ssize_t count = ::read(m_socket.get(), buffer.data(), buffer.size());
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0)
        return close();
    if (m_finished)
        return; // the call has ended, the host does not know yet
    m_decoder.feed({buffer.data(), std::size_t(count)});
    dispatchFrames();
}

void ControlConnection::dispatchFrames()
{
    Frame frame;
    while (!m_finished && m_decoder.next(frame)) {
        if (!m_begun) {
            begin(frame);
        } else if (!m_call) {
            fail({"invalid", "this call takes no further frames"});
        } else if (const Outcome outcome = m_call->frame(frame); !outcome.ok()) {
            fail(outcome);
        }
    }
    if (m_decoder.broken() && !m_finished)
        fail({"invalid", "this is not a frame of the protocol"});
}

void ControlConnection::begin(const Frame &frame)
{
    m_begun = true;
    m_parts.loop.cancel(m_timer);
    const Json request = frame.type == 'J' ? parseJson(frame.payload) : Json();
    if (!request.is_object())
        return fail({"invalid", "a call begins with a JSON object"});
    beginCall(*this, request);
}

void ControlConnection::send(char type, std::string_view payload)
{
    if (m_finished || m_closed)
        return;
    appendFrame(m_out, type, payload);
    flush();
}

void ControlConnection::finish(Json answer)
{
    if (m_finished || m_closed)
        return;
    answer["ok"] = true;
    send('J', dump(answer));
    hangUp();
}

void ControlConnection::fail(const Outcome &outcome)
{
    if (m_finished || m_closed)
        return;
    send('J', dump({{"ok", false}, {"error", outcome.error}, {"text", outcome.text}}));
    hangUp();
}

// The host may still be sending; closing at once could take the answer away from it.
void ControlConnection::hangUp()
{
    m_finished = true;
    m_reading = true;
    m_timer = m_parts.loop.after(lingerMs, [this] { close(); });
    m_parts.loop.later([this, alive = std::weak_ptr<int>(m_alive)] {
        if (!alive.expired())
            m_call.reset();
    });
    if (!m_closed)
        flush();
}

void ControlConnection::flush()
{
    while (m_written < m_out.size()) {
        const ssize_t count = ::send(m_socket.get(), m_out.data() + m_written, m_out.size() - m_written, MSG_NOSIGNAL);
        if (count < 0) {
            if (errno != EAGAIN && errno != EINTR)
                return close();
            return update();
        }
        m_written += std::size_t(count);
    }
    std::string().swap(m_out);
    m_written = 0;
    if (m_finished && !m_hungUp) {
        m_hungUp = true;
        ::shutdown(m_socket.get(), SHUT_WR);
    }
    update();
    if (m_call && !m_finished)
        m_call->drained();
}

void ControlConnection::setReading(bool reading)
{
    if (m_reading == reading || m_finished)
        return;
    m_reading = reading;
    update();
}

void ControlConnection::update()
{
    m_parts.loop.change(m_socket.get(),
                        (m_reading ? unsigned(EPOLLIN) : 0u) | (m_out.empty() ? 0u : unsigned(EPOLLOUT)));
}

ControlServer::ControlServer(Parts &parts)
    : m_parts(parts)
    , m_listener(parts.loop, [this](Fd connection) { connected(std::move(connection)); })
{
}

ControlServer::~ControlServer() = default;

bool ControlServer::listen()
{
    const Options &options = m_parts.options;
    if (options.controlFd < 0)
        return m_listener.listen(options.dir, "control.sock");
    m_listener.adopt(options.controlFd);
    return true;
}

void ControlServer::connected(Fd connection)
{
    if (isFromInside(connection.get()))
        return;
    auto made = std::make_unique<ControlConnection>(m_parts, std::move(connection),
                                                    [this](ControlConnection *gone) { closed(gone); });
    ControlConnection *const key = made.get();
    m_connections.emplace(key, std::move(made));
    m_listener.setPaused(m_connections.size() >= maxControlConnections);
}

void ControlServer::closed(ControlConnection *connection)
{
    m_connections.erase(connection);
    m_listener.setPaused(m_connections.size() >= maxControlConnections);
}

} // namespace Flotilla::Agent
