// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/openai/thinktags.h"

#include <utility>

namespace Flotilla {

namespace {

const QString opening = QStringLiteral("<think>");
const QString closing = QStringLiteral("</think>");

qsizetype firstVisible(const QString &text)
{
    qsizetype at = 0;
    while (at < text.size() && text.at(at).isSpace())
        ++at;
    return at;
}

/// How many characters at the end of `text` may be the beginning of `tag`.
qsizetype beginningAtEnd(const QString &text, const QString &tag)
{
    for (qsizetype size = std::min(text.size(), tag.size() - 1); size > 0; --size) {
        if (text.endsWith(QStringView(tag).left(size)))
            return size;
    }
    return 0;
}

} // namespace

QList<ThinkTags::Piece> ThinkTags::take(const QString &text)
{
    QList<Piece> pieces;
    m_held += text;
    while (step(pieces))
        continue;
    return pieces;
}

QList<ThinkTags::Piece> ThinkTags::end()
{
    const bool isThought = m_state == State::Thought;
    const bool isNothing = m_held.isEmpty() || m_state == State::Gap;
    const QString rest = std::exchange(m_held, {});
    return isNothing ? QList<Piece>() : QList<Piece>{{rest, isThought}};
}

/// One step forward; false when more text is needed.
bool ThinkTags::step(QList<Piece> &pieces)
{
    switch (m_state) {
    case State::Start:
        return start();
    case State::Thought:
        return thought(pieces);
    case State::Gap:
        return gap();
    case State::Text:
        if (!m_held.isEmpty())
            pieces.append({std::exchange(m_held, {}), false});
        return false;
    }
    return false;
}

bool ThinkTags::start()
{
    const qsizetype at = firstVisible(m_held);
    const QStringView rest = QStringView(m_held).mid(at);
    if (rest.startsWith(opening)) {
        m_held.remove(0, at + opening.size());
        m_state = State::Thought;
        return true;
    }
    if (opening.startsWith(rest)) // also when there is nothing but space yet
        return false;
    m_state = State::Text;
    return true;
}

bool ThinkTags::thought(QList<Piece> &pieces)
{
    const qsizetype close = m_held.indexOf(closing);
    const qsizetype sure = close < 0 ? m_held.size() - beginningAtEnd(m_held, closing) : close;
    if (sure > 0)
        pieces.append({m_held.left(sure), true});
    m_held.remove(0, close < 0 ? sure : close + closing.size());
    if (close >= 0)
        m_state = State::Gap;
    return close >= 0;
}

/// The empty lines between the thoughts and the answer belong to neither.
bool ThinkTags::gap()
{
    m_held.remove(0, firstVisible(m_held));
    if (m_held.isEmpty())
        return false;
    m_state = State::Text;
    return true;
}

} // namespace Flotilla
