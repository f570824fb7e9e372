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

/// One attempt: connected, failed or too late, whichever is first; the others find the promise gone.
struct Attempt
{
    Device device;
    QPromise<Result<Device>> promise;
    QTimer timer;
    bool done = false;

    void finish(Result<Device> result)
    {
        if (std::exchange(done, true))
            return;
        timer.stop();
        promise.addResult(std::move(result));
        promise.finish();
        device->disconnect(&timer); // our connections have the timer as their context
        device.reset();
    }
};

Error nobodyListens(const QString &where, const QString &detail)
{
    return {ErrorKind::Unavailable, QCoreApplication::translate("Hosts", "Nothing answers at %1.").arg(where), detail};
}

template <typename Socket>
Future<Device> attempt(Socket *socket, const QString &where, const std::function<void()> &begin)
{
    auto attempt = std::make_shared<Attempt>();
    attempt->device = share(socket);
    attempt->promise.start();
    auto future = attempt->promise.future();
    QObject::connect(socket, &Socket::connected, &attempt->timer,
                     [attempt] { attempt->finish(Result<Device>(attempt->device)); });
    QObject::connect(socket, &Socket::errorOccurred, &attempt->timer,
                     [attempt, where] { attempt->finish(nobodyListens(where, attempt->device->errorString())); });
    QObject::connect(&attempt->timer, &QTimer::timeout, &attempt->timer, [attempt, where] {
        attempt->finish(Error{
            ErrorKind::Timeout, QCoreApplication::translate("Hosts", "%1 did not answer in time.").arg(where), {}});
    });
    attempt->timer.setSingleShot(true);
    attempt->timer.start(connectTimeout);
    begin();
    return future;
}

} // namespace

Future<Device> connectLocally(const ConnectTarget &target, QObject *owner)
{
    Q_UNUSED(owner)
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
