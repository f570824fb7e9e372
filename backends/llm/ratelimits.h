// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/http/httpclient.h"

#include <QElapsedTimer>

namespace Flotilla {

/// What a server says is left: anthropic-ratelimit-* and x-ratelimit-* headers as two buckets (requests, tokens) that
/// refill at their reset time. Also holds the pause that a retry-after asked for.
class RateLimits
{
public:
    RateLimits() { m_clock.start(); }
    void observe(const HttpHeaders &headers);
    void spendRequest();
    void pauseFor(std::chrono::milliseconds time);
    std::chrono::milliseconds pauseLeft() const;

private:
    struct Bucket
    {
        qint64 left = -1; ///< -1: not known
        qint64 resetAt = 0;
    };
    void observeBucket(Bucket &bucket, const HttpHeaders &headers, const QByteArrayList &remaining,
                       const QByteArrayList &reset);
    qint64 waitFor(const Bucket &bucket) const;

    QElapsedTimer m_clock;
    Bucket m_requests;
    Bucket m_tokens;
    qint64 m_pausedUntil = 0;
};

/// "2026-11-24T10:00:00Z", "1s", "6m0s", "120ms" as a time from now; nothing when it is none of these.
std::optional<std::chrono::milliseconds> parseReset(const QByteArray &text, const QDateTime &now);

} // namespace Flotilla
