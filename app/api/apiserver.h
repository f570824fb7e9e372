// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apihttp.h"
#include "backends/core/result.h"

#include <QObject>
#include <QTcpServer>

#include <chrono>

class QTcpSocket;

namespace Flotilla {

class ApiConnection;
class Application;

/// The control API for scripts: HTTP on 127.0.0.1 only, every request with the bearer token, JSON in and out. Off
/// unless somebody begins it. One request a connection.
class ApiServer : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        std::chrono::milliseconds deadline{10'000}; ///< for a request to arrive, and for its answer to be taken
        std::chrono::milliseconds hurried{1'000};   ///< the same while others wait for a place
        int connections = 128;                      ///< more wait until one of them ends
    };
    explicit ApiServer(Application *application, QObject *parent = nullptr);
    void setLimits(Limits limits) { m_limits = limits; }

    /// `port` 0 takes a free one. The token must not be empty.
    Status begin(quint16 port, const QString &token);
    void end(); ///< connections too
    bool isOn() const { return m_server.isListening(); }
    quint16 port() const { return m_server.serverPort(); }
    void setToken(const QString &token) { m_token = token; } ///< the old one counts no more

    static QString makeToken();
    /// The token that is kept in a file, readable by the user only; made when there is none.
    static Result<QString> tokenInFile(const QString &path);

private:
    void accept();
    void take(QTcpSocket *socket);
    QList<ApiConnection *> connections() const;
    ApiResponse refusal(const ApiRequest &request) const; ///< status 0: it may pass
    void answer(ApiConnection *connection, const ApiRequest &request);

    Application *m_application;
    QTcpServer m_server;
    QString m_token;
    Limits m_limits;
};

} // namespace Flotilla
