// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/loadrecovery.h"

#include "backends/fleet/loadtest/loadstats.h"
#include "backends/fleet/loadtest/loadwords.h"

#include <algorithm>

namespace Flotilla {

LoadRecord interruptedRun(LoadRecord record)
{
    LoadFacts facts;
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
