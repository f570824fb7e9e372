// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/partialjson.h"

namespace Flotilla {

void PartialJson::feed(const QString &piece)
{
    for (const QChar c : piece)
        m_inString ? takeInString(c) : take(c);
}

void PartialJson::take(QChar c)
{
    switch (c.unicode()) {
    case '{':
    case '[':
        ++m_depth;
        break;
    case '}':
    case ']':
        --m_depth;
        break;
    case ':':
        m_place = m_depth == 1 ? Place::Value : m_place;
        break;
    case ',':
        if (m_depth == 1) {
            m_place = Place::Key;
            m_key.clear();
        }
        break;
    case '"':
        m_inString = true;
        if (m_depth == 1 && m_place == Place::Value)
            m_strings.insert(m_key, {});
        break;
    default:
        break;
    }
}

void PartialJson::takeInString(QChar c)
{
    if (m_inHex || m_escape)
        takeEscape(c);
    else if (c == QLatin1Char('\\'))
        m_escape = true;
    else if (c == QLatin1Char('"'))
        m_inString = false;
    else
        add(c);
}

void PartialJson::takeEscape(QChar c)
{
    if (m_inHex) {
        m_hex.append(c);
        if (m_hex.size() == 4) {
            add(QChar(m_hex.toUShort(nullptr, 16)));
            m_inHex = false;
        }
        return;
    }
    m_escape = false;
    switch (c.unicode()) {
    case 'n':
        return add(QLatin1Char('\n'));
    case 't':
        return add(QLatin1Char('\t'));
    case 'r':
        return add(QLatin1Char('\r'));
    case 'b':
        return add(QLatin1Char('\b'));
    case 'f':
        return add(QLatin1Char('\f'));
    case 'u':
        m_inHex = true;
        m_hex.clear();
        return;
    default:
        return add(c);
    }
}

void PartialJson::add(QChar c)
{
    if (m_depth != 1)
        return;
    if (m_place == Place::Key)
        m_key.append(c);
    else
        m_strings[m_key].append(c);
}

} // namespace Flotilla
