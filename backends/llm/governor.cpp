// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/governor.h"

#include "backends/llm/governedmodel.h"

#include <QRandomGenerator>

#include <cmath>

namespace Flotilla {

namespace {

constexpr double LeastInFlight = 4;       // one refusal of a lone request must not make everybody wait in line
constexpr qint64 ReductionSpacing = 1000; // many answers of one overload count once

qint64 monotonicMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

Governor::Governor(GovernorPolicy policy)
    : m_policy(policy)
    , m_timer(this)
    , m_limit(policy.startInFlight)
    , m_window(policy.maxInFlight)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Governor::pump);
}

std::shared_ptr<LanguageModel> Governor::wrap(std::shared_ptr<LanguageModel> model, RequestPriority priority)
{
    return std::make_shared<GovernedModel>(shared_from_this(), std::move(model), priority);
}

void Governor::observe(const HttpHeaders &headers)
{
    m_rates.observe(headers);
}

void Governor::acquire(QObject *waiter, RequestPriority priority, std::function<void()> start, bool again)
{
    QList<Waiter> &queue = m_queues[size_t(priority)];
    queue.insert(again ? 0 : queue.size(), {waiter, std::move(start)});
    pump();
}

void Governor::release(bool accepted)
{
    --m_inFlight;
    m_unaccepted -= accepted ? 0 : 1;
    pumpSoon();
}

void Governor::pumpSoon()
{
    if (!m_timer.isActive())
        m_timer.start(0);
}

void Governor::reportAccepted()
{
    --m_unaccepted;
    m_window = qMin<double>(m_policy.maxInFlight, m_window + 1);
    m_limit = qMin<double>(m_policy.maxInFlight, m_limit + 1);
    pumpSoon();
}

void Governor::reportSuccess()
{
    m_limit = qMin<double>(m_policy.maxInFlight, m_limit + 1);
}

void Governor::reportOverload(std::chrono::milliseconds pause)
{
    m_rates.pauseFor(qMin(pause, m_policy.longestWait));
    const qint64 now = monotonicMs();
    if (m_lastReduction != 0 && now - m_lastReduction < ReductionSpacing)
        return;
    m_lastReduction = now;
    m_limit = qMin(m_limit, qMax(LeastInFlight, std::floor(m_inFlight / 2.0)));
}

void Governor::reportRateLimit(std::chrono::milliseconds pause)
{
    if (pause.count() <= 0)
        return reportOverload(pause);
    m_rates.pauseFor(qMin(pause, m_policy.longestWait));
    m_window = 1;
}

std::chrono::milliseconds Governor::pauseLeft() const
{
    return m_rates.pauseLeft();
}

std::chrono::milliseconds Governor::backoff(int retriesDone) const
{
    const double full = qMin<double>(double(m_policy.backoff.count()) * std::pow(2.0, retriesDone),
                                     double(m_policy.maxBackoff.count()));
    const double jitter = 1.0 - QRandomGenerator::global()->generateDouble() * 0.25;
    return std::chrono::milliseconds(qint64(full * jitter));
}

bool Governor::takeNext(Waiter &next)
{
    for (QList<Waiter> &queue : m_queues) {
        while (!queue.isEmpty()) {
            next = queue.takeFirst();
            if (next.owner)
                return true;
        }
    }
    return false;
}

void Governor::pump()
{
    Waiter next;
    while (m_inFlight < int(m_limit) && m_unaccepted < int(m_window)) {
        if (const auto pause = pauseLeft(); pause.count() > 0) {
            m_timer.start(pause + std::chrono::milliseconds(1));
            return;
        }
        if (!takeNext(next))
            return;
        ++m_inFlight;
        ++m_unaccepted;
        m_rates.spendRequest();
        next.start();
    }
}

} // namespace Flotilla
