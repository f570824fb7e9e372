// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/appserver.h"
#include "backends/agent/serve/builder.h"
#include "backends/agent/serve/control.h"
#include "backends/agent/serve/logring.h"
#include "backends/agent/serve/loop.h"
#include "backends/agent/serve/options.h"
#include "backends/agent/serve/parts.h"
#include "backends/agent/serve/process.h"
#include "backends/agent/serve/serverapp.h"
#include "backends/agent/serve/watchdog.h"
#include "backends/agent/serve/workspace.h"

namespace Flotilla::Agent {

/// Everything that runs inside one sandbox.
class Agent
{
public:
    explicit Agent(Options options);
    /// Listens and serves until shutdown. Returns the exit code.
    int run();

private:
    bool watchSignals();
    bool listen();
    void connectEvents();
    void shutDown();

    Options m_options;
    Loop m_loop;
    Processes m_processes;
    LogRing m_log;
    AppFolder m_app;
    Fd m_data;
    Watchdog m_watchdog;
    ServerApp m_server;
    Builder m_builder;
    AppServer m_appServer;
    Parts m_parts;
    ControlServer m_control;
    Fd m_signals;
};

} // namespace Flotilla::Agent
