// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/http/httpclient.h"
#include "backends/llm/languagemodel.h"
#include "backends/llm/ratelimits.h"
#include "backends/llm/requestpriority.h"

#include <QPointer>
#include <QTimer>

#include <array>
#include <functional>

namespace Flotilla {

struct GovernorPolicy
{
    int attempts = 3;         ///< in all, for broken connections and server faults
    int overloadAttempts = 6; ///< in all, when the server said "later"
    std::chrono::milliseconds backoff{500};
    std::chrono::milliseconds maxBackoff{8000};
    std::chrono::milliseconds longestWait{120'000}; ///< a longer retry-after is a failure that names the time
    int startInFlight = 128;
    int maxInFlight = 1024;
};

/// The pacer of one endpoint: at most so many requests in flight (halved when the server is overloaded, growing with
/// success), a few at first after it refused for the rate, none while the server's own limits say so, interactive
/// before load, first come first served. Outlives its streams through shared_ptr. Service thread only.
class Governor : public QObject, public std::enable_shared_from_this<Governor>
{
    Q_OBJECT

public:
    explicit Governor(GovernorPolicy policy = {});

    /// Adds retries and pacing to a model. Call through a shared_ptr.
    std::shared_ptr<LanguageModel> wrap(std::shared_ptr<LanguageModel> model,
                                        RequestPriority priority = RequestPriority::Interactive);
    void observe(const HttpHeaders &headers);
    const GovernorPolicy &policy() const { return m_policy; }
    int inFlightLimit() const { return int(m_limit); }

    /// `start` is called when `waiter` may send; at once or later, never after the waiter died.
    /// `again`: it was refused for the rate and goes before those that were not.
    void acquire(QObject *waiter, RequestPriority priority, std::function<void()> start, bool again = false);
    /// `accepted`: reportAccepted() was called for this request.
    void release(bool accepted);
    void reportAccepted(); ///< the server took the request: its answer begins
    void reportSuccess();
    void reportOverload(std::chrono::milliseconds pause);
    /// Too many requests for now. After the pause one request goes first; with every one that is accepted two more may.
    void reportRateLimit(std::chrono::milliseconds pause);
    /// How long no request may start; zero when there is no such pause.
    std::chrono::milliseconds pauseLeft() const;
    std::chrono::milliseconds backoff(int retriesDone) const;

private:
    struct Waiter
    {
        QPointer<QObject> owner;
        std::function<void()> start;
    };
    void pump();
    void pumpSoon();
    bool takeNext(Waiter &next);

    GovernorPolicy m_policy;
    RateLimits m_rates;
    std::array<QList<Waiter>, 2> m_queues;
    QTimer m_timer;
    double m_limit;
    double m_window; ///< requests whose acceptance is not known; all, until the server refused one
    int m_inFlight = 0;
    int m_unaccepted = 0;
    qint64 m_lastReduction = 0;
};

} // namespace Flotilla
