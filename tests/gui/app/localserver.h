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
    /// Paths with so many bytes whose number is not told. They are sent as fast as they are taken.
    QHash<QString, qint64> streams;
    qint64 streamed = 0;
    QHash<QString, QByteArray> statuses; ///< of paths that do not answer with 200, and headers

    /// Closes what was never answered.
    void endAll()
    {
        for (auto *socket : findChildren<QTcpSocket *>())
            socket->disconnectFromHost();
    }

private:
    void stream(QTcpSocket *socket, qint64 size)
    {
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nConnection: close\r\n\r\n");
        const auto pump = [this, socket, left = size]() mutable {
            for (; left > 0 && socket->bytesToWrite() < (1 << 20); left -= 1 << 16, streamed += 1 << 16)
                socket->write(QByteArray(1 << 16, 'x'));
            if (left <= 0 && socket->bytesToWrite() == 0)
                socket->disconnectFromHost();
        };
        connect(socket, &QTcpSocket::bytesWritten, this, pump);
    }
    void answer(QTcpSocket *socket)
    {
        const QByteArray request = socket->readAll();
        const QString path = QString::fromLatin1(request.split(' ').value(1));
        asked.append(path);
        if (silent.contains(path))
            return;
        if (streams.contains(path))
            return stream(socket, streams.value(path));
        const bool known = pages.contains(path);
        const QByteArray body = pages.value(path);
        const QByteArray type = path.endsWith(QLatin1String(".js")) ? "text/javascript" : "text/html; charset=utf-8";
        socket->write("HTTP/1.1 " + statuses.value(path, known ? "200 OK" : "404 Not Found") +
                      "\r\nContent-Type: " + type + "\r\nContent-Length: " + QByteArray::number(body.size()) +
                      "\r\nConnection: close\r\n\r\n" + body);
        socket->disconnectFromHost();
    }
};

} // namespace Flotilla::Test
