// SPDX-License-Identifier: GPL-3.0-or-later
// Logins with a password, and with what PAM asks, at a real sshd that has an account of the test's own.
#include "backends/hosts/ssh/sshhost.h"
#include "tests/conformance/await.h"
#include "tests/support/boxconfig.h"
#include "tests/support/peers.h"
#include "tests/support/sshserver.h"

#include <QTemporaryDir>

#include <unistd.h>

namespace Flotilla {

namespace {

const QString password = QStringLiteral("correct-horse-7!");
const QString second = QStringLiteral("battery-staple-8?");
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

HostAnswer says(const QString &answer)
{
    return {true, {answer}};
}

} // namespace

class TestSshLogins : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Test::SshServer> m_server;
    QList<HostAnswer> m_answers;
    QList<HostQuestion> m_asked;

    std::unique_ptr<SshHost> host()
    {
        const SshHostConfig config = Test::boxConfig(m_server->configFile(), m_dir->path());
        return std::make_unique<SshHost>(config, [this](const HostQuestion &question) {
            m_asked.append(question);
            return readyFuture<HostAnswer>(m_answers.isEmpty() ? HostAnswer() : m_answers.takeFirst());
        });
    }

    /// No key is accepted; `how` are the methods that are.
    void serve(const QString &how)
    {
        QVERIFY(m_server->setPassword(password));
        serveOnly(how);
    }
    void serveOnly(const QString &how)
    {
        m_server->authorize({});
        m_server->configure({text("IdentityFile none")});
        const bool pam = how.contains(text("keyboard"));
        QVERIFY(m_server->start({text("UsePAM ") + text(pam ? "yes" : "no"), text("PasswordAuthentication yes"),
                                 text("KbdInteractiveAuthentication yes"), text("AuthenticationMethods ") + how}));
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString missing = Test::SshServer::reasonToSkip();
        if (geteuid() != 0)
            QSKIP("only root can give an sshd an account of its own");
        if (!missing.isEmpty() && qEnvironmentVariableIntValue("FLOTILLA_REQUIRE_PEERS") == 0)
            QSKIP(qPrintable(missing));
        QVERIFY2(missing.isEmpty(), qPrintable(missing));
        before = qInstallMessageHandler(keepLog);
    }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(text("/tmp/flotilla-ssh-XXXXXX"));
        m_server = std::make_unique<Test::SshServer>(m_dir->filePath(text("sshd")));
        m_answers.clear();
        m_asked.clear();
    }

    void cleanup() { m_server.reset(); }

    void cleanupTestCase()
    {
        for (const QString &line : std::as_const(logged))
            QVERIFY2(!line.contains(password) && !line.contains(second), "a password is in the log");
    }

    void logsIn_data()
    {
        QTest::addColumn<QString>("methods");
        QTest::addColumn<QStringList>("answers");
        QTest::addColumn<bool>("interactive");
        const QString wrong = text("wrong");
        QTest::newRow("password") << text("password") << QStringList{password} << false;
        QTest::newRow("password, third try") << text("password") << QStringList{wrong, wrong, password} << false;
        QTest::newRow("interactive") << text("keyboard-interactive") << QStringList{password} << true;
        QTest::newRow("interactive, second try")
            << text("keyboard-interactive") << QStringList{wrong, password} << true;
    }
    void logsIn()
    {
        QFETCH(QString, methods);
        QFETCH(QStringList, answers);
        QFETCH(bool, interactive);
        serve(methods);
        for (const QString &answer : std::as_const(answers))
            m_answers.append(says(answer));
        const auto box = host();
        VERIFY_OK(await(box->connectNow()));
        QCOMPARE(m_asked.size(), answers.size());
        const auto kind = interactive ? HostQuestion::Kind::KeyboardInteractive : HostQuestion::Kind::Password;
        for (const HostQuestion &question : std::as_const(m_asked)) {
            QVERIFY(question.kind == kind);
            QCOMPARE(question.prompts.size(), 1);
            QCOMPARE(question.visible, QList<bool>{false});
            QVERIFY((question.title + question.text).contains(interactive ? text("gpu-box") : text("root")));
        }
        CommandSpec spec;
        spec.program = text("/bin/echo");
        spec.args = {text("in")};
        const auto ran = await(box->run(spec));
        VERIFY_OK(ran);
        QCOMPARE(ran->standardOutput, QByteArray("in\n"));
    }

    void severalRoundsOfQuestions_data()
    {
        QTest::addColumn<QStringList>("answers");
        QTest::addColumn<bool>("accepted");
        const QString wrong = text("wrong");
        QTest::newRow("right") << QStringList{password, second} << true;
        QTest::newRow("second try") << QStringList{password, wrong, password, second} << true;
        QTest::newRow("the same twice") << QStringList{password, password, password, password} << false;
    }
    void severalRoundsOfQuestions()
    {
        QFETCH(QStringList, answers);
        QFETCH(bool, accepted);
        QVERIFY(m_server->setPassword(password));
        QVERIFY(m_server->setSecondPassword(second));
        serveOnly(text("keyboard-interactive"));
        for (const QString &answer : std::as_const(answers))
            m_answers.append(says(answer));
        const auto box = host();
        const Status connected = await(box->connectNow());
        QVERIFY2(connected.ok() == accepted, problem(connected));
        for (const HostQuestion &question : std::as_const(m_asked)) {
            QVERIFY(question.kind == HostQuestion::Kind::KeyboardInteractive);
            QCOMPARE(question.prompts.size(), 1); // one after the other
            QCOMPARE(question.visible, QList<bool>{false});
        }
        if (accepted)
            QCOMPARE(m_asked.size(), answers.size());
        else
            COMPARE_KIND(connected, ErrorKind::Unauthorized);
    }

    void aKeyAndThenAPassword()
    {
        serve(text("publickey,password"));
        m_server->authorize({text("id")});
        m_server->configure({text("IdentityFile ") + m_server->path(text("id"))});
        m_answers = {says(password)};
        VERIFY_OK(await(host()->connectNow()));
        QCOMPARE(m_asked.size(), 1);
    }

    void aPasswordIsAskedForOnce()
    {
        serve(text("password"));
        m_answers = {says(password)};
        const auto box = host();
        VERIFY_OK(await(box->connectNow()));
        serve(text("password")); // the old one is gone
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Unreachable, 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(box->state() == HostState::Ready, 20'000);
        QCOMPARE(m_asked.size(), 1);
    }

    void whatIsRefusedIsSaid_data()
    {
        QTest::addColumn<QString>("methods");
        QTest::newRow("password") << text("password");
        QTest::newRow("interactive") << text("keyboard-interactive");
    }
    void whatIsRefusedIsSaid()
    {
        QFETCH(QString, methods);
        serve(methods);
        const QString wrong = password + text("-wrong");
        for (int i = 0; i < 20; ++i)
            m_answers.append(says(wrong));
        const auto box = host();
        const Status connected = await(box->connectNow());
        COMPARE_KIND(connected, ErrorKind::Unauthorized);
        const QString said = connected.error().text + connected.error().detail + box->stateText();
        QVERIFY(!said.contains(password));
        QVERIFY2(connected.error().text.contains(text("did not accept what was answered")), problem(connected));
        QVERIFY(m_asked.size() >= 3 && m_asked.size() <= 6);
        QCOMPARE(box->retrySeconds(), 0); // only a person can help
    }

    void aPersonMayDecline_data() { whatIsRefusedIsSaid_data(); }
    void aPersonMayDecline()
    {
        QFETCH(QString, methods);
        serve(methods);
        const auto box = host();
        const Status connected = await(box->connectNow());
        COMPARE_KIND(connected, ErrorKind::Unauthorized);
        QVERIFY2(connected.error().text.contains(text("was not answered")), problem(connected));
        QCOMPARE(m_asked.size(), 1);
        m_answers = {says(password)};
        VERIFY_OK(await(box->connectNow()));
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestSshLogins)
#include "tst_sshlogins.moc"
