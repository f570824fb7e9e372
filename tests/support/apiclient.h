// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QHash>
#include <QJsonDocument>
#include <QTcpSocket>
#include <QTest>

#include <functional>

namespace Flotilla::Test {

struct ApiAnswer
{
    int status = 0; ///< 0: no answer came
    QHash<QByteArray, QByteArray> headers;
    QByteArray body;
    QJsonDocument json() const { return QJsonDocument::fromJson(body); }
};

/// Speaks to the control API byte by byte, as a script would and as it should not. Every wait ends.
class ApiClient
{
public:
    ApiClient(quint16 port, QByteArray token)
        : m_port(port)
        , m_token(std::move(token))
    {
    }

    QByteArray head(const QByteArray &method, const QByteArray &path, const QByteArray &more = {}) const
    {
        return method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) +
               "\r\nAuthorization: Bearer " + m_token + "\r\n" + more;
    }
    ApiAnswer ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {}) const
    {
        const QByteArray length = "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
        ApiAnswer answer = send(head(method, path, length) + body);
        if (observe)
            observe(method, path, answer);
        return answer;
    }
    /// Sees every answer to ask().
    std::function<void(const QByteArray &method, const QByteArray &path, const ApiAnswer &answer)> observe;
    /// These bytes, and what comes back until the server closes.
    ApiAnswer send(const QByteArray &bytes, int timeoutMs = 30'000) const
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_port);
        socket.write(bytes);
        return parse(untilClosed(socket, timeoutMs));
    }
    static QByteArray untilClosed(QTcpSocket &socket, int timeoutMs)
    {
        QByteArray all;
        static_cast<void>(QTest::qWaitFor(
            [&] {
                all += socket.readAll();
                return socket.state() == QAbstractSocket::UnconnectedState;
            },
            timeoutMs));
        return all + socket.readAll();
    }

private:
    static ApiAnswer parse(const QByteArray &bytes)
    {
        ApiAnswer answer;
        const qsizetype end = bytes.indexOf("\r\n\r\n");
        if (end < 0)
            return answer;
        const QByteArrayList lines = bytes.left(end).split('\n');
        answer.status = lines.first().split(' ').value(1).toInt();
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            answer.headers.insert(line.left(colon).toLower(), line.mid(colon + 1).trimmed());
        }
        answer.body = bytes.mid(end + 4);
        return answer;
    }

    quint16 m_port;
    QByteArray m_token;
};

} // namespace Flotilla::Test
