// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QLocale>

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

QString formatCount(qint64 count)
{
    return QLocale().toString(count);
}

QString formatShortcut(const QString &portable)
{
    return QKeySequence(portable, QKeySequence::PortableText).toString(QKeySequence::NativeText);
}

} // namespace Flotilla
