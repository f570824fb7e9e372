// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"

#include <string_view>

/// What an agent says, checked: types, ranges, counts and lengths of protocol.md. A violation is an Error of kind
/// Protocol.
namespace Flotilla::AgentParse {

Error protocolError(const QString &detail);
/// One JSON object of at most a frame, nesting at most 16 deep.
Result<QJsonObject> object(std::string_view payload);
/// The error of an answer {"ok":false,...}.
Error failure(const QJsonObject &answer);

Result<AgentBuild> build(const QJsonObject &json);
Result<AgentServer> server(const QJsonObject &json);
Result<AgentStatus> status(const QJsonObject &json);
Result<AgentStats> stats(const QJsonObject &json);
Result<AgentLogLine> logLine(const QJsonObject &json);
Result<QList<AgentLogLine>> logLines(const QJsonObject &json);
Result<QList<AgentEntry>> entries(const QJsonObject &json);
Result<ExecResult> exec(const QJsonObject &json);

} // namespace Flotilla::AgentParse
