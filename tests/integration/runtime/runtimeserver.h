// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QTcpServer>

/// Serves the vendor modules of a built runtime and pages from memory on a free loopback port, one answer a connection.
class RuntimeServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit RuntimeServer(const QString &runtime, QObject *parent = nullptr);
    void add(const QString &path, const QByteArray &body) { m_pages.insert(path, body); }
    QUrl url(const QString &path) const;

private:
    void answer(QTcpSocket *socket);
    QByteArray body(const QString &path) const;

    QString m_runtime;
    QHash<QString, QByteArray> m_pages;
};
