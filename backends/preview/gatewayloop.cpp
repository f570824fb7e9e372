// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/gatewayloop.h"

#include "backends/preview/pages.h"

#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr int tickMs = 500;

void addToSet(int epoll, int descriptor, uint64_t tag)
{
    epoll_event event = {};
    event.events = EPOLLIN;
    event.data.u64 = tag;
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

} // namespace

GatewayLoop::GatewayLoop(Ask ask, Used used, std::chrono::milliseconds usedEvery)
    : m_ask(std::move(ask))
    , m_used(std::move(used))
    , m_usedEvery(usedEvery)
    , m_epoll(::epoll_create1(EPOLL_CLOEXEC))
    , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
    setObjectName(QStringLiteral("gateway"));
    addToSet(m_epoll, m_wake, wakeTag);
}

GatewayLoop::~GatewayLoop()
{
    m_stopping = true;
    wake();
    wait();
    closeAll();
    ::close(m_wake);
    ::close(m_epoll);
}

void GatewayLoop::closeAll()
{
    m_connections.clear();
    for (const int listener : m_listeners)
        ::close(listener);
    m_listeners.clear();
    for (const auto &[id, reply] : m_replies) {
        if (const int *descriptor = std::get_if<int>(&reply))
            ::close(*descriptor);
    }
    m_replies.clear();
}

void GatewayLoop::serve(std::vector<int> listeners)
{
    m_listeners = std::move(listeners);
    resumeAccepting();
    start();
}

void GatewayLoop::reply(quint64 id, Reply reply)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_replies.emplace_back(id, std::move(reply));
    }
    wake();
}

void GatewayLoop::wake()
{
    const uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_wake, &one, sizeof one); // full means it is awake anyway
}

void GatewayLoop::run()
{
    std::array<epoll_event, 64> events;
    Time nextTick = std::chrono::steady_clock::now();
    while (!m_stopping) {
        const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), timeout());
        const Time now = std::chrono::steady_clock::now();
        for (int i = 0; i < count; ++i)
            handle(events[static_cast<size_t>(i)].data.u64, events[static_cast<size_t>(i)].events, now);
        if ((m_deadlines || !m_accepting) && now >= nextTick) {
            checkDeadlines(now);
            nextTick = now + std::chrono::milliseconds(tickMs);
        }
        finishTouched();
    }
}

int GatewayLoop::timeout() const
{
    return m_deadlines || !m_accepting ? tickMs : -1;
}

void GatewayLoop::handle(uint64_t tag, uint32_t events, Time now)
{
    if (tag == wakeTag) {
        uint64_t count = 0;
        [[maybe_unused]] const ssize_t size = ::read(m_wake, &count, sizeof count);
        takeReplies(now);
        return;
    }
    if (tag < firstConnectionTag) {
        acceptClients(m_listeners.at(tag - listenTag));
        return;
    }
    const uint64_t id = tag & ~uint64_t(1);
    const auto found = m_connections.find(id);
    if (found == m_connections.end())
        return;
    const auto side = (tag & 1) != 0 ? GatewayConnection::Side::App : GatewayConnection::Side::Client;
    found->second->socketEvent(side, events, now);
    m_touched.push_back(id);
}

void GatewayLoop::acceptClients(int listener)
{
    for (int i = 0; i < 32; ++i) {
        if (m_connections.size() >= maxConnections) {
            pauseAccepting(std::chrono::steady_clock::now());
            return;
        }
        const int client = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (client < 0) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
                pauseAccepting(std::chrono::steady_clock::now());
            return;
        }
        const int yes = 1;
        ::setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        const uint64_t id = m_nextTag;
        m_nextTag += 2;
        const auto resolve = [this, id](const QByteArray &secret) { m_ask(id, secret); };
        m_connections.emplace(id, std::make_unique<GatewayConnection>(
                                      client, id, GatewayConnection::Calls{resolve, m_used, m_usedEvery}));
        m_touched.push_back(id);
    }
}

/// Without a free descriptor the listening socket would stay readable and spin the loop.
void GatewayLoop::pauseAccepting(Time)
{
    for (const int listener : m_listeners)
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, listener, nullptr);
    m_accepting = false;
}

void GatewayLoop::resumeAccepting()
{
    for (size_t i = 0; i < m_listeners.size(); ++i)
        addToSet(m_epoll, m_listeners[i], listenTag + i);
    m_accepting = true;
}

void GatewayLoop::takeReplies(Time now)
{
    std::vector<std::pair<quint64, Reply>> replies;
    {
        const QMutexLocker lock(&m_mutex);
        replies.swap(m_replies);
    }
    for (auto &[id, reply] : replies) {
        const auto found = m_connections.find(id);
        const int *descriptor = std::get_if<int>(&reply);
        if (found == m_connections.end()) {
            if (descriptor)
                ::close(*descriptor);
            continue;
        }
        GatewayConnection &connection = *found->second;
        if (descriptor) {
            connection.connectApp(*descriptor, now);
        } else {
            const auto &own = std::get<OwnAnswer>(reply);
            connection.answer(own.unknown ? plainAnswer(404) : waitingPage(own.title, own.text, connection.headOnly()),
                              now);
        }
        m_touched.push_back(id);
    }
}

void GatewayLoop::checkDeadlines(Time now)
{
    if (!m_accepting && m_connections.size() < maxConnections)
        resumeAccepting();
    m_deadlines = false;
    for (const auto &[id, connection] : m_connections) {
        if (!connection->hasDeadline())
            continue;
        m_deadlines = true;
        connection->checkDeadline(now);
        m_touched.push_back(id);
    }
}

void GatewayLoop::finishTouched()
{
    for (const uint64_t id : m_touched) {
        const auto found = m_connections.find(id);
        if (found == m_connections.end())
            continue;
        GatewayConnection &connection = *found->second;
        if (connection.state() == GatewayConnection::State::Closed) {
            m_connections.erase(found);
            continue;
        }
        connection.updateWatch(m_epoll);
        m_deadlines = m_deadlines || connection.hasDeadline();
    }
    m_touched.clear();
}

} // namespace Flotilla
