// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace Flotilla {

/// A little app on a Unix socket. Paths: /hello, /sum (SHA-256 of a body with a length), /chunks (a chunked body, sent
/// back chunked), /big?BYTES, /events (server-sent, by push()), /ws (101, then echo), /decline (an upgrade refused),
/// /silent (closes without an answer), /never.
class PretendApp : public QObject
{
public:
    explicit PretendApp(const QByteArray &name);

    QString path() const { return m_server.fullServerName(); }
    void push(const QByteArray &event);
    int connections = 0;
    QList<QByteArray> heads;
    bool sawEnd = false; ///< a client said that nothing more comes

private:
    void take(QLocalSocket *socket);
    bool answer(QLocalSocket *socket, QByteArray &input);

    QTemporaryDir m_dir;
    QByteArray m_name;
    QLocalServer m_server;
    QHash<QLocalSocket *, QByteArray> m_input;
    QHash<QLocalSocket *, bool> m_raw;
    QList<QPointer<QLocalSocket>> m_events;
};

/// A browser's end of a connection, by hand.
class Visitor
{
public:
    explicit Visitor(quint16 port, const QHostAddress &address = QHostAddress(QHostAddress::LocalHost));
    void send(const QByteArray &bytes) { socket.write(bytes); }
    /// Waits until what came ends with, or contains, `text`.
    bool sees(const QByteArray &text, int timeoutMs = 5000);
    bool closed(int timeoutMs = 5000);

    QTcpSocket socket;
    QByteArray received;
};

} // namespace Flotilla
