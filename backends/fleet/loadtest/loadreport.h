// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/loadtest/loadtypes.h"

namespace Flotilla {

/// One self-contained page: charts as inline SVG, light and dark, fit for print, no script, nothing from elsewhere.
QByteArray loadReportHtml(const LoadRecord &record);
/// Writes report.html, apps.csv, samples.csv, hosts.csv and run.json into `folder`, which is made when missing.
/// Blocking.
Status writeLoadReport(const LoadRecord &record, const QString &folder);

} // namespace Flotilla
