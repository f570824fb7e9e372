// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/gateway.h"
#include "backends/preview/gatewaylease.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace Flotilla;

namespace {

Future<std::optional<GatewayRoute>> nowhere(const QString &)
{
    return readyFuture<std::optional<GatewayRoute>>(std::optional<GatewayRoute>());
}

} // namespace

class TestGatewayLease : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void thePortStaysOverRestarts()
    {
        quint16 first = 0;
        for (int i = 0; i < 3; ++i) {
            Gateway gateway(nowhere);
            GatewayLease lease(m_dir->path(), &gateway);
            const auto port = lease.begin();
            QVERIFY(port.ok());
            QVERIFY(lease.isOwner());
            QCOMPARE(*port, gateway.port());
            QCOMPARE(*port, first == 0 ? *port : first);
            first = *port;
        }
        const auto mode = QFileInfo(m_dir->filePath(QStringLiteral("gateway.port"))).permissions();
        QVERIFY(!(mode & (QFile::ReadGroup | QFile::ReadOther)));
    }

    void theSecondProgramLearnsThePortAndTakesOver()
    {
        auto ownerGateway = std::make_unique<Gateway>(nowhere);
        auto owner = std::make_unique<GatewayLease>(m_dir->path(), ownerGateway.get());
        const quint16 port = *owner->begin();
        Gateway gateway(nowhere);
        GatewayLease lease(m_dir->path(), &gateway);
        QSignalSpy owned(&lease, &GatewayLease::ownerChanged);
        QCOMPARE(*lease.begin(), port);
        QVERIFY(!lease.isOwner());
        QCOMPARE(gateway.port(), quint16(0));
        owner.reset();
        ownerGateway.reset();
        QTRY_COMPARE(owned.size(), 1);
        QVERIFY(lease.isOwner());
        QCOMPARE(gateway.port(), port);
    }

    void whoFindsNobodyTakesOverAtOnce()
    {
        auto ownerGateway = std::make_unique<Gateway>(nowhere);
        auto owner = std::make_unique<GatewayLease>(m_dir->path(), ownerGateway.get());
        const quint16 port = *owner->begin();
        Gateway gateway(nowhere);
        GatewayLease lease(m_dir->path(), &gateway);
        QVERIFY(lease.begin().ok());
        lease.look();
        QVERIFY(!lease.isOwner()); // the owner lives
        owner.reset();
        ownerGateway.reset();
        lease.look();
        QVERIFY(lease.isOwner());
        QCOMPARE(gateway.port(), port);
        lease.look();
        QVERIFY(lease.isOwner());
    }

    void aStrangerOnThePortMeansAnotherOne()
    {
        QTcpServer stranger;
        QVERIFY(stranger.listen(QHostAddress::LocalHost));
        QFile file(m_dir->filePath(QStringLiteral("gateway.port")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::number(stranger.serverPort()));
        file.close();
        Gateway gateway(nowhere);
        GatewayLease lease(m_dir->path(), &gateway);
        const auto port = lease.begin();
        QVERIFY(port.ok());
        QVERIFY(*port != stranger.serverPort());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().trimmed(), QByteArray::number(*port));
    }

    void nonsenseInThePortFileIsIgnored_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "x", "-1", "0", "80", "65536", "99999999999999999999"})
            QTest::newRow(text) << QByteArray(text);
    }
    void nonsenseInThePortFileIsIgnored()
    {
        QFETCH(QByteArray, text);
        QFile file(m_dir->filePath(QStringLiteral("gateway.port")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        Gateway gateway(nowhere);
        GatewayLease lease(m_dir->path(), &gateway);
        QVERIFY(lease.begin().ok());
        QVERIFY(gateway.port() >= 1024);
    }

    void theGatewayMayGoFirst()
    {
        auto gateway = std::make_unique<Gateway>(nowhere);
        GatewayLease lease(m_dir->path(), gateway.get());
        QVERIFY(lease.begin().ok());
        gateway.reset();
    }

    void originsStayAndDiffer()
    {
        const QString file = m_dir->filePath(QStringLiteral("preview.key"));
        const auto first = PreviewOrigins::open(file);
        QVERIFY(first.ok());
        const auto second = PreviewOrigins::open(file);
        const AppId a{QStringLiteral("a")};
        QCOMPARE(first->secret(a), second->secret(a));
        QCOMPARE(first->secret(a).size(), 32);
        QVERIFY(first->secret(a) != first->secret({QStringLiteral("b")}));
        QCOMPARE(first->url(a, 4711).toString(), QStringLiteral("http://%1.localhost:4711/").arg(first->secret(a)));
        QCOMPARE(QFileInfo(file).permissions() &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        QVERIFY(PreviewOrigins::open(m_dir->filePath(QStringLiteral("other.key")))->secret(a) != first->secret(a));
    }

    void aKeyFileThatIsNotOneIsAnErrorAndStays()
    {
        const QString path = m_dir->filePath(QStringLiteral("preview.key"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("short");
        file.close();
        QCOMPARE(PreviewOrigins::open(path).error().kind, ErrorKind::Storage);
        QCOMPARE(QFileInfo(path).size(), 5);
        QCOMPARE(PreviewOrigins::open(QStringLiteral("/nonexistent/key")).error().kind, ErrorKind::Storage);
    }

    void manyAtOnceAgreeOnOneKey()
    {
        const QString file = m_dir->filePath(QStringLiteral("preview.key"));
        std::array<QString, 8> secrets;
        std::vector<std::thread> threads;
        for (QString &secret : secrets)
            threads.emplace_back([&secret, file] {
                const auto origins = PreviewOrigins::open(file);
                secret = origins ? origins->secret({QStringLiteral("a")}) : origins.error().detail;
            });
        for (std::thread &thread : threads)
            thread.join();
        for (const QString &secret : secrets)
            QCOMPARE(secret, secrets.front());
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(TestGatewayLease)
#include "tst_gatewaylease.moc"
