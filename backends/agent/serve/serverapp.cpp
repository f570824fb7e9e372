// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/serverapp.h"

#include "backends/agent/serve/watchdog.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace Flotilla::Agent {

namespace {

constexpr std::int64_t firstBackoffMs = 500;
constexpr std::int64_t maxBackoffMs = 30'000;
constexpr std::int64_t stableMs = 60'000;
constexpr std::int64_t settleMs = 15'000;
constexpr std::int64_t heldMs = 50;        ///< between two looks whether it may start again
constexpr std::int64_t stopGraceMs = 1000; ///< between SIGTERM and SIGKILL

} // namespace

sockaddr_storage loopback(int port, bool ipv6, socklen_t &length)
{
    sockaddr_storage storage{};
    if (ipv6) {
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_port = htons(std::uint16_t(port));
        address.sin6_addr = in6addr_loopback;
        std::memcpy(&storage, &address, length = sizeof address);
    } else {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(std::uint16_t(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        std::memcpy(&storage, &address, length = sizeof address);
    }
    return storage;
}

ServerApp::ServerApp(Loop &loop, Processes &processes, LogRing &log, Watchdog &watchdog, const Options &options)
    : m_loop(loop)
    , m_processes(processes)
    , m_log(log)
    , m_watchdog(watchdog)
    , m_options(options)
{
}

ServerApp::~ServerApp() = default;

void ServerApp::setState(const char *state)
{
    m_status.state = state;
    if (onChange)
        onChange();
}

void ServerApp::start(std::vector<std::string> argv, Settled settled)
{
    settle(false);
    m_settled = std::move(settled);
    m_argv = std::move(argv);
    m_wanted = true;
    m_backoff = 0;
    m_status = {};
    m_loop.cancel(m_restartTimer);
    m_loop.cancel(m_settleTimer);
    m_settleTimer = m_loop.after(settleMs, [this] { settle(false); });
    m_replacing = m_pid > 0;
    if (m_replacing)
        killNow(); // ended() launches the new one
    else
        launch();
}

void ServerApp::stop()
{
    m_wanted = false;
    m_loop.cancel(m_restartTimer);
    settle(false);
    if (m_pid > 0)
        killNow();
    else if (std::strcmp(m_status.state, "none") != 0) {
        m_status = {};
        setState("none");
    }
}

void ServerApp::killNow()
{
    m_ready = false;
    ::kill(-m_pid, SIGTERM);
    m_loop.cancel(m_killTimer);
    m_killTimer = m_loop.after(stopGraceMs, [this] {
        m_killTimer = 0;
        killTree(m_pid, m_marker);
    });
}

void ServerApp::kill(const std::string &reason)
{
    m_killReason = reason;
    killTree(m_pid, m_marker);
}

bool ServerApp::openOutputs(Fd (&childEnds)[2])
{
    for (int which = 0; which < 2; ++which) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return false;
        m_output[which].reset(ends[0]);
        childEnds[which].reset(ends[1]);
        ::fcntl(ends[0], F_SETFL, O_NONBLOCK); // our end only: the app must not meet EAGAIN
    }
    return true;
}

SpawnResult ServerApp::spawn()
{
    Fd childEnds[2];
    if (!openOutputs(childEnds))
        return {-1, errno, false};
    m_marker = m_watchdog.newMarker();
    const ProcessSpec spec{m_argv,
                           m_options.appDir,
                           {"PORT=" + std::to_string(m_options.port), "HOME=" + m_options.dataDir},
                           m_marker,
                           -1,
                           childEnds[0].get(),
                           childEnds[1].get(),
                           false};
    return m_processes.start(spec, [this](const ProcessEnd &end) { ended(end); });
}

void ServerApp::launch()
{
    m_restartTimer = 0;
    if (m_processes.standStill()) {
        m_restartTimer = m_loop.after(heldMs, [this] { launch(); });
        return;
    }
    m_killReason.clear();
    const SpawnResult spawned = spawn();
    if (spawned.pid < 0) {
        m_output[0].reset();
        m_output[1].reset();
        return failed("the start command cannot be run: " + std::string(std::strerror(spawned.error)));
    }
    m_pid = spawned.pid;
    m_startedAt = Loop::now();
    m_lastOldLine = m_log.lastSequence();
    m_workload = m_watchdog.add({m_pid, m_marker, true, [this](const std::string &reason) { kill(reason); }});
    for (int which = 0; which < 2; ++which)
        watchOutput(which, m_output[which].get());
    setState(m_status.restarts > 0 ? "restarting" : "starting");
    probe();
}

void ServerApp::watchOutput(int which, int fd)
{
    m_lines[which] = std::make_unique<LineSplitter>(m_log, "server", which == 1);
    m_loop.add(fd, EPOLLIN, [this, which](std::uint32_t) { readOutput(which); });
}

void ServerApp::readOutput(int which)
{
    std::array<char, 16 * 1024> buffer;
    const ssize_t count = ::read(m_output[which].get(), buffer.data(), buffer.size());
    if (count > 0)
        m_lines[which]->feed({buffer.data(), std::size_t(count)});
    else if (count == 0 || errno != EAGAIN)
        closeOutput(which);
}

void ServerApp::closeOutput(int which)
{
    if (!m_output[which])
        return;
    m_lines[which]->finish();
    m_loop.remove(m_output[which].get());
    m_output[which].reset();
}

void ServerApp::probe()
{
    m_probeTimer = 0;
    socklen_t length = 0;
    const sockaddr_storage address = loopback(m_options.port, m_ipv6, length);
    m_probe.reset(::socket(address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!m_probe)
        return probed(false);
    const bool connected = ::connect(m_probe.get(), reinterpret_cast<const sockaddr *>(&address), length) == 0;
    if (connected || errno != EINPROGRESS)
        return probed(connected);
    m_loop.add(m_probe.get(), EPOLLOUT, [this](std::uint32_t) {
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(m_probe.get(), SOL_SOCKET, SO_ERROR, &error, &size);
        probed(error == 0);
    });
}

void ServerApp::probed(bool connected)
{
    if (m_probe) {
        m_loop.remove(m_probe.get());
        m_probe.reset();
    }
    if (m_pid == 0 || !m_wanted)
        return;
    if (connected) {
        m_ready = true;
        setState("running");
        settle(true);
        return;
    }
    m_ipv6 = !m_ipv6; // node may listen on ::1 only
    const std::int64_t age = Loop::now() - m_startedAt;
    m_probeTimer = m_loop.after(age < 2000 ? 10 : 100, [this] { probe(); });
}

void ServerApp::drainOutput(int which)
{
    std::array<char, 4096> buffer;
    for (ssize_t count = 1; m_output[which] && count > 0;) {
        count = ::read(m_output[which].get(), buffer.data(), buffer.size());
        if (count > 0)
            m_lines[which]->feed({buffer.data(), std::size_t(count)});
    }
    closeOutput(which);
}

void ServerApp::forgetProcess()
{
    killTree(m_pid, m_marker);
    drainOutput(0);
    drainOutput(1);
    m_loop.cancel(m_killTimer);
    m_loop.cancel(m_probeTimer);
    if (m_probe)
        m_loop.remove(m_probe.get());
    m_probe.reset();
    m_watchdog.remove(m_workload);
    m_pid = 0;
    m_ready = false;
}

void ServerApp::ended(const ProcessEnd &end)
{
    forgetProcess();
    if (!m_wanted) {
        m_status = {};
        return setState("none");
    }
    if (std::exchange(m_replacing, false))
        return launch();
    m_status.exitCode = end.exitCode;
    m_status.signal = end.signal;
    if (m_killReason.empty() && end.signal == SIGKILL && m_watchdog.looksOutOfMemory(end.peakBytes))
        m_killReason = "out-of-memory";
    if (Loop::now() - m_startedAt >= stableMs)
        m_backoff = 0;
    failed(!m_killReason.empty() ? m_killReason : end.signal ? "killed" : "exited");
}

void ServerApp::failed(const std::string &reason)
{
    m_status.reason = reason;
    m_log.add("agent", true, "The server ended (" + reason + ", exit code " + std::to_string(m_status.exitCode) + ")");
    setState("crashed");
    settle(false);
    scheduleRestart();
}

void ServerApp::scheduleRestart()
{
    m_backoff = m_backoff == 0 ? firstBackoffMs : std::min(m_backoff * 2, maxBackoffMs);
    m_loop.cancel(m_restartTimer);
    m_restartTimer = m_loop.after(m_backoff, [this] {
        m_restartTimer = 0;
        if (m_status.reason == "out-of-disk" && m_watchdog.isOutOfDisk())
            return scheduleRestart();
        ++m_status.restarts;
        launch();
    });
}

void ServerApp::settle(bool listening)
{
    m_loop.cancel(m_settleTimer);
    if (const Settled settled = std::exchange(m_settled, nullptr))
        settled(listening);
}

std::string ServerApp::lastWords() const
{
    std::string words;
    int count = 0;
    const auto &lines = m_log.lines();
    for (auto line = lines.rbegin(); line != lines.rend() && count < 20; ++line) {
        if (line->sequence > m_lastOldLine && std::strcmp(line->source, "server") == 0 && ++count)
            words.insert(0, line->text + '\n');
    }
    return words;
}

} // namespace Flotilla::Agent
