// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadlimit.h"

#include <algorithm>

namespace Flotilla {

namespace {

constexpr double idle = 0.90;      ///< below: a core waits for work
constexpr double saturated = 0.98; ///< above: more at once only makes each slower
constexpr double grow = 1.25;
constexpr double shrink = 0.95;
constexpr double weight = 0.2; ///< of one call: what the system counts comes in steps of 10 ms
constexpr double late = 20;    ///< ms

} // namespace

LoadLimit::LoadLimit(int cores)
    : m_least(2 * std::max(1, cores) + 2)
    , m_most(64.0 * std::max(1, cores))
    , m_value(m_least)
{
}

void LoadLimit::adjust(double busy, double lagMs, bool full)
{
    m_busy += weight * (busy - m_busy);
    if (lagMs > late || m_busy > saturated) {
        m_value = std::max(m_least, m_value * shrink);
    } else if (full && m_busy < idle) {
        m_value = std::min(m_most, m_value * grow + 1);
        m_busy = 1; // what this does shows in the next calls
    }
}

} // namespace Flotilla
