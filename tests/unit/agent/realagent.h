// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"

#include <QProcess>
#include <QTemporaryDir>

namespace Flotilla::Test {

/// Opens connections to a Unix socket.
StreamOpener localOpener(const QString &path);

struct HttpReply
{
    int status = 0;
    QByteArray head;
    QByteArray body;
};

/// The real flotilla-agent on temporary folders, outside a sandbox.
class RealAgent
{
public:
    explicit RealAgent(const QByteArray &limits = "{}", const QString &runtimeDir = {});
    ~RealAgent();

    AgentClient &client() { return *m_client; }
    QString path(const QString &name) const { return m_dir.filePath(name); }
    QString appPath(const QString &name) const { return m_dir.filePath(QLatin1String("app/") + name); }
    QProcess &process() { return m_process; }
    int port() const { return m_port; }

    /// Sends bytes to control.sock as they are and returns everything until the agent closes.
    QByteArray controlRaw(const QByteArray &bytes) const;
    HttpReply get(const QByteArray &target, const QByteArray &method = "GET") const;

    /// A runtime with esbuild, or "" when there is none here.
    static QString runtimeWithCompiler();

private:
    QByteArray talk(const QString &socket, const QByteArray &bytes) const;

    QTemporaryDir m_dir;
    QProcess m_process;
    int m_port = 0;
    std::unique_ptr<AgentClient> m_client;
};

} // namespace Flotilla::Test
