// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/llm/languagemodel.h"
#include "backends/projects/projecttypes.h"

#include <QHash>
#include <QList>
#include <QString>

#include <variant>

namespace Flotilla {

// ---- what can happen to a turn ----

struct TurnBegan
{
};
struct TurnPrepared
{
};
struct TurnUnprepared
{
    Error error;
}; ///< no model, no prompt, no store
struct ModelAsked
{
}; ///< after a repair: the request is under way
/// The model's answer is complete.
struct AnswerEnded
{
    StopReason reason = StopReason::EndOfTurn;
    int calls = 0;          ///< tool calls, also failed ones
    int failedCalls = 0;    ///< known so far: the model must hear of them
    QString cutFile;        ///< the file that was being written when the answer was cut off
    bool repeating = false; ///< the same call for the third time in a row
    bool overBudget = false;
};
struct AnswerBroke
{
    Error error;
    bool retryable = false;
    bool receivedAnything = false;
    bool overBudget = false;
};
/// In the middle of an answer.
struct BudgetReached
{
};
struct ToolsRan
{
    int failed = 0;
};
/// Why the app is not fine.
struct TurnProblem
{
    QString section;   ///< of repair.md: "build", "server", "preview", "blank"
    QString signature; ///< of the first error: message and place without digits
    QString report;    ///< for the model
    QString summary;   ///< one sentence for people
};
struct BuildEnded
{
    enum class Outcome { Ok, Failed, NoSandbox };
    Outcome outcome = Outcome::Ok;
    TurnProblem problem;
};
struct ProbeEnded
{
    bool ok = false;
    TurnProblem problem;
};
struct StopAsked
{
};
struct PartsKept
{
}; ///< Stopping is done
struct CommitFailed
{
    Error error;
};
using TurnEvent = std::variant<TurnBegan, TurnPrepared, TurnUnprepared, ModelAsked, AnswerEnded, AnswerBroke,
                               BudgetReached, ToolsRan, BuildEnded, ProbeEnded, StopAsked, PartsKept, CommitFailed>;

// ---- what is to be done then ----

struct Prepare
{
}; ///< acquire the sandbox, store the message, assemble the history
struct AskModel
{
    bool again = false;
}; ///< again: after a broken stream, with a pause
struct RunTools
{
};
struct Build
{
};
struct Probe
{
};
/// A user message that the person did not write. With a section of repair.md, `text` stands in it as {{errors}}.
struct TellModel
{
    QString text;
    QString section;
    int attempt = 0;
    int attempts = 0;
};
struct Say
{
    NoticeBlock notice;
};
struct Cancel
{
}; ///< everything under way; then PartsKept
/// One version with the files as they are. `state` is "green", "red" or "stopped".
struct Commit
{
    QString state;
    QString error;
};
struct Abandon
{
    QString error;
}; ///< no version; the message is kept
using TurnCommand = std::variant<Prepare, AskModel, RunTools, Build, Probe, TellModel, Say, Cancel, Commit, Abandon>;

/// What the machine must know of the files.
struct TurnFacts
{
    bool hasFiles = false; ///< the app has any
    bool changed = false;  ///< this turn changed one
    bool hasProbe = false;
};

struct TurnLimits
{
    int rounds = 40;
    int repairs = 4;
    int repairsPerError = 2;
    int streamRetries = 3;
    int continues = 2; ///< after an answer cut off at its limit
    int nudges = 1;    ///< "you wrote no file"
};

/// Whether the table allows `from` -> `to`. The table is the only place where transitions are written down.
bool isLegal(TurnState from, TurnState to);

/// A turn as a value: state and event in, state and commands out. Pure and deterministic; knows no clock, thread or
/// file. An event that means nothing in the present state is ignored (late output of something cancelled).
class TurnMachine
{
public:
    explicit TurnMachine(TurnLimits limits = {})
        : m_limits(limits)
    {
    }

    TurnState state() const { return m_state; }
    QList<TurnCommand> handle(const TurnEvent &event, const TurnFacts &facts);

private:
    using Commands = QList<TurnCommand>;
    Commands on(const TurnBegan &, const TurnFacts &);
    Commands on(const TurnPrepared &, const TurnFacts &);
    Commands on(const TurnUnprepared &, const TurnFacts &);
    Commands on(const ModelAsked &, const TurnFacts &);
    Commands on(const AnswerEnded &, const TurnFacts &);
    Commands on(const AnswerBroke &, const TurnFacts &);
    Commands on(const BudgetReached &, const TurnFacts &);
    Commands on(const ToolsRan &, const TurnFacts &);
    Commands on(const BuildEnded &, const TurnFacts &);
    Commands on(const ProbeEnded &, const TurnFacts &);
    Commands on(const StopAsked &, const TurnFacts &);
    Commands on(const PartsKept &, const TurnFacts &);
    Commands on(const CommitFailed &, const TurnFacts &);

    Commands go(TurnState to, Commands commands);
    Commands afterTools(int failed, const TurnFacts &facts);
    Commands askOn(const TellModel &message, Commands before = {});
    Commands build(const TurnFacts &facts, Commands before = {});
    Commands cutOff(const TurnFacts &facts);
    Commands giveUp(const QString &why, const TurnFacts &facts);
    Commands repair(const TurnProblem &problem);
    Commands stopForBudget();
    Commands green();

    TurnLimits m_limits;
    TurnState m_state = TurnState::Idle;
    AnswerEnded m_answer;
    int m_rounds = 0;
    int m_repairs = 0;
    int m_streamRetries = 0;
    int m_continues = 0;
    int m_nudges = 0;
    QHash<QString, int> m_seenErrors;
};

} // namespace Flotilla
