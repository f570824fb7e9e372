// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/streambridge.h"

#include <QLocalSocket>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qint64 highWater = 512 * 1024;

} // namespace

StreamBridge::StreamBridge(std::shared_ptr<QIODevice> stream, QLocalSocket *socket, QObject *parent)
    : QObject(parent)
    , m_stream(std::move(stream))
    , m_socket(socket)
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(highWater);
    for (QIODevice *device : {m_stream.get(), static_cast<QIODevice *>(m_socket)}) {
        connect(device, &QIODevice::readyRead, this, &StreamBridge::pumpBoth);
        connect(device, &QIODevice::bytesWritten, this, &StreamBridge::pumpBoth);
        connect(device, &QIODevice::readChannelFinished, this, &StreamBridge::finish);
    }
    connect(m_socket, &QLocalSocket::disconnected, this, &StreamBridge::finish);
    QMetaObject::invokeMethod(this, &StreamBridge::pumpBoth, Qt::QueuedConnection);
}

void StreamBridge::pumpBoth()
{
    pump(*m_stream, *m_socket);
    pump(*m_socket, *m_stream);
    if (m_ending && m_stream->bytesAvailable() == 0)
        finish();
}

void StreamBridge::pump(QIODevice &from, QIODevice &to)
{
    while (from.bytesAvailable() > 0 && to.isOpen() && to.bytesToWrite() < highWater) {
        const QByteArray bytes = from.read(64 * 1024);
        if (bytes.isEmpty() || to.write(bytes) < 0)
            return;
    }
}

/// What came before the end still goes out: a local socket that is closed writes the rest by itself.
void StreamBridge::finish()
{
    m_ending = true;
    pump(*m_socket, *m_stream);
    pump(*m_stream, *m_socket);
    const bool waits = m_socket->state() == QLocalSocket::ConnectedState && m_stream->bytesAvailable() > 0;
    if (waits || !m_stream->isOpen())
        return;
    m_stream->close();
    m_socket->disconnectFromServer();
    deleteLater();
}

} // namespace Flotilla
