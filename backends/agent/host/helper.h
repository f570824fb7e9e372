// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/listener.h"

#include <sys/types.h>

#include <deque>
#include <memory>
#include <unordered_map>

namespace Flotilla::Agent {

class HelperCall;

/// The program that starts others on a host. Runs a bounded number of them, the rest wait in turn.
class Helper
{
public:
    Helper();
    ~Helper();
    bool listen(const std::string &folder, const std::string &name); ///< false with errno
    void run(); ///< until nobody holds it any more, or nobody came to

    // For HelperCall.
    Loop &loop() { return m_loop; }
    void wants(HelperCall *call); ///< it is told to begin() now or when others ended
    void runs(pid_t pid, HelperCall *call);
    void ended(); ///< a program: the next may begin
    void held();
    void released();
    void closed(HelperCall *call);

private:
    bool watchSignals();
    void connected(Fd socket);
    void reap();
    void beginWaiting();

    Loop m_loop;
    Listener m_listener;
    Fd m_signals;
    std::string m_path;
    std::unordered_map<HelperCall *, std::unique_ptr<HelperCall>> m_calls;
    std::unordered_map<pid_t, HelperCall *> m_programs;
    std::deque<HelperCall *> m_waiting;
    int m_running = 0;
    int m_holds = 0;
    Loop::TimerId m_nobody = 0;
};

} // namespace Flotilla::Agent
