// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/tokenlimit.h"

#include <QRegularExpression>

namespace Flotilla {

bool learnTokenLimit(const QString &message, qint64 sent, Quirks &quirks)
{
    static const QRegularExpression numbers(QStringLiteral("(?<![\\w.-])\\d{3,7}(?![\\w-])"));
    qint64 best = 0;
    for (auto match = numbers.globalMatch(message); match.hasNext();) {
        const qint64 number = match.next().captured().toLongLong();
        if (number >= 256 && number < sent)
            best = qMax(best, number);
    }
    if (best == 0)
        return false;
    quirks.maxOutputTokens = best;
    return true;
}

} // namespace Flotilla
