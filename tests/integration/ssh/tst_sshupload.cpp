// SPDX-License-Identifier: GPL-3.0-or-later
// Copies to a host whose connection is cut on the way, at an exact byte, by a relay between the host object and a real
// sshd.
#include "backends/hosts/ssh/sshhost.h"
#include "tests/conformance/await.h"
#include "tests/support/boxconfig.h"
#include "tests/support/peers.h"
#include "tests/support/sshrelay.h"
#include "tests/support/sshserver.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRandomGenerator>
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

} // namespace

class TestSshUpload : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
    std::unique_ptr<Test::SshRelay> m_relay;
    std::unique_ptr<SshHost> m_box;
    QByteArray m_bytes;
    bool m_put = false; ///< not provide

    QString path(const char *name) const { return m_dir->filePath(text(name)); }
    QStringList leftovers() const
    {
        QStringList found;
        for (const char *folder : {"cache", "there"}) {
            QDirIterator inside(path(folder), {text(".flotilla-*")}, QDir::AllEntries | QDir::Hidden,
                                QDirIterator::Subdirectories);
            while (inside.hasNext())
                found.append(inside.next());
        }
        return found;
    }
    /// Where it is then.
    Result<QString> copy(const QString &what)
    {
        if (!m_put)
            return await(m_box->provide(what), 60'000);
        const Status done = await(m_box->put(what, path("there/copy")), 60'000);
        return done ? Result<QString>(path("there/copy")) : Result<QString>(done.error());
    }
    /// The part that came, once nobody writes to it any more.
    QString part()
    {
        const auto only = [this] {
            const QStringList all = leftovers();
            return all.size() == 1 && all.constFirst().contains(text("/.flotilla-part-"));
        };
        return QTest::qWaitFor(only, 20'000) ? leftovers().constFirst() : QString();
    }
    void isCutOff(const QString &what)
    {
        const auto first = copy(what);
        QVERIFY(!first);
        QTRY_VERIFY_WITH_TIMEOUT(m_box->state() == HostState::Ready, 30'000);
        const qint64 came = QFileInfo(part()).size();
        QVERIFY2(came > cutAt - inFlight && came < whole, QByteArray::number(came).constData());
    }
    void arrives(const QString &what)
    {
        const auto second = copy(what);
        VERIFY_OK(second);
        const QString file = QFileInfo(*second).isDir() ? *second + text("/b/big") : *second;
        QVERIFY(contents(file) == m_bytes);
        QTRY_COMPARE_WITH_TIMEOUT(leftovers(), QStringList(), 20'000);
    }

private Q_SLOTS:
    void initTestCase()
    {
        NEED_PEER(Test::SshServer::reasonToSkip());
        m_bytes.resize(whole);
        QRandomGenerator::global()->fillRange(reinterpret_cast<quint32 *>(m_bytes.data()), whole / 4);
    }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(text("/tmp/flotilla-ssh-XXXXXX"));
        m_put = false;
        m_server = std::make_unique<Test::SshServer>(path("sshd"));
        QVERIFY(m_server->start());
        m_relay = std::make_unique<Test::SshRelay>(m_server->port());
        m_relay->cutAfter(cutAt);
        m_server->configure({text("Port %1").arg(m_relay->port()), text("StrictHostKeyChecking accept-new")});
        const SshHostConfig config = Test::boxConfig(m_server->configFile(), m_dir->path());
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
        QTest::addColumn<bool>("put");
        QTest::newRow("a file is provided") << text("tree/b/big") << false;
        QTest::newRow("a folder is provided") << text("tree") << false;
        QTest::newRow("a file is put") << text("tree/b/big") << true;
        QTest::newRow("a folder is put") << text("tree") << true;
    }
    void goesOnWhereItWasCut()
    {
        QFETCH(QString, what);
        QFETCH(bool, put);
        m_put = put;
        isCutOff(m_dir->filePath(what));
        arrives(m_dir->filePath(what));
        const qint64 again = m_relay->passedSinceCut();
        QVERIFY2(again < whole - cutAt + inFlight, QByteArray::number(again).constData());
    }

    void whatIsNotTheBeginningIsNotUsed_data()
    {
        QTest::addColumn<qint64>("size");
        QTest::addColumn<bool>("put");
        for (const bool put : {false, true}) {
            QTest::addRow("other bytes, %s", put ? "put" : "provided") << qint64(4 * mebibyte) << put;
            QTest::addRow("more than there is, %s", put ? "put" : "provided") << 2 * whole << put;
        }
    }
    void whatIsNotTheBeginningIsNotUsed()
    {
        QFETCH(qint64, size);
        QFETCH(bool, put);
        m_put = put;
        isCutOff(path("tree"));
        write(part(), QByteArray(size, 'x'));
        arrives(path("tree"));
        QVERIFY(m_relay->passedSinceCut() > whole);
    }

    /// A file of the same size and time changes nothing in the headers.
    void whatChangedMeanwhileIsSentAnew()
    {
        m_put = true;
        isCutOff(path("tree"));
        const QDateTime then = QFileInfo(path("tree/b/big")).lastModified();
        m_bytes.front() = char(m_bytes.front() + 1);
        write(path("tree/b/big"), m_bytes);
        QFile file(path("tree/b/big"));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.setFileTime(then, QFileDevice::FileModificationTime));
        arrives(path("tree"));
    }

    void whatIsRefusedLeavesNothing()
    {
        m_relay->cutAfter(100 * whole);
        QVERIFY(QFile::link(text("/etc/passwd"), path("tree/c")));
        COMPARE_KIND(await(m_box->put(path("tree"), path("there/copy")), 60'000), ErrorKind::Invalid);
        QCOMPARE(leftovers(), QStringList());
        QVERIFY(!QFileInfo::exists(path("there/copy")));
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestSshUpload)
#include "tst_sshupload.moc"
