// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadrecovery.h"

#include "backends/fleet/loadtest/loadstats.h"
#include "backends/fleet/loadtest/loadwords.h"

#include <algorithm>

namespace Flotilla {

namespace {

/// What only the run itself could tell, as it was stored last.
LoadFacts factsIn(const QJsonObject &summary)
{
    LoadFacts facts;
    facts.dropped = summary[QLatin1String("dropped_starts")].toInt();
    facts.sweeps = summary[QLatin1String("sweeps")].toArray();
    facts.maxLagMs = summary[QLatin1String("generator")].toObject()[QLatin1String("max_lag_ms")].toDouble();
    facts.modelText = summary[QLatin1String("model")].toString();
    facts.notRecorded = summary[QLatin1String("not_recorded")].toString();
    return facts;
}

} // namespace

LoadRecord interruptedRun(LoadRecord record)
{
    LoadFacts facts = factsIn(record.info.summary);
    facts.state = LoadRunState::Interrupted;
    for (LoadRow &row : record.rows) {
        for (const double moment : row.t)
            facts.durationMs = std::max(facts.durationMs, row.has(LoadMoment::Started) ? moment : 0);
        facts.retries += row.retries;
        if (row.phase >= LoadPhase::Live)
            continue;
        row.phase = LoadPhase::Cancelled;
        row.outcome = QLatin1String(LoadClass::Cancelled);
        row.error = LoadWords::tr("The program ended during the run.");
    }
    record.info.state = LoadRunState::Interrupted;
    record.info.summary = summarise(storedLoadPlan(record.plan), record, facts);
    return record;
}

std::pair<QList<AppId>, bool> leftBehind(const LoadRecord &record)
{
    const LoadPlan::Afterwards afterwards = storedLoadPlan(record.plan).afterwards;
    QList<AppId> apps;
    for (const LoadRow &row : record.rows)
        if (afterwards != LoadPlan::Afterwards::Keep)
            apps.append(row.app);
    return {apps, afterwards == LoadPlan::Afterwards::Remove};
}

} // namespace Flotilla
