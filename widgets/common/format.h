// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <optional>

namespace Flotilla {

/// Numbers for people, in the language of the program. Money is US dollars.
QString formatMoney(double dollars);                       ///< "$0.04", "$12.30", "< $0.01", "$0.00"
QString formatMoney(const std::optional<double> &dollars); ///< empty when the price is not known
QString formatTokens(qint64 tokens);                       ///< "412 tokens", "41k tokens", "1.2M tokens"
QString formatBytes(qint64 bytes);                         ///< "820 B", "12 KB", "2.4 MB", "1.1 GB" (1024)
QString formatSeconds(double seconds);                     ///< "0.4 s", "9.2 s", "48 s", "2 min 5 s", "1 h 12 min"
/// "now", "2 min", "3 h", "Tue" within a week, "12 Nov" within the year, "Nov 2024".
QString formatAge(const QDateTime &then, const QDateTime &now = QDateTime::currentDateTimeUtc());
/// "14:31" when it was today, else "3 Nov 14:31", before this year with the year.
QString formatMoment(const QDateTime &then, const QDateTime &now = QDateTime::currentDateTimeUtc());
QString formatCount(qint64 count);               ///< "1,284" by the locale
QString formatShortcut(const QString &portable); ///< "Ctrl+K" in the platform's words

} // namespace Flotilla
