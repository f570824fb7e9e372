// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"

#include <QJsonArray>

namespace Flotilla {

/// One figure of two runs. `better`: what the change means; nothing when it has no direction.
struct LoadDelta
{
    QString metric; ///< path in the summary
    QString title;
    double before = 0;
    double after = 0;
    std::optional<bool> better;
};

struct LoadComparison
{
    LoadRunInfo first;
    LoadRunInfo second;
    QList<LoadDelta> deltas;
    QStringList differences; ///< of plan and environment: what makes the runs hard to compare
};

LoadComparison compareRuns(const LoadRecord &first, const LoadRecord &second);
QJsonObject toJson(const LoadComparison &comparison);
QStringList describe(const LoadComparison &comparison); ///< lines for a terminal
QStringList describeRun(const LoadRecord &record);

} // namespace Flotilla
