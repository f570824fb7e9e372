// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/logring.h"
#include "backends/agent/serve/loop.h"
#include "backends/agent/serve/process.h"

#include <netinet/in.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace Flotilla::Agent {

class Watchdog;

struct ServerStatus
{
    const char *state = "none"; ///< "none", "starting", "running", "crashed", "restarting"
    int restarts = 0;
    int exitCode = 0;
    int signal = 0;
    std::string reason;
};

/// The loopback address of the app's own port.
sockaddr_storage loopback(int port, bool ipv6, socklen_t &length);

/// Keeps the app's own server running: starts it, waits until it listens, restarts it with back-off when it ends.
class ServerApp
{
public:
    using Settled = std::function<void(bool listening)>;

    ServerApp(Loop &loop, Processes &processes, LogRing &log, Watchdog &watchdog, const Options &options);
    ~ServerApp();

    /// Replaces what runs. `settled` is called once: it listens, it ended, or it did not listen within 15 s.
    void start(std::vector<std::string> argv, Settled settled);
    void stop();
    [[nodiscard]] const ServerStatus &status() const { return m_status; }
    [[nodiscard]] bool isReady() const { return m_ready; }
    [[nodiscard]] bool listensOnIpv6() const { return m_ipv6; }
    /// The last lines it printed since it was started, for the text of a failed build.
    [[nodiscard]] std::string lastWords() const;

    std::function<void()> onChange;

private:
    void setState(const char *state);
    bool openOutputs(Fd (&childEnds)[2]);
    SpawnResult spawn();
    void launch();
    void watchOutput(int which, int fd);
    void readOutput(int which);
    void drainOutput(int which);
    void closeOutput(int which);
    void forgetProcess();
    void probe();
    void probed(bool connected);
    void ended(const ProcessEnd &end);
    void failed(const std::string &reason);
    void scheduleRestart();
    void settle(bool listening);
    void kill(const std::string &reason);
    void killNow();

    Loop &m_loop;
    Processes &m_processes;
    LogRing &m_log;
    Watchdog &m_watchdog;
    const Options &m_options;
    std::vector<std::string> m_argv;
    ServerStatus m_status;
    Settled m_settled;
    bool m_wanted = false;
    bool m_replacing = false;
    bool m_ready = false;
    bool m_ipv6 = false;
    pid_t m_pid = 0;
    int m_workload = 0;
    std::string m_marker;
    std::string m_killReason;
    std::int64_t m_startedAt = 0;
    std::int64_t m_backoff = 0;
    std::int64_t m_lastOldLine = 0;
    Fd m_output[2];
    std::unique_ptr<LineSplitter> m_lines[2];
    Fd m_probe;
    Loop::TimerId m_probeTimer = 0;
    Loop::TimerId m_restartTimer = 0;
    Loop::TimerId m_settleTimer = 0;
    Loop::TimerId m_killTimer = 0;
};

} // namespace Flotilla::Agent
