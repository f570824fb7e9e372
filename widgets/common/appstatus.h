// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/tokens.h"

#include <QString>

namespace Flotilla {

struct AppSummary;
struct VersionSummary;
enum class TurnState;

/// A state as a dot and a word, the same on every screen.
struct StatusWord
{
    StatusKind kind = StatusKind::Idle;
    QString word;
    QString brief{}; ///< where the word does not fit; empty: there is none
    bool operator==(const StatusWord &) const = default;
};
StatusWord statusOf(const AppSummary &app);
StatusWord statusOf(const VersionSummary &version);
StatusWord statusOf(TurnState turn);
bool turnRuns(TurnState turn);

} // namespace Flotilla
