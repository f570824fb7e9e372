// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/appstatus.h"

#include "backends/projects/projecttypes.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {
QString stateWord(const char *text)
{
    return QCoreApplication::translate("AppStatus", text);
}
} // namespace

bool turnRuns(TurnState turn)
{
    switch (turn) {
    case TurnState::Idle:
    case TurnState::Green:
    case TurnState::Red:
    case TurnState::Stopped:
    case TurnState::Failed:
        return false;
    default:
        return true;
    }
}

StatusWord statusOf(TurnState turn)
{
    switch (turn) {
    case TurnState::Preparing:
        return {StatusKind::Working, stateWord("Starting")};
    case TurnState::Streaming:
    case TurnState::Applying:
        return {StatusKind::Working, stateWord("Writing")};
    case TurnState::Building:
        return {StatusKind::Building, stateWord("Building")};
    case TurnState::Verifying:
        return {StatusKind::Building, stateWord("Checking")};
    case TurnState::Repairing:
        return {StatusKind::Partial, stateWord("Repairing")};
    case TurnState::Stopping:
        return {StatusKind::Idle, stateWord("Stopping")};
    case TurnState::Green:
        return {StatusKind::Live, stateWord("Green")};
    case TurnState::Red:
        return {StatusKind::Failed, stateWord("Red")};
    case TurnState::Failed:
        return {StatusKind::Failed, stateWord("Failed")};
    case TurnState::Stopped:
        return {StatusKind::Idle, stateWord("Stopped")};
    case TurnState::Idle:
        break;
    }
    return {StatusKind::Idle, stateWord("Ready")};
}

StatusWord statusOf(const AppSummary &app)
{
    if (turnRuns(app.turn))
        return statusOf(app.turn);
    if (!app.problem.isEmpty())
        return {StatusKind::Failed, stateWord("Needs a look")};
    if (app.running)
        return {StatusKind::Live, stateWord("Live")};
    return {StatusKind::Idle, stateWord("Asleep")};
}

} // namespace Flotilla
