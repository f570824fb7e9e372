// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/turnrunner.h"

#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/projects/messagejson.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr auto earlySyncEvery = 500ms;

MessageState messageStateOf(TurnState end)
{
    switch (end) {
    case TurnState::Stopped:
        return MessageState::Stopped;
    case TurnState::Failed:
        return MessageState::Failed;
    default:
        return MessageState::Complete;
    }
}

} // namespace

TurnRunner::TurnRunner(TurnParts parts, TurnTask task, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
    , m_task(std::move(task))
    , m_machine(m_parts.limits)
    , m_recorder(m_parts.store, m_parts.clock, m_task.answer)
    , m_workspace(m_task.imported.isEmpty() ? m_task.files : m_task.imported)
    , m_toolbox(&m_workspace)
{
    m_recorder.setWorkspace(&m_workspace);
    m_recorder.setBackground(m_parts.background);
    m_askTimer.setSingleShot(true);
    m_earlyTimer.setInterval(earlySyncEvery);
    connect(&m_askTimer, &QTimer::timeout, this, &TurnRunner::ask);
    connect(&m_earlyTimer, &QTimer::timeout, this, &TurnRunner::syncEarly);
    connect(&m_recorder, &TurnRecorder::changed, this, &TurnRunner::messageChanged);
    connect(&m_recorder, &TurnRecorder::beforeSnapshot, this, [this] {
        if (m_answer)
            m_answer->refresh();
    });
    connect(&m_recorder, &TurnRecorder::storeFailed, this, [this](const Error &error) {
        run(Say{NoticeBlock{NoticeBlock::Severity::Error, error.text, error.detail, {}, 0}});
        post(StopAsked{});
    });
}

/// A turn under way when the program ends keeps what it has; the next start makes it a version.
TurnRunner::~TurnRunner()
{
    if (m_shownState == TurnState::Idle || isEnd(m_shownState))
        return;
    m_recorder.disconnect(this);
    if (const Status kept = m_recorder.keepMessage(); !kept)
        qCWarning(logCore, "cannot store a turn at the end: %s", qUtf8Printable(kept.error().text));
}

void TurnRunner::start()
{
    dispatch(TurnBegan{});
}

void TurnRunner::stop()
{
    dispatch(StopAsked{});
}

TurnFacts TurnRunner::facts() const
{
    return {!m_workspace.files().isEmpty(), m_workspace.files() != m_task.files, m_parts.probe != nullptr};
}

int TurnRunner::filesVersion() const
{
    if (message().version > 0)
        return message().version;
    return facts().changed ? 0 : m_task.parent;
}

/// One event at a time: what commands cause waits its turn.
void TurnRunner::dispatch(const TurnEvent &event)
{
    m_events.append(event);
    if (std::exchange(m_dispatching, true))
        return;
    while (!m_events.isEmpty()) {
        const auto commands = m_machine.handle(m_events.takeFirst(), facts());
        for (const TurnCommand &command : commands)
            std::visit([this](const auto &c) { run(c); }, command);
        if (m_machine.state() == TurnState::Repairing)
            m_events.prepend(ModelAsked{});
        if (!isEnd(m_machine.state()) || m_events.isEmpty()) // an end is shown when it is certain to be stored
            publishState();
    }
    m_dispatching = false;
}

void TurnRunner::post(const TurnEvent &event)
{
    QMetaObject::invokeMethod(
        this, [this, event] { dispatch(event); }, Qt::QueuedConnection);
}

void TurnRunner::publishState()
{
    if (m_shownState == m_machine.state())
        return;
    m_shownState = m_machine.state();
    Q_EMIT stateChanged(m_shownState);
    if (isEnd(m_shownState))
        Q_EMIT finished(m_shownState);
}

void TurnRunner::run(const Prepare &)
{
    if (!m_task.model) {
        dispatch(TurnUnprepared{m_task.model.error()});
        return;
    }
    const ModelInfo info = (*m_task.model)->info();
    m_conditions += m_workspace.files().isEmpty() ? QStringLiteral("first") : QStringLiteral("change");
    if (!m_task.images.isEmpty() && info.capabilities.images)
        m_conditions += QStringLiteral("images");
    if (!m_task.images.isEmpty() && !info.capabilities.images)
        run(Say{
            NoticeBlock{NoticeBlock::Severity::Warning,
                        QCoreApplication::translate("Turn", "This model cannot see images; it was sent the text only."),
                        {},
                        {},
                        0}});
    m_history.begin(m_task.earlier, m_task.prompt, m_task.images, m_workspace, info.capabilities);
    for (const QString &path : std::as_const(m_task.differing))
        m_recorder.touchFile(path);
    whenDone(this, m_parts.bench->acquire(), [this](const Status &acquired) {
        Q_EMIT marked(TurnMark::SandboxReady, acquired); // a failure shows when it is needed, at the build
    });
    m_earlyTimer.start();
    m_recorder.touch();
    dispatch(TurnPrepared{});
}

void TurnRunner::run(const TellModel &command)
{
    if (command.section.isEmpty())
        return m_history.addUserText(command.text);
    m_history.addUserText(
        m_parts.prompts->repair(command.section, {{QStringLiteral("errors"), command.text},
                                                  {QStringLiteral("attempt"), QString::number(command.attempt)},
                                                  {QStringLiteral("attempts"), QString::number(command.attempts)}}));
}

void TurnRunner::run(const Say &command)
{
    m_recorder.message().blocks.append(command.notice);
    m_recorder.touch();
}

void TurnRunner::run(const Cancel &)
{
    ++m_epoch;
    m_askTimer.stop();
    if (m_stream)
        m_stream->cancel();
    m_parts.bench->cancelRun();
    closeAnswer(false);
    for (const PendingCall &call : std::exchange(m_calls, {}))
        if (!Toolbox::needsSandbox(call.call.name) && call.error.isEmpty())
            endCall(call, m_toolbox.run(call.call));
    for (Block &block : m_recorder.message().blocks)
        if (auto *tool = std::get_if<ToolBlock>(&block); tool && tool->state < ToolBlock::State::Done)
            tool->state = ToolBlock::State::Failed;
    dispatch(PartsKept{});
}

/// A model may say "done" after a change that failed: what it says stands in the chat, so what is true does, too.
void TurnRunner::sayWhatFailed()
{
    if (m_undone.isEmpty())
        return;
    QStringList paths(m_undone.cbegin(), m_undone.cend());
    paths.sort();
    run(Say{
        NoticeBlock{NoticeBlock::Severity::Warning,
                    QCoreApplication::translate("Turn", "The last change of %1 failed and was not made another way, "
                                                        "so something that the model says may be missing.")
                        .arg(paths.mid(0, 3).join(QStringLiteral(", ")).left(120)),
                    {},
                    {},
                    0}});
}

void TurnRunner::run(const Commit &command)
{
    m_earlyTimer.stop();
    Message &message = m_recorder.message();
    const TurnState end = m_machine.state();
    message.state = messageStateOf(end);
    message.green = end == TurnState::Green;
    countCost();
    message.checks = passedChecks();
    if (isIdentical(command))
        return keepUnchanged();
    if (message.green)
        sayWhatFailed();
    VersionRecord version = versionOf(message);
    version.parent = m_task.parent;
    version.state = command.state;
    version.error = command.error;
    version.message = m_task.prompt.simplified().left(200);
    QList<CheckResult> checks;
    for (const QString &name : std::as_const(m_checkOrder))
        checks.append(m_checks.value(name));
    version.checks = checksToJson(checks);
    const auto number = m_recorder.commit(version);
    if (!number) {
        message.green = false;
        return dispatch(CommitFailed{number.error()});
    }
    Q_EMIT messageChanged(message);
}

QStringList TurnRunner::passedChecks() const
{
    QStringList passed;
    for (const QString &name : m_checkOrder)
        if (m_checks.value(name).ok)
            passed.append(name);
    return passed;
}

/// A version with the files and the outcome of its parent would tell nothing.
bool TurnRunner::isIdentical(const Commit &command) const
{
    return m_task.parent > 0 && m_task.differing.isEmpty() && command.state == m_task.parentState && !facts().changed;
}

void TurnRunner::keepUnchanged()
{
    run(Say{NoticeBlock{NoticeBlock::Severity::Info,
                        QCoreApplication::translate("Turn", "No file was changed, so there is no new version. If you "
                                                            "asked for a change, say what should look or work "
                                                            "differently, or choose another model."),
                        {},
                        {},
                        0}});
    if (const Status kept = m_recorder.keepUnchanged(); !kept) {
        m_recorder.message().green = false;
        return dispatch(CommitFailed{kept.error()});
    }
    Q_EMIT messageChanged(m_recorder.message());
}

void TurnRunner::run(const Abandon &)
{
    m_earlyTimer.stop();
    m_recorder.message().state = messageStateOf(m_machine.state());
    countCost();
    if (facts().changed) // the sandbox has had some of it already
        static_cast<void>(m_parts.bench->sync(m_task.files, true));
    // When the store refuses this too, the message stays "streaming" and recover() finds it at the next start.
    if (const Status kept = m_recorder.keepMessage(); !kept)
        qCWarning(logCore, "cannot store the end of a turn: %s", qUtf8Printable(kept.error().text));
    Q_EMIT messageChanged(m_recorder.message());
}

} // namespace Flotilla
