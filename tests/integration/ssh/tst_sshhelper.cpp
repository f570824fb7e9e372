// SPDX-License-Identifier: GPL-3.0-or-later
// The helper on a host behind a real sshd: what it saves, what happens when it ends, and that it leaves nothing.
#include "backends/hosts/ssh/sshhost.h"
#include "tests/conformance/await.h"
#include "tests/support/boxconfig.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <csignal>

namespace Flotilla {

namespace {

QString text(const char *chars)
{
    return QString::fromLatin1(chars);
}

CommandSpec shell(const QString &script)
{
    CommandSpec spec;
    spec.program = text("/bin/sh");
    spec.args = {text("-c"), script};
    return spec;
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool runs(qint64 pid)
{
    const QByteArray state = contents(text("/proc/%1/stat").arg(pid));
    return pid > 1 && !state.isEmpty() && !state.contains(") Z ");
}

} // namespace

class TestSshHelper : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;

    QString path(const char *name) const { return m_dir->filePath(text(name)); }
    QString agent() const { return qEnvironmentVariable("FLOTILLA_BIN_DIR") + text("/flotilla-agent"); }
    qsizetype sessions() const { return contents(m_server->path(text("sshd.log"))).count("Starting session"); }
    QStringList sockets() const
    {
        return QDir(path("run")).entryList({text("helper-*")}, QDir::AllEntries | QDir::System | QDir::Hidden);
    }

    std::unique_ptr<SshHost> host()
    {
        const SshHostConfig config = Test::helpedBoxConfig(m_server->configFile(), m_dir->path());
        return std::make_unique<SshHost>(config, AskPerson());
    }
    void provide(SshHost &box)
    {
        VERIFY_OK(await(box.provide(agent())));
        QTRY_VERIFY_WITH_TIMEOUT(box.hasHelper(), 20'000);
    }
    /// A program that runs until it is ended, and the helper that started it.
    std::pair<qint64, qint64> begin(SshHost &box)
    {
        box.run(shell(text("echo $$ $PPID > '%1'; exec sleep 600").arg(path("pids"))));
        if (!QTest::qWaitFor([&] { return contents(path("pids")).endsWith('\n'); }, 10'000))
            return {};
        const QList<QByteArray> words = contents(path("pids")).trimmed().split(' ');
        return {words.value(0).toLongLong(), words.value(1).toLongLong()};
    }

private Q_SLOTS:
    void initTestCase() { NEED_PEER(Test::SshServer::reasonToSkip()); }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(text("/tmp/flotilla-ssh-XXXXXX"));
        m_server = std::make_unique<Test::SshServer>(path("sshd"));
        QVERIFY(m_server->start({text("MaxSessions 1")}));
    }

    void cleanup() { m_server.reset(); }

    void programsCostNoLoginShell()
    {
        const auto box = host();
        VERIFY_OK(await(box->run(shell(text("true"))))); // before there is a helper
        provide(*box);
        const qsizetype before = sessions();
        QVERIFY(before > 0);
        for (int i = 0; i < 20; ++i) {
            const auto ran = await(box->run(shell(text("echo %1").arg(i))));
            VERIFY_OK(ran);
            QCOMPARE(ran->standardOutput.trimmed(), QByteArray::number(i));
        }
        QCOMPARE(sessions(), before);
    }

    void needsNoneOfTheSessions()
    {
        const auto box = host();
        provide(*box);
        QVERIFY(begin(*box).first > 1); // goes on meanwhile
        QFile file(path("file"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("bytes") == 5);
        file.close();
        VERIFY_OK(await(box->put(path("file"), path("copy")))); // with the one session that there is
        VERIFY_OK(await(box->run(shell(text("true")))));
        QCOMPARE(contents(path("copy")), QByteArray("bytes"));
    }

    void theProfileStillCounts()
    {
        const auto box = host();
        const auto plain = await(box->run(shell(text("echo $HOME $PATH; pwd; umask"))));
        VERIFY_OK(plain);
        provide(*box);
        const auto helped = await(box->run(shell(text("echo $HOME $PATH; pwd; umask"))));
        VERIFY_OK(helped);
        QCOMPARE(helped->standardOutput, plain->standardOutput);
    }

    void aKilledHelperIsReplaced()
    {
        const auto box = host();
        provide(*box);
        for (int i = 0; i < 5; ++i) { // after some it is given up, and everything still works
            const auto parent = await(box->run(shell(text("echo $PPID"))));
            VERIFY_OK(parent);
            if (!box->hasHelper())
                break;
            QVERIFY(i < 3);
            const qint64 helper = parent->standardOutput.trimmed().toLongLong();
            kill(pid_t(helper), SIGKILL);
            QTRY_VERIFY_WITH_TIMEOUT(!runs(helper), 20'000);
            VERIFY_OK(await(box->run(shell(text("true")))));
            if (i < 2)
                QTRY_VERIFY_WITH_TIMEOUT(box->hasHelper(), 20'000);
        }
        QVERIFY(!box->hasHelper());
        VERIFY_OK(await(box->run(shell(text("true")))));
    }

    void aProgramIsToldWhenItsHelperWasKilled()
    {
        const auto box = host();
        provide(*box);
        const auto running = box->run(shell(text("kill -9 $PPID; while :; do :; done")));
        COMPARE_KIND(await(running), ErrorKind::Network);
    }

    void aSocketThatIsGoneIsNoHarm()
    {
        const auto box = host();
        provide(*box);
        for (const QString &name : sockets())
            QVERIFY(QFile::remove(path("run") + QLatin1Char('/') + name));
        VERIFY_OK(await(box->run(shell(text("true")))));
        QTRY_VERIFY_WITH_TIMEOUT(box->hasHelper(), 20'000); // another one
        VERIFY_OK(await(box->run(shell(text("true")))));
    }

    void endsWithTheConnectionAndComesBack()
    {
        const auto box = host();
        provide(*box);
        const auto left = await(box->run(shell(text("setsid sleep 600 >/dev/null 2>&1 & echo $!"))));
        VERIFY_OK(left);
        const qint64 survivor = left->standardOutput.trimmed().toLongLong();
        const auto [program, helper] = begin(*box);
        QVERIFY(runs(program) && runs(helper) && runs(survivor));
        for (const qint64 session : m_server->sessions())
            kill(pid_t(session), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(!runs(program), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!runs(helper), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(sockets(), QStringList(), 20'000);
        QVERIFY(runs(survivor)); // as sandboxes do
        kill(pid_t(survivor), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Ready, 20'000);
        provide(*box);
        VERIFY_OK(await(box->run(shell(text("true")))));
    }

    void endsWithTheHost()
    {
        auto box = host();
        provide(*box);
        const auto [program, helper] = begin(*box);
        QVERIFY(runs(program) && runs(helper));
        box.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!runs(program), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!runs(helper), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(sockets(), QStringList(), 20'000);
    }

    void whatIsCancelledInTimeIsNotLeft()
    {
        const auto box = host();
        provide(*box);
        CommandSpec spec = shell(text("echo $$ > '%1'; exec sleep 600").arg(path("pids")));
        spec.timeout = std::chrono::milliseconds(300);
        COMPARE_KIND(await(box->run(spec)), ErrorKind::Timeout);
        const qint64 pid = contents(path("pids")).trimmed().toLongLong();
        QVERIFY(pid > 1);
        QTRY_VERIFY_WITH_TIMEOUT(!runs(pid), 20'000);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestSshHelper)
#include "tst_sshhelper.moc"
