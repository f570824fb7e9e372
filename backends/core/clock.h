// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <atomic>
#include <chrono>

namespace Flotilla {

/// Time as a dependency, so that tests can hold it still. Any thread.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall time in UTC: for people and records, never for measuring.
    virtual QDateTime now() const = 0;
    /// Monotonic time since an arbitrary start (CLOCK_MONOTONIC): the only source for durations.
    virtual std::chrono::nanoseconds monotonic() const = 0;

    static Clock &system();
};

/// A clock that moves only when told.
class ManualClock : public Clock
{
public:
    QDateTime now() const override;
    std::chrono::nanoseconds monotonic() const override;
    void advance(std::chrono::nanoseconds step);

private:
    std::atomic<qint64> m_elapsed{0};
};

} // namespace Flotilla
