// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/api/apihttp.h"

#include <QTimer>

#include <chrono>
#include <functional>

class QTcpSocket;

namespace Flotilla {

/// One connection of the control API: one request in, one response out, then it is over. Nobody holds it longer than
/// two deadlines, however slowly they write or read; the time that the answer takes does not count. Deletes itself.
class ApiConnection : public QObject
{
    Q_OBJECT

public:
    using Handler = std::function<void(ApiConnection *connection, const ApiRequest &request)>;
    /// Takes the socket.
    ApiConnection(QTcpSocket *socket, std::chrono::milliseconds deadline, Handler handler, QObject *parent);
    void send(ApiResponse response);
    /// Others wait for its place: nothing that the client has still to do may take longer than this from now on.
    void hurry(std::chrono::milliseconds deadline);

private:
    void begin();
    void read();
    void finish();
    void giveUp();

    QTcpSocket *m_socket;
    std::chrono::milliseconds m_deadline;
    Handler m_handler;
    ApiParser m_parser;
    QTimer m_timer;
    bool m_isHead = false;
    enum class Step { Reading, Answering, Closing } m_step = Step::Reading;
};

} // namespace Flotilla
