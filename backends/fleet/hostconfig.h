// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/fleettypes.h"
#include "backends/storage/records.h"

namespace Flotilla {

/// "GPU box" -> "gpu-box": what a host is called in files and commands. Empty when nothing is left of it.
HostId hostIdFor(const QString &label);
/// Whether a host can be called and reached like that; `ssh` takes the target as an argument.
Status checkHostConfig(const HostConfig &config);

/// What our names on a new host end with: of its own, and the same when it is removed and added again.
QString hostSuffix(const HostId &host);

HostConfig toConfig(const HostRecord &record);
HostRecord toRecord(const HostConfig &config, const QDateTime &created);

} // namespace Flotilla
