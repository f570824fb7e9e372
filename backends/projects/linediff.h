// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace Flotilla {

struct LineCounts
{
    int added = 0;
    int removed = 0;
    bool operator==(const LineCounts &) const = default;
};

/// One line of a difference; numbers are 1-based, 0 on the side where the line is missing.
struct DiffLine
{
    enum class Kind { Same, Added, Removed };
    Kind kind = Kind::Same;
    int oldNumber = 0;
    int newNumber = 0;
    QByteArray text; ///< without line end
    bool operator==(const DiffLine &) const = default;
};

/// The shortest edit script between two texts (Myers 1986, greedy, with common ends cut off). Bounded: beyond 1,500
/// differences in the middle part it is shown as removed and added as a whole, which is right but not shortest. Pure.
QList<DiffLine> diffLines(const QByteArray &before, const QByteArray &after);
LineCounts countLines(const QByteArray &before, const QByteArray &after);
/// The unified format of diff -u with `context` lines around each change; empty when the texts are equal.
QString unifiedDiff(const QByteArray &before, const QByteArray &after, const QString &path, int context = 3);

} // namespace Flotilla
