// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_set>

namespace Flotilla::Agent {

class AppFolder;
class Builder;
class ControlConnection;
class LogRing;
class Loop;
class Processes;
class ServerApp;
class Watchdog;
struct Options;

/// What the calls work on. Owned by Agent.
struct Parts
{
    Loop &loop;
    Processes &processes;
    Watchdog &watchdog;
    LogRing &log;
    AppFolder &app;
    ServerApp &server;
    Builder &builder;
    const Options &options;
    int dataFolder = -1;
    std::int64_t startedMs = 0; ///< since the Unix epoch
    int commands = 0;           ///< exec calls that run
    std::unordered_set<ControlConnection *> watchers;
    std::function<void()> shutDown;
};

} // namespace Flotilla::Agent
