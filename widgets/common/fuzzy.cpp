// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/fuzzy.h"

namespace Flotilla {

namespace {
bool startsWord(const QString &text, int index)
{
    return index == 0 || (!text[index - 1].isLetterOrNumber() && text[index].isLetterOrNumber());
}

FuzzyMatch inOrder(const QString &query, const QString &text)
{
    FuzzyMatch match{0, {}};
    int at = 0;
    int last = -2;
    for (const QChar wanted : query) {
        if (wanted.isSpace())
            continue;
        while (at < text.size() && text[at].toCaseFolded() != wanted.toCaseFolded())
            ++at;
        if (at == text.size())
            return {};
        match.score += (at == last + 1 ? 8 : 1) + (startsWord(text, at) ? 6 : 0);
        match.positions.append(at);
        last = at++;
    }
    match.score = qMax(0, match.score - int(text.size()) / 16);
    return match;
}
} // namespace

FuzzyMatch fuzzyMatch(const QString &query, const QString &text)
{
    const QString wanted = query.trimmed();
    const qsizetype whole = text.indexOf(wanted, 0, Qt::CaseInsensitive);
    if (wanted.isEmpty() || whole < 0)
        return inOrder(wanted, text);
    FuzzyMatch match{100 + int(wanted.size()) * 8 + (startsWord(text, int(whole)) ? 40 : 0), {}};
    for (int i = 0; i < wanted.size(); ++i)
        match.positions.append(int(whole) + i);
    match.score -= int(text.size()) / 16;
    return match;
}

} // namespace Flotilla
