// SPDX-License-Identifier: GPL-3.0-or-later
// What goes wrong between this computer and a host, each with a real sshd.
#include "backends/hosts/ssh/sshhost.h"
#include "tests/conformance/await.h"
#include "tests/support/boxconfig.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <csignal>

#include <sys/mount.h>
#include <unistd.h>

namespace Flotilla {

namespace {

const QString passphrase = QStringLiteral("horse-battery-staple-42");
QStringList logged;
QtMessageHandler before = nullptr;

void keepLog(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    logged.append(text);
    before(type, context, text);
}

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

/// Answers questions from a list, and remembers them.
struct Person
{
    QList<HostAnswer> answers;
    QList<HostQuestion> asked;

    AskPerson ask()
    {
        return [this](const HostQuestion &question) {
            asked.append(question);
            return readyFuture<HostAnswer>(answers.isEmpty() ? HostAnswer() : answers.takeFirst());
        };
    }
};

} // namespace

class TestSshFaults : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
    Person m_person;

    std::unique_ptr<SshHost> host(const QString &target = text("box"))
    {
        SshHostConfig config = Test::boxConfig(m_server->configFile(), m_dir->path());
        config.target = target;
        config.heartbeat = std::chrono::milliseconds(400);
        return std::make_unique<SshHost>(config, m_person.ask());
    }

    /// An agent of the test's own.
    std::unique_ptr<QProcess> agent(const QString &socket) const
    {
        auto process = std::make_unique<QProcess>();
        process->start(text("ssh-agent"), {text("-D"), text("-a"), socket});
        process->waitForStarted();
        for (int i = 0; i < 100 && !QFile::exists(socket); ++i)
            QTest::qWait(20);
        return process;
    }

    static bool addKey(const QString &socket, const QString &key)
    {
        return Test::runProgram(text("env"), {text("SSH_AUTH_SOCK=") + socket, text("ssh-add"), text("-q"), key}) == 0;
    }

private Q_SLOTS:
    void initTestCase()
    {
        NEED_PEER(Test::SshServer::reasonToSkip());
        before = qInstallMessageHandler(keepLog);
    }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(text("/tmp/flotilla-ssh-XXXXXX"));
        m_server = std::make_unique<Test::SshServer>(m_dir->filePath(text("sshd")));
        m_person = Person();
    }

    void cleanup() { m_server.reset(); }

    void cleanupTestCase()
    {
        for (const QString &line : std::as_const(logged))
            QVERIFY2(!line.contains(passphrase), "a passphrase is in the log");
    }

    void comesBackAfterSshdWasKilled()
    {
        QVERIFY(m_server->start());
        const auto box = host();
        QVERIFY(box->state() == HostState::Connecting);
        VERIFY_OK(await(box->run(shell(text("true"))))); // connects by itself
        QVERIFY(box->state() == HostState::Ready);
        QLocalServer echo;
        QVERIFY(echo.listen(m_dir->filePath(text("echo.sock"))));
        const auto stream = await(box->connectTo(UnixPath{echo.fullServerName()}));
        VERIFY_OK(stream);
        QSignalSpy ended(stream->get(), &QIODevice::readChannelFinished);
        auto hanging = box->run(shell(text("sleep 60")));
        m_server->stop();
        QTRY_VERIFY(box->state() == HostState::Unreachable);
        QTRY_COMPARE(ended.count(), 1);
        QVERIFY(!(*stream)->errorString().isEmpty());
        COMPARE_KIND(await(hanging), ErrorKind::Network);
        QVERIFY(box->unreachableSince().has_value());
        QVERIFY(box->stateText().contains(text("gpu-box")));
        QElapsedTimer timer;
        timer.start();
        const auto refused = await(box->run(shell(text("true"))));
        COMPARE_KIND(refused, ErrorKind::Unavailable);
        QVERIFY(timer.elapsed() < 1000); // at once
        QVERIFY2(refused.error().text.contains(text("not been reachable since")), qPrintable(refused.error().text));
        QVERIFY(m_server->start());
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Ready, 20'000);
        QVERIFY(!box->unreachableSince());
        VERIFY_OK(await(box->run(shell(text("true")))));
    }

    void noticesAFrozenConnection()
    {
        QVERIFY(m_server->start());
        const auto box = host();
        VERIFY_OK(await(box->connectNow()));
        const QList<qint64> sessions = m_server->sessions();
        QVERIFY(!sessions.isEmpty());
        auto hanging = box->run(shell(text("sleep 60")));
        for (const qint64 pid : sessions)
            ::kill(pid_t(pid), SIGSTOP);
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Unreachable, 15'000);
        QVERIFY2(box->stateText().contains(text("does not answer")), qPrintable(box->stateText()));
        QVERIFY(!await(hanging));
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Ready, 20'000); // over a new connection
        for (const qint64 pid : sessions)
            ::kill(pid_t(pid), SIGCONT);
        VERIFY_OK(await(box->run(shell(text("true")))));
    }

    void waitsThroughAShortPause()
    {
        QVERIFY(m_server->start());
        const auto box = host();
        VERIFY_OK(await(box->connectNow()));
        QSignalSpy changed(box.get(), &Host::stateChanged);
        for (const qint64 pid : m_server->sessions())
            ::kill(pid_t(pid), SIGSTOP);
        auto running = box->run(shell(text("echo late")));
        QTest::qWait(600);
        QVERIFY(!running.isFinished());
        for (const qint64 pid : m_server->sessions())
            ::kill(pid_t(pid), SIGCONT);
        const auto result = await(running);
        VERIFY_OK(result);
        QCOMPARE(result->standardOutput, QByteArray("late\n"));
        QCOMPARE(changed.count(), 0);
    }

    void refusesAChangedKey()
    {
        m_server->makeHostKey();
        QVERIFY(m_server->start());
        const auto box = host();
        const Status connected = await(box->connectNow());
        COMPARE_KIND(connected, ErrorKind::Forbidden);
        QVERIFY(connected.error().detail.startsWith(text("host-key: ")));
        QVERIFY2(connected.error().text.contains(text("ssh-keygen -R")), qPrintable(connected.error().text));
        QCOMPARE(box->retrySeconds(), 0); // somebody has to do something first
        QVERIFY(m_person.asked.isEmpty());
        QCOMPARE(Test::runProgram(text("ssh-keygen"), {text("-R"), text("[127.0.0.1]:%1").arg(m_server->port()),
                                                       text("-f"), m_server->path(text("known_hosts"))}),
                 0);
        m_server->configure({text("StrictHostKeyChecking accept-new")});
        VERIFY_OK(await(box->connectNow()));
    }

    void asksAboutAnUnknownKey()
    {
        QVERIFY(m_server->start());
        QFile::remove(m_server->path(text("known_hosts")));
        m_server->configure({text("StrictHostKeyChecking ask"), text("HashKnownHosts yes")});
        m_person.answers = {HostAnswer{false, {}}, HostAnswer{true, {}}};
        auto box = host();
        const Status declined = await(box->connectNow());
        COMPARE_KIND(declined, ErrorKind::Forbidden);
        QVERIFY(!QFile::exists(m_server->path(text("known_hosts"))));
        VERIFY_OK(await(box->connectNow()));
        QCOMPARE(m_person.asked.size(), 2);
        QByteArray shown;
        Test::runProgram(text("ssh-keygen"), {text("-lf"), m_server->path(text("host.pub"))}, &shown);
        QVERIFY(m_person.asked.constLast().fingerprint.startsWith(text("SHA256:")));
        QVERIFY(shown.contains(m_person.asked.constLast().fingerprint.toUtf8()));
        QVERIFY(m_person.asked.constLast().text.contains(m_person.asked.constLast().fingerprint));
        box = host();
        VERIFY_OK(await(box->connectNow()));
        QCOMPARE(m_person.asked.size(), 2);
        m_server->configure({text("StrictHostKeyChecking yes")});
        QCOMPARE(Test::runProgram(text("ssh"), {text("-F"), m_server->configFile(), text("box"), text("true")}), 0);
    }

    void saysWhenNoKeyFits()
    {
        QVERIFY(m_server->makeKey(text("other")));
        m_server->authorize({text("other")});
        QVERIFY(m_server->start());
        const auto box = host();
        const Status connected = await(box->connectNow());
        COMPARE_KIND(connected, ErrorKind::Unauthorized);
        QVERIFY2(connected.error().detail.startsWith(text("authenticate: offered 1")),
                 qPrintable(connected.error().detail));
        QVERIFY(connected.error().text.contains(text("ssh-copy-id")));
        QCOMPARE(box->retrySeconds(), 0);
        m_server->authorize({text("id")});
        VERIFY_OK(await(box->connectNow()));
    }

    void findsTheKeyAmongTwentyOfAnAgent()
    {
        const QString socket = m_dir->filePath(text("agent.sock"));
        const auto process = agent(socket);
        for (int i = 0; i < 20; ++i) {
            QVERIFY(m_server->makeKey(text("k%1").arg(i)));
            QVERIFY(addKey(socket, m_server->path(text("k%1").arg(i))));
        }
        m_server->authorize({text("k18")});
        m_server->configure({text("IdentityFile none"), text("IdentitiesOnly no"), text("IdentityAgent ") + socket});
        QVERIFY(m_server->start({text("MaxAuthTries 6")}));
        VERIFY_OK(await(host()->connectNow(), 60'000));
        // With the public key named in the config it is the first that is tried.
        m_server->configure({text("IdentityFile ") + m_server->path(text("k18")), text("IdentitiesOnly yes"),
                             text("IdentityAgent ") + socket});
        QVERIFY(m_server->start({text("MaxAuthTries 1")}));
        VERIFY_OK(await(host()->connectNow(), 60'000));
        process->kill();
        process->waitForFinished();
    }

    void asksForAPassphraseUntilItFits()
    {
        QVERIFY(m_server->makeKey(text("locked"), passphrase));
        m_server->authorize({text("locked")});
        m_server->configure({text("IdentityFile ") + m_server->path(text("locked"))});
        QVERIFY(m_server->start());
        m_person.answers = {HostAnswer{true, {text("wrong-") + passphrase}}, HostAnswer{true, {passphrase}}};
        const auto box = host();
        const Status connected = await(box->connectNow());
        VERIFY_OK(connected);
        QCOMPARE(m_person.asked.size(), 2);
        QVERIFY(m_person.asked.constFirst().kind == HostQuestion::Kind::Passphrase);
        QVERIFY(m_person.asked.constFirst().text.contains(m_server->path(text("locked"))));
        QVERIFY(m_person.asked.constFirst().text.contains(text("gpu-box")));
        QCOMPARE(m_person.asked.constFirst().visible, QList<bool>{false});
        QVERIFY(m_server->start()); // again: the passphrase is asked for only once
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Unreachable, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Ready, 20'000);
        QCOMPARE(m_person.asked.size(), 2);
    }

    void tellsNoPassphraseWhenItNeverFits()
    {
        QVERIFY(m_server->makeKey(text("locked"), passphrase));
        m_server->authorize({text("locked")});
        m_server->configure({text("IdentityFile ") + m_server->path(text("locked"))});
        QVERIFY(m_server->start());
        const QString wrong = passphrase + text("-wrong");
        for (int i = 0; i < 3; ++i)
            m_person.answers.append(HostAnswer{true, {wrong}});
        const auto box = host();
        const Status connected = await(box->connectNow());
        COMPARE_KIND(connected, ErrorKind::Unauthorized);
        QVERIFY(!(connected.error().text + connected.error().detail + box->stateText()).contains(passphrase));
        QCOMPARE(m_person.asked.size(), 3);
        QVERIFY2(connected.error().text.contains(text("no passphrase")) &&
                     connected.error().text.contains(m_server->path(text("locked"))),
                 qPrintable(connected.error().text));
    }

    void goesThroughJumpHosts()
    {
        Test::SshServer door(m_dir->filePath(text("door")));
        QVERIFY(door.start());
        QVERIFY(m_server->start());
        // The door knows the way to "box"; both are known hosts with keys of their own.
        QFile config(m_server->configFile());
        QVERIFY(config.open(QIODevice::ReadWrite));
        const QByteArray own = config.readAll();
        QFile other(door.configFile());
        QVERIFY(other.open(QIODevice::ReadOnly));
        QByteArray all = other.readAll().replace("Host box", "Host door");
        all += QByteArray(own).replace("Host box", "Host box\n  ProxyJump door");
        all += QByteArray(own).replace("Host box", "Host far\n  ProxyJump door,box");
        config.resize(0);
        config.write(all);
        config.close();
        auto box = host(text("box"));
        VERIFY_OK(await(box->connectNow()));
        QCOMPARE(door.sessions().isEmpty(), false);
        CommandSpec spec;
        spec.program = text("cat");
        spec.stdinData = QByteArray(3'000'000, 'j');
        const auto result = await(box->run(spec));
        VERIFY_OK(result);
        QCOMPARE(result->standardOutput.size(), 3'000'000);
        auto far = host(text("far")); // two jumps
        VERIFY_OK(await(far->connectNow()));
        VERIFY_OK(await(far->run(shell(text("true")))));
        door.stop();
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Unreachable, 10'000);
        far.reset();
        QTRY_VERIFY_WITH_TIMEOUT(box->stateText().contains(text("door")), 10'000); // names the one that fails
    }

    void replacesATamperedProgram()
    {
        QVERIFY(m_server->start());
        const QString program = m_dir->filePath(text("agent"));
        QFile file(program);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\necho good\n");
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        auto box = host();
        const auto provided = await(box->provide(program));
        VERIFY_OK(provided);
        QFile remote(*provided);
        QVERIFY(remote.open(QIODevice::WriteOnly));
        remote.write("#!/bin/sh\necho evil\n");
        remote.close();
        QVERIFY(m_server->start());
        QSignalSpy tampered(box.get(), &SshHost::tampered);
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Unreachable, 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Ready, 20'000);
        const auto again = await(box->provide(program));
        VERIFY_OK(again);
        QCOMPARE(tampered.count(), 1);
        CommandSpec spec;
        spec.program = *again;
        QCOMPARE(await(box->run(spec))->standardOutput, QByteArray("good\n"));
    }

    void saysWhenTheDiskIsFull()
    {
        const QString disk = m_dir->filePath(text("disk"));
        QDir().mkpath(disk);
        if (mount("none", QFile::encodeName(disk).constData(), "tmpfs", 0, "size=1m") != 0)
            QSKIP("only root can make a small disk");
        QVERIFY(m_server->start());
        const QString big = m_dir->filePath(text("big"));
        QFile file(big);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(3'000'000, 'b'));
        file.close();
        const auto box = host();
        const Status copied = await(box->put(big, disk + text("/big")));
        const QStringList left = QDir(disk).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
        umount(QFile::encodeName(disk).constData());
        COMPARE_KIND(copied, ErrorKind::DiskFull);
        QVERIFY(copied.error().text.contains(text("gpu-box")));
        QCOMPARE(left, QStringList());
    }

    void saysWhichFolderIsTheTrouble_data()
    {
        QTest::addColumn<QByteArray>("options");
        QTest::addColumn<bool>("filled");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("words");
        QTest::newRow("noexec") << QByteArray("size=1m") << false << int(ErrorKind::Forbidden) << text("noexec");
        QTest::newRow("full") << QByteArray("size=1m") << true << int(ErrorKind::DiskFull)
                              << text("disk of gpu-box is full");
        QTest::newRow("no room for a name") << QByteArray("size=1m,nr_inodes=1") << false << int(ErrorKind::DiskFull)
                                            << text("disk of gpu-box is full");
    }
    void saysWhichFolderIsTheTrouble()
    {
        QFETCH(QByteArray, options);
        QFETCH(bool, filled);
        QFETCH(int, kind);
        QFETCH(QString, words);
        const QString disk = m_dir->filePath(text("disk"));
        QDir().mkpath(disk);
        const unsigned long flags = words == text("noexec") ? MS_NOEXEC : 0;
        if (mount("none", QFile::encodeName(disk).constData(), "tmpfs", flags, options.constData()) != 0)
            QSKIP("only root can make a small disk");
        const auto leave = qScopeGuard([&disk] { umount(QFile::encodeName(disk).constData()); });
        QDir().mkpath(disk + text("/cache"));
        QFile rest(disk + text("/rest"));
        if (filled && rest.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            while (rest.write(QByteArray(4096, 'x')) > 0) {
            }
        rest.close();
        QVERIFY(m_server->start());
        SshHostConfig config = Test::boxConfig(m_server->configFile(), m_dir->path());
        config.cacheDir = disk + text("/cache");
        SshHost box(config, m_person.ask());
        const Status connected = await(box.connectNow());
        QVERIFY(!connected);
        QCOMPARE(int(connected.error().kind), kind);
        QVERIFY2(connected.error().text.contains(words), qPrintable(connected.error().text));
        QVERIFY2(connected.error().text.contains(config.cacheDir), qPrintable(connected.error().text));
        QVERIFY(connected.error().text.contains(text("gpu-box")));
    }

    void aLongRuntimeFolderLeavesRoomForSockets()
    {
        const QString longName = m_dir->filePath(QString(40, QLatin1Char('r')));
        QVERIFY(QDir().mkpath(longName));
        const QString user = qEnvironmentVariable("USER", text("root"));
        const QString lingering = text("/var/lib/systemd/linger/") + user;
        if (::getuid() != 0)
            QSKIP("only root can say who lingers");
        const bool lingered = QFile::exists(lingering);
        QDir().mkpath(QFileInfo(lingering).path());
        QVERIFY(QFile(lingering).open(QIODevice::ReadWrite));
        const auto leave = qScopeGuard([&] { lingered || QFile::remove(lingering); });
        m_server->setEnvironment({text("XDG_RUNTIME_DIR=") + longName});
        QVERIFY(m_server->start());
        SshHostConfig config = Test::boxConfig(m_server->configFile(), m_dir->path());
        config.remoteDir.clear();
        SshHost box(config, m_person.ask());
        VERIFY_OK(await(box.connectNow()));
        QVERIFY2(box.runtimeDir().startsWith(text("/tmp/flotilla-0-")), qPrintable(box.runtimeDir()));
        QDir(box.runtimeDir()).removeRecursively();
    }

    void namesTheStepThatFails_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("step");
        QTest::newRow("option") << text("-oProxyCommand=touch /tmp/x") << text("resolve: ");
        QTest::newRow("no such name") << text("host.invalid") << text("resolve: ");
        QTest::newRow("nobody listens") << text("box") << text("connect: ");
    }
    void namesTheStepThatFails()
    {
        QFETCH(QString, target);
        const auto box = host(target);
        const Status connected = await(box->connectNow(), 60'000);
        QVERIFY(!connected);
        QTEST(connected.error().detail.left(connected.error().detail.indexOf(QLatin1Char(' ')) + 1), "step");
        QVERIFY(!connected.error().text.isEmpty());
    }

    void saysWhenForwardingIsForbidden()
    {
        QVERIFY(m_server->start({text("AllowStreamLocalForwarding no")}));
        QLocalServer server;
        QVERIFY(server.listen(m_dir->filePath(text("s.sock"))));
        const auto box = host();
        const auto stream = await(box->connectTo(UnixPath{server.fullServerName()}));
        COMPARE_KIND(stream, ErrorKind::Unavailable); // sshd does not tell this from a socket that is not there
        QVERIFY(stream.error().text.contains(text("AllowStreamLocalForwarding")));
    }

    void endsWhileItConnects()
    {
        QVERIFY(m_server->start());
        for (const qint64 pid : {m_server->pid()})
            ::kill(pid_t(pid), SIGSTOP); // accepts, and says nothing
        auto box = host();
        auto connecting = box->connectNow();
        QTest::qWait(200);
        QElapsedTimer timer;
        timer.start();
        box.reset();
        QVERIFY(timer.elapsed() < 2000);
        QVERIFY(connecting.isFinished());
        ::kill(pid_t(m_server->pid()), SIGCONT);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestSshFaults)
#include "tst_sshfaults.moc"
