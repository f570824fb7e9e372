// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadplan.h"

#include <QJsonObject>
#include <QStringList>

namespace Flotilla {

/// One entry per threshold that does not hold; the first word is its metric.
QStringList brokenThresholds(const LoadPlan &plan, const QJsonObject &summary);
/// Whether a threshold can be about it: a number of the summary by its path, as "time_to_live_s.p95" or "classes.oom".
bool isMetric(const QString &path);

} // namespace Flotilla
