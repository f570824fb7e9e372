// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads whose connection is cut on the way, at an exact byte, by a relay between the host object and a real sshd.
#include "backends/hosts/ssh/sshhost.h"
#include "tests/conformance/await.h"
#include "tests/support/sshserver.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

namespace Flotilla {

namespace {

constexpr qint64 mebibyte = 1024 * 1024;
constexpr qint64 whole = 32 * mebibyte;
constexpr qint64 cutAt = 20 * mebibyte;
constexpr qint64 inFlight = 6 * mebibyte; ///< what sshd may not have taken yet

QString text(const char *chars)
{
    return QString::fromLatin1(chars);
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// Carries connections to sshd, counts what goes there, and cuts the first one.
class Relay
{
public:
    explicit Relay(quint16 port)
    {
        server.listen(QHostAddress::LocalHost);
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this, port] { carry(port); });
    }
    void carry(quint16 port)
    {
        QTcpSocket *near = server.nextPendingConnection();
        auto *far = new QTcpSocket(near);
        far->connectToHost(QHostAddress::LocalHost, port);
        const qsizetype index = sent.size();
        sent.append(0);
        QObject::connect(near, &QTcpSocket::readyRead, far, [this, near, far, index] {
            const QByteArray bytes = near->readAll();
            sent[index] += bytes.size();
            if (index == 0 && sent.at(index) > cutAt)
                return near->abort(); // and with it the other half
            far->write(bytes);
        });
        QObject::connect(far, &QTcpSocket::readyRead, near, [near, far] { near->write(far->readAll()); });
        QObject::connect(near, &QTcpSocket::disconnected, far, &QTcpSocket::abort);
        QObject::connect(far, &QTcpSocket::disconnected, near, &QTcpSocket::abort);
    }

    QTcpServer server;
    QList<qint64> sent; ///< to sshd, per connection
};

} // namespace

class TestSshUpload : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
    std::unique_ptr<Relay> m_relay;
    std::unique_ptr<SshHost> m_box;
    QByteArray m_bytes;

    QString path(const char *name) const { return m_dir->filePath(text(name)); }
    QStringList leftovers() const
    {
        QStringList found;
        QDirIterator inside(path("cache"), {text(".flotilla-*")}, QDir::AllEntries | QDir::Hidden,
                            QDirIterator::Subdirectories);
        while (inside.hasNext())
            found.append(inside.next());
        return found;
    }
    /// The part that came, once nobody writes to it any more.
    QString part()
    {
        const auto only = [this] {
            const QStringList all = leftovers();
            return all.size() == 1 && all.constFirst().endsWith(text("/.flotilla-part"));
        };
        return QTest::qWaitFor(only, 20'000) ? leftovers().constFirst() : QString();
    }
    void isCutOff(const QString &what)
    {
        const auto first = await(m_box->provide(what), 60'000);
        QVERIFY(!first);
        QTRY_VERIFY_WITH_TIMEOUT(m_box->state() == HostState::Ready, 30'000);
        const qint64 came = QFileInfo(part()).size();
        QVERIFY2(came > cutAt - inFlight && came < whole, QByteArray::number(came).constData());
    }
    void arrives(const QString &what)
    {
        const auto second = await(m_box->provide(what), 60'000);
        VERIFY_OK(second);
        const QString file = QFileInfo(*second).isDir() ? *second + text("/b/big") : *second;
        QVERIFY(contents(file) == m_bytes);
        QTRY_COMPARE_WITH_TIMEOUT(leftovers(), QStringList(), 20'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString missing = Test::SshServer::reasonToSkip();
        if (!missing.isEmpty() && qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0)
            QSKIP(qPrintable(missing));
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
        m_bytes.resize(whole);
        QRandomGenerator::global()->fillRange(reinterpret_cast<quint32 *>(m_bytes.data()), whole / 4);
    }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(text("/tmp/flotilla-ssh-XXXXXX"));
        m_server = std::make_unique<Test::SshServer>(path("sshd"));
        QVERIFY(m_server->start());
        m_relay = std::make_unique<Relay>(m_server->port());
        m_server->configure(
            {text("Port %1").arg(m_relay->server.serverPort()), text("StrictHostKeyChecking accept-new")});
        SshHostConfig config;
        config.id = HostId{text("box")};
        config.label = text("gpu-box");
        config.target = text("box");
        config.configFile = m_server->configFile();
        config.localDir = path("fwd");
        config.remoteDir = path("run");
        config.cacheDir = path("cache");
        config.firstRetry = std::chrono::milliseconds(200);
        m_box = std::make_unique<SshHost>(config, AskPerson());
        write(path("tree/a/small"), "small");
        write(path("tree/b/big"), m_bytes);
    }

    void cleanup()
    {
        m_box.reset();
        m_relay.reset();
        m_server.reset();
    }

    void goesOnWhereItWasCut_data()
    {
        QTest::addColumn<QString>("what");
        QTest::newRow("a file") << text("tree/b/big");
        QTest::newRow("a folder") << text("tree");
    }
    void goesOnWhereItWasCut()
    {
        QFETCH(QString, what);
        isCutOff(m_dir->filePath(what));
        arrives(m_dir->filePath(what));
        const qint64 again = m_relay->sent.constLast();
        QVERIFY2(again < whole - cutAt + inFlight, QByteArray::number(again).constData());
    }

    void whatIsNotTheBeginningIsNotUsed_data()
    {
        QTest::addColumn<qint64>("size");
        QTest::newRow("other bytes") << qint64(4 * mebibyte);
        QTest::newRow("more than there is") << 2 * whole;
    }
    void whatIsNotTheBeginningIsNotUsed()
    {
        QFETCH(qint64, size);
        isCutOff(path("tree"));
        write(part(), QByteArray(size, 'x'));
        arrives(path("tree"));
        QVERIFY(m_relay->sent.constLast() > whole);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestSshUpload)
#include "tst_sshupload.moc"
