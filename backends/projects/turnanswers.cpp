// SPDX-License-Identifier: GPL-3.0-or-later
// TurnRunner: the model's answers and the calls in them.
#include "backends/projects/turnrunner.h"

#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/llm/history.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype resultShown = 4 * 1024;
constexpr int tooOften = 3; ///< the same call in a row
constexpr int answerLimit = 32000;

ToolOutcome sandboxOutcome(const Result<QString> &result)
{
    ToolOutcome outcome;
    outcome.failed = !result;
    outcome.text = result ? *result : result.error().text;
    return outcome;
}

bool isDelta(const StreamEvent &event)
{
    return std::holds_alternative<TextDelta>(event) || std::holds_alternative<ThinkingDelta>(event) ||
           std::holds_alternative<ToolCallDelta>(event);
}

QString logText(const QList<AgentLogLine> &lines, int count)
{
    QStringList texts;
    for (const AgentLogLine &line : lines.mid(std::max<qsizetype>(0, lines.size() - count)))
        texts.append(QStringLiteral("[%1] %2").arg(line.source, line.text));
    return texts.isEmpty() ? QStringLiteral("Nothing was logged yet.")
                           : cutMiddle(texts.join(QLatin1Char('\n')), 16 * 1024);
}

} // namespace

void TurnRunner::run(const AskModel &command)
{
    closeAnswer(false);
    m_tries = command.again ? m_tries + 1 : 0;
    const auto pause = command.again ? m_parts.retryPause * (1 << std::min(m_tries - 1, 6)) : 0ms;
    m_askTimer.start(std::max(pause, std::exchange(m_leastPause, 0ms)));
}

/// Asked anew before every request: that a model has no tool calls may only show when it refuses the first one.
void TurnRunner::chooseMode(const ModelCapabilities &capabilities)
{
    static const QSet<QString> withTools{QStringLiteral("tools"), QStringLiteral("commands")};
    m_tags = !capabilities.tools;
    if (m_tags)
        m_conditions -= withTools;
    else
        m_conditions += withTools;
}

void TurnRunner::ask()
{
    const ModelInfo info = (*m_task.model)->info();
    chooseMode(info.capabilities);
    ModelRequest request;
    request.model = info.id;
    request.system = m_parts.prompts->system(m_conditions);
    request.messages = m_history.messages();
    request.tools = m_tags ? QList<ToolDefinition>() : m_parts.prompts->tools(m_conditions);
    request.maxOutputTokens =
        static_cast<int>(std::min<qint64>(answerLimit, info.capabilities.maxOutputTokens.value_or(answerLimit)));
    m_answer = std::make_unique<Answer>(&m_recorder.message().blocks, m_tags, estimatedTokens(characterCount(request)));
    m_results.clear();
    m_failedCalls = 0;
    m_stream = (*m_task.model)->stream(request);
    connect(m_stream.get(), &ModelStream::event, this, &TurnRunner::onStreamEvent);
}

void TurnRunner::onStreamEvent(const StreamEvent &event)
{
    if (!m_answer || sender() != m_stream.get())
        return;
    m_answer->take(event);
    if (!m_sawToken && m_answer->receivedAnything()) {
        m_sawToken = true;
        Q_EMIT marked(TurnMark::FirstToken, {});
    }
    countCost();
    collectCalls();
    m_recorder.touch();
    if (const auto *done = std::get_if<StreamDone>(&event))
        onStreamDone(*done);
    else if (const auto *failed = std::get_if<StreamFailed>(&event))
        onStreamFailed(*failed);
    else if (isDelta(event) && overBudget())
        dispatch(BudgetReached{}); // not after the answer: it may be long
}

void TurnRunner::onStreamDone(const StreamDone &event)
{
    if (m_answer->calls() == 0 && !m_tags && !facts().changed && event.reason == StopReason::EndOfTurn)
        m_answer->adoptFilesFromText();
    m_answer->finish(event.reason != StopReason::MaxTokens);
    collectCalls();
    AnswerEnded ended;
    ended.reason = event.reason;
    ended.calls = m_answer->calls();
    ended.cutFile = m_answer->cutFile();
    ended.repeating = m_repeating;
    ended.overBudget = overBudget();
    m_stream.release()->deleteLater();
    m_history.addAnswer(m_answer->parts());
    Q_EMIT marked(TurnMark::AnswerDone, {});
    dispatch(ended);
}

void TurnRunner::onStreamFailed(const StreamFailed &event)
{
    const bool received = m_answer->receivedAnything();
    m_answer->finish(false);
    collectCalls();
    m_stream.release()->deleteLater();
    for (const PendingCall &call : std::exchange(m_calls, {})) {
        ToolOutcome outcome;
        outcome.failed = true;
        outcome.text = QStringLiteral("Not run: the connection broke. Call it again.");
        endCall(call, outcome);
    }
    m_history.addAnswer(m_answer->parts());
    m_history.addResults(std::exchange(m_results, {}));
    m_leastPause = event.retryAfter.value_or(0ms);
    Q_EMIT marked(TurnMark::AnswerDone, event.error);
    dispatch(AnswerBroke{event.error, event.retryable, received, overBudget()});
}

/// The answer is history: its usage is added up, unfinished cards are closed.
void TurnRunner::closeAnswer(bool complete)
{
    if (m_stream)
        m_stream.release()->deleteLater();
    if (!m_answer)
        return;
    m_answer->finish(complete);
    m_usageBefore += m_answer->usage();
    m_answer.reset();
}

void TurnRunner::countCost()
{
    Message &message = m_recorder.message();
    message.usage = m_usageBefore;
    if (m_answer)
        message.usage += m_answer->usage();
    message.cost = m_task.model ? costOf(message.usage, (*m_task.model)->info().price) : std::optional<double>(0.0);
}

bool TurnRunner::overBudget() const
{
    const auto cost = m_recorder.message().cost;
    return m_parts.budget > 0 && cost && *cost >= m_parts.budget;
}

ToolBlock &TurnRunner::card(const PendingCall &call)
{
    return std::get<ToolBlock>(m_recorder.message().blocks[call.block]);
}

/// File tools run as soon as their call is complete; one that needs the sandbox, and all after it, wait for the end of
/// the answer.
void TurnRunner::collectCalls()
{
    for (const PendingCall &call : m_answer->takeCalls()) {
        m_repeating = isRepeated(call.call);
        card(call).state = ToolBlock::State::Running;
        m_calls.append(call);
    }
    while (!m_callRunning && !m_calls.isEmpty() && !Toolbox::needsSandbox(m_calls.first().call.name)) {
        const PendingCall call = m_calls.takeFirst();
        ToolOutcome outcome;
        if (call.error.isEmpty()) {
            outcome = m_toolbox.run(call.call);
        } else {
            outcome.failed = true;
            outcome.text =
                QStringLiteral("The input of this call was not complete: %1 Nothing was done. Call it again.")
                    .arg(call.error);
        }
        endCall(call, outcome);
    }
}

bool TurnRunner::isRepeated(const ToolCallPart &call)
{
    const QString key = call.name + QString::fromUtf8(QJsonDocument(call.input).toJson(QJsonDocument::Compact));
    m_sameCalls = key == m_lastCall ? m_sameCalls + 1 : 1;
    m_lastCall = key;
    return m_sameCalls >= tooOften;
}

void TurnRunner::run(const RunTools &)
{
    runCalls();
}

void TurnRunner::runCalls()
{
    collectCalls();
    if (m_callRunning)
        return;
    if (!m_calls.isEmpty())
        return runSandboxCall(m_calls.takeFirst());
    if (m_tags) {
        for (const ToolResultPart &result : std::exchange(m_results, {}))
            if (result.isError)
                m_history.addUserText(result.text);
    }
    m_history.addResults(std::exchange(m_results, {}));
    dispatch(ToolsRan{m_failedCalls});
}

void TurnRunner::endCall(const PendingCall &call, const ToolOutcome &outcome)
{
    ToolBlock &shown = card(call);
    shown.state = outcome.failed ? ToolBlock::State::Failed : ToolBlock::State::Done;
    shown.result = cutMiddle(outcome.text, resultShown);
    if (!outcome.path.isEmpty())
        shown.path = outcome.path;
    shown.created = outcome.created;
    shown.added = outcome.lines.added;
    shown.removed = outcome.lines.removed;
    m_failedCalls += outcome.failed ? 1 : 0;
    m_results.append({call.call.id, outcome.text, outcome.failed});
    if (outcome.failed && !outcome.path.isEmpty() && call.call.name != QLatin1String("read_file"))
        m_undone.insert(outcome.path);
    for (const QString &path : outcome.changed) {
        m_undone.remove(path);
        m_recorder.touchFile(path);
    }
    m_recorder.touch();
}

void TurnRunner::runSandboxCall(const PendingCall &call)
{
    m_callRunning = true;
    const auto done = [this, call, epoch = m_epoch](const Result<QString> &result) {
        if (epoch != m_epoch)
            return;
        m_callRunning = false;
        endCall(call, sandboxOutcome(result));
        runCalls();
    };
    if (call.call.name == QLatin1String("read_logs")) {
        const int count = std::clamp(call.call.input.value(QLatin1String("lines")).toInt(100), 1, 500);
        whenDone(this, m_parts.bench->logs(), [done, count](const Result<QList<AgentLogLine>> &lines) {
            done(lines ? Result<QString>(logText(*lines, count)) : Result<QString>(lines.error()));
        });
        return;
    }
    const auto command = Toolbox::commandOf(call.call.input);
    if (!command)
        return done(command.error());
    card(call).preview = command->command;
    whenDone(this, m_parts.bench->sync(m_workspace.files(), false),
             [this, done, command = *command, epoch = m_epoch](const Result<AgentBuild> &synced) {
                 if (!synced || epoch != m_epoch)
                     return done(Error{ErrorKind::Unavailable, synced ? QString() : synced.error().text, {}});
                 whenDone(this, m_parts.bench->run(command.command, std::chrono::seconds(command.timeoutSeconds)),
                          done);
             });
}

} // namespace Flotilla
