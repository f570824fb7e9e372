// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/useerrors.h"

#include "backends/projects/turnchecks.h"

#include <QCoreApplication>

#include <algorithm>

namespace Flotilla {

namespace {

bool canBeShown(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // among them those that turn the direction of the text around
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return false;
    default:
        return true;
    }
}

} // namespace

QString useErrorLine(const QString &text)
{
    QString line;
    for (const char32_t character : text.trimmed().section(QLatin1Char('\n'), 0, 0).left(2 * useErrorLength).toUcs4())
        if (canBeShown(character))
            line += QString::fromUcs4(&character, 1);
        else
            line += QLatin1Char(' ');
    line = line.simplified();
    return line.size() > useErrorLength ? line.left(useErrorLength - 1) + QChar(0x2026) : line;
}

std::optional<QList<CheckResult>> withUseError(const VersionSummary &version, const QString &error)
{
    const QString line = useErrorLine(error);
    const QStringList known = useErrorsOf(version.checks);
    if (line.isEmpty() || version.state != QLatin1String("green") || known.size() >= mostUseErrors)
        return {};
    const auto isSame = [signature = errorSignature(line, {})](const QString &other) {
        return errorSignature(other, {}) == signature;
    };
    if (std::any_of(known.cbegin(), known.cend(), isSame))
        return {};
    QList<CheckResult> checks = version.checks;
    checks.append({useErrorCheck, false, line});
    return checks;
}

QString useErrorsWish(const QStringList &errors)
{
    return QCoreApplication::translate("Projects",
                                       "The app shows, but something in it does not work. Please fix this:") +
           QLatin1Char('\n') + errors.join(QLatin1Char('\n'));
}

} // namespace Flotilla
