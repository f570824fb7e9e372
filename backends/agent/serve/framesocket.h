// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/frames.h"
#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/loop.h"

#include <string_view>

namespace Flotilla::Agent {

/// A connection that speaks frames: reads them when something came, and says when it is time to send or to close.
class FrameSocket
{
public:
    FrameSocket(Loop &loop, Fd socket);
    FrameSocket(const FrameSocket &) = delete;
    FrameSocket &operator=(const FrameSocket &) = delete;
    virtual ~FrameSocket();

protected:
    virtual bool wantsFrames() const = 0; ///< false: what comes is read and thrown away
    virtual void take(const Frame &frame) = 0;
    virtual void tookNonsense() = 0; ///< no frame can come any more
    virtual void flush() = 0;        ///< there is room to send
    virtual void close() = 0;        ///< the other side is gone
    /// Sends from `sent` on, as much as there is room for. False: the other side is gone.
    bool sendSome(std::string_view bytes, std::size_t &sent);
    void watch(bool reading, bool writing);
    void leaveLoop() { m_loop.remove(m_socket.get()); }
    void endWriting();

    Loop &m_loop;
    bool m_closed = false; ///< set by close()

private:
    void ready(std::uint32_t events);
    void read();

    Fd m_socket;
    FrameDecoder m_decoder;
};

} // namespace Flotilla::Agent
