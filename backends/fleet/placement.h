// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/fleet/fleettypes.h"

namespace Flotilla {

/// A host as far as placement goes.
struct HostRoom
{
    HostId id;
    QString label;
    bool ready = false;
    bool pooled = true;
    bool draining = false;
    int capacity = 0;      ///< 0: as memory allows
    int sandboxes = 0;     ///< running, and those being made
    int planned = 0;       ///< of these: since its memory was measured
    qint64 memoryFree = 0; ///< 0: not known
};

/// The pooled host with the most free memory, counting what was placed there since it was measured; of equal ones that
/// with fewer sandboxes. Unavailable with a sentence when there is none. Pure.
Result<HostId> chooseHost(const QList<HostRoom> &hosts, qint64 memoryPerSandbox);
/// Whether one more may run there: not draining (Conflict), not full (Overloaded).
Status hasRoom(const HostRoom &host);

} // namespace Flotilla
