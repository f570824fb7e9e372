// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/localforward.h"

#include "backends/core/continuation.h"
#include "backends/hosts/local/privatefolder.h"
#include "backends/hosts/ssh/streambridge.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>

#include <unistd.h>

namespace Flotilla {

LocalForwards::LocalForwards(QString folder, Connect connect, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_connect(std::move(connect))
{
}

LocalForwards::~LocalForwards() = default;

Result<QString> LocalForwards::socketFor(const QString &hostPath)
{
    if (QLocalServer *server = m_servers.value(hostPath))
        return server->fullServerName();
    if (const Status made = makePrivateFolder(m_folder); !made)
        return made.error();
    // The number of the process: two programs with the same folder must not take each other's socket away.
    const QByteArray hash = QCryptographicHash::hash(hostPath.toUtf8(), QCryptographicHash::Sha256).toHex().left(10);
    const QString path = QStringLiteral("%1/%2-%3").arg(m_folder, QString::fromLatin1(hash)).arg(getpid());
    auto *server = new QLocalServer(this);
    server->setSocketOptions(QLocalServer::UserAccessOption);
    server->setMaxPendingConnections(1000);
    QLocalServer::removeServer(path);
    if (!server->listen(path)) {
        Error error{ErrorKind::Storage,
                    QCoreApplication::translate("Hosts", "The socket %1 could not be made.").arg(path),
                    server->errorString()};
        delete server;
        return error;
    }
    connect(server, &QLocalServer::newConnection, this, [this, server, hostPath] { accept(server, hostPath); });
    m_servers.insert(hostPath, server);
    return path;
}

void LocalForwards::accept(QLocalServer *server, const QString &hostPath)
{
    while (QLocalSocket *socket = server->nextPendingConnection()) {
        socket->setReadBufferSize(512 * 1024);
        whenDone(socket, m_connect(hostPath), [this, socket](const Result<std::shared_ptr<QIODevice>> &stream) {
            if (stream)
                new StreamBridge(*stream, socket, this);
            else
                delete socket;
        });
    }
}

} // namespace Flotilla
