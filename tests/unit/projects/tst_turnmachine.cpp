// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/turnstate.h"

#include <QSet>
#include <QTest>

using namespace Flotilla;

namespace {

constexpr TurnState allStates[] = {TurnState::Idle,     TurnState::Preparing, TurnState::Streaming, TurnState::Applying,
                                   TurnState::Building, TurnState::Verifying, TurnState::Repairing, TurnState::Stopping,
                                   TurnState::Green,    TurnState::Red,       TurnState::Stopped,   TurnState::Failed};

struct Names
{
    QString operator()(const Prepare &) const { return QStringLiteral("prepare"); }
    QString operator()(const AskModel &c) const
    {
        return c.again ? QStringLiteral("ask-again") : QStringLiteral("ask");
    }
    QString operator()(const RunTools &) const { return QStringLiteral("tools"); }
    QString operator()(const Build &) const { return QStringLiteral("build"); }
    QString operator()(const Probe &) const { return QStringLiteral("probe"); }
    QString operator()(const TellModel &) const { return QStringLiteral("tell"); }
    QString operator()(const Say &) const { return QStringLiteral("say"); }
    QString operator()(const Cancel &) const { return QStringLiteral("cancel"); }
    QString operator()(const Commit &c) const { return QStringLiteral("commit-") + c.state; }
    QString operator()(const Abandon &) const { return QStringLiteral("abandon"); }
};

QString named(const QList<TurnCommand> &commands)
{
    QStringList names;
    for (const TurnCommand &command : commands)
        names.append(std::visit(Names(), command));
    return names.join(QLatin1Char(' '));
}

Error broken()
{
    return {ErrorKind::Network, QStringLiteral("The connection broke."), {}};
}

AnswerEnded answer(StopReason reason, int calls = 0)
{
    AnswerEnded event;
    event.reason = reason;
    event.calls = calls;
    return event;
}

BuildEnded buildFailed(const char *signature = "e1")
{
    return {BuildEnded::Outcome::Failed,
            {QStringLiteral("build"), QString::fromLatin1(signature), QStringLiteral("report"),
             QStringLiteral("It broke.")}};
}

ProbeEnded probeFailed(const char *signature = "p1")
{
    return {
        false,
        {QStringLiteral("blank"), QString::fromLatin1(signature), QStringLiteral("report"), QStringLiteral("Blank.")}};
}

/// A machine brought to a state by legal events.
struct Turn
{
    TurnFacts facts{true, true, true};
    TurnMachine machine;
    QString give(const TurnEvent &event) { return named(machine.handle(event, facts)); }
    Turn &to(TurnState state)
    {
        if (state == TurnState::Idle)
            return *this;
        give(TurnBegan{});
        if (state == TurnState::Preparing)
            return *this;
        if (state == TurnState::Failed) {
            give(TurnUnprepared{broken()});
            return *this;
        }
        give(TurnPrepared{});
        if (state == TurnState::Applying) {
            give(answer(StopReason::ToolUse, 1));
        } else if (state == TurnState::Stopping || state == TurnState::Stopped) {
            give(StopAsked{});
            if (state == TurnState::Stopped)
                give(PartsKept{});
        } else if (state == TurnState::Red) {
            give(AnswerBroke{broken()});
        } else if (state != TurnState::Streaming) {
            give(answer(StopReason::EndOfTurn));
            if (state == TurnState::Repairing)
                give(buildFailed());
            else if (state != TurnState::Building)
                give(BuildEnded{});
            if (state == TurnState::Green)
                give(ProbeEnded{true, {}});
        }
        return *this;
    }
};

QList<TurnEvent> allEvents()
{
    return {TurnBegan{},
            TurnPrepared{},
            TurnUnprepared{broken()},
            ModelAsked{},
            answer(StopReason::ToolUse, 1),
            answer(StopReason::EndOfTurn),
            AnswerBroke{broken(), true, true},
            AnswerBroke{broken()},
            ToolsRan{0},
            ToolsRan{1},
            BuildEnded{},
            buildFailed(),
            BuildEnded{BuildEnded::Outcome::NoSandbox, {}},
            ProbeEnded{true, {}},
            probeFailed(),
            StopAsked{},
            PartsKept{},
            CommitFailed{broken()}};
}

} // namespace

Q_DECLARE_METATYPE(Flotilla::TurnEvent)
Q_DECLARE_METATYPE(Flotilla::TurnState)

class TestTurnMachine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table()
    {
        static const QSet<QString> legal{QStringLiteral("idle preparing"),      QStringLiteral("preparing streaming"),
                                         QStringLiteral("preparing failed"),    QStringLiteral("preparing stopping"),
                                         QStringLiteral("streaming streaming"), QStringLiteral("streaming applying"),
                                         QStringLiteral("streaming building"),  QStringLiteral("streaming repairing"),
                                         QStringLiteral("streaming stopping"),  QStringLiteral("streaming red"),
                                         QStringLiteral("streaming failed"),    QStringLiteral("applying streaming"),
                                         QStringLiteral("applying building"),   QStringLiteral("applying repairing"),
                                         QStringLiteral("applying stopping"),   QStringLiteral("applying red"),
                                         QStringLiteral("applying failed"),     QStringLiteral("building verifying"),
                                         QStringLiteral("building repairing"),  QStringLiteral("building stopping"),
                                         QStringLiteral("building green"),      QStringLiteral("building red"),
                                         QStringLiteral("verifying repairing"), QStringLiteral("verifying stopping"),
                                         QStringLiteral("verifying green"),     QStringLiteral("verifying red"),
                                         QStringLiteral("repairing streaming"), QStringLiteral("repairing stopping"),
                                         QStringLiteral("stopping stopped"),    QStringLiteral("green failed"),
                                         QStringLiteral("red failed"),          QStringLiteral("stopped failed")};
        QSet<QString> found;
        for (const TurnState from : allStates)
            for (const TurnState to : allStates)
                if (isLegal(from, to))
                    found.insert(toString(from) + QLatin1Char(' ') + toString(to));
        QCOMPARE(found, legal);
    }

    void transitions_data()
    {
        QTest::addColumn<TurnState>("from");
        QTest::addColumn<TurnEvent>("event");
        QTest::addColumn<TurnState>("to");
        QTest::addColumn<QString>("commands");
        const auto row = [](const char *name, TurnState from, const TurnEvent &event, TurnState to,
                            const char *commands) {
            QTest::newRow(name) << from << event << to << QString::fromLatin1(commands);
        };
        using enum TurnState;
        row("begin", Idle, TurnBegan{}, Preparing, "prepare");
        row("prepared", Preparing, TurnPrepared{}, Streaming, "ask");
        row("not prepared", Preparing, TurnUnprepared{broken()}, Failed, "say abandon");
        row("stop while preparing", Preparing, StopAsked{}, Stopping, "cancel");
        row("calls", Streaming, answer(StopReason::ToolUse, 2), Applying, "tools");
        row("calls at the end", Streaming, answer(StopReason::EndOfTurn, 2), Applying, "tools");
        row("end", Streaming, answer(StopReason::EndOfTurn), Building, "build");
        row("unknown end", Streaming, answer(StopReason::Other), Building, "build");
        row("paused", Streaming, answer(StopReason::Paused), Streaming, "ask");
        row("cut off", Streaming, answer(StopReason::MaxTokens), Repairing, "say tell ask");
        row("refused", Streaming, answer(StopReason::Refusal), Red, "say commit-red");
        row("context full", Streaming, answer(StopReason::ContextFull), Red, "say commit-red");
        row("broken, something received", Streaming, AnswerBroke{broken(), true, true}, Streaming,
            "say tell ask-again");
        row("broken, nothing received", Streaming, AnswerBroke{broken(), true, false}, Streaming, "say ask-again");
        row("broken for good", Streaming, AnswerBroke{broken(), false, true}, Red, "say commit-red");
        row("stop while streaming", Streaming, StopAsked{}, Stopping, "cancel");
        row("tools ran", Applying, ToolsRan{0}, Streaming, "ask");
        row("stop while applying", Applying, StopAsked{}, Stopping, "cancel");
        row("built", Building, BuildEnded{}, Verifying, "probe");
        row("build failed", Building, buildFailed(), Repairing, "tell ask");
        row("no sandbox", Building, BuildEnded{BuildEnded::Outcome::NoSandbox, {}}, Red, "say commit-red");
        row("stop while building", Building, StopAsked{}, Stopping, "cancel");
        row("seen", Verifying, ProbeEnded{true, {}}, Green, "commit-green");
        row("seen broken", Verifying, probeFailed(), Repairing, "tell ask");
        row("stop while verifying", Verifying, StopAsked{}, Stopping, "cancel");
        row("asked", Repairing, ModelAsked{}, Streaming, "");
        row("stop while repairing", Repairing, StopAsked{}, Stopping, "cancel");
        row("kept", Stopping, PartsKept{}, Stopped, "commit-stopped");
        row("green not stored", Green, CommitFailed{broken()}, Failed, "say abandon");
        row("red not stored", Red, CommitFailed{broken()}, Failed, "say abandon");
        row("stopped not stored", Stopped, CommitFailed{broken()}, Failed, "say abandon");
    }
    void transitions()
    {
        QFETCH(TurnState, from);
        QFETCH(TurnEvent, event);
        Turn turn;
        turn.to(from);
        QCOMPARE(toString(turn.machine.state()), toString(from));
        QTEST(turn.give(event), "commands");
        QFETCH(TurnState, to);
        QCOMPARE(toString(turn.machine.state()), toString(to));
    }

    /// Every event in every state either follows the table or is ignored: no command, no change.
    void everyEventEverywhere()
    {
        for (const TurnState from : allStates) {
            for (const TurnEvent &event : allEvents()) {
                Turn turn;
                turn.to(from);
                QCOMPARE(toString(turn.machine.state()), toString(from));
                const QString commands = turn.give(event);
                const TurnState to = turn.machine.state();
                QVERIFY(isLegal(from, to) || (from == to && commands.isEmpty()));
            }
        }
    }

    void withoutProbeBuiltIsGreen()
    {
        Turn turn;
        turn.facts.hasProbe = false;
        QCOMPARE(turn.to(TurnState::Building).give(BuildEnded{}), QStringLiteral("commit-green"));
    }

    void withoutChangeNoVersion()
    {
        Turn turn;
        turn.facts.changed = false;
        QCOMPARE(turn.to(TurnState::Streaming).give(AnswerBroke{broken()}), QStringLiteral("say abandon"));
        QCOMPARE(toString(turn.machine.state()), toString(TurnState::Failed));
        Turn stopped;
        stopped.facts.changed = false;
        QCOMPARE(stopped.to(TurnState::Stopping).give(PartsKept{}), QStringLiteral("abandon"));
        QCOMPARE(toString(stopped.machine.state()), toString(TurnState::Stopped));
    }

    void withoutFilesTheModelIsToldOnce()
    {
        Turn turn;
        turn.facts = {};
        turn.to(TurnState::Streaming);
        QCOMPARE(turn.give(answer(StopReason::EndOfTurn)), QStringLiteral("tell ask"));
        turn.give(ModelAsked{});
        QCOMPARE(turn.give(answer(StopReason::EndOfTurn)), QStringLiteral("say abandon"));
        QCOMPARE(toString(turn.machine.state()), toString(TurnState::Failed));
    }

    void failedCallsGoBackEvenAtTheEnd()
    {
        Turn turn;
        turn.to(TurnState::Streaming).give(answer(StopReason::EndOfTurn, 1));
        QCOMPARE(turn.give(ToolsRan{1}), QStringLiteral("ask"));
        turn.give(answer(StopReason::EndOfTurn, 1));
        QCOMPARE(turn.give(ToolsRan{0}), QStringLiteral("build"));
    }

    void sameErrorIsRepairedTwice()
    {
        Turn turn;
        turn.to(TurnState::Building);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(turn.give(buildFailed()), QStringLiteral("tell ask"));
            turn.give(ModelAsked{});
            turn.give(answer(StopReason::EndOfTurn));
        }
        QCOMPARE(turn.give(buildFailed()), QStringLiteral("say commit-red"));
        QCOMPARE(toString(turn.machine.state()), toString(TurnState::Red));
    }

    void fourRepairsATurn()
    {
        Turn turn;
        turn.to(TurnState::Building);
        for (const char *signature : {"a", "b", "c", "d"}) {
            QCOMPARE(turn.give(buildFailed(signature)), QStringLiteral("tell ask"));
            turn.give(ModelAsked{});
            turn.give(answer(StopReason::EndOfTurn));
        }
        QCOMPARE(turn.give(buildFailed("e")), QStringLiteral("say commit-red"));
    }

    void fortyRounds()
    {
        Turn turn;
        turn.to(TurnState::Streaming);
        for (int round = 1; round < 40; ++round) {
            turn.give(answer(StopReason::ToolUse, 1));
            QCOMPARE(turn.give(ToolsRan{0}), QStringLiteral("ask"));
        }
        turn.give(answer(StopReason::ToolUse, 1));
        QCOMPARE(turn.give(ToolsRan{0}), QStringLiteral("say build"));
    }

    void repeatingEndsTheAnswers()
    {
        Turn turn;
        turn.to(TurnState::Streaming);
        AnswerEnded event = answer(StopReason::ToolUse, 1);
        event.repeating = true;
        turn.give(event);
        QCOMPARE(turn.give(ToolsRan{0}), QStringLiteral("say build"));
    }

    void cutOffTwiceIsEnough()
    {
        Turn turn;
        turn.to(TurnState::Streaming);
        for (int i = 0; i < 2; ++i) {
            turn.give(answer(StopReason::MaxTokens, 1));
            QCOMPARE(turn.give(ToolsRan{1}), QStringLiteral("say tell ask"));
            turn.give(ModelAsked{});
        }
        turn.give(answer(StopReason::MaxTokens, 1));
        QCOMPARE(turn.give(ToolsRan{1}), QStringLiteral("say commit-red"));
    }

    void cutOffBeforeAnyFileIsSaidSo()
    {
        Turn turn;
        turn.to(TurnState::Streaming);
        turn.facts = {};
        AnswerEnded event = answer(StopReason::MaxTokens, 1);
        for (int i = 0; i < 2; ++i) {
            turn.give(event);
            QCOMPARE(turn.give(ToolsRan{1}), QStringLiteral("say tell ask"));
            turn.give(ModelAsked{});
        }
        event.repeating = true;
        turn.give(event);
        const auto commands = turn.machine.handle(ToolsRan{1}, turn.facts);
        QCOMPARE(named(commands), QStringLiteral("say abandon"));
        const QString why = std::get<Abandon>(commands.last()).error;
        QVERIFY2(why.contains(QLatin1String("cut off")), qPrintable(why));
    }

    void threeBrokenStreams()
    {
        Turn turn;
        turn.to(TurnState::Streaming);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(turn.give(AnswerBroke{broken(), true, true}), QStringLiteral("say tell ask-again"));
        QCOMPARE(turn.give(AnswerBroke{broken(), true, true}), QStringLiteral("say commit-red"));
    }

    void budgetStops()
    {
        Turn turn;
        turn.to(TurnState::Streaming);
        AnswerEnded event = answer(StopReason::ToolUse, 1);
        event.overBudget = true;
        turn.give(event);
        QCOMPARE(turn.give(ToolsRan{0}), QStringLiteral("say cancel"));
        QCOMPARE(toString(turn.machine.state()), toString(TurnState::Stopping));
        QCOMPARE(turn.give(PartsKept{}), QStringLiteral("commit-stopped"));
    }

    void budgetStopsInTheMiddleOfAnAnswer()
    {
        Turn turn;
        QCOMPARE(turn.to(TurnState::Streaming).give(BudgetReached{}), QStringLiteral("say cancel"));
        QCOMPARE(toString(turn.machine.state()), toString(TurnState::Stopping));
    }

    void brokenStreamOverBudgetIsNotAskedAgain()
    {
        Turn turn;
        QCOMPARE(turn.to(TurnState::Streaming).give(AnswerBroke{broken(), true, true, true}),
                 QStringLiteral("say cancel"));
    }

    void whatIsDoneIsBuiltWithoutBudget()
    {
        Turn turn;
        turn.to(TurnState::Streaming);
        AnswerEnded event = answer(StopReason::EndOfTurn);
        event.overBudget = true;
        QCOMPARE(turn.give(event), QStringLiteral("build"));
        QCOMPARE(turn.give(buildFailed()), QStringLiteral("say say commit-red")); // but not repaired
    }
};

QTEST_GUILESS_MAIN(TestTurnMachine)
#include "tst_turnmachine.moc"
