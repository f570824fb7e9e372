// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/answer.h"
#include "backends/projects/previewprobe.h"
#include "backends/projects/prompts.h"
#include "backends/projects/toolbox.h"
#include "backends/projects/turnchecks.h"
#include "backends/projects/turnhistory.h"
#include "backends/projects/turnrecorder.h"
#include "backends/projects/turnstate.h"
#include "backends/projects/workbench.h"

#include <functional>
#include <memory>

namespace Flotilla {

/// Whom a turn works with. Everything outlives the turn.
struct TurnParts
{
    Store *store = nullptr;
    Clock *clock = nullptr;
    Workbench *bench = nullptr;
    const Prompts *prompts = nullptr;
    PreviewProbe *probe = nullptr; ///< none: that check is left out
    std::function<QUrl()> previewUrl;
    std::function<Future<CheckResult>()> served; ///< empty: that check is left out
    double budget = 0;                           ///< US dollars; 0: none
    std::chrono::milliseconds retryPause{400};   ///< doubled for every try
    bool background = false;                     ///< nobody watches: see TurnRecorder::setBackground
    TurnLimits limits;
};

/// What a turn is about. Its user message and its (empty, streaming) assistant message are stored already.
struct TurnTask
{
    Result<std::shared_ptr<LanguageModel>> model = Error{};
    QList<Message> earlier;
    QString prompt;
    QList<ImageBlock> images;
    FileMap files;
    int parent = 0;        ///< the version that `files` are of
    QString parentState;   ///< of that version
    QStringList differing; ///< paths where `files` are not those of the newest version: to be journaled
    Message answer;
    FileMap imported{}; ///< instead of `files`, with which they are compared
};

/// Carries out the commands of a TurnMachine. Lives from start() to finished(), on the service thread; delete it later,
/// not from its signals.
class TurnRunner : public QObject
{
    Q_OBJECT

public:
    TurnRunner(TurnParts parts, TurnTask task, QObject *parent = nullptr);
    ~TurnRunner() override;

    void start();
    void stop();
    TurnState state() const { return m_shownState; }
    const Workspace &workspace() const { return m_workspace; }
    const Message &message() const { return m_recorder.message(); }
    const ProbeReport &lastProbe() const { return m_probe; }
    int filesVersion() const; ///< whose files the workspace has; 0: of no version

Q_SIGNALS:
    void stateChanged(Flotilla::TurnState state);
    void messageChanged(const Flotilla::Message &message);
    void finished(Flotilla::TurnState state);
    void marked(Flotilla::TurnMark mark, const Flotilla::Status &outcome);

private:
    void dispatch(const TurnEvent &event);
    void post(const TurnEvent &event); ///< dispatch() from the event loop
    TurnFacts facts() const;
    void publishState();

    void run(const Prepare &);
    void run(const AskModel &command);
    void run(const RunTools &);
    void run(const Build &);
    void run(const Probe &);
    void run(const TellModel &command);
    void run(const Say &command);
    void run(const Cancel &);
    void run(const Commit &command);
    void run(const Abandon &command);

    QStringList passedChecks() const;
    bool isIdentical(const Commit &command) const;
    void keepUnchanged();
    void sayWhatFailed();

    // the answer
    void chooseMode(const ModelCapabilities &capabilities);
    void ask();
    void onStreamEvent(const StreamEvent &event);
    void onStreamDone(const StreamDone &event);
    void onStreamFailed(const StreamFailed &event);
    void closeAnswer(bool complete);
    void countCost();
    bool overBudget() const;

    // calls
    void collectCalls();
    void runCalls();
    void runSandboxCall(const PendingCall &call);
    void endCall(const PendingCall &call, const ToolOutcome &outcome);
    bool isRepeated(const ToolCallPart &call);
    void syncEarly();

    // checks
    void onBuilt(const Result<AgentBuild> &built);
    void checkServed();
    void buildDone(const Finding &finding);
    void note(const Finding &finding);
    ToolBlock &card(const PendingCall &call);

    TurnParts m_parts;
    TurnTask m_task;
    TurnMachine m_machine;
    TurnRecorder m_recorder;
    Workspace m_workspace;
    Toolbox m_toolbox;
    TurnHistory m_history;
    QSet<QString> m_conditions;
    bool m_tags = false;
    bool m_sawToken = false;

    QList<TurnEvent> m_events;
    bool m_dispatching = false;
    TurnState m_shownState = TurnState::Idle;
    quint64 m_epoch = 0; ///< grows when everything under way becomes void

    std::unique_ptr<ModelStream> m_stream;
    std::unique_ptr<Answer> m_answer;
    QTimer m_askTimer;
    int m_tries = 0;
    std::chrono::milliseconds m_leastPause{0}; ///< the server asked for it
    QList<PendingCall> m_calls;
    QList<ToolResultPart> m_results;
    QSet<QString> m_undone; ///< paths whose last change failed
    int m_failedCalls = 0;
    bool m_callRunning = false;
    QString m_lastCall;
    int m_sameCalls = 0;
    bool m_repeating = false;
    Usage m_usageBefore; ///< of the finished requests of this turn

    QTimer m_earlyTimer;
    bool m_earlySync = false;
    QHash<QString, CheckResult> m_checks;
    QStringList m_checkOrder;
    ProbeReport m_probe;
};

} // namespace Flotilla
