// SPDX-License-Identifier: GPL-3.0-or-later
// Containers on a host whose connection freezes or breaks while they are asked for: every call ends, with a sentence,
// and what ran is there when the host is back.
#include "backends/agent/agentclient.h"
#include "backends/hosts/ssh/sshhost.h"
#include "backends/http/httpclient.h"
#include "tests/conformance/await.h"
#include "tests/conformance/sandbox/subjects.h"
#include "tests/support/boxconfig.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"
#include "tests/support/testengine.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <csignal>

using namespace Flotilla;
using Kind = ContainerEngine::Kind;

namespace {

constexpr int patience = 40'000;

SandboxSpec specOf(const QString &name)
{
    SandboxSpec spec;
    spec.id = SandboxId{name};
    spec.app.value = name;
    return spec;
}

bool isAboutTheHost(const Error &error)
{
    const bool kind =
        error.kind == ErrorKind::Unavailable || error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout;
    return kind && error.text.contains(QLatin1String("gpu-box"));
}

} // namespace

class TestSshEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(QStringLiteral("/tmp/flotilla-se-XXXXXX"));
        m_server = std::make_unique<Test::SshServer>(m_dir->filePath(QStringLiteral("sshd")));
        NEED_PEER(Test::SshServer::reasonToSkip());
        QVERIFY(m_server->start());
    }
    void cleanup()
    {
        if (m_backend)
            VERIFY_OK(await(m_backend->reconcile({}), patience));
        m_backend.reset();
        m_box.reset();
        m_http.reset();
        m_engine.reset();
        m_server.reset();
    }

    void everyCallEndsWhenTheConnectionDoes_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<bool>("freezes");
        QTest::newRow("podman freezes") << int(Kind::Podman) << true;
        QTest::newRow("podman breaks") << int(Kind::Podman) << false;
        QTest::newRow("docker freezes") << int(Kind::Docker) << true;
        QTest::newRow("docker breaks") << int(Kind::Docker) << false;
    }
    void everyCallEndsWhenTheConnectionDoes()
    {
        QFETCH(int, kind);
        QFETCH(bool, freezes);
        open(Kind(kind));
        if (!m_backend) // skipped or failed
            return;
        const SandboxId kept{QStringLiteral("kept")};
        VERIFY_OK(await(m_backend->create(specOf(kept.value)), patience));
        QSignalSpy told(m_backend.get(), &SandboxBackend::sandboxChanged);

        QList<Future<SandboxInfo>> creating;
        for (int i = 0; i < 12; ++i)
            creating.append(m_backend->create(specOf(QStringLiteral("late-%1").arg(i))));
        const auto listing = m_backend->list();
        const QList<qint64> sessions = m_server->sessions();
        freezes ? signalAll(sessions, SIGSTOP) : m_server->stop();
        for (const auto &one : std::as_const(creating)) {
            const auto made = await(one, patience);
            QVERIFY2(made.ok() || isAboutTheHost(made.error()), problem(made));
        }
        const auto listed = await(listing, patience);
        QVERIFY2(listed.ok() || isAboutTheHost(listed.error()), problem(listed));
        signalAll(freezes ? sessions : QList<qint64>(), SIGKILL); // frozen they would hold what they serve
        QVERIFY(freezes || m_server->start());

        QTRY_VERIFY_WITH_TIMEOUT(m_box->state() == HostState::Ready, patience);
        const auto adopted = await(m_backend->reconcile({kept}), patience);
        VERIFY_OK(adopted);
        QCOMPARE(adopted->size(), 1);
        QCOMPARE(told.count(), 0); // neither dead nor lost
        ExecSpec echo;
        echo.argv = QStringList{QStringLiteral("/bin/echo"), QStringLiteral("here")};
        const auto ran = await((*m_backend->agent(kept))->run(echo), patience);
        VERIFY_OK(ran);
        QCOMPARE(ran->second, QByteArray("here\n"));
        QCOMPARE(m_engine->cli({"ps", "-aq"}).count('\n'), 1);
    }

    void aSilentEngineLosesNothing_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("podman") << int(Kind::Podman);
        QTest::newRow("docker") << int(Kind::Docker);
    }
    void aSilentEngineLosesNothing()
    {
        QFETCH(int, kind);
        open(Kind(kind));
        if (!m_backend) // skipped or failed
            return;
        for (const char *name : {"used", "dies", "hidden"})
            VERIFY_OK(await(m_backend->create(specOf(QLatin1String(name))), patience));
        QHash<QString, SandboxInfo> last;
        connect(m_backend.get(), &SandboxBackend::sandboxChanged, this,
                [&last](const SandboxInfo &info) { last.insert(info.id.value, info); });
        QSignalSpy answers(m_backend.get(), &SandboxBackend::answersAgain);
        const pid_t process = processOf("dies");
        const QString socket = m_box->runtimeDir() + (Kind(kind) == Kind::Podman ? "/podman" : "/docker") +
                               QStringLiteral("/sb/hidden/control.sock");
        QVERIFY(process > 1 && QFile::rename(socket, socket + QStringLiteral(".away")));

        m_engine->freeze(true);
        ::kill(process, SIGKILL);
        m_server->stop();
        QVERIFY(m_server->start());
        const auto isOut = [&last](const char *name) {
            const SandboxInfo info = last.value(QLatin1String(name));
            return isOutOfReach(info.state, info.reason) && info.detail.contains(QStringLiteral("gpu-box"));
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOut("dies") && isOut("hidden"), patience);
        QVERIFY(answersIn("used"));
        QVERIFY(QFile::rename(socket + QStringLiteral(".away"), socket));
        QTRY_VERIFY_WITH_TIMEOUT(last["hidden"].reason == SandboxReason::None, patience);
        QVERIFY(answersIn("hidden"));
        QVERIFY(!await(m_backend->terminate(SandboxId{QStringLiteral("used")}), patience));
        QCOMPARE(answers.count(), 0);

        m_engine->freeze(false);
        QTRY_VERIFY_WITH_TIMEOUT(last["dies"].state == SandboxState::Failed, patience);
        QVERIFY(last["dies"].reason == SandboxReason::Killed);
        QTRY_COMPARE_WITH_TIMEOUT(answers.count(), 1, patience);
        QVERIFY(answersIn("hidden"));
    }

private:
    bool answersIn(const char *name)
    {
        ExecSpec echo;
        echo.argv = QStringList{QStringLiteral("/bin/echo"), QStringLiteral("here")};
        const auto agent = m_backend->agent(SandboxId{QLatin1String(name)});
        const auto ran = agent ? await((*agent)->run(echo), patience) : agent.error();
        return ran && ran->second == "here\n";
    }
    pid_t processOf(const char *name)
    {
        const QByteArray ids = m_engine->cli({"ps", "-q", "--filter", QStringLiteral("name=-%1$").arg(name)});
        return m_engine->cli({"inspect", "-f", "{{.State.Pid}}", QString::fromUtf8(ids.trimmed())}).trimmed().toInt();
    }
    void open(Kind kind)
    {
        m_engine = std::make_unique<TestEngine>(kind);
        const bool started = m_engine->start();
        NEED_PEER(started ? QString() : m_engine->problem());
        qputenv("FLOTILLA_TEST_ENGINE_SOCKET", m_engine->socket().toUtf8());
        SshHostConfig config = Test::helpedBoxConfig(m_server->configFile(), m_dir->path());
        config.heartbeat = std::chrono::milliseconds(500);
        m_http = std::make_unique<HttpClient>();
        m_box = std::make_unique<SshHost>(config, AskPerson());
        VERIFY_OK(await(m_box->connectNow()));
        VERIFY_OK(await(m_box->provide(config.helper)));
        m_backend = containersOn(m_box.get(), m_http.get(), kind);
    }
    static void signalAll(const QList<qint64> &processes, int signal)
    {
        for (const qint64 pid : processes)
            ::kill(pid_t(pid), signal);
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
    std::unique_ptr<TestEngine> m_engine;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<SshHost> m_box;
    std::unique_ptr<SandboxBackend> m_backend;
};

QTEST_GUILESS_MAIN(TestSshEngine)
#include "tst_sshengine.moc"
