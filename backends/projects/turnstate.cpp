// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/turnstate.h"

#include "backends/core/log.h"
#include "backends/projects/turnwords.h"

#include <algorithm>

namespace Flotilla {

namespace {

struct Transition
{
    TurnState from;
    TurnState to;
};

/// Every legal transition. An end may only be left for Failed: when its version could not be stored.
constexpr Transition transitions[] = {
    {TurnState::Idle, TurnState::Preparing},      {TurnState::Preparing, TurnState::Streaming},
    {TurnState::Preparing, TurnState::Failed},    {TurnState::Preparing, TurnState::Stopping},
    {TurnState::Streaming, TurnState::Streaming}, // the stream broke and is asked for again
    {TurnState::Streaming, TurnState::Applying},  {TurnState::Streaming, TurnState::Building},
    {TurnState::Streaming, TurnState::Repairing}, {TurnState::Streaming, TurnState::Stopping},
    {TurnState::Streaming, TurnState::Red},       {TurnState::Streaming, TurnState::Failed},
    {TurnState::Applying, TurnState::Streaming},  {TurnState::Applying, TurnState::Building},
    {TurnState::Applying, TurnState::Repairing},  {TurnState::Applying, TurnState::Stopping},
    {TurnState::Applying, TurnState::Red},        {TurnState::Applying, TurnState::Failed},
    {TurnState::Building, TurnState::Verifying},  {TurnState::Building, TurnState::Repairing},
    {TurnState::Building, TurnState::Stopping},   {TurnState::Building, TurnState::Green},
    {TurnState::Building, TurnState::Red},        {TurnState::Verifying, TurnState::Repairing},
    {TurnState::Verifying, TurnState::Stopping},  {TurnState::Verifying, TurnState::Green},
    {TurnState::Verifying, TurnState::Red},       {TurnState::Repairing, TurnState::Streaming},
    {TurnState::Repairing, TurnState::Stopping},  {TurnState::Stopping, TurnState::Stopped},
    {TurnState::Green, TurnState::Failed},        {TurnState::Red, TurnState::Failed},
    {TurnState::Stopped, TurnState::Failed},
};

Say notice(NoticeBlock::Severity severity, const QString &text, const QString &detail = {})
{
    return Say{NoticeBlock{severity, text, detail, {}, 0}};
}

Say budgetNotice()
{
    return notice(NoticeBlock::Severity::Warning,
                  TurnWords::tr("The turn reached its budget and was stopped. What was made is kept. Raise the budget "
                                "in Settings to go on."));
}

} // namespace

QString toString(TurnState state)
{
    switch (state) {
    case TurnState::Idle:
        return QStringLiteral("idle");
    case TurnState::Preparing:
        return QStringLiteral("preparing");
    case TurnState::Streaming:
        return QStringLiteral("streaming");
    case TurnState::Applying:
        return QStringLiteral("applying");
    case TurnState::Building:
        return QStringLiteral("building");
    case TurnState::Verifying:
        return QStringLiteral("verifying");
    case TurnState::Repairing:
        return QStringLiteral("repairing");
    case TurnState::Stopping:
        return QStringLiteral("stopping");
    case TurnState::Green:
        return QStringLiteral("green");
    case TurnState::Red:
        return QStringLiteral("red");
    case TurnState::Stopped:
        return QStringLiteral("stopped");
    case TurnState::Failed:
        return QStringLiteral("failed");
    }
    return {};
}

bool isEnd(TurnState state)
{
    return state == TurnState::Green || state == TurnState::Red || state == TurnState::Stopped ||
           state == TurnState::Failed;
}

bool isLegal(TurnState from, TurnState to)
{
    return std::any_of(std::begin(transitions), std::end(transitions),
                       [=](const Transition &t) { return t.from == from && t.to == to; });
}

QList<TurnCommand> TurnMachine::handle(const TurnEvent &event, const TurnFacts &facts)
{
    return std::visit([&](const auto &e) { return on(e, facts); }, event);
}

TurnMachine::Commands TurnMachine::go(TurnState to, Commands commands)
{
    FLOTILLA_ASSERT(isLegal(m_state, to), return {});
    m_state = to;
    return commands;
}

TurnMachine::Commands TurnMachine::on(const TurnBegan &, const TurnFacts &)
{
    return m_state == TurnState::Idle ? go(TurnState::Preparing, {Prepare{}}) : Commands();
}

TurnMachine::Commands TurnMachine::on(const TurnPrepared &, const TurnFacts &)
{
    if (m_state != TurnState::Preparing)
        return {};
    ++m_rounds;
    return go(TurnState::Streaming, {AskModel{}});
}

TurnMachine::Commands TurnMachine::on(const TurnUnprepared &event, const TurnFacts &)
{
    if (m_state != TurnState::Preparing)
        return {};
    return go(TurnState::Failed,
              {notice(NoticeBlock::Severity::Error, event.error.text, event.error.detail), Abandon{event.error.text}});
}

TurnMachine::Commands TurnMachine::on(const ModelAsked &, const TurnFacts &)
{
    return m_state == TurnState::Repairing ? go(TurnState::Streaming, {}) : Commands();
}

TurnMachine::Commands TurnMachine::on(const AnswerEnded &event, const TurnFacts &facts)
{
    if (m_state != TurnState::Streaming)
        return {};
    m_answer = event;
    m_streamRetries = 0;
    if (event.reason == StopReason::Refusal)
        return giveUp(TurnWords::tr("The model declined this wish. Put it in other words, or choose another model."),
                      facts);
    if (event.reason == StopReason::ContextFull)
        return giveUp(
            TurnWords::tr("The conversation is too long for this model. Choose a model with a larger context, or "
                          "duplicate the app to go on with a fresh conversation."),
            facts);
    if (event.calls > 0)
        return go(TurnState::Applying, {RunTools{}});
    return afterTools(0, facts);
}

TurnMachine::Commands TurnMachine::on(const ToolsRan &event, const TurnFacts &facts)
{
    return m_state == TurnState::Applying ? afterTools(event.failed, facts) : Commands();
}

/// All calls of an answer were run: does the model go on, or is it time to build?
TurnMachine::Commands TurnMachine::afterTools(int failed, const TurnFacts &facts)
{
    using enum NoticeBlock::Severity;
    const bool goesOn = m_answer.reason == StopReason::ToolUse || m_answer.reason == StopReason::Paused ||
                        failed + m_answer.failedCalls > 0;
    if (m_answer.overBudget && (goesOn || m_answer.reason == StopReason::MaxTokens || !facts.hasFiles))
        return stopForBudget(); // a model that is done may still be built: that costs nothing
    const bool isCutOff = m_answer.reason == StopReason::MaxTokens; // its cut call looks the same each time
    if (m_answer.repeating && (!isCutOff || facts.hasFiles))
        return build(facts,
                     {notice(Warning, TurnWords::tr("The model repeated the same step, so the turn was ended here."))});
    if (isCutOff)
        return cutOff(facts);
    if (!goesOn)
        return build(facts);
    if (m_rounds >= m_limits.rounds)
        return build(facts,
                     {notice(Warning, TurnWords::tr("The model took very many steps, so the turn was ended here."))});
    ++m_rounds;
    return go(TurnState::Streaming, {AskModel{}});
}

TurnMachine::Commands TurnMachine::stopForBudget()
{
    return go(TurnState::Stopping, {budgetNotice(), Cancel{}});
}

TurnMachine::Commands TurnMachine::on(const BudgetReached &, const TurnFacts &)
{
    return m_state == TurnState::Streaming ? stopForBudget() : Commands();
}

TurnMachine::Commands TurnMachine::askOn(const TellModel &message, Commands before)
{
    ++m_rounds;
    return go(TurnState::Repairing, before + Commands{message, AskModel{}});
}

TurnMachine::Commands TurnMachine::cutOff(const TurnFacts &facts)
{
    if (m_continues >= m_limits.continues)
        return giveUp(
            TurnWords::tr("The answers of this model were cut off at their length limit. Ask for something smaller, or "
                          "choose a model that can write longer answers."),
            facts);
    ++m_continues;
    const QString file = m_answer.cutFile;
    const QString text =
        file.isEmpty()
            ? QStringLiteral("Your answer was cut off at the length limit. Continue exactly where it stopped.")
            : QStringLiteral("Your answer was cut off at the length limit while you wrote \"%1\"; that file was "
                             "not saved. Send \"%1\" again as a whole. When it is long, split it into smaller "
                             "files first.")
                  .arg(file);
    return askOn({text, {}, 0, 0},
                 {notice(NoticeBlock::Severity::Info, TurnWords::tr("The answer was cut off; the model goes on."))});
}

TurnMachine::Commands TurnMachine::build(const TurnFacts &facts, Commands before)
{
    if (facts.hasFiles)
        return go(TurnState::Building, before + Commands{Build{}});
    if (m_nudges < m_limits.nudges && !m_answer.repeating) {
        ++m_nudges;
        return askOn(
            {facts.changed
                 ? QStringLiteral(
                       "You deleted every file, so there is no app any more. Write the files of the app now.")
                 : QStringLiteral("You have not written any file yet, so there is no app. Write the files of the app "
                                  "now, in the way that the instructions describe."),
             {},
             0,
             0},
            before);
    }
    const QString why =
        facts.changed
            ? TurnWords::tr("The model deleted every file of the app, so nothing of this was kept. The app is "
                            "as it was before.")
            : TurnWords::tr("The model answered but wrote no file. Try again, or choose a larger model.");
    return go(TurnState::Failed, before + Commands{notice(NoticeBlock::Severity::Error, why), Abandon{why}});
}

/// The model cannot go on: a red version when it changed something, else no version.
TurnMachine::Commands TurnMachine::giveUp(const QString &why, const TurnFacts &facts)
{
    const TurnCommand say = notice(NoticeBlock::Severity::Error, why);
    if (facts.changed)
        return go(TurnState::Red, {say, Commit{QStringLiteral("red"), why}});
    return go(TurnState::Failed, {say, Abandon{why}});
}

TurnMachine::Commands TurnMachine::on(const AnswerBroke &event, const TurnFacts &facts)
{
    if (m_state != TurnState::Streaming)
        return {};
    if (event.overBudget)
        return stopForBudget();
    if (event.retryable && m_streamRetries < m_limits.streamRetries) {
        ++m_streamRetries;
        const bool isRefused = event.error.kind == ErrorKind::Unsupported; // a part of the request, not the request
        Commands commands{isRefused ? notice(NoticeBlock::Severity::Info, event.error.text)
                                    : notice(NoticeBlock::Severity::Info,
                                             TurnWords::tr("The connection to the model broke; trying again."),
                                             event.error.text)};
        if (event.receivedAnything)
            commands +=
                TellModel{QStringLiteral("The connection broke in the middle of your answer. Everything above was "
                                         "received and every complete tool call was run. Continue exactly where "
                                         "you stopped; do not repeat what is done."),
                          {},
                          0,
                          0};
        return go(TurnState::Streaming, commands + Commands{AskModel{true}});
    }
    return giveUp(event.error.text, facts);
}

TurnMachine::Commands TurnMachine::green()
{
    return go(TurnState::Green, {Commit{QStringLiteral("green"), {}}});
}

TurnMachine::Commands TurnMachine::on(const BuildEnded &event, const TurnFacts &facts)
{
    if (m_state != TurnState::Building)
        return {};
    if (event.outcome == BuildEnded::Outcome::NoSandbox)
        return go(TurnState::Red, {notice(NoticeBlock::Severity::Error, event.problem.summary, event.problem.report),
                                   Commit{QStringLiteral("red"), event.problem.summary}});
    if (event.outcome == BuildEnded::Outcome::Failed)
        return repair(event.problem);
    return facts.hasProbe ? go(TurnState::Verifying, {Probe{}}) : green();
}

TurnMachine::Commands TurnMachine::on(const ProbeEnded &event, const TurnFacts &)
{
    if (m_state != TurnState::Verifying)
        return {};
    return event.ok ? green() : repair(event.problem);
}

TurnMachine::Commands TurnMachine::repair(const TurnProblem &problem)
{
    int &seen = m_seenErrors[problem.signature];
    if (seen < m_limits.repairsPerError && m_repairs < m_limits.repairs && !m_answer.overBudget &&
        m_rounds < m_limits.rounds) {
        ++seen;
        ++m_repairs;
        m_nudges = m_limits.nudges;
        const QString section = seen > 1 ? QStringLiteral("again") : problem.section;
        return askOn({problem.report, section, seen, m_limits.repairsPerError});
    }
    const QString why =
        m_repairs == 0 ? problem.summary
                       : TurnWords::tr("%1 The model tried to repair it and did not succeed.").arg(problem.summary);
    const Commands before = m_answer.overBudget ? Commands{budgetNotice()} : Commands();
    return go(TurnState::Red,
              before + Commands{notice(NoticeBlock::Severity::Error, why), Commit{QStringLiteral("red"), why}});
}

TurnMachine::Commands TurnMachine::on(const StopAsked &, const TurnFacts &)
{
    if (m_state == TurnState::Idle || m_state == TurnState::Stopping || isEnd(m_state))
        return {};
    return go(TurnState::Stopping, {Cancel{}});
}

TurnMachine::Commands TurnMachine::on(const PartsKept &, const TurnFacts &facts)
{
    if (m_state != TurnState::Stopping)
        return {};
    return go(TurnState::Stopped,
              {facts.changed ? TurnCommand(Commit{QStringLiteral("stopped"), {}}) : TurnCommand(Abandon{{}})});
}

TurnMachine::Commands TurnMachine::on(const CommitFailed &event, const TurnFacts &)
{
    if (!isEnd(m_state) || m_state == TurnState::Failed)
        return {};
    return go(TurnState::Failed,
              {notice(NoticeBlock::Severity::Error, event.error.text, event.error.detail), Abandon{event.error.text}});
}

} // namespace Flotilla
