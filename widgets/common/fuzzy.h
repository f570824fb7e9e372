// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

namespace Flotilla {

/// How well `query` fits `text`: every character of the query in order, runs and word starts count more.
struct FuzzyMatch
{
    int score = -1;       ///< below 0: no match
    QList<int> positions; ///< the matched characters of the text
    explicit operator bool() const { return score >= 0; }
};
FuzzyMatch fuzzyMatch(const QString &query, const QString &text);

} // namespace Flotilla
