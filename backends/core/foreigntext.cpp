// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/core/foreigntext.h"

#include <QRegularExpression>
#include <QStringList>

namespace Flotilla {

namespace {

QChar visibleLetter(QChar letter)
{
    const char16_t code = letter.unicode();
    const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    const bool breaks = code == 0x2028 || code == 0x2029 || (code >= 0x80 && code < 0xA0);
    if (turns || breaks)
        return QChar::ReplacementCharacter;
    if (code == 0x7F)
        return QChar(0x2421);
    return code < 0x20 && code != '\t' ? QChar(0x2400 + code) : letter;
}

} // namespace

QString formatForeign(const QString &text)
{
    static const QRegularExpression sequence(
        QStringLiteral("\\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1b]*(?:\\x07|\\x1b\\\\)?|[@-Z\\\\^_])"));
    QString line = text;
    if (line.contains(QLatin1Char('\x1b')))
        line.remove(sequence);
    while (line.endsWith(QLatin1Char('\r')))
        line.chop(1);
    for (QChar &letter : line)
        letter = visibleLetter(letter);
    return line;
}

QString formatForeignLines(const QString &text)
{
    QStringList lines = text.split(QLatin1Char('\n'));
    for (QString &line : lines)
        line = formatForeign(line);
    return lines.join(QLatin1Char('\n'));
}

} // namespace Flotilla
