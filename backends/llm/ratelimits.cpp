// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/ratelimits.h"

#include <QDateTime>
#include <QRegularExpression>

namespace Flotilla {

namespace {

constexpr qint64 LongestReset = 120'000; // a server's clock may be wrong; ask again after two minutes

QByteArray firstOf(const HttpHeaders &headers, const QByteArrayList &names)
{
    for (const QByteArray &name : names) {
        if (const QByteArray value = headerValue(headers, name); !value.isEmpty())
            return value;
    }
    return {};
}

} // namespace

std::optional<std::chrono::milliseconds> parseReset(const QByteArray &text, const QDateTime &now)
{
    const QString value = QString::fromLatin1(text);
    if (const QDateTime date = QDateTime::fromString(value, Qt::ISODateWithMs);
        date.isValid() && value.contains(QLatin1Char('T')))
        return std::chrono::milliseconds(qMax<qint64>(0, now.msecsTo(date)));
    static const QRegularExpression shape(
        QStringLiteral("^(?:(\\d+)h)?(?:(\\d+)m(?!s))?(?:([\\d.]+)s)?(?:([\\d.]+)ms)?$"));
    const auto match = shape.match(value);
    if (value.isEmpty() || !match.hasMatch())
        return std::nullopt;
    const double seconds = match.captured(1).toDouble() * 3600 + match.captured(2).toDouble() * 60 +
                           match.captured(3).toDouble() + match.captured(4).toDouble() / 1000;
    return std::chrono::milliseconds(qint64(qMin(seconds, 86400.0) * 1000));
}

void RateLimits::observe(const HttpHeaders &headers)
{
    observeBucket(m_requests, headers, {"anthropic-ratelimit-requests-remaining", "x-ratelimit-remaining-requests"},
                  {"anthropic-ratelimit-requests-reset", "x-ratelimit-reset-requests"});
    observeBucket(m_tokens, headers, {"anthropic-ratelimit-tokens-remaining", "x-ratelimit-remaining-tokens"},
                  {"anthropic-ratelimit-tokens-reset", "x-ratelimit-reset-tokens"});
}

void RateLimits::observeBucket(Bucket &bucket, const HttpHeaders &headers, const QByteArrayList &remaining,
                               const QByteArrayList &reset)
{
    bool ok = false;
    const qint64 left = firstOf(headers, remaining).toLongLong(&ok);
    const auto time = parseReset(firstOf(headers, reset), QDateTime::currentDateTimeUtc());
    if (!ok || !time)
        return;
    bucket.left = qMax<qint64>(0, left);
    bucket.resetAt = m_clock.elapsed() + qMin<qint64>(time->count(), LongestReset);
}

void RateLimits::spendRequest()
{
    if (m_requests.left > 0)
        --m_requests.left;
}

void RateLimits::pauseFor(std::chrono::milliseconds time)
{
    m_pausedUntil = qMax(m_pausedUntil, m_clock.elapsed() + qint64(time.count()));
}

qint64 RateLimits::waitFor(const Bucket &bucket) const
{
    return bucket.left == 0 ? qMax<qint64>(0, bucket.resetAt - m_clock.elapsed()) : 0;
}

std::chrono::milliseconds RateLimits::pauseLeft() const
{
    const qint64 paused = qMax<qint64>(0, m_pausedUntil - m_clock.elapsed());
    return std::chrono::milliseconds(std::max({paused, waitFor(m_requests), waitFor(m_tokens)}));
}

} // namespace Flotilla
