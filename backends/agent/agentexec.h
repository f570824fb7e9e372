// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"

namespace Flotilla {

class AgentCall;

/// The exec call as an ExecProcess.
class AgentExec : public ExecProcess
{
    Q_OBJECT

public:
    AgentExec(StreamOpener control, const ExecSpec &spec);
    void writeStdin(const QByteArray &bytes) override;
    [[nodiscard]] qint64 stdinWaiting() const override;
    void closeStdin() override;
    void resize(int columns, int rows) override;
    void kill() override;

private:
    void ended(const Result<QJsonObject> &answer);

    AgentCall *m_call;
};

} // namespace Flotilla
