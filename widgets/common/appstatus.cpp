// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/appstatus.h"

#include "backends/projects/useerrors.h"

#include <QCoreApplication>

namespace Flotilla {

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
        return {StatusKind::Working, QCoreApplication::translate("AppStatus", "Starting")};
    case TurnState::Streaming:
    case TurnState::Applying:
        return {StatusKind::Working, QCoreApplication::translate("AppStatus", "Writing")};
    case TurnState::Building:
        return {StatusKind::Building, QCoreApplication::translate("AppStatus", "Building")};
    case TurnState::Verifying:
        return {StatusKind::Building, QCoreApplication::translate("AppStatus", "Checking")};
    case TurnState::Repairing:
        return {StatusKind::Partial, QCoreApplication::translate("AppStatus", "Repairing")};
    case TurnState::Stopping:
        return {StatusKind::Idle, QCoreApplication::translate("AppStatus", "Stopping")};
    case TurnState::Green:
        return {StatusKind::Live, QCoreApplication::translate("AppStatus", "Green")};
    case TurnState::Red:
        return {StatusKind::Failed, QCoreApplication::translate("AppStatus", "Red")};
    case TurnState::Failed:
        return {StatusKind::Failed, QCoreApplication::translate("AppStatus", "Failed")};
    case TurnState::Stopped:
        return {StatusKind::Idle, QCoreApplication::translate("AppStatus", "Stopped")};
    case TurnState::Idle:
        break;
    }
    return {StatusKind::Idle, QCoreApplication::translate("AppStatus", "Ready")};
}

StatusWord statusOf(const AppSummary &app)
{
    if (turnRuns(app.turn))
        return statusOf(app.turn);
    if (!app.problem.isEmpty())
        return {StatusKind::Failed, QCoreApplication::translate("AppStatus", "Needs a look")};
    if (!app.useErrors.isEmpty())
        return {StatusKind::Partial, QCoreApplication::translate("AppStatus", "Error while used")};
    if (app.running)
        return {StatusKind::Live, QCoreApplication::translate("AppStatus", "Live")};
    return {StatusKind::Idle, QCoreApplication::translate("AppStatus", "Asleep")};
}

StatusWord statusOf(const VersionSummary &version)
{
    if (version.state == QLatin1String("red"))
        return {StatusKind::Failed, QCoreApplication::translate("AppStatus", "Needs a look")};
    if (version.state != QLatin1String("green"))
        return {StatusKind::Idle, QCoreApplication::translate("AppStatus", "Stopped")};
    if (!useErrorsOf(version.checks).isEmpty())
        return {StatusKind::Partial, QCoreApplication::translate("AppStatus", "Green, error while used")};
    return {StatusKind::Live, QCoreApplication::translate("AppStatus", "Green")};
}

} // namespace Flotilla
