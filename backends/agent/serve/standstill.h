// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla::Agent {

class Processes;

/// Everything of the app stands still (SIGSTOP) while one of these lives; when the last one goes, it goes on.
/// What would start processes looks at Processes::standStill() first.
class Standstill
{
public:
    explicit Standstill(Processes &processes);
    ~Standstill();
    Standstill(const Standstill &) = delete;
    Standstill &operator=(const Standstill &) = delete;

    /// Whether the signal has arrived everywhere: a thread may still be in the middle of a write.
    [[nodiscard]] static bool isComplete();

private:
    Processes &m_processes;
};

} // namespace Flotilla::Agent
