// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/textedit.h"

#include <QList>
#include <QStringList>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr int exactPass = 1;
constexpr int edgePass = 3;
constexpr int lastPass = 4;
constexpr qsizetype quotedLines = 24;

bool isSpace(QChar c)
{
    return c.isSpace();
}

QString trimmedEnd(const QString &line)
{
    qsizetype end = line.size();
    while (end > 0 && isSpace(line[end - 1]))
        --end;
    return line.left(end);
}

QChar foldedChar(QChar c)
{
    switch (c.unicode()) {
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
        return QLatin1Char('-');
    case 0x2018:
    case 0x2019:
    case 0x201a:
    case 0x201b:
    case 0x2032:
        return QLatin1Char('\'');
    case 0x201c:
    case 0x201d:
    case 0x201e:
    case 0x201f:
    case 0x2033:
        return QLatin1Char('"');
    default:
        return c.isSpace() ? QLatin1Char(' ') : c;
    }
}

QString folded(const QString &line)
{
    QString text = line.trimmed();
    std::transform(text.cbegin(), text.cend(), text.begin(), foldedChar);
    text.replace(QChar(0x2026), QStringLiteral("..."));
    return text;
}

QStringList normalized(const QStringList &lines, int pass)
{
    QStringList result;
    result.reserve(lines.size());
    for (const QString &line : lines)
        result.append(pass == exactPass  ? line
                      : pass == 2        ? trimmedEnd(line)
                      : pass == edgePass ? line.trimmed()
                                         : folded(line));
    return result;
}

/// Lines without their ends; `crlf` remembers each end.
struct Lines
{
    QStringList text;
    QList<bool> crlf;
};

Lines splitLines(const QString &text)
{
    Lines lines;
    lines.text = text.split(QLatin1Char('\n'));
    for (QString &line : lines.text) {
        lines.crlf.append(line.endsWith(QLatin1Char('\r')));
        if (lines.crlf.last())
            line.chop(1);
    }
    return lines;
}

/// The lines of a piece of text that a model gave: a final line end does not count as one more line.
QStringList pieceLines(const QString &text)
{
    if (text.isEmpty())
        return {};
    QStringList lines = splitLines(text).text;
    if (lines.size() > 1 && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QList<qsizetype> hitsOf(const QStringList &lines, const QStringList &piece)
{
    QList<qsizetype> hits;
    for (qsizetype i = 0; i + piece.size() <= lines.size(); ++i)
        if (std::equal(piece.begin(), piece.end(), lines.begin() + i))
            hits.append(i);
    return hits;
}

Error ambiguousHits(const QList<qsizetype> &lines)
{
    QStringList numbers;
    for (const qsizetype line : lines.mid(0, 10))
        numbers.append(QString::number(line + 1));
    return {
        ErrorKind::Conflict,
        QStringLiteral("The old text is ambiguous: it fits at lines %1. Give more lines around the place, so that it "
                       "fits only once.")
            .arg(numbers.join(QStringLiteral(", "))),
        {}};
}

QString indentOf(const QString &line)
{
    const auto end = std::find_if_not(line.begin(), line.end(), isSpace);
    return line.left(end - line.begin());
}

QString firstFilled(const QStringList &lines)
{
    const auto found =
        std::find_if(lines.begin(), lines.end(), [](const QString &l) { return !l.trimmed().isEmpty(); });
    return found == lines.end() ? QString() : *found;
}

/// Moves `lines`, written with the indentation `from`, to the indentation `to`.
QStringList rebased(QStringList lines, const QString &from, const QString &to)
{
    if (from == to)
        return lines;
    for (QString &line : lines) {
        if (line.trimmed().isEmpty())
            continue;
        const QString own = indentOf(line);
        if (line.startsWith(from))
            line = to + line.mid(from.size());
        else
            line = to.left(std::max<qsizetype>(0, to.size() - (from.size() - own.size()))) + line.mid(own.size());
    }
    return lines;
}

QString joined(const Lines &lines)
{
    QString text;
    for (qsizetype i = 0; i < lines.text.size(); ++i) {
        text += lines.text[i];
        if (lines.crlf[i])
            text += QLatin1Char('\r');
        if (i + 1 < lines.text.size())
            text += QLatin1Char('\n');
    }
    return text;
}

TextEdit replacedLines(Lines file, qsizetype at, qsizetype count, const QStringList &replacement, int pass)
{
    const bool crlf = file.crlf[at];
    const bool reachesEnd = at + count == file.text.size();
    Lines result;
    result.text = file.text.mid(0, at) + replacement + file.text.mid(at + count);
    result.crlf = file.crlf.mid(0, at) + QList<bool>(replacement.size(), crlf) + file.crlf.mid(at + count);
    if (reachesEnd && !replacement.isEmpty())
        result.crlf.last() = file.crlf.last();
    return {joined(result), static_cast<int>(at) + 1, pass};
}

/// A part of one or more lines that occurs once. Nothing when it does not occur.
std::optional<Result<TextEdit>> editPart(const QString &text, QString oldText, QString newText)
{
    const bool crlf = text.contains(QLatin1String("\r\n"));
    for (QString *piece : {&oldText, &newText}) {
        piece->replace(QLatin1String("\r\n"), QLatin1String("\n"));
        if (crlf)
            piece->replace(QLatin1Char('\n'), QLatin1String("\r\n"));
    }
    QList<qsizetype> lines;
    qsizetype at = -1;
    for (qsizetype i = text.indexOf(oldText); i >= 0; i = text.indexOf(oldText, i + 1)) {
        at = i;
        lines.append(text.left(i).count(QLatin1Char('\n')));
        if (lines.size() > 10)
            break;
    }
    if (lines.isEmpty())
        return std::nullopt;
    if (lines.size() > 1)
        return ambiguousHits(lines);
    QString changed = text;
    changed.replace(at, oldText.size(), newText);
    return TextEdit{changed, static_cast<int>(lines.first()) + 1, exactPass};
}

std::optional<Result<TextEdit>> editInPasses(const QString &text, const QStringList &piece,
                                             const QStringList &replacement)
{
    const Lines file = splitLines(text);
    for (int pass = exactPass; pass <= lastPass; ++pass) {
        const QList<qsizetype> hits = hitsOf(normalized(file.text, pass), normalized(piece, pass));
        if (hits.size() > 1)
            return ambiguousHits(hits);
        if (hits.size() == 1) {
            const QStringList matched = file.text.mid(hits.first(), piece.size());
            const QStringList moved =
                pass < edgePass ? replacement
                                : rebased(replacement, indentOf(firstFilled(piece)), indentOf(firstFilled(matched)));
            return replacedLines(file, hits.first(), piece.size(), moved, pass);
        }
        if (pass == exactPass)
            if (auto part = editPart(text, piece.join(QLatin1Char('\n')), replacement.join(QLatin1Char('\n'))))
                return part;
    }
    return std::nullopt;
}

bool cutEmptyEdges(QStringList &piece, QStringList &replacement)
{
    const auto empty = [](const QStringList &lines, bool first) {
        return !lines.isEmpty() && (first ? lines.first() : lines.last()).trimmed().isEmpty();
    };
    bool cut = false;
    for (const bool first : {true, false}) {
        while (empty(piece, first)) {
            piece.removeAt(first ? 0 : piece.size() - 1);
            if (empty(replacement, first))
                replacement.removeAt(first ? 0 : replacement.size() - 1);
            cut = true;
        }
    }
    return cut;
}

QString quoted(const QStringList &lines, qsizetype begin, qsizetype count)
{
    QString text;
    for (qsizetype i = std::max<qsizetype>(0, begin); i < std::min(lines.size(), begin + count); ++i)
        text += QStringLiteral("%1| %2\n").arg(i + 1, 4).arg(lines[i].left(300));
    return text;
}

/// Where most lines of the piece stand, for the model to look at.
Error nothingFits(const QString &text, const QStringList &piece)
{
    const QStringList lines = splitLines(text).text;
    const QStringList foldedLines = normalized(lines, lastPass);
    const QStringList foldedPiece = normalized(piece, lastPass);
    qsizetype best = 0;
    qsizetype bestAt = -1;
    for (qsizetype i = 1 - foldedPiece.size(); i < foldedLines.size(); ++i) {
        qsizetype score = 0;
        for (qsizetype k = std::max<qsizetype>(0, -i); k < foldedPiece.size() && i + k < foldedLines.size(); ++k)
            score += !foldedPiece[k].isEmpty() && foldedPiece[k] == foldedLines[i + k] ? 1 : 0;
        if (score > best) {
            best = score;
            bestAt = i;
        }
    }
    QString problem = QStringLiteral("The old text does not occur in the file. ");
    if (bestAt < 0 && best == 0)
        problem += QStringLiteral("None of its lines is there. Read the file before you edit it.");
    else
        problem += QStringLiteral("%1 of its %2 lines fit best here:\n%3Copy the old text from the file exactly.")
                       .arg(best)
                       .arg(piece.size())
                       .arg(quoted(lines, bestAt - 2, std::min(quotedLines, piece.size() + 4)));
    return {ErrorKind::NotFound, problem, {}};
}

} // namespace

Result<TextEdit> editText(const QString &text, const QString &oldText, const QString &newText)
{
    QStringList piece = pieceLines(oldText);
    QStringList replacement = pieceLines(newText);
    if (oldText.trimmed().isEmpty())
        return Error{ErrorKind::Invalid, QStringLiteral("The old text is empty. Use write_file for a new file."), {}};
    if (piece == replacement)
        return Error{ErrorKind::Invalid, QStringLiteral("The old and the new text are the same."), {}};
    if (auto edit = editInPasses(text, piece, replacement))
        return *edit;
    if (cutEmptyEdges(piece, replacement))
        if (auto edit = editInPasses(text, piece, replacement))
            return *edit;
    return nothingFits(text, piece);
}

} // namespace Flotilla
