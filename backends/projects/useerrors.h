// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/projecttypes.h"

#include <optional>

namespace Flotilla {

/// Errors that nobody in the app caught while somebody used it. They are checks named "used" of the version, which is
/// the one place where that is kept; a green version with one is never called simply green.
inline constexpr QLatin1String useErrorCheck("used");
inline constexpr int mostUseErrors = 5; ///< of one version
inline constexpr int useErrorLength = 300;

/// What a page says as one line that can be shown and sent: bounded, without control and direction characters.
QString useErrorLine(const QString &text);
/// The errors among the checks of a version. Here, because screens that do not link this library show them.
inline QStringList useErrorsOf(const QList<CheckResult> &checks)
{
    QStringList errors;
    for (const CheckResult &check : checks)
        if (check.name == useErrorCheck && !check.ok)
            errors.append(check.text);
    return errors;
}
/// The checks with one error more. Nothing: the version is not green, or knows the error, or has enough of them.
std::optional<QList<CheckResult>> withUseError(const VersionSummary &version, const QString &error);
/// The wish that asks a model to mend them.
QString useErrorsWish(const QStringList &errors);

} // namespace Flotilla
