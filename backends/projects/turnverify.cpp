// SPDX-License-Identifier: GPL-3.0-or-later
// TurnRunner: building, serving and looking at the app.
#include "backends/projects/turnrunner.h"

#include "backends/core/continuation.h"

namespace Flotilla {

/// While the model writes, what is complete goes to the sandbox already, so that the last step is short.
void TurnRunner::syncEarly()
{
    const bool writing = m_machine.state() == TurnState::Streaming || m_machine.state() == TurnState::Applying;
    if (!writing || m_earlySync || !m_parts.bench->isReady() || !facts().changed)
        return;
    m_earlySync = true;
    whenDone(this, m_parts.bench->sync(m_workspace.files(), false), [this](const Result<AgentBuild> &) {
        m_earlySync = false; // a failure shows at the build
    });
}

void TurnRunner::run(const Build &)
{
    whenDone(this, m_parts.bench->sync(m_workspace.files(), true),
             [this, epoch = m_epoch](const Result<AgentBuild> &built) {
                 if (epoch == m_epoch)
                     onBuilt(built);
             });
}

void TurnRunner::onBuilt(const Result<AgentBuild> &built)
{
    if (!built) {
        BuildEnded ended;
        ended.outcome = BuildEnded::Outcome::NoSandbox;
        ended.problem.summary = built.error().text;
        ended.problem.report = built.error().detail;
        Q_EMIT marked(TurnMark::Built, built.error());
        return dispatch(ended);
    }
    const Finding finding = judgeBuild(*built);
    Q_EMIT marked(TurnMark::Built, finding.ok ? Status() : Error{ErrorKind::Invalid, finding.problem.summary, {}});
    note(finding);
    if (finding.ok && m_parts.served)
        return checkServed();
    buildDone(finding);
}

void TurnRunner::checkServed()
{
    whenDone(this, m_parts.served(), [this, epoch = m_epoch](const Result<CheckResult> &served) {
        if (epoch != m_epoch)
            return;
        const CheckResult check = served ? *served : CheckResult{QStringLiteral("served"), false, served.error().text};
        const Finding finding = judgeServed(check);
        Q_EMIT marked(TurnMark::Served, finding.ok ? Status() : Error{ErrorKind::Unavailable, check.text, {}});
        note(finding);
        buildDone(finding);
    });
}

void TurnRunner::buildDone(const Finding &finding)
{
    BuildEnded ended;
    ended.outcome = finding.ok ? BuildEnded::Outcome::Ok : BuildEnded::Outcome::Failed;
    ended.problem = finding.problem;
    dispatch(ended);
}

void TurnRunner::run(const Probe &)
{
    const QUrl url = m_parts.previewUrl ? m_parts.previewUrl() : QUrl();
    whenDone(this, m_parts.probe->probe(url), [this, epoch = m_epoch](const Result<ProbeReport> &report) {
        if (epoch != m_epoch)
            return;
        ProbeEnded ended;
        ended.ok = true;
        if (report) { // a probe that cannot look says nothing about the app: its checks are missing then
            m_probe = *report;
            const Finding finding = judgeProbe(*report);
            note(finding);
            ended.ok = finding.ok;
            ended.problem = finding.problem;
        }
        dispatch(ended);
    });
}

void TurnRunner::note(const Finding &finding)
{
    for (const CheckResult &check : finding.checks) {
        m_checks.insert(check.name, check);
        m_checkOrder.removeAll(check.name);
        m_checkOrder.append(check.name);
    }
    if (finding.notice)
        run(Say{*finding.notice});
}

} // namespace Flotilla
