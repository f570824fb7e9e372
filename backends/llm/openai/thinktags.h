// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Flotilla {

/// Takes the thoughts out of the text of servers that send them inside it: "<think>...</think>" at the very beginning
/// of an answer, cut anywhere by the stream. Later tags are text: an answer may write about them.
class ThinkTags
{
public:
    struct Piece
    {
        QString text;
        bool isThought = false;
        bool operator==(const Piece &) const = default;
    };
    QList<Piece> take(const QString &text);
    /// What was held back because it could have become a tag.
    QList<Piece> end();

private:
    enum class State { Start, Thought, Gap, Text };
    bool step(QList<Piece> &pieces);
    bool start();
    bool thought(QList<Piece> &pieces);
    bool gap();

    State m_state = State::Start;
    QString m_held;
};

} // namespace Flotilla
