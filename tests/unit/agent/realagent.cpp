// SPDX-License-Identifier: GPL-3.0-or-later
#include "realagent.h"

#include "await.h"

#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QTcpServer>

namespace Flotilla::Test {

namespace {

int freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

} // namespace

StreamOpener localOpener(const QString &path)
{
    return [path] {
        auto socket = std::make_shared<QLocalSocket>();
        socket->connectToServer(path);
        if (!socket->waitForConnected(1000)) {
            const Error error{ErrorKind::Unavailable, socket->errorString(), path};
            return readyFuture(Result<std::shared_ptr<QIODevice>>(error));
        }
        return readyFuture(Result<std::shared_ptr<QIODevice>>(std::shared_ptr<QIODevice>(socket)));
    };
}

RealAgent::RealAgent(const QByteArray &limits, const QString &runtimeDir)
    : m_port(freePort())
{
    for (const char *name : {"run", "app", "data", "work", "runtime"})
        QDir(m_dir.path()).mkdir(QLatin1String(name));
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.start(qEnvironmentVariable("FLOTILLA_BIN_DIR") + QLatin1String("/flotilla-agent"),
                    {QStringLiteral("serve"), QStringLiteral("--dir"), path(QStringLiteral("run")),
                     QStringLiteral("--app-dir"), path(QStringLiteral("app")), QStringLiteral("--data-dir"),
                     path(QStringLiteral("data")), QStringLiteral("--work-dir"), path(QStringLiteral("work")),
                     QStringLiteral("--runtime-dir"),
                     runtimeDir.isEmpty() ? path(QStringLiteral("runtime")) : runtimeDir, QStringLiteral("--port"),
                     QString::number(m_port), QStringLiteral("--limits"), QString::fromUtf8(limits)});
    m_client = std::make_unique<AgentClient>(localOpener(path(QStringLiteral("run/control.sock"))));
}

RealAgent::~RealAgent()
{
    m_client.reset();
    m_process.terminate(); // it takes everything it started with it
    if (!m_process.waitForFinished(10'000))
        m_process.kill();
    m_process.waitForFinished(1000);
}

QByteArray RealAgent::talk(const QString &socketPath, const QByteArray &bytes) const
{
    QLocalSocket socket;
    socket.connectToServer(socketPath);
    if (!socket.waitForConnected(5000))
        return {};
    socket.write(bytes);
    QByteArray answer;
    if (QTest::qWaitFor(
            [&] {
                answer += socket.readAll();
                return socket.state() == QLocalSocket::UnconnectedState;
            },
            20'000))
        answer += socket.readAll();
    return answer;
}

QByteArray RealAgent::controlRaw(const QByteArray &bytes) const
{
    return talk(path(QStringLiteral("run/control.sock")), bytes);
}

HttpReply RealAgent::get(const QByteArray &target, const QByteArray &method) const
{
    const QByteArray answer = talk(path(QStringLiteral("run/app.sock")),
                                   method + ' ' + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    const qsizetype split = answer.indexOf("\r\n\r\n");
    return {answer.mid(9, 3).toInt(), answer.left(split), split < 0 ? QByteArray() : answer.mid(split + 4)};
}

QString RealAgent::runtimeWithCompiler()
{
    for (const QString &path :
         {qEnvironmentVariable("FLOTILLA_RUNTIME_DIR"),
          qEnvironmentVariable("FLOTILLA_BIN_DIR") + QLatin1String("/../share/flotilla/runtime")}) {
        if (!path.isEmpty() && QFileInfo(path + QLatin1String("/bin/esbuild")).isExecutable())
            return QDir::cleanPath(path);
    }
    return {};
}

} // namespace Flotilla::Test
