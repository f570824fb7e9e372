// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/code/diffdocument.h"

namespace Flotilla {

namespace {

DiffRow::Kind kindOf(DiffLine::Kind kind)
{
    switch (kind) {
    case DiffLine::Kind::Added:
        return DiffRow::Kind::Added;
    case DiffLine::Kind::Removed:
        return DiffRow::Kind::Removed;
    case DiffLine::Kind::Same:
        break;
    }
    return DiffRow::Kind::Same;
}

QList<bool> linesToKeep(const QList<DiffLine> &lines, int context)
{
    QList<bool> keep(lines.size(), false);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines[i].kind == DiffLine::Kind::Same)
            continue;
        const qsizetype end = std::min(lines.size() - 1, i + context);
        for (qsizetype k = std::max<qsizetype>(0, i - context); k <= end; ++k)
            keep[k] = true;
    }
    return keep;
}

} // namespace

QList<DiffRow> diffRows(const QByteArray &before, const QByteArray &after, int context)
{
    const QList<DiffLine> lines = diffLines(before, after);
    const QList<bool> keep = linesToKeep(lines, context);
    QList<DiffRow> rows;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (keep[i]) {
            rows.append(
                {kindOf(lines[i].kind), lines[i].oldNumber, lines[i].newNumber, 0, QString::fromUtf8(lines[i].text)});
        } else if (!rows.isEmpty() && rows.last().kind == DiffRow::Kind::Gap) {
            ++rows.last().hidden;
        } else {
            rows.append({DiffRow::Kind::Gap, 0, 0, 1, {}});
        }
    }
    return rows;
}

} // namespace Flotilla
