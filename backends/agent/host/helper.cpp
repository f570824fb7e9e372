// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/host/helper.h"

#include "backends/agent/host/helpercall.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxConnections = 600; ///< the rest waits with the kernel; with the pipes below 1,024 files
constexpr int maxPrograms = 32;
constexpr std::int64_t nobodyMs = 20'000;

bool isOurs(int socket)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == geteuid();
}

} // namespace

Helper::Helper()
    : m_listener(m_loop, [this](Fd socket) { connected(std::move(socket)); })
{
}

Helper::~Helper()
{
    m_calls.clear();
    if (!m_path.empty())
        unlink(m_path.c_str());
}

bool Helper::listen(const std::string &folder, const std::string &name)
{
    if (!watchSignals() || !m_listener.listen(folder, name))
        return false;
    m_path = folder + '/' + name;
    m_nobody = m_loop.after(nobodyMs, [this] { m_loop.stop(); });
    return true;
}

bool Helper::watchSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    for (const int number : {SIGCHLD, SIGTERM, SIGINT, SIGHUP})
        sigaddset(&signals, number);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
    m_signals.reset(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!m_signals)
        return false;
    m_loop.add(m_signals.get(), EPOLLIN, [this](std::uint32_t) {
        signalfd_siginfo info{};
        while (read(m_signals.get(), &info, sizeof info) == ssize_t(sizeof info)) {
            if (info.ssi_signo != SIGCHLD)
                m_loop.stop();
        }
        reap();
    });
    return true;
}

void Helper::run()
{
    m_loop.run();
}

void Helper::connected(Fd socket)
{
    if (!isOurs(socket.get()))
        return;
    auto call = std::make_unique<HelperCall>(*this, std::move(socket));
    HelperCall *const key = call.get();
    m_calls.emplace(key, std::move(call));
    m_listener.setPaused(m_calls.size() >= maxConnections);
}

void Helper::closed(HelperCall *call)
{
    m_waiting.erase(std::remove(m_waiting.begin(), m_waiting.end(), call), m_waiting.end());
    for (auto it = m_programs.begin(); it != m_programs.end();)
        it = it->second == call ? m_programs.erase(it) : std::next(it);
    m_loop.later([this, call] {
        m_calls.erase(call);
        m_listener.setPaused(m_calls.size() >= maxConnections);
    });
}

void Helper::wants(HelperCall *call)
{
    m_waiting.push_back(call);
    beginWaiting();
}

void Helper::beginWaiting()
{
    while (!m_waiting.empty() && m_running < maxPrograms) {
        HelperCall *const next = m_waiting.front();
        m_waiting.pop_front();
        if (next->begin())
            ++m_running;
    }
}

void Helper::runs(pid_t pid, HelperCall *call)
{
    m_programs[pid] = call;
}

void Helper::ended()
{
    --m_running;
    m_loop.later([this] { beginWaiting(); });
}

void Helper::held()
{
    ++m_holds;
    m_loop.cancel(m_nobody);
}

void Helper::released()
{
    if (--m_holds == 0)
        m_loop.stop();
}

void Helper::reap()
{
    int status = 0;
    for (pid_t pid = 0; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        const auto found = m_programs.find(pid);
        if (found == m_programs.end())
            continue;
        HelperCall *const call = found->second;
        m_programs.erase(found);
        call->exited(status);
    }
}

} // namespace Flotilla::Agent
