// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/failure.h"

#include <string>

namespace Flotilla::Agent {

/// The /etc that all sandboxes of this host share, read-only: made once below `root`, again when the host's loader
/// cache or alternatives changed. Holds accounts, hosts, the loader cache, alternatives, the time zone and openssl.cnf.
bool prepareEtc(const std::string &root, std::string &path, Failure &failure);

} // namespace Flotilla::Agent
