// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/stream.h"

#include <QHash>
#include <QObject>

QT_BEGIN_NAMESPACE
class QLocalServer;
QT_END_NAMESPACE

namespace Flotilla {

/// Unix sockets on this computer, private to this user, whose connections go on to sockets of a host.
class LocalForwards : public QObject
{
public:
    using Connect = std::function<Future<std::shared_ptr<QIODevice>>(const QString &hostPath)>;

    LocalForwards(QString folder, Connect connect, QObject *parent = nullptr);
    ~LocalForwards() override;

    /// The path of the socket; the same one for the same `hostPath`.
    Result<QString> socketFor(const QString &hostPath);

private:
    void accept(QLocalServer *server, const QString &hostPath);

    QString m_folder;
    Connect m_connect;
    QHash<QString, QLocalServer *> m_servers;
};

} // namespace Flotilla
