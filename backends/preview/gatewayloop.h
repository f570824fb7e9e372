// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/preview/gatewayconnection.h"

#include <QMutex>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <unordered_map>
#include <variant>
#include <vector>

namespace Flotilla {

/// The gateway's thread: an epoll loop over the listening sockets and all connections. Sleeps without a timeout while
/// no connection has a deadline. Its methods may be called from any thread.
class GatewayLoop : public QThread
{
    Q_OBJECT

public:
    /// `ask` is called on this thread when connection `id` wants to go where `secret` leads; answer with reply().
    using Ask = std::function<void(quint64 id, const QByteArray &secret)>;
    /// What to do with it: a connected non-blocking socket to the app, or the gateway's own response.
    struct OwnAnswer
    {
        QString title, text;  ///< of the waiting page
        bool unknown = false; ///< 404 instead
    };
    using Reply = std::variant<int, OwnAnswer>;

    /// Bytes came over a connection that leads where `secret` does, at most once in `usedEvery` a connection.
    using Used = std::function<void(const QByteArray &secret)>;

    GatewayLoop(Ask ask, Used used, std::chrono::milliseconds usedEvery);
    ~GatewayLoop() override; ///< closes everything

    void serve(std::vector<int> listeners); ///< takes ownership; starts the thread
    void reply(quint64 id, Reply reply);

protected:
    void run() override;

private:
    using Time = GatewayConnection::Time;
    static constexpr uint64_t wakeTag = 0, listenTag = 2, firstConnectionTag = 16;
    static constexpr size_t maxConnections = 4096;

    void wake();
    void handle(uint64_t tag, uint32_t events, Time now);
    void acceptClients(int listener);
    void pauseAccepting(Time now);
    void resumeAccepting();
    void takeReplies(Time now);
    void checkDeadlines(Time now);
    void finishTouched();
    int timeout() const;
    void closeAll();

    Ask m_ask;
    Used m_used;
    std::chrono::milliseconds m_usedEvery;
    int m_epoll = -1;
    int m_wake = -1;
    std::atomic_bool m_stopping{false};
    std::vector<int> m_listeners;
    bool m_accepting = true;
    bool m_deadlines = false; ///< some connection has one
    uint64_t m_nextTag = firstConnectionTag;
    std::unordered_map<uint64_t, std::unique_ptr<GatewayConnection>> m_connections;
    std::vector<uint64_t> m_touched;
    QMutex m_mutex;
    std::vector<std::pair<quint64, Reply>> m_replies; // guarded by m_mutex
};

} // namespace Flotilla
