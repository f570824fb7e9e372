// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/host/program.h"
#include "backends/agent/serve/framesocket.h"
#include "backends/agent/serve/json.h"

namespace Flotilla::Agent {

class Helper;

/// One connection to the helper: one program, or the hold on the helper's life. When it closes the program is killed
/// with its group.
class HelperCall : public FrameSocket
{
public:
    HelperCall(Helper &helper, Fd socket);
    ~HelperCall() override;

    bool begin();            ///< starts the program; false when it did not start
    void exited(int status); ///< as of waitpid(2)

private:
    bool wantsFrames() const override { return !m_finished && !m_closed; } // it may not know yet that it is over
    void take(const Frame &frame) override;
    void tookNonsense() override { refuse("invalid", "this is not a frame of the protocol"); }
    void takeRequest(const Json &request);
    void takeInput(const std::string &bytes);
    void writeInput();
    void closeInput();
    void watchOutput(int which);
    void readOutput(int which);
    void closeOutput(int which);
    void setReadingOutput(bool reading);
    void endOutput();
    void finishWhenOver();
    void linger();
    void send(char type, std::string_view payload);
    void finish(Json answer, bool ok);
    void refuse(const char *kind, const std::string &text);
    void flush() override;
    void update();
    void kill();
    void close() override;

    Helper &m_helper;
    ProgramSpec m_spec;
    std::int64_t m_timeoutMs = 0;
    pid_t m_pid = 0; ///< while it runs
    int m_status = 0;
    Fd m_input;
    std::string m_inputBuffer;
    bool m_inputEnds = false;
    Fd m_output[2];
    bool m_readingOutput = true;
    std::string m_out;
    bool m_begun = false;
    bool m_holds = false;
    bool m_exited = false;
    bool m_finished = false;
    Loop::TimerId m_timer = 0;
};

} // namespace Flotilla::Agent
