// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadtypes.h"

namespace Flotilla {

QString toString(LoadPhase phase)
{
    switch (phase) {
    case LoadPhase::Queued:
        return QStringLiteral("queued");
    case LoadPhase::Allocating:
        return QStringLiteral("allocating");
    case LoadPhase::Starting:
        return QStringLiteral("starting");
    case LoadPhase::Generating:
        return QStringLiteral("generating");
    case LoadPhase::Building:
        return QStringLiteral("building");
    case LoadPhase::Live:
        return QStringLiteral("live");
    case LoadPhase::Partial:
        return QStringLiteral("partial");
    case LoadPhase::Failed:
        return QStringLiteral("failed");
    case LoadPhase::Cancelled:
        return QStringLiteral("cancelled");
    }
    return {};
}

QString toString(LoadRunState state)
{
    switch (state) {
    case LoadRunState::Preparing:
        return QStringLiteral("preparing");
    case LoadRunState::Running:
        return QStringLiteral("running");
    case LoadRunState::Holding:
        return QStringLiteral("holding");
    case LoadRunState::Ending:
        return QStringLiteral("ending");
    case LoadRunState::Done:
        return QStringLiteral("done");
    case LoadRunState::Cancelled:
        return QStringLiteral("cancelled");
    case LoadRunState::Interrupted:
        return QStringLiteral("interrupted");
    }
    return {};
}

bool isOver(LoadRunState state)
{
    return state >= LoadRunState::Done;
}

} // namespace Flotilla
