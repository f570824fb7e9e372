// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/preview/requestguard.h"
#include "backends/preview/socketend.h"

#include <chrono>
#include <functional>

namespace Flotilla {

/// One visitor: a client socket and, once its first request named an app, a stream to that app. Gateway thread.
class GatewayConnection
{
public:
    using Time = std::chrono::steady_clock::time_point;
    enum class Side { Client, App };
    enum class State {
        Head,      ///< waiting for the first request's head
        Resolving, ///< the registry was asked where it leads
        Piping,    ///< bytes go both ways
        Upgrading, ///< another protocol was asked for; the app has not answered
        Answering, ///< our own answer is being written
        Lingering, ///< everything is written; the client's rest is thrown away until it closes
        Closed,
    };
    static constexpr qsizetype highWater = 256 * 1024;
    static constexpr std::chrono::seconds headTimeout{10}, resolveTimeout{20}, halfOpenTimeout{15}, lingerTimeout{2};

    struct Calls
    {
        std::function<void(const QByteArray &secret)> resolve;
        std::function<void(const QByteArray &secret)> used; ///< bytes came, at most once in `usedEvery`
        std::chrono::milliseconds usedEvery{0};
    };

    GatewayConnection(int client, uint64_t tag, Calls calls);

    void socketEvent(Side side, uint32_t events, Time now);
    void connectApp(int descriptor, Time now);         ///< answers `resolve`
    void answer(const QByteArray &response, Time now); ///< answers `resolve`, or ends the connection with it
    void checkDeadline(Time now);
    void updateWatch(int epoll);

    State state() const { return m_state; }
    bool hasDeadline() const { return m_deadline != Time::max(); }
    bool headOnly() const { return m_guard.headMethod(); }

private:
    void readClient(Time now);
    void readApp(Time now);
    void takeRequestBytes(const char *data, qsizetype size, Time now);
    void noteUse(Time now);
    void takeVerdict(RequestGuard::Verdict verdict, Time now);
    void takeUpgradeAnswer(const char *data, qsizetype size, Time now);
    void clientEnded(Time now);
    void appEnded(Time now);
    void settle(Time now);
    void linger(Time now);
    void close();
    bool wantsClient() const;
    bool wantsApp() const;

    State m_state = State::Head;
    uint64_t m_tag;
    Calls m_calls;
    SocketEnd m_client;
    SocketEnd m_app;
    RequestGuard m_guard;
    QByteArray m_upgradeAnswer; ///< its first bytes
    bool m_raw = false;         ///< the protocol was changed: no requests to check any more
    bool m_clientEnded = false; ///< nothing more is read from it
    bool m_appSpoke = false;
    Time m_deadline;
    Time m_noted; ///< when its use was told last
};

} // namespace Flotilla
