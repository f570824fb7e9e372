// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/streamdescriptor.h"

#include "backends/hosts/local/localstream.h"

#include <QAbstractSocket>
#include <QCoreApplication>
#include <QLocalSocket>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr qint64 bridgeHighWater = 256 * 1024;

Error unusable(const QString &detail)
{
    return {ErrorKind::Unavailable, QCoreApplication::translate("Preview", "The app cannot be reached."), detail};
}

Result<int> duplicate(qintptr descriptor)
{
    const int copy = ::fcntl(static_cast<int>(descriptor), F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        return unusable(QString::fromLocal8Bit(std::strerror(errno)));
    ::fcntl(copy, F_SETFL, ::fcntl(copy, F_GETFL) | O_NONBLOCK);
    return copy;
}

/// Carries bytes between a device and one end of a socket pair; ends itself with either.
class StreamBridge : public QObject
{
public:
    StreamBridge(std::shared_ptr<QIODevice> device, int descriptor)
        : m_device(std::move(device))
    {
        m_local.setReadBufferSize(bridgeHighWater);
        m_local.setSocketDescriptor(descriptor);
        QIODevice *device_ = m_device.get();
        connect(device_, &QIODevice::readyRead, this, [this] { pump(*m_device, m_local); });
        connect(&m_local, &QIODevice::bytesWritten, this, [this] { pump(*m_device, m_local); });
        connect(&m_local, &QIODevice::readyRead, this, [this] { pump(m_local, *m_device); });
        connect(device_, &QIODevice::bytesWritten, this, [this] { pump(m_local, *m_device); });
        connect(device_, &QIODevice::readChannelFinished, this, [this] { deviceEnded(); });
        connect(device_, &QIODevice::aboutToClose, this, [this] { deviceEnded(); });
        connect(&m_local, &QLocalSocket::disconnected, this, [this] { localEnded(); });
        pump(*m_device, m_local);
    }

private:
    static void pump(QIODevice &from, QIODevice &to)
    {
        while (from.bytesAvailable() > 0 && to.bytesToWrite() < bridgeHighWater)
            to.write(from.read(64 * 1024));
    }
    void deviceEnded()
    {
        m_local.write(m_device->readAll());
        m_local.disconnectFromServer();
    }
    void localEnded()
    {
        m_device->disconnect(this);
        m_device->write(m_local.readAll());
        m_device->close();
        deleteLater();
    }

    std::shared_ptr<QIODevice> m_device;
    QLocalSocket m_local;
};

Result<int> bridge(std::shared_ptr<QIODevice> stream)
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return unusable(QString::fromLocal8Bit(std::strerror(errno)));
    new StreamBridge(std::move(stream), ends[0]); // deletes itself
    return ends[1];
}

} // namespace

Result<int> takeDescriptor(std::shared_ptr<QIODevice> stream)
{
    if (!stream || !stream->isOpen())
        return unusable(QStringLiteral("the stream is not open"));
    qintptr descriptor = -1;
    if (const auto *unixSocket = dynamic_cast<LocalStream *>(stream.get()))
        descriptor = unixSocket->descriptor();
    else if (const auto *local = qobject_cast<QLocalSocket *>(stream.get()))
        descriptor = local->socketDescriptor();
    else if (const auto *socket = qobject_cast<QAbstractSocket *>(stream.get()))
        descriptor = socket->socketDescriptor();
    if (descriptor < 0 || stream->bytesAvailable() > 0 || stream->bytesToWrite() > 0)
        return bridge(std::move(stream));
    Result<int> copy = duplicate(descriptor);
    if (copy)
        stream->close();
    return copy;
}

} // namespace Flotilla
