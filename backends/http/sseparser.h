// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace Flotilla {

/// One event of a text/event-stream.
struct SseEvent
{
    QByteArray name; ///< empty when the server did not name it
    QByteArray data; ///< the data lines, joined with \n
    bool operator==(const SseEvent &) const = default;
};

/// Server-sent events from bytes cut anywhere. More tolerant than the standard (WHATWG HTML, 9.2.6): a last event
/// without its blank line counts, and a line "error: {...}" (older llama.cpp) is an event named error. Not thread-safe.
class SseParser
{
public:
    /// A larger event is hostile or broken: overflowed() becomes true and nothing more is returned.
    static constexpr qsizetype MaxEventBytes = 16 * 1024 * 1024;

    QList<SseEvent> feed(QByteArrayView bytes);
    /// The body ended: what was still open.
    QList<SseEvent> finish();
    bool overflowed() const { return m_overflowed; }

private:
    void takeLine(QByteArrayView line, QList<SseEvent> &events);
    void takeField(QByteArrayView name, QByteArrayView value, QList<SseEvent> &events);
    void dispatch(QList<SseEvent> &events);

    QByteArray m_line;
    SseEvent m_event;
    bool m_hasData = false;
    bool m_skipLineFeed = false; // the line feed of a \r\n that was cut in two
    bool m_atStart = true;
    bool m_overflowed = false;
};

} // namespace Flotilla
