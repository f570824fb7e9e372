// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadtypes.h"

#include <QJsonArray>

namespace Flotilla {

/// The phases of one app, in milliseconds; nothing when a moment is missing. Definitions: the times of LoadMoment.
enum class LoadSpan { Queue, Allocate, Ready, FirstToken, Generate, BuildServe, TimeToLive };
inline constexpr std::array loadSpans{LoadSpan::Queue,      LoadSpan::Allocate, LoadSpan::Ready,
                                      LoadSpan::FirstToken, LoadSpan::Generate, LoadSpan::BuildServe,
                                      LoadSpan::TimeToLive};
QString toString(LoadSpan span);   ///< "build_serve": stable, for JSON
QString definition(LoadSpan span); ///< "t6 - max(t3, t5)"
std::optional<double> spanOf(const LoadRow &row, LoadSpan span);

/// The nearest-rank percentile: the smallest value that at least `share` of all values do not exceed. `sorted`
/// ascending, not empty.
double percentile(const QList<double> &sorted, double share);
/// {count, p50, p95, p99, max, mean} in seconds of values in milliseconds; only the count when there are none.
QJsonObject distribution(QList<double> milliseconds);

/// What the rows do not tell.
struct LoadFacts
{
    LoadRunState state = LoadRunState::Done;
    double durationMs = 0; ///< from the first intended start until the last app was live or was not going to be
    double cleanSeconds = -1;
    double maxLagMs = 0;
    int dropped = 0;
    int retries = 0;
    QJsonArray sweeps;
    QString modelText;
    QString notRecorded; ///< why the plan's recording is not complete
};

/// The JSON summary of a run. Counts always sum: requested = live + failed + partial + cancelled (+ open while it
/// runs).
QJsonObject summarise(const LoadPlan &plan, const LoadRecord &record, const LoadFacts &facts);

} // namespace Flotilla
