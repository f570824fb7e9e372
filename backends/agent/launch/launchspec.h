// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/failure.h"
#include "backends/agent/serve/json.h"
#include "backends/agent/serve/options.h"

#include <string>
#include <utility>
#include <vector>

namespace Flotilla::Agent {

/// What `launch --start` is asked for.
struct LaunchSpec
{
    std::string id;
    std::string app;
    std::string owner;     ///< the installation
    std::string root;      ///< private folder on this host; sandboxes are in root/sb/ID
    std::string agent;     ///< the static binary; default: this program
    std::string runtime;   ///< bound read-only; may be missing
    std::string data;      ///< bound as /data, created when missing; empty: a tmpfs
    std::string engine;    ///< "docker" or "podman" for containers
    std::string from;      ///< a snapshot to start with; empty: none
    std::string snapshots; ///< the folder it is in
    std::string bwrap;     ///< default: the system's
    Limits limits;
    double cpus = 0;
    std::vector<std::pair<std::string, std::string>> env;
    int program = 0; ///< who starts sandboxes on this computer; may leave its login session. 0: stays where it is
    int deadlineMs = 5000;
    Json limitsJson; ///< as they came, for the label and the agent
};

/// Everything is checked here; later code may trust it.
bool parseSpec(const std::string &text, LaunchSpec &spec, Failure &failure);
/// A name that is safe as a folder: [a-z0-9-], 1 to 40 characters, not starting with '-'.
bool isSafeId(const std::string &id);

} // namespace Flotilla::Agent
