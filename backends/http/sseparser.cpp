// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/http/sseparser.h"

namespace Flotilla {

QList<SseEvent> SseParser::feed(QByteArrayView bytes)
{
    QList<SseEvent> events;
    while (!bytes.isEmpty() && !m_overflowed) {
        if (m_skipLineFeed && bytes.front() == '\n')
            bytes = bytes.sliced(1);
        m_skipLineFeed = false;
        qsizetype end = 0;
        while (end < bytes.size() && bytes[end] != '\n' && bytes[end] != '\r')
            ++end;
        m_overflowed = m_line.size() + end + m_event.data.size() > MaxEventBytes;
        if (end == bytes.size() || m_overflowed) {
            m_line.append(bytes.first(end));
            break;
        }
        m_skipLineFeed = bytes[end] == '\r';
        if (m_line.isEmpty()) {
            takeLine(bytes.first(end), events);
        } else {
            m_line.append(bytes.first(end));
            takeLine(m_line, events);
            m_line.clear();
        }
        bytes = bytes.sliced(end + 1);
    }
    return events;
}

QList<SseEvent> SseParser::finish()
{
    QList<SseEvent> events;
    if (m_overflowed)
        return events;
    if (!m_line.isEmpty())
        takeLine(std::exchange(m_line, {}), events);
    dispatch(events);
    return events;
}

void SseParser::takeLine(QByteArrayView line, QList<SseEvent> &events)
{
    if (std::exchange(m_atStart, false) && line.startsWith("\xEF\xBB\xBF"))
        line = line.sliced(3);
    if (line.isEmpty()) {
        dispatch(events);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return; // a comment
    if (colon < 0) {
        takeField(line, {}, events);
        return;
    }
    QByteArrayView value = line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    takeField(line.first(colon), value, events);
}

void SseParser::takeField(QByteArrayView name, QByteArrayView value, QList<SseEvent> &events)
{
    if (name == "data") {
        if (std::exchange(m_hasData, true))
            m_event.data.append('\n');
        m_event.data.append(value);
    } else if (name == "event") {
        m_event.name = value.toByteArray();
    } else if (name == "error") {
        dispatch(events);
        events.append({"error", value.toByteArray()});
    }
}

void SseParser::dispatch(QList<SseEvent> &events)
{
    if (std::exchange(m_hasData, false))
        events.append(std::exchange(m_event, {}));
    else
        m_event = {};
}

} // namespace Flotilla
