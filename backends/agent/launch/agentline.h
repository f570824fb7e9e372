// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/frames.h"
#include "backends/agent/launch/failure.h"
#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/json.h"

#include <chrono>
#include <string>

namespace Flotilla::Agent {

/// One call to an agent over its control socket, blocking, with one deadline. What comes back is untrusted: bounded.
class AgentLine
{
public:
    AgentLine(const std::string &path, int deadlineMs);
    /// Stops early, with success, when the agent answers meanwhile: receive() tells what.
    bool send(char type, std::string_view payload, Failure &failure);
    /// The next frame.
    bool receive(Frame &frame, Failure &failure);
    /// The final answer; a refusal of the agent is a failure.
    static bool isGood(const Frame &frame, Json &answer, Failure &failure);

private:
    bool wait(short events, short &happened, Failure &failure);
    bool readSome(Failure &failure);

    Fd m_socket;
    FrameDecoder m_decoder;
    bool m_answered = false;
    std::chrono::steady_clock::time_point m_end;
};

} // namespace Flotilla::Agent
