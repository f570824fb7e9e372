// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "widgets/common/appstatus.h"

namespace Flotilla {

/// The tabs above the table. Every row is in All and in exactly one other.
enum class FleetBucket { All, Live, Starting, Asleep, NeedsLook };
inline constexpr int fleetBuckets = 5;

FleetBucket bucketOf(const FleetRow &row);
StatusWord statusOf(const FleetRow &row);
/// Stable words for `state:` in the filter ("live", "asleep", "failed", "out-of-memory", ...).
QStringList stateWords(const FleetRow &row);

/// Why nobody can look into the sandbox of a row now; without a title one can.
struct Absence
{
    QString title, why;
    bool canWake = false;
};
Absence absenceOf(const FleetRow &row);

QString formatPercent(const std::optional<double> &percent); ///< "6.9 %"; a dash while it is not known
QString formatMemory(const std::optional<qint64> &bytes);    ///< "183 MB"; a dash while it is not known
QString formatUptime(qint64 seconds);                        ///< "12 s", "35 min", "3 h 12 min", "4 d"
QString uptimeOf(const FleetRow &row, const QDateTime &now); ///< empty while it does not run

} // namespace Flotilla
