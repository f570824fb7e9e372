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
    /// `busy`: share of all cores in use since the last call; `full`: as many were under way as allowed.
    void adjust(double busy, bool full);

private:
    double m_least;
    double m_most;
    double m_value;
};

} // namespace Flotilla
