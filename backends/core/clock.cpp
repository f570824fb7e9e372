// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/clock.h"

namespace Flotilla {

namespace {

class SystemClock : public Clock
{
public:
    QDateTime now() const override { return QDateTime::currentDateTimeUtc(); }
    std::chrono::nanoseconds monotonic() const override { return std::chrono::steady_clock::now().time_since_epoch(); }
};

} // namespace

Clock &Clock::system()
{
    static SystemClock clock;
    return clock;
}

QDateTime ManualClock::now() const
{
    return QDateTime(QDate(2026, 1, 1), QTime(12, 0), Qt::UTC).addMSecs(m_elapsed / 1'000'000);
}

std::chrono::nanoseconds ManualClock::monotonic() const
{
    return std::chrono::nanoseconds(m_elapsed.load());
}

void ManualClock::advance(std::chrono::nanoseconds step)
{
    m_elapsed += step.count();
}

} // namespace Flotilla
