// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/partialjson.h"

#include <algorithm>

namespace Flotilla {

namespace {

/// How many characters from there on stand for themselves.
qsizetype plainLength(const QString &text, qsizetype from)
{
    const auto special = [](QChar c) { return c == QLatin1Char('"') || c == QLatin1Char('\\'); };
    return std::find_if(text.cbegin() + from, text.cend(), special) - text.cbegin() - from;
}

} // namespace

void PartialJson::feed(const QString &piece)
{
    for (qsizetype i = 0; i < piece.size();) {
        const qsizetype plain = m_inString && !m_escape && !m_inHex ? plainLength(piece, i) : 0;
        if (plain > 0)
            add(QStringView(piece).mid(i, plain));
        else
            m_inString ? takeInString(piece[i]) : take(piece[i]);
        i += std::max<qsizetype>(plain, 1);
    }
    keep();
}

/// Once for each piece: the text so far may be shared with who shows it, and is copied then.
void PartialJson::keep()
{
    if (!m_fresh.isEmpty())
        m_strings[m_key].append(m_fresh);
    m_fresh.clear();
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
    else // a quotation mark: feed() takes what stands for itself
        endString();
}

void PartialJson::endString()
{
    m_inString = false;
    keep();
}

void PartialJson::takeEscape(QChar c)
{
    if (m_inHex) {
        m_hex.append(c);
        if (m_hex.size() == 4) {
            const QChar decoded(m_hex.toUShort(nullptr, 16));
            add(QStringView(&decoded, 1));
            m_inHex = false;
        }
        return;
    }
    m_escape = false;
    switch (c.unicode()) {
    case 'n':
        return add(u"\n");
    case 't':
        return add(u"\t");
    case 'r':
        return add(u"\r");
    case 'b':
        return add(u"\b");
    case 'f':
        return add(u"\f");
    case 'u':
        m_inHex = true;
        m_hex.clear();
        return;
    default:
        return add(QStringView(&c, 1));
    }
}

void PartialJson::add(QStringView text)
{
    if (m_depth != 1)
        return;
    if (m_place == Place::Key)
        m_key.append(text);
    else
        m_fresh.append(text);
}

} // namespace Flotilla
