// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/control.h"

#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/options.h"
#include "backends/agent/serve/parts.h"

#include <sys/socket.h>

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
    : FrameSocket(parts.loop, std::move(socket))
    , m_parts(parts)
    , m_onClosed(std::move(onClosed))
{
    m_timer = m_loop.after(firstFrameMs, [this] { close(); });
}

ControlConnection::~ControlConnection()
{
    m_loop.cancel(m_timer);
}

void ControlConnection::close()
{
    if (m_closed)
        return;
    m_closed = true;
    leaveLoop();
    m_call.reset();
    m_loop.later([this] { m_onClosed(this); });
}

void ControlConnection::take(const Frame &frame)
{
    if (!m_begun) {
        begin(frame);
    } else if (!m_call) {
        fail({"invalid", "this call takes no further frames"});
    } else if (const Outcome outcome = m_call->frame(frame); !outcome.ok()) {
        fail(outcome);
    }
}

void ControlConnection::begin(const Frame &frame)
{
    m_begun = true;
    m_loop.cancel(m_timer);
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
    m_timer = m_loop.after(lingerMs, [this] { close(); });
    m_loop.later([this, alive = std::weak_ptr<int>(m_alive)] {
        if (!alive.expired())
            m_call.reset();
    });
    if (!m_closed)
        flush();
}

void ControlConnection::flush()
{
    if (!sendSome(m_out, m_written))
        return close();
    if (m_written < m_out.size())
        return update();
    std::string().swap(m_out);
    m_written = 0;
    if (m_finished && !m_hungUp) {
        m_hungUp = true;
        endWriting();
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
    watch(m_reading, !m_out.empty());
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
