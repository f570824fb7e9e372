// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/container/containerbackend.h"

#include <memory>

namespace Flotilla {

class BubblewrapBackend;
class Host;
class HttpClient;

/// Backends for the conformance table, on any host; `host` and `http` outlive them. The agent and the runtime are those
/// of this build, at the same path on the host. `bwrap` is the system's when empty.
std::unique_ptr<SandboxBackend> bubblewrapOn(Host *host, const QString &bwrap = {});
/// The engine that FLOTILLA_TEST_ENGINE_SOCKET names, of this kind.
std::unique_ptr<SandboxBackend> containersOn(Host *host, HttpClient *http, ContainerEngine::Kind kind);

} // namespace Flotilla
