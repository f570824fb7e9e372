// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/framesocket.h"
#include "backends/agent/serve/json.h"
#include "backends/agent/serve/listener.h"
#include "backends/agent/serve/outcome.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace Flotilla::Agent {

class ControlConnection;
struct Parts;

/// One operation that lasts longer than its first frame. Deleted when it ended or the host went away.
class Call
{
public:
    virtual ~Call() = default;
    /// A further frame of the host. A failure ends the call.
    virtual Outcome frame(const Frame &frame) = 0;
    /// Everything sent so far has left.
    virtual void drained() {}
};

/// One connection of the host: one call (protocol.md).
class ControlConnection : public FrameSocket
{
public:
    ControlConnection(Parts &parts, Fd socket, std::function<void(ControlConnection *)> onClosed);
    ~ControlConnection() override;

    void send(char type, std::string_view payload);
    void send(const Json &json) { send('J', dump(json)); }
    /// The last frame; the connection closes when it has left. The call lives until then.
    void finish(Json answer);
    void fail(const Outcome &outcome);
    void start(std::unique_ptr<Call> call) { m_call = std::move(call); }
    /// Bytes that still wait for the host.
    [[nodiscard]] std::size_t unsent() const { return m_out.size() - m_written; }
    void setReading(bool reading);
    [[nodiscard]] bool isFinished() const { return m_finished; }
    Parts &parts() { return m_parts; }

private:
    bool wantsFrames() const override { return !m_finished && !m_closed; } // it may not know yet that its call ended
    void take(const Frame &frame) override;
    void tookNonsense() override { fail({"invalid", "this is not a frame of the protocol"}); }
    void begin(const Frame &frame);
    void flush() override;
    void update();
    void hangUp();
    void close() override;

    Parts &m_parts;
    std::function<void(ControlConnection *)> m_onClosed;
    std::string m_out;
    std::size_t m_written = 0;
    std::unique_ptr<Call> m_call;
    bool m_begun = false;
    bool m_finished = false;
    bool m_hungUp = false;
    bool m_reading = true;
    Loop::TimerId m_timer = 0;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0); ///< for what runs later
};

class ControlServer
{
public:
    explicit ControlServer(Parts &parts);
    ~ControlServer();
    bool listen();

private:
    void connected(Fd connection);
    void closed(ControlConnection *connection);

    Parts &m_parts;
    Listener m_listener;
    std::unordered_map<ControlConnection *, std::unique_ptr<ControlConnection>> m_connections;
};

} // namespace Flotilla::Agent
