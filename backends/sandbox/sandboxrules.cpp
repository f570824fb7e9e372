// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/sandboxrules.h"

#include <QCoreApplication>

#include <algorithm>

namespace Flotilla {

namespace {

Error refusal(ErrorKind kind, const char *text)
{
    return {kind, QCoreApplication::translate("Sandbox", text), {}};
}

} // namespace

Status validateSandboxSpec(const SandboxSpec &spec)
{
    const bool named = isSafeSandboxName(spec.id.value) && (spec.app.isEmpty() || isSafeSandboxName(spec.app.value)) &&
                       (spec.from.isEmpty() || isSafeSandboxName(spec.from.value));
    if (!named)
        return refusal(ErrorKind::Invalid, QT_TRANSLATE_NOOP("Sandbox", "The name of the sandbox is not acceptable."));
    if (spec.network != NetworkPolicy::None)
        return refusal(ErrorKind::Unsupported,
                       QT_TRANSLATE_NOOP("Sandbox", "Only sandboxes without network are offered."));
    const SandboxLimits &l = spec.limits;
    const bool positive = l.memoryBytes > 0 && l.processes > 0 && l.cpus > 0 && l.workspaceBytes > 0 &&
                          l.dataBytes > 0 && l.fileBytes > 0 && l.openFiles > 0;
    if (!positive)
        return refusal(ErrorKind::Invalid,
                       QT_TRANSLATE_NOOP("Sandbox", "Every limit of a sandbox must be more than zero."));
    return {};
}

bool isSafeSandboxName(const QString &name)
{
    const auto legal = [](QChar c) {
        return c == QLatin1Char('-') || (c >= QLatin1Char('a') && c <= QLatin1Char('z')) ||
               (c >= QLatin1Char('0') && c <= QLatin1Char('9'));
    };
    return !name.isEmpty() && name.size() <= 40 && name.at(0) != QLatin1Char('-') &&
           std::all_of(name.begin(), name.end(), legal);
}

Error sandboxNotRunning(const SandboxId &id)
{
    return {ErrorKind::NotFound, QCoreApplication::translate("Sandbox", "The sandbox does not run."), id.value};
}

} // namespace Flotilla
