// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/stream.h"

#include <QObject>

QT_BEGIN_NAMESPACE
class QLocalSocket;
QT_END_NAMESPACE

namespace Flotilla {

/// Carries bytes between a stream and a local socket, each only as fast as the other takes them, until one of them
/// ends; then closes both and deletes itself. Thread of the devices.
class StreamBridge : public QObject
{
public:
    /// Takes the socket.
    StreamBridge(std::shared_ptr<QIODevice> stream, QLocalSocket *socket, QObject *parent);

private:
    void pump(QIODevice &from, QIODevice &to);
    void pumpBoth();
    void finish();

    std::shared_ptr<QIODevice> m_stream;
    QLocalSocket *m_socket;
    bool m_ending = false;
};

} // namespace Flotilla
