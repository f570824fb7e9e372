// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/runtime/runtimeserver.h"

#include <QFile>
#include <QTcpSocket>
#include <QUrl>

RuntimeServer::RuntimeServer(const QString &runtime, QObject *parent)
    : QTcpServer(parent)
    , m_runtime(runtime)
{
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
    listen(QHostAddress::LocalHost, 0);
}

QUrl RuntimeServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path));
}

QByteArray RuntimeServer::body(const QString &path) const
{
    if (!path.startsWith(QLatin1String("/_flotilla/")))
        return m_pages.value(path);
    QFile file(m_runtime + path.mid(10));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void RuntimeServer::answer(QTcpSocket *socket)
{
    const QByteArray request = socket->peek(65536);
    if (!request.contains("\r\n\r\n"))
        return;
    socket->readAll();
    const QString path = QString::fromUtf8(request.split(' ').value(1));
    const QByteArray content = body(path);
    const QByteArray type = path.endsWith(QLatin1String(".css"))  ? "text/css"
                            : path.endsWith(QLatin1String(".js")) ? "text/javascript"
                                                                  : "text/html; charset=utf-8";
    socket->write(
        "HTTP/1.1 " + QByteArray(content.isEmpty() ? "404 Not Found" : "200 OK") + "\r\nContent-Type: " + type +
        "\r\nConnection: close\r\nContent-Length: " + QByteArray::number(content.size()) + "\r\n\r\n" + content);
    socket->disconnectFromHost();
}
