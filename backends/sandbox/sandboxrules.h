// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/sandbox/sandboxtypes.h"

namespace Flotilla {

/// What every backend refuses: names that are no names, limits that are none, a network that is not offered.
Status validateSandboxSpec(const SandboxSpec &spec);
/// [a-z0-9-], 1 to 40 characters, not starting with '-': a name of a sandbox, an app or a snapshot.
bool isSafeSandboxName(const QString &name);
Error sandboxNotRunning(const SandboxId &id);

} // namespace Flotilla
