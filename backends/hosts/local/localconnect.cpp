// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/localconnect.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QLocalSocket>
#include <QTcpSocket>
#include <QTimer>

namespace Flotilla {

namespace {

using Device = std::shared_ptr<QIODevice>;
constexpr std::chrono::milliseconds connectTimeout{5'000};

/// Closed at once when the last user lets go, deleted when no slot of it can be running any more.
Device share(QIODevice *device)
{
    return {device, [](QIODevice *last) {
                last->close();
                last->deleteLater();
            }};
}

/// One attempt: connected, failed or too late, whichever is first. Deletes itself.
class Attempt : public QObject
{
public:
    Attempt(QIODevice *socket, const QString &target)
        : device(share(socket))
        , where(target)
    {
        promise.start();
        timer.setSingleShot(true);
        timer.start(connectTimeout);
    }

    void finish(Result<Device> result)
    {
        if (std::exchange(done, true))
            return;
        timer.stop();
        device->disconnect(this);
        promise.addResult(std::move(result));
        promise.finish();
        device.reset();
        deleteLater();
    }

    Device device;
    QString where;
    QPromise<Result<Device>> promise;
    QTimer timer;
    bool done = false;
};

Error nobodyListens(const QString &where, const QString &detail)
{
    return {ErrorKind::Unavailable, QCoreApplication::translate("Hosts", "Nothing answers at %1.").arg(where), detail};
}

Error tooSlow(const QString &where)
{
    return {ErrorKind::Timeout, QCoreApplication::translate("Hosts", "%1 did not answer in time.").arg(where), {}};
}

template <typename Socket>
Future<Device> attempt(Socket *socket, const QString &where, const std::function<void()> &begin)
{
    auto *attempt = new Attempt(socket, where);
    auto future = attempt->promise.future();
    QObject::connect(socket, &Socket::connected, attempt,
                     [attempt] { attempt->finish(Result<Device>(attempt->device)); });
    QObject::connect(socket, &Socket::errorOccurred, attempt,
                     [attempt] { attempt->finish(nobodyListens(attempt->where, attempt->device->errorString())); });
    QObject::connect(&attempt->timer, &QTimer::timeout, attempt,
                     [attempt] { attempt->finish(tooSlow(attempt->where)); });
    begin();
    return future;
}

} // namespace

Future<Device> connectLocally(const ConnectTarget &target)
{
    if (const auto *path = std::get_if<UnixPath>(&target)) {
        auto *socket = new QLocalSocket;
        return attempt(socket, path->path, [socket, name = path->path] { socket->connectToServer(name); });
    }
    const quint16 port = std::get<TcpPort>(target).port;
    auto *socket = new QTcpSocket;
    const QString where = QStringLiteral("127.0.0.1:%1").arg(port);
    return attempt(socket, where, [socket, port] { socket->connectToHost(QHostAddress::LocalHost, port); });
}

} // namespace Flotilla
