// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/localconnect.h"

#include "backends/hosts/local/localstream.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QHostAddress>
#include <QTcpSocket>
#include <QTimer>

#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Flotilla {

namespace {

using Device = std::shared_ptr<QIODevice>;
constexpr std::chrono::milliseconds connectTimeout{5'000};
constexpr std::chrono::milliseconds fullQueuePause{5};

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

Future<Device> connectToPort(quint16 port)
{
    auto *socket = new QTcpSocket;
    auto *attempt = new Attempt(socket, QStringLiteral("127.0.0.1:%1").arg(port));
    auto future = attempt->promise.future();
    QObject::connect(socket, &QTcpSocket::connected, attempt,
                     [attempt] { attempt->finish(Result<Device>(attempt->device)); });
    QObject::connect(socket, &QTcpSocket::errorOccurred, attempt,
                     [attempt] { attempt->finish(nobodyListens(attempt->where, attempt->device->errorString())); });
    QObject::connect(&attempt->timer, &QTimer::timeout, attempt,
                     [attempt] { attempt->finish(tooSlow(attempt->where)); });
    socket->connectToHost(QHostAddress::LocalHost, port);
    return future;
}

/// -1 and errno when it cannot be connected; EAGAIN when the listener's queue is full.
int openUnixSocket(const QByteArray &path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= qsizetype(sizeof address.sun_path)) {
        errno = ENAMETOOLONG;
        return -1;
    }
    std::memcpy(address.sun_path, path.constData(), std::size_t(path.size()));
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || ::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return fd;
    const int error = errno;
    ::close(fd);
    errno = error;
    return -1;
}

/// A listener whose queue is full is asked again until the deadline.
class UnixAttempt : public QObject
{
public:
    explicit UnixAttempt(QString path)
        : m_path(std::move(path))
        , m_deadline(connectTimeout)
    {
        m_promise.start();
    }
    Future<Device> begin()
    {
        auto future = m_promise.future();
        tryOnce();
        return future;
    }

private:
    void tryOnce()
    {
        const int fd = openUnixSocket(QFile::encodeName(m_path));
        if (fd < 0 && errno == EAGAIN && !m_deadline.hasExpired())
            return QTimer::singleShot(fullQueuePause, this, &UnixAttempt::tryOnce);
        if (fd >= 0)
            m_promise.addResult(Result<Device>(share(new LocalStream(fd))));
        else if (errno == EAGAIN)
            m_promise.addResult(Result<Device>(tooSlow(m_path)));
        else
            m_promise.addResult(Result<Device>(nobodyListens(m_path, QString::fromLocal8Bit(std::strerror(errno)))));
        m_promise.finish();
        deleteLater();
    }

    QString m_path;
    QDeadlineTimer m_deadline;
    QPromise<Result<Device>> m_promise;
};

} // namespace

Future<Device> connectLocally(const ConnectTarget &target)
{
    if (const auto *path = std::get_if<UnixPath>(&target))
        return (new UnixAttempt(path->path))->begin();
    return connectToPort(std::get<TcpPort>(target).port);
}

} // namespace Flotilla
