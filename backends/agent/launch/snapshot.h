// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/failure.h"
#include "backends/agent/serve/json.h"

#include <string>
#include <vector>

namespace Flotilla::Agent {

/// Snapshots are folders FOLDER/ID of this host with files.tar (what the agent's `export` gives: the sandbox's own
/// view, so no link of a sandbox is ever followed here) and snapshot.json. They fit every backend.
struct SnapshotRequest
{
    std::string root; ///< of the sandbox
    std::string sandbox;
    std::string folder;
    std::string snapshot;
    Json meta; ///< what the caller wants to find again: app, label, backend
};
bool parseSnapshotRequest(const std::string &text, SnapshotRequest &request, Failure &failure);

/// `answer`: the meta with id, sandbox, bytes, created_ms. The same id twice answers with the first.
bool takeSnapshot(const SnapshotRequest &request, Json &answer, Failure &failure);
/// Fills a new sandbox, whose control socket is `control`, and builds what it finds.
bool fillFromSnapshot(const std::string &control, const std::string &folder, const std::string &snapshot,
                      Failure &failure);
/// The same for a sandbox below `root`; its label tells afterwards that it is complete.
bool restoreSnapshot(const SnapshotRequest &request, Json &answer, Failure &failure);
Json listSnapshots(const std::string &folder);
bool removeSnapshots(const std::string &folder, const std::vector<std::string> &ids, Failure &failure);

} // namespace Flotilla::Agent
