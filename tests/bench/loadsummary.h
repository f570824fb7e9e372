// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/cliprocess.h"

#include <QJsonObject>

#include <initializer_list>

namespace Flotilla::Bench {

/// Adds these fields of what `flotillactl --json loadtest` printed, or the end of its complaint when it printed none.
inline void addSummary(QJsonObject &result, const Test::CliResult &ran, std::initializer_list<const char *> keys)
{
    const QJsonObject summary = ran.json().object();
    for (const char *key : keys) {
        if (const QJsonValue value = summary[QLatin1String(key)]; !value.isUndefined())
            result.insert(QLatin1String(key), value);
    }
    if (summary.isEmpty())
        result.insert(QStringLiteral("problem"), QString::fromUtf8(ran.err.right(500)));
}

} // namespace Flotilla::Bench
