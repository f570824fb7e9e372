// SPDX-License-Identifier: GPL-3.0-or-later
// 200 sandboxes over one connection to a real sshd with its default MaxSessions.
#include "backends/agent/agentclient.h"
#include "backends/hosts/ssh/sshhost.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"
#include "tests/conformance/await.h"
#include "tests/support/boxconfig.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"
#include "tests/support/systemcount.h"

#include <QTemporaryDir>

namespace Flotilla {

namespace {

constexpr int many = 200;
constexpr int patience = 180'000;

QString text(const char *chars)
{
    return QString::fromLatin1(chars);
}

SandboxId idOf(int number)
{
    return SandboxId{text("many-%1").arg(number)};
}

QByteArray pageOf(int number)
{
    return "<h1>page " + QByteArray::number(number) + "</h1>";
}

} // namespace

class TestSshMany : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
    std::unique_ptr<SshHost> m_box;
    std::unique_ptr<BubblewrapBackend> m_backend;

    Test::SystemCount count() const
    {
        return Test::SystemCount::of(m_dir->filePath(text("none")), m_dir->filePath(text("run")));
    }

    void createAll()
    {
        QList<Future<SandboxInfo>> creating;
        for (int i = 0; i < many; ++i) {
            SandboxSpec spec;
            spec.id = idOf(i);
            spec.app.value = spec.id.value;
            creating.append(m_backend->create(spec));
        }
        for (const auto &one : std::as_const(creating))
            VERIFY_OK(await(one, patience));
    }

    void fillAll()
    {
        QList<Future<AgentBuild>> filling;
        for (int i = 0; i < many; ++i)
            filling.append((*m_backend->agent(idOf(i)))->apply({{text("index.html"), pageOf(i)}}, {}, true, true));
        for (const auto &one : std::as_const(filling))
            VERIFY_OK(await(one, patience));
    }

    void runInAll()
    {
        QList<Future<std::pair<ExecResult, QByteArray>>> running;
        for (int i = 0; i < many; ++i) {
            ExecSpec spec;
            spec.argv = QStringList{text("/bin/cat"), text("index.html")};
            running.append((*m_backend->agent(idOf(i)))->run(spec));
        }
        for (int i = 0; i < many; ++i) {
            const auto ran = await(running.at(i), patience);
            VERIFY_OK(ran);
            QCOMPARE(ran->first.exitCode, 0);
            QCOMPARE(ran->second, pageOf(i));
        }
    }

    /// All requests at once, each on a stream of its own.
    void viewAll()
    {
        QList<Future<std::shared_ptr<QIODevice>>> opening;
        for (int i = 0; i < many; ++i)
            opening.append((*m_backend->appStream(idOf(i)))());
        QList<std::shared_ptr<QIODevice>> streams;
        for (const auto &one : std::as_const(opening)) {
            const auto stream = await(one, patience);
            VERIFY_OK(stream);
            (*stream)->write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            streams.append(*stream);
        }
        for (int i = 0; i < many; ++i) {
            QByteArray answer;
            QTRY_VERIFY_WITH_TIMEOUT((answer += streams.at(i)->readAll()).contains("</h1>"), patience);
            QVERIFY(answer.startsWith("HTTP/1.1 200"));
            QVERIFY(answer.contains(pageOf(i)));
        }
    }

    void deleteAll()
    {
        QList<Future<void>> ending;
        for (int i = 0; i < many; ++i)
            ending.append(m_backend->terminate(idOf(i)));
        for (const auto &one : std::as_const(ending))
            VERIFY_OK(await(one, patience));
    }

private Q_SLOTS:
    void initTestCase() { NEED_PEER(Test::SshServer::reasonToSkip()); }

    void cleanup()
    {
        m_backend.reset();
        m_box.reset();
        m_server.reset();
    }

    void twoHundredOnOneConnection_data()
    {
        QTest::addColumn<bool>("helper");
        QTest::newRow("with the helper") << true;
        QTest::newRow("with sessions only") << false;
    }
    void twoHundredOnOneConnection()
    {
        QFETCH(bool, helper);
        m_dir = std::make_unique<QTemporaryDir>(text("/tmp/flotilla-many-XXXXXX"));
        m_server = std::make_unique<Test::SshServer>(m_dir->filePath(text("sshd")));
        QVERIFY(m_server->start());
        const QString bin = qEnvironmentVariable("FLOTILLA_BIN_DIR");
        SshHostConfig config = Test::boxConfig(m_server->configFile(), m_dir->path());
        config.helper = helper ? bin + text("/flotilla-agent") : QString();
        m_box = std::make_unique<SshHost>(config, AskPerson());
        const auto agent = await(m_box->provide(bin + text("/flotilla-agent")));
        VERIFY_OK(agent);
        QTRY_VERIFY_WITH_TIMEOUT(m_box->hasHelper() == helper, 20'000);
        m_backend = std::make_unique<BubblewrapBackend>(
            m_box.get(), BubblewrapBackend::Layout{*agent, bin + text("/../share/flotilla/runtime"), {}, {}});
        for (const auto step :
             {&TestSshMany::createAll, &TestSshMany::fillAll, &TestSshMany::runInAll, &TestSshMany::viewAll}) {
            (this->*step)();
            if (QTest::currentTestFailed())
                break;
        }
        const qsizetype connections = m_server->connections().size();
        deleteAll();
        QTRY_VERIFY2_WITH_TIMEOUT(count().isClean(), qPrintable(count().text()), 30'000);
        QCOMPARE(connections, 1);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestSshMany)
#include "tst_sshmany.moc"
