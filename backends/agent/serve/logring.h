// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>

namespace Flotilla::Agent {

struct LogLine
{
    std::int64_t sequence = 0;
    std::int64_t timeMs = 0; ///< since the Unix epoch
    const char *source = ""; ///< "server", "build", "agent"
    bool error = false;
    std::string text;
};

/// The last lines of everything the app printed: at most 2,000, of at most 4 KiB, 1 MiB in all.
class LogRing
{
public:
    void add(const char *source, bool error, std::string_view text);
    [[nodiscard]] const std::deque<LogLine> &lines() const { return m_lines; }
    [[nodiscard]] std::int64_t lastSequence() const { return m_last; }
    std::function<void(const LogLine &)> onLine;

private:
    std::deque<LogLine> m_lines;
    std::int64_t m_last = 0;
    std::size_t m_bytes = 0;
};

/// Cuts a stream into lines for the ring; a line without end is cut at 4 KiB.
class LineSplitter
{
public:
    LineSplitter(LogRing &ring, const char *source, bool error)
        : m_ring(ring)
        , m_source(source)
        , m_error(error)
    {
    }
    void feed(std::string_view bytes);
    void finish();

private:
    LogRing &m_ring;
    const char *m_source;
    bool m_error;
    std::string m_rest;
};

} // namespace Flotilla::Agent
