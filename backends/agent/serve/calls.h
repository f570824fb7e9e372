// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/json.h"

namespace Flotilla::Agent {

class ControlConnection;
struct BuildResult;
struct LogLine;
struct ServerStatus;
struct Parts;

/// Answers a call, or starts a Call that does.
void beginCall(ControlConnection &connection, const Json &request);

void beginApply(ControlConnection &connection, const Json &request);  ///< applycall.cpp
void beginExec(ControlConnection &connection, const Json &request);   ///< execcall.cpp
void beginRead(ControlConnection &connection, const Json &request);   ///< readcall.cpp
void beginExport(ControlConnection &connection);                      ///< exportcall.cpp
void beginHold(ControlConnection &connection);                        ///< holdcall.cpp
void beginImport(ControlConnection &connection, const Json &request); ///< importcall.cpp
void beginBuild(ControlConnection &connection);                       ///< applycall.cpp

Json toJson(const BuildResult &build);
Json toJson(const ServerStatus &server);
Json toJson(const LogLine &line);
/// To everyone who subscribed to events.
void broadcast(Parts &parts, const Json &event);

} // namespace Flotilla::Agent
