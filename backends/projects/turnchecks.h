// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/projects/previewprobe.h"
#include "backends/projects/turnstate.h"

namespace Flotilla {

/// What stays the same when the same thing is wrong again: message and place, without digits and spaces.
QString errorSignature(const QString &message, const QString &place);

/// A finding as an event for the machine, as a check for the version and, when bad, as a notice for the chat.
struct Finding
{
    bool ok = false;
    TurnProblem problem;
    QList<CheckResult> checks;
    std::optional<NoticeBlock> notice;
};

Finding judgeBuild(const AgentBuild &build);
Finding judgeServed(const CheckResult &served);
/// Checks "loaded", "no-errors", "not-blank".
Finding judgeProbe(const ProbeReport &report);

Diagnostic diagnosticOf(const AgentDiagnostic &diagnostic);

} // namespace Flotilla
