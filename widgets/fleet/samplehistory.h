// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

namespace Flotilla {

/// The last samples of one figure, oldest first. Fixed size: ten thousand rows have two each. A figure that was not
/// known is a gap (below zero).
class SampleHistory
{
public:
    static constexpr int capacity = 24;

    void add(float value)
    {
        m_values[static_cast<size_t>((m_begin + m_count) % capacity)] = value;
        if (m_count < capacity)
            ++m_count;
        else
            m_begin = (m_begin + 1) % capacity;
    }
    void clear() { m_begin = m_count = 0; }
    int count() const { return m_count; }
    float at(int i) const { return m_values[static_cast<size_t>((m_begin + i) % capacity)]; }

private:
    std::array<float, capacity> m_values{};
    int m_begin = 0;
    int m_count = 0;
};

} // namespace Flotilla
