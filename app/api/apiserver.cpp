// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/api/apiserver.h"

#include "app/api/apiconnection.h"
#include "app/api/apiroutes.h"
#include "app/api/apiwords.h"
#include "backends/core/id.h"
#include "backends/core/log.h"

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QSaveFile>
#include <QTcpSocket>

namespace Flotilla {

namespace {

constexpr int tokenBytes = 24;
constexpr int waiting = 1000;
const QByteArray scheme("Bearer ");

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

} // namespace

ApiServer::ApiServer(Application *application, QObject *parent)
    : QObject(parent)
    , m_application(application)
{
    m_server.setListenBacklogSize(waiting);
    connect(&m_server, &QTcpServer::newConnection, this, &ApiServer::accept);
}

QString ApiServer::makeToken()
{
    return randomHex(tokenBytes);
}

Result<QString> ApiServer::tokenInFile(const QString &path)
{
    QFile old(path);
    if (old.open(QIODevice::ReadOnly)) {
        const QString token = QString::fromLatin1(old.read(256)).trimmed();
        if (token.size() >= 2 * tokenBytes)
            return token;
    }
    const QString token = makeToken();
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
        file.write(token.toLatin1() + '\n') > 0 && file.flush() && file.commit())
        return token;
    return Error{ErrorKind::Storage,
                 QCoreApplication::translate("Api", "The token of the control API cannot be kept in %1.").arg(path),
                 file.errorString()};
}

Status ApiServer::begin(quint16 port, const QString &token)
{
    FLOTILLA_ASSERT(!token.isEmpty(), return (Error{ErrorKind::Internal, {}, {}}));
    m_token = token;
    if (m_server.listen(QHostAddress::LocalHost, port))
        return {};
    return Error{
        ErrorKind::Conflict,
        QCoreApplication::translate("Api", "The control API cannot listen on port %1. Choose another one.").arg(port),
        m_server.errorString()};
}

void ApiServer::end()
{
    m_server.close();
    qDeleteAll(connections());
}

QList<ApiConnection *> ApiServer::connections() const
{
    return findChildren<ApiConnection *>(QString(), Qt::FindDirectChildrenOnly);
}

/// Also when a connection has ended: who came while there were too many waits in the kernel meanwhile. Clients that
/// say nothing give their places up sooner then.
void ApiServer::accept()
{
    if (!isOn())
        return;
    while (connections().size() < m_limits.connections) {
        QTcpSocket *socket = m_server.nextPendingConnection();
        if (!socket)
            return m_server.resumeAccepting();
        take(socket);
    }
    m_server.pauseAccepting();
    for (ApiConnection *connection : connections())
        connection->hurry(m_limits.hurried);
}

void ApiServer::take(QTcpSocket *socket)
{
    auto *connection = new ApiConnection(
        socket, m_limits.deadline, [this](ApiConnection *from, const ApiRequest &request) { answer(from, request); },
        this);
    connect(connection, &QObject::destroyed, this, &ApiServer::accept, Qt::QueuedConnection);
}

/// A web page in a browser on this machine must not get through: it cannot know the token, and its requests carry an
/// Origin or another Host.
ApiResponse ApiServer::refusal(const ApiRequest &request) const
{
    const QByteArray host = request.headers.value("host");
    const QByteArray port = QByteArray::number(m_server.serverPort());
    if ((host != "127.0.0.1:" + port && host != "localhost:" + port) || request.headers.contains("origin"))
        return ApiResponse::failure(
            403, QStringLiteral("forbidden"),
            ApiWords::tr(
                "Only programs of this computer may ask: without Origin, and with 127.0.0.1 and the port as Host."));
    const QByteArray given = request.headers.value("authorization");
    const bool isBearer = given.left(scheme.size()).compare(scheme, Qt::CaseInsensitive) == 0; // as RFC 9110 has it
    if (m_token.isEmpty() || !isBearer || !isSame(given.mid(scheme.size()), m_token.toLatin1()))
        return ApiResponse::failure(401, QStringLiteral("unauthorized"),
                                    ApiWords::tr("The token is missing or wrong."));
    return {0, {}, {}};
}

void ApiServer::answer(ApiConnection *connection, const ApiRequest &request)
{
    if (const ApiResponse refused = refusal(request); refused.status != 0)
        return connection->send(refused);
    answerApi(m_application, request)
        .then([connection = QPointer<ApiConnection>(connection)](const ApiResponse &response) {
            if (connection)
                connection->send(response);
        });
}

} // namespace Flotilla
