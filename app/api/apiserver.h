// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apihttp.h"
#include "backends/core/result.h"

#include <QObject>
#include <QTcpServer>

namespace Flotilla {

class Application;

/// The control API for scripts: HTTP on 127.0.0.1 only, every request with the bearer token, JSON in and out. Off
/// unless somebody begins it. One request a connection.
class ApiServer : public QObject
{
    Q_OBJECT

public:
    explicit ApiServer(Application *application, QObject *parent = nullptr);

    /// `port` 0 takes a free one. The token is kept in `tokenFile`, readable by the user only, and made when missing.
    Status begin(quint16 port, const QString &tokenFile);
    quint16 port() const { return m_server.serverPort(); }
    QString token() const { return m_token; }

private:
    void accept();
    ApiResponse refusal(const ApiRequest &request) const; ///< status 0: it may pass
    void answer(QTcpSocket *socket, const ApiRequest &request);

    Application *m_application;
    QTcpServer m_server;
    QString m_token;
};

} // namespace Flotilla
