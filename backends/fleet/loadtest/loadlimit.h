// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla {

/// How many apps may use the machine's processors at once (sandboxes that start, apps that build): few enough that they
/// do not slow each other down, enough that no core idles. Adjusted by what was measured. Pure.
class LoadLimit
{
public:
    explicit LoadLimit(int cores);
    int value() const { return int(m_value); }
    /// Called at even times. `busy`: share of all cores in use since the last call; `lagMs`: how late this call is, for
    /// then this program does not keep up and more at once only wait for it; `full`: as many under way as allowed.
    void adjust(double busy, double lagMs, bool full);

private:
    double m_least;
    double m_most;
    double m_value;
    double m_busy = 1; ///< over the last few calls
};

} // namespace Flotilla
