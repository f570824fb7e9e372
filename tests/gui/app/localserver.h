// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

namespace Flotilla::Test {

/// A tiny HTTP server for pages of a test: one answer per path, everything else is 404. Remembers what was asked.
class LocalServer : public QTcpServer
{
    Q_OBJECT

public:
    LocalServer()
    {
        listen(QHostAddress::LocalHost, 0);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
        });
    }
    QUrl url(const QString &host = QStringLiteral("app")) const
    {
        return QUrl(QStringLiteral("http://%1.localhost:%2/").arg(host).arg(serverPort()));
    }
    void setPage(const QByteArray &body)
    {
        pages[QStringLiteral("/")] =
            "<!doctype html><html><head><title>Test page</title></head><body>" + body + "</body></html>";
    }

    QHash<QString, QByteArray> pages;
    QStringList asked;
    QStringList silent; ///< paths that are never answered

private:
    void answer(QTcpSocket *socket)
    {
        const QByteArray request = socket->readAll();
        const QString path = QString::fromLatin1(request.split(' ').value(1));
        asked.append(path);
        if (silent.contains(path))
            return;
        const bool known = pages.contains(path);
        const QByteArray body = pages.value(path);
        const QByteArray type = path.endsWith(QLatin1String(".js")) ? "text/javascript" : "text/html; charset=utf-8";
        socket->write("HTTP/1.1 " + QByteArray(known ? "200 OK" : "404 Not Found") + "\r\nContent-Type: " + type +
                      "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" +
                      body);
        socket->disconnectFromHost();
    }
};

} // namespace Flotilla::Test
