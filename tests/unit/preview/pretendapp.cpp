// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/preview/pretendapp.h"

#include <QCryptographicHash>
#include <QTest>

namespace Flotilla {

namespace {

QByteArray reply(const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

qsizetype lengthOf(const QByteArray &head)
{
    const qsizetype at = head.toLower().indexOf("content-length:");
    return at < 0 ? 0 : head.mid(at + 15, head.indexOf('\r', at) - at - 15).trimmed().toLongLong();
}

} // namespace

PretendApp::PretendApp(const QByteArray &name)
    : m_name(name)
{
    m_server.setMaxPendingConnections(1000);
    m_server.listen(m_dir.filePath(QStringLiteral("app.sock")));
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *socket = m_server.nextPendingConnection()) {
            ++connections;
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { take(socket); });
            connect(socket, &QLocalSocket::readChannelFinished, this, [this] { sawEnd = true; });
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        }
    });
}

void PretendApp::push(const QByteArray &event)
{
    for (const QPointer<QLocalSocket> &socket : std::as_const(m_events)) {
        if (socket)
            socket->write("data: " + event + "\n\n");
    }
}

void PretendApp::take(QLocalSocket *socket)
{
    if (m_raw.value(socket)) {
        socket->write(socket->readAll());
        return;
    }
    QByteArray &input = m_input[socket];
    input += socket->readAll();
    while (!input.isEmpty() && answer(socket, input)) {
    }
}

bool PretendApp::answer(QLocalSocket *socket, QByteArray &input)
{
    const qsizetype end = input.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray head = input.left(end + 4);
    const QByteArray path = head.split(' ').value(1);
    const qsizetype length = lengthOf(head);
    const bool chunked = path == "/chunks";
    const qsizetype total = chunked ? input.indexOf("0\r\n\r\n", end) + 5 : end + 4 + length;
    if (input.size() < total || (chunked && total < end))
        return false;
    heads.append(head);
    const QByteArray body = input.mid(end + 4, total - end - 4);
    input.remove(0, total);
    if (path == "/hello")
        socket->write(reply("hello from " + m_name));
    else if (path == "/sum")
        socket->write(reply(QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex()));
    else if (chunked)
        socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    else if (path.startsWith("/big?"))
        socket->write(reply(QByteArray(path.mid(5).toLongLong(), 'z')));
    else if (path == "/events")
        m_events.append(socket);
    else if (path == "/decline")
        socket->write("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n");
    else if (path == "/silent")
        socket->abort();
    if (path == "/events")
        socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
    if (path == "/ws") {
        m_raw[socket] = true;
        socket->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
    }
    return true;
}

Visitor::Visitor(quint16 port, const QHostAddress &address)
{
    QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { received += socket.readAll(); });
    socket.connectToHost(address, port);
}

bool Visitor::sees(const QByteArray &text, int timeoutMs)
{
    return QTest::qWaitFor([&] { return received.contains(text); }, timeoutMs);
}

bool Visitor::closed(int timeoutMs)
{
    return QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, timeoutMs);
}

} // namespace Flotilla
