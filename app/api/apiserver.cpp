// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiserver.h"

#include "app/api/apiroutes.h"
#include "backends/core/id.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QSaveFile>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace Flotilla {

namespace {

constexpr int requestDeadlineMs = 10'000;
constexpr int tokenBytes = 24;

Result<QString> readOrMakeToken(const QString &path)
{
    QFile old(path);
    if (old.open(QIODevice::ReadOnly)) {
        const QString token = QString::fromLatin1(old.read(256)).trimmed();
        if (token.size() >= 2 * tokenBytes)
            return token;
    }
    const QString token = randomHex(tokenBytes);
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
        file.write(token.toLatin1() + '\n') > 0 && file.commit())
        return token;
    return Error{ErrorKind::Storage,
                 QCoreApplication::translate("Api", "The token of the control API cannot be kept in %1.").arg(path),
                 file.errorString()};
}

/// In constant time for texts of one length.
bool isSame(const QByteArray &a, const QByteArray &b)
{
    if (a.size() != b.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < a.size(); ++i)
        difference |= unsigned(a[i]) ^ unsigned(b[i]);
    return difference == 0;
}

void send(QTcpSocket *socket, const ApiResponse &response)
{
    socket->write(response.bytes());
    socket->disconnectFromHost();
}

} // namespace

ApiServer::ApiServer(Application *application, QObject *parent)
    : QObject(parent)
    , m_application(application)
{
    connect(&m_server, &QTcpServer::newConnection, this, &ApiServer::accept);
}

Status ApiServer::begin(quint16 port, const QString &tokenFile)
{
    const auto token = readOrMakeToken(tokenFile);
    if (!token)
        return token.error();
    m_token = *token;
    if (m_server.listen(QHostAddress::LocalHost, port))
        return {};
    return Error{ErrorKind::Conflict,
                 QCoreApplication::translate("Api", "The control API cannot listen on port %1.").arg(port),
                 m_server.errorString()};
}

void ApiServer::accept()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        const auto parser = std::make_shared<ApiParser>();
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(requestDeadlineMs, socket, [socket, parser] {
            if (parser->request().method.isEmpty())
                socket->abort();
        });
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, parser] {
            const auto state = parser->feed(socket->readAll());
            if (state == ApiParser::State::More)
                return;
            socket->disconnect(this);
            if (state == ApiParser::State::Done)
                return answer(socket, parser->request());
            const bool large = state == ApiParser::State::TooLarge;
            send(socket, ApiResponse::failure(large ? 413 : 400, QStringLiteral("invalid"),
                                              QStringLiteral("The request cannot be read.")));
        });
    }
}

/// A web page in a browser on this machine must not get through: it cannot know the token, and its requests carry an
/// Origin or another Host.
ApiResponse ApiServer::refusal(const ApiRequest &request) const
{
    const QByteArray host = request.headers.value("host");
    const QByteArray port = QByteArray::number(m_server.serverPort());
    if ((host != "127.0.0.1:" + port && host != "localhost:" + port) || request.headers.contains("origin"))
        return ApiResponse::failure(403, QStringLiteral("forbidden"), QStringLiteral("Not from here."));
    if (!isSame(request.headers.value("authorization"), "Bearer " + m_token.toLatin1()))
        return ApiResponse::failure(401, QStringLiteral("unauthorized"),
                                    QStringLiteral("The token is missing or wrong."));
    return {0, {}, {}};
}

void ApiServer::answer(QTcpSocket *socket, const ApiRequest &request)
{
    if (const ApiResponse refused = refusal(request); refused.status != 0)
        return send(socket, refused);
    answerApi(m_application, request).then([socket = QPointer<QTcpSocket>(socket)](const ApiResponse &response) {
        if (socket)
            send(socket, response);
    });
}

} // namespace Flotilla
