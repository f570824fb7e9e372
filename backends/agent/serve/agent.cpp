// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/agent.h"

#include "backends/agent/serve/aside.h"
#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/handover.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/processtable.h"
#include "backends/agent/serve/serve.h"

#include <malloc.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace Flotilla::Agent {

namespace {

constexpr std::int64_t shutdownDelayMs = 50; ///< for the last answer to leave

void keepMemorySmall()
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 64 * 1024); // large buffers go back to the system when they are freed
    mallopt(M_TRIM_THRESHOLD, 64 * 1024);
    mallopt(M_TOP_PAD, 16 * 1024);
}

std::int64_t startTimeMs()
{
    timespec t{};
    clock_gettime(CLOCK_REALTIME, &t);
    return std::int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1'000'000;
}

int fatal(const std::string &what)
{
    std::fprintf(stderr, "flotilla-agent: %s: %s\n", what.c_str(), std::strerror(errno));
    return 1;
}

} // namespace

Agent::Agent(Options options)
    : m_options(std::move(options))
    , m_processes(m_loop, m_options.limits)
    , m_app(m_options.appDir)
    , m_data(openFolder(m_options.dataDir))
    , m_watchdog(m_loop, m_options.limits, m_app.fd(), m_data.get())
    , m_server(m_loop, m_processes, m_log, m_watchdog, m_options)
    , m_builder(m_loop, m_processes, m_watchdog, m_log, m_server, m_app, m_options)
    , m_appServer(m_loop, m_builder, m_server, m_app, m_options)
    , m_parts{m_loop,    m_processes,  m_watchdog,    m_log, m_app, m_server, m_builder,
              m_options, m_data.get(), startTimeMs(), 0,     {},    {}}
    , m_control(m_parts)
{
    m_parts.shutDown = [this] { shutDown(); };
    connectEvents();
}

void Agent::connectEvents()
{
    m_log.onLine = [this](const LogLine &line) {
        if (!m_parts.watchers.empty())
            broadcast(m_parts, {{"event", "log"}, {"line", toJson(line)}});
    };
    m_server.onChange = [this] { broadcast(m_parts, {{"event", "server"}, {"server", toJson(m_server.status())}}); };
    m_builder.onBuilt = [this](const BuildResult &build) {
        broadcast(m_parts, {{"event", "build"}, {"build", toJson(build)}});
        m_appServer.announceRevision();
    };
    m_watchdog.onLimit = [this](const std::string &reason, const std::string &text) {
        m_log.add("agent", true, text);
        broadcast(m_parts, {{"event", "limit"}, {"reason", reason}, {"text", text}});
    };
}

bool Agent::watchSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGCHLD, SIGTERM, SIGINT})
        sigaddset(&signals, signal);
    ::sigprocmask(SIG_BLOCK, &signals, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::prctl(PR_SET_DUMPABLE, 0); // the workload has our user: keeps it out of our memory and descriptors
    m_signals.reset(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_signals)
        return false;
    m_loop.add(m_signals.get(), EPOLLIN, [this](std::uint32_t) {
        signalfd_siginfo info{};
        while (::read(m_signals.get(), &info, sizeof info) == ssize_t(sizeof info)) {
            if (info.ssi_signo != SIGCHLD)
                shutDown();
        }
        m_processes.reap();
    });
    return true;
}

bool Agent::listen()
{
    return m_appServer.listen() && m_control.listen();
}

int Agent::run()
{
    if (m_app.fd() < 0)
        return fatal(m_options.appDir);
    if (m_data)
        Aside::recover(m_data.get());
    if (!watchSignals() || !listen())
        return fatal(m_options.dir);
    m_loop.run();
    killEverything();
    return 0;
}

void Agent::shutDown()
{
    m_loop.after(shutdownDelayMs, [this] { m_loop.stop(); });
}

int serveMain(int argc, char **argv)
{
    keepMemorySmall();
    Options options;
    std::string error;
    if (!parseOptions(argc, argv, options, error)) {
        std::fprintf(stderr, "flotilla-agent: %s\n", error.c_str());
        return 2;
    }
    if (!options.hand.empty() && !takeSockets(options.hand, options))
        return fatal(options.hand);
    return Agent(std::move(options)).run();
}

} // namespace Flotilla::Agent
