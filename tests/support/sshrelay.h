// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpServer>
#include <QTcpSocket>

namespace Flotilla::Test {

/// Carries connections to an sshd, counts what passes, and cuts them at an exact byte. A client reaches it at port().
/// Needs the event loop of the test.
class SshRelay
{
public:
    explicit SshRelay(quint16 sshd)
        : m_sshd(sshd)
    {
        m_server.listen(QHostAddress::LocalHost);
        m_port = m_server.serverPort();
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            while (QTcpSocket *near = m_server.nextPendingConnection())
                carry(near);
        });
    }

    quint16 port() const { return m_port; }
    /// Every connection is cut when so many more bytes came by, in both directions.
    void cutAfter(qint64 bytes) { m_cutAt = m_passed + bytes; }
    bool hasCut() const { return m_cuts > 0; }
    void refuse() { m_server.close(); }                                        ///< from now on nobody can connect
    bool accept() { return m_server.listen(QHostAddress::LocalHost, m_port); } ///< again
    qint64 passed() const { return m_passed; }
    qint64 passedSinceCut() const { return m_passed - m_passedBefore; }

private:
    void carry(QTcpSocket *near)
    {
        auto *far = new QTcpSocket(near);
        far->connectToHost(QHostAddress::LocalHost, m_sshd);
        QObject::connect(near, &QTcpSocket::readyRead, far, [this, near, far] { pass(near, far); });
        QObject::connect(far, &QTcpSocket::readyRead, near, [this, near, far] { pass(far, near); });
        QObject::connect(near, &QTcpSocket::disconnected, far, &QTcpSocket::abort);
        QObject::connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::abort);
    }
    void pass(QTcpSocket *from, QTcpSocket *to)
    {
        const QByteArray bytes = from->readAll();
        m_passed += bytes.size();
        if (m_cutAt < 0 || m_passed < m_cutAt) {
            to->write(bytes);
            return;
        }
        m_cutAt = -1;
        ++m_cuts;
        m_passedBefore = m_passed;
        for (QTcpSocket *near : m_server.findChildren<QTcpSocket *>(QString(), Qt::FindDirectChildrenOnly))
            near->abort();
    }

    QTcpServer m_server;
    quint16 m_sshd;
    quint16 m_port = 0;
    qint64 m_passed = 0;
    qint64 m_passedBefore = 0;
    qint64 m_cutAt = -1;
    int m_cuts = 0;
};

} // namespace Flotilla::Test
