// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/launch/launchspec.h"

namespace Flotilla::Agent {

/// Prepares the host side of a container: folder, data folder, and the two listening sockets, held by a process that
/// waits until the agent in the container fetches them at hand/hand.sock (serve/handover.h) and then ends. So, as with
/// bubblewrap, nothing inside can replace a socket by a link to one of the host's.
/// `answer`: {existed, created_ms, user, folder, etc}; existed: it runs already.
bool prepareContainer(const LaunchSpec &spec, Json &answer, Failure &failure);

/// What a base image and its containers need to know of this host: {user, arch, links:{"/bin":"usr/bin"}, folders,
/// etc, seccomp (the profile as JSON), seccomp_path (the same as a file)}.
bool containerFacts(const std::string &root, Json &answer, Failure &failure);

} // namespace Flotilla::Agent
