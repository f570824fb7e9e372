// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiconnection.h"

#include "app/api/apiwords.h"

#include <QTcpSocket>

#include <sys/socket.h>

namespace Flotilla {

namespace {

constexpr qint64 mostBuffered = 64 * 1024;

ApiResponse unreadable(ApiParser::State state)
{
    if (state == ApiParser::State::TooLarge)
        return ApiResponse::failure(413, QStringLiteral("too-large"),
                                    ApiWords::tr("The request is too large: its body may have 1 MB."));
    if (state == ApiParser::State::NoLength)
        return ApiResponse::failure(411, QStringLiteral("length"),
                                    ApiWords::tr("Chunks are not read here. Send the body with a Content-Length."));
    return ApiResponse::failure(400, QStringLiteral("invalid"), ApiWords::tr("The request cannot be read."));
}

} // namespace

ApiConnection::ApiConnection(QTcpSocket *socket, std::chrono::milliseconds deadline, Handler handler, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_deadline(deadline)
    , m_handler(std::move(handler))
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(mostBuffered);
    m_timer.setSingleShot(true);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(m_socket, &QTcpSocket::readyRead, this, &ApiConnection::read);
    connect(&m_timer, &QTimer::timeout, this, &ApiConnection::giveUp);
    m_timer.start(m_deadline);
    QTimer::singleShot(0, this, &ApiConnection::begin);
}

/// While it waited for its turn the client may have written all, and gone.
void ApiConnection::begin()
{
    if (m_socket->state() == QAbstractSocket::UnconnectedState)
        deleteLater();
    else if (m_socket->bytesAvailable() > 0)
        read();
}

/// What comes after the request is thrown away.
void ApiConnection::read()
{
    const QByteArray bytes = m_socket->readAll();
    if (m_step != Step::Reading)
        return;
    const auto state = m_parser.feed(bytes);
    if (state == ApiParser::State::More)
        return;
    m_timer.stop();
    m_step = Step::Answering;
    m_isHead = m_parser.request().method == "HEAD";
    if (state == ApiParser::State::Done)
        m_handler(this, m_parser.request());
    else
        send(unreadable(state));
}

void ApiConnection::send(ApiResponse response)
{
    response.withoutBody = m_isHead;
    m_step = Step::Closing;
    m_timer.start(m_deadline);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &ApiConnection::finish);
    m_socket->write(response.bytes());
}

/// Says that this was all, and waits for the client to close: who closes while the client still sends takes the answer
/// from it.
void ApiConnection::finish()
{
    if (m_socket->bytesToWrite() == 0)
        ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
}

void ApiConnection::hurry(std::chrono::milliseconds deadline)
{
    m_deadline = std::min(m_deadline, deadline);
    if (m_timer.isActive() && m_timer.remainingTimeAsDuration() > m_deadline)
        m_timer.start(m_deadline);
}

void ApiConnection::giveUp()
{
    if (m_step == Step::Closing)
        return m_socket->abort();
    send(ApiResponse::failure(408, QStringLiteral("timeout"), ApiWords::tr("The request took too long to arrive.")));
}

} // namespace Flotilla
