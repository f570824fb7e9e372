// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QLocale>
#include <QRegularExpression>

namespace Flotilla {

namespace {
QString translated(const char *text)
{
    return QCoreApplication::translate("Format", text);
}

// One decimal below ten, none above, none when it would be ".0".
QString shortNumber(double value)
{
    const double rounded = value < 9.95 ? qRound64(value * 10) / 10.0 : std::round(value);
    const bool whole = qFuzzyCompare(rounded, std::round(rounded));
    return QLocale().toString(rounded, 'f', whole ? 0 : 1);
}
} // namespace

QString formatMoney(double dollars)
{
    if (dollars > 0 && dollars < 0.005)
        return QCoreApplication::translate("Format", "< $%1").arg(QLocale().toString(0.01, 'f', 2));
    return QCoreApplication::translate("Format", "$%1").arg(QLocale().toString(dollars, 'f', 2));
}

QString formatMoney(const std::optional<double> &dollars)
{
    return dollars ? formatMoney(*dollars) : QString();
}

QString formatTokens(qint64 tokens)
{
    if (tokens < 1000)
        return QCoreApplication::translate("Format", "%n token(s)", nullptr, int(tokens));
    if (tokens < 999'500)
        return QCoreApplication::translate("Format", "%1k tokens").arg(shortNumber(double(tokens) / 1e3));
    return QCoreApplication::translate("Format", "%1M tokens").arg(shortNumber(double(tokens) / 1e6));
}

QString formatBytes(qint64 bytes)
{
    if (bytes < 1024)
        return QCoreApplication::translate("Format", "%1 B").arg(bytes);
    double value = double(bytes) / 1024;
    for (const char *unit : {QT_TRANSLATE_NOOP("Format", "%1 KB"), QT_TRANSLATE_NOOP("Format", "%1 MB")}) {
        if (value < 1023.5)
            return translated(unit).arg(shortNumber(value));
        value /= 1024;
    }
    return QCoreApplication::translate("Format", "%1 GB").arg(shortNumber(value));
}

QString formatSeconds(double seconds)
{
    if (seconds < 9.95)
        return QCoreApplication::translate("Format", "%1 s").arg(QLocale().toString(seconds, 'f', 1));
    const auto whole = qRound64(seconds);
    if (whole < 60)
        return QCoreApplication::translate("Format", "%1 s").arg(whole);
    if (whole < 3600)
        return whole % 60 == 0 ? QCoreApplication::translate("Format", "%1 min").arg(whole / 60)
                               : QCoreApplication::translate("Format", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return QCoreApplication::translate("Format", "%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString formatAge(const QDateTime &then, const QDateTime &now)
{
    if (!then.isValid())
        return {};
    const qint64 seconds = then.secsTo(now);
    if (seconds < 60)
        return QCoreApplication::translate("Format", "now");
    if (seconds < 3600)
        return QCoreApplication::translate("Format", "%1 min").arg(seconds / 60);
    if (seconds < 24 * 3600)
        return QCoreApplication::translate("Format", "%1 h").arg(seconds / 3600);
    const QDate day = then.toLocalTime().date();
    const QDate today = now.toLocalTime().date();
    if (day.daysTo(today) < 7)
        return QLocale().toString(day, QStringLiteral("ddd"));
    if (day.daysTo(today) < 365)
        return QLocale().toString(day, QCoreApplication::translate("Format", "d MMM"));
    return QLocale().toString(day, QCoreApplication::translate("Format", "MMM yyyy"));
}

QString formatMoment(const QDateTime &then, const QDateTime &now)
{
    const QDateTime local = then.toLocalTime();
    const QString time = local.toString(QStringLiteral("HH:mm"));
    const QDate day = local.date(), today = now.toLocalTime().date();
    if (day == today)
        return time;
    const QString format = day.year() == today.year() ? QCoreApplication::translate("Format", "d MMM")
                                                      : QCoreApplication::translate("Format", "d MMM yyyy");
    return QStringLiteral("%1 %2").arg(QLocale().toString(day, format), time);
}

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

QString formatCount(qint64 count)
{
    return QLocale().toString(count);
}

QString formatShortcut(const QString &portable)
{
    return QKeySequence(portable, QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

} // namespace Flotilla
