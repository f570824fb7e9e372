// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/gatewayconnection.h"

#include "backends/preview/pages.h"

#include <QCoreApplication>

#include <array>
#include <sys/epoll.h>

namespace Flotilla {

namespace {

constexpr QByteArrayView switchingProtocols("HTTP/1.1 101");

std::array<char, 64 * 1024> &readBuffer()
{
    static thread_local std::array<char, 64 * 1024> buffer;
    return buffer;
}

QByteArray silentAppPage(bool headOnly)
{
    return waitingPage(
        QCoreApplication::translate("Preview", "Waiting for the app"),
        QCoreApplication::translate("Preview", "It does not answer yet. This page looks again by itself."), headOnly);
}

} // namespace

GatewayConnection::GatewayConnection(int client, uint64_t tag, Calls calls)
    : m_tag(tag)
    , m_calls(std::move(calls))
    , m_deadline(std::chrono::steady_clock::now() + headTimeout)
{
    m_client.adopt(client);
}

void GatewayConnection::socketEvent(Side side, uint32_t events, Time now)
{
    if (m_state == State::Closed)
        return;
    SocketEnd &end = side == Side::Client ? m_client : m_app;
    if ((events & EPOLLOUT) != 0 && !end.flush()) {
        side == Side::Client ? close() : appEnded(now);
    } else if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) {
        side == Side::Client ? readClient(now) : readApp(now);
    }
    settle(now);
}

void GatewayConnection::readClient(Time now)
{
    auto &buffer = readBuffer();
    qsizetype size = 0;
    switch (m_client.read(buffer.data(), buffer.size(), size)) {
    case SocketEnd::ReadResult::Data:
        noteUse(now);
        if (m_state == State::Head || m_state == State::Piping)
            takeRequestBytes(buffer.data(), size, now);
        return; // in the other states: our answer does not depend on it
    case SocketEnd::ReadResult::Nothing:
        return;
    case SocketEnd::ReadResult::End:
        clientEnded(now);
        return;
    case SocketEnd::ReadResult::Broken:
        close();
        return;
    }
}

/// Connections last: a WebSocket, a stream of events, requests that follow each other.
void GatewayConnection::noteUse(Time now)
{
    if (m_state != State::Piping || now - m_noted < m_calls.usedEvery)
        return;
    m_noted = now;
    m_calls.used(m_guard.secret());
}

void GatewayConnection::takeRequestBytes(const char *data, qsizetype size, Time now)
{
    if (m_raw) {
        if (!m_app.write(data, size))
            appEnded(now);
        return;
    }
    QByteArray passed;
    const RequestGuard::Verdict verdict = m_guard.feed(data, size, passed);
    if (!passed.isEmpty() && !m_app.write(passed.constData(), passed.size())) {
        appEnded(now);
        return;
    }
    takeVerdict(verdict, now);
}

void GatewayConnection::takeVerdict(RequestGuard::Verdict verdict, Time now)
{
    using Verdict = RequestGuard::Verdict;
    if (verdict == Verdict::Pass || verdict == Verdict::Upgrade) {
        const bool first = m_state == State::Head && !m_guard.secret().isEmpty();
        if (verdict == Verdict::Upgrade)
            m_state = State::Upgrading;
        if (first) {
            m_state = verdict == Verdict::Upgrade ? State::Upgrading : State::Resolving;
            m_deadline = now + resolveTimeout;
            m_calls.resolve(m_guard.secret());
        } else if (m_state != State::Head && !m_clientEnded) {
            if (!m_guard.headPending())
                m_deadline = Time::max();
            else if (!hasDeadline())
                m_deadline = now + headTimeout;
        }
        return;
    }
    if (m_state == State::Piping) { // answers of the app may be under way: no answer of ours may mix with them
        m_app.close();
        linger(now);
        return;
    }
    answer(plainAnswer(verdict == Verdict::TooLarge ? 431 : verdict == Verdict::BadRequest ? 400 : 404), now);
}

void GatewayConnection::connectApp(int descriptor, Time now)
{
    const bool waiting = m_state == State::Resolving || m_state == State::Upgrading;
    SocketEnd unused;
    if (!waiting || m_app.isOpen()) {
        unused.adopt(descriptor);
        return;
    }
    m_app.adopt(descriptor);
    m_noted = now;
    m_deadline = Time::max();
    if (m_state == State::Resolving)
        m_state = State::Piping;
    if (!m_app.flush())
        appEnded(now);
    if (m_clientEnded)
        m_deadline = now + halfOpenTimeout;
    settle(now);
}

void GatewayConnection::readApp(Time now)
{
    auto &buffer = readBuffer();
    qsizetype size = 0;
    switch (m_app.read(buffer.data(), buffer.size(), size)) {
    case SocketEnd::ReadResult::Data:
        noteUse(now);
        m_appSpoke = true;
        if (m_clientEnded)
            m_deadline = now + halfOpenTimeout;
        if (m_state == State::Upgrading)
            takeUpgradeAnswer(buffer.data(), size, now);
        if (!m_client.write(buffer.data(), size))
            close();
        return;
    case SocketEnd::ReadResult::Nothing:
        return;
    case SocketEnd::ReadResult::End:
    case SocketEnd::ReadResult::Broken:
        appEnded(now);
        return;
    }
}

/// Until the app says 101 nothing more of the client is let through: what looks like another protocol could be a
/// request that nobody checked. An app that declines gets no further request on this connection.
void GatewayConnection::takeUpgradeAnswer(const char *data, qsizetype size, Time now)
{
    m_upgradeAnswer.append(data, qMin(size, switchingProtocols.size() - m_upgradeAnswer.size()));
    if (m_upgradeAnswer.size() < switchingProtocols.size())
        return;
    m_state = State::Piping;
    m_raw = m_upgradeAnswer == switchingProtocols;
    if (m_raw) {
        const QByteArray rest = m_guard.rest();
        m_app.write(rest.constData(), rest.size());
    } else {
        m_clientEnded = true;
        m_deadline = now + halfOpenTimeout;
    }
}

/// A client that is gone and one that only says "no more requests" look the same, and many servers cut their answer
/// when they see that end. So HTTP apps are not told: the answer flows as long as bytes come, then both sides are
/// closed.
void GatewayConnection::clientEnded(Time now)
{
    m_clientEnded = true;
    if (m_state == State::Piping || m_state == State::Upgrading) {
        if (m_raw)
            m_app.finishWriting();
        m_deadline = now + halfOpenTimeout;
    } else if (m_state == State::Head || m_state == State::Lingering) {
        close();
    }
}

void GatewayConnection::appEnded(Time now)
{
    m_app.close();
    if (!m_appSpoke && !m_client.writeFinished()) {
        const QByteArray page = silentAppPage(m_guard.headMethod());
        if (!m_client.write(page.constData(), page.size()))
            close();
    }
    linger(now);
}

void GatewayConnection::answer(const QByteArray &response, Time now)
{
    if (m_state == State::Piping || m_state == State::Lingering || m_state == State::Closed)
        return;
    m_app.close();
    if (!m_client.write(response.constData(), response.size()))
        close();
    else
        linger(now);
    settle(now);
}

/// Closing while bytes of the client are unread would make the kernel throw away what we wrote.
void GatewayConnection::linger(Time now)
{
    if (m_state == State::Closed)
        return;
    m_state = State::Answering;
    m_client.finishWriting();
    m_deadline = now + halfOpenTimeout;
}

void GatewayConnection::settle(Time now)
{
    if (m_state != State::Answering || !m_client.writeFinished())
        return;
    m_state = State::Lingering;
    m_deadline = now + lingerTimeout;
    if (m_clientEnded)
        close();
}

void GatewayConnection::checkDeadline(Time now)
{
    if (m_state == State::Closed || now < m_deadline)
        return;
    if (m_state == State::Head && m_guard.headPending())
        answer(plainAnswer(408), now);
    else if (!m_app.isOpen() && (m_state == State::Resolving || m_state == State::Upgrading))
        answer(silentAppPage(m_guard.headMethod()), now);
    else
        close();
}

void GatewayConnection::close()
{
    m_state = State::Closed;
    m_client.close();
    m_app.close();
}

bool GatewayConnection::wantsClient() const
{
    if (m_clientEnded || m_state == State::Closed)
        return false;
    if (m_state == State::Head || m_state == State::Lingering)
        return true;
    return m_state == State::Piping && !m_app.writeFinished() && m_app.pending() < highWater;
}

bool GatewayConnection::wantsApp() const
{
    return (m_state == State::Piping || m_state == State::Upgrading) && m_client.pending() < highWater;
}

void GatewayConnection::updateWatch(int epoll)
{
    m_client.watch(epoll, m_tag, wantsClient());
    m_app.watch(epoll, m_tag | 1, wantsApp());
}

} // namespace Flotilla
