// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QJsonObject>

namespace Flotilla {

/// Turns the facts of `flotilla-agent launch --doctor` into checks with remedies. Pure.
namespace DoctorReport {

QList<PreflightCheck> checks(const QJsonObject &facts, const QString &runtimeDir);
/// The one check there is when the launcher itself could not run.
PreflightCheck noLauncher(const QString &agent, const Error &error);

} // namespace DoctorReport

} // namespace Flotilla
