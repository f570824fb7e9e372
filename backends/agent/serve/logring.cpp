// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/logring.h"

#include <ctime>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxLines = 2000;
constexpr std::size_t maxLineBytes = 4096;
constexpr std::size_t maxRingBytes = 1 << 20;

std::int64_t wallClockMs()
{
    timespec t{};
    clock_gettime(CLOCK_REALTIME, &t);
    return std::int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1'000'000;
}

} // namespace

void LogRing::add(const char *source, bool error, std::string_view text)
{
    LogLine line{++m_last, wallClockMs(), source, error, std::string(text.substr(0, maxLineBytes))};
    m_bytes += line.text.size();
    m_lines.push_back(std::move(line));
    while (m_lines.size() > maxLines || m_bytes > maxRingBytes) {
        m_bytes -= m_lines.front().text.size();
        m_lines.pop_front();
    }
    if (onLine)
        onLine(m_lines.back());
}

void LineSplitter::feed(std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::size_t room = maxLineBytes - m_rest.size();
        if (end == std::string_view::npos && bytes.size() < room) {
            m_rest.append(bytes);
            return;
        }
        const bool cut = end == std::string_view::npos || end > room;
        const std::size_t take = cut ? room : end;
        m_rest.append(bytes.substr(0, take));
        bytes.remove_prefix(cut ? take : take + 1);
        finish();
    }
}

void LineSplitter::finish()
{
    if (!m_rest.empty() && m_rest.back() == '\r')
        m_rest.pop_back();
    if (!m_rest.empty())
        m_ring.add(m_source, m_error, m_rest);
    m_rest.clear();
}

} // namespace Flotilla::Agent
