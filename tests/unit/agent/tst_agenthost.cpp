// SPDX-License-Identifier: GPL-3.0-or-later
// The helper of a host, as a process of its own, spoken to over its socket.
#include "await.h"
#include "backends/agent/frames.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>

#include <algorithm>
#include <csignal>

namespace Flotilla {

namespace {

QString text(const char *chars)
{
    return QString::fromLatin1(chars);
}

QByteArray frame(char type, const QByteArray &payload)
{
    std::string bytes;
    Agent::appendFrame(bytes, type, {payload.constData(), std::size_t(payload.size())});
    return {bytes.data(), qsizetype(bytes.size())};
}

QByteArray request(const QStringList &argv, QJsonObject more = {})
{
    more.insert(text("op"), text("run"));
    more.insert(text("argv"), QJsonArray::fromStringList(argv));
    return frame('J', QJsonDocument(more).toJson(QJsonDocument::Compact));
}

QByteArray shell(const char *script, const QJsonObject &more = {})
{
    return request({text("/bin/sh"), text("-c"), text(script)}, more);
}

bool isRunning(qint64 pid)
{
    QFile file(text("/proc/%1/stat").arg(pid));
    return pid > 1 && file.open(QIODevice::ReadOnly) && !file.readAll().contains(") Z ");
}

/// One connection, and what came on it.
struct Peer
{
    explicit Peer(const QString &path) { socket.connectToServer(path); }

    void look()
    {
        const QByteArray bytes = socket.readAll();
        decoder.feed({bytes.constData(), std::size_t(bytes.size())});
        Agent::Frame one;
        while (decoder.next(one)) {
            const QByteArray payload(one.payload.data(), qsizetype(one.payload.size()));
            if (one.type == 'J')
                answers.append(QJsonDocument::fromJson(payload).object());
            else
                (one.type == 'O' ? out : err) += payload;
        }
    }
    QJsonObject answer() // the last one
    {
        const auto over = [this] {
            look();
            return !answers.isEmpty() && answers.constLast().contains(text("ok"));
        };
        return QTest::qWaitFor(over, 20'000) ? answers.constLast() : QJsonObject();
    }
    qint64 pid()
    {
        const auto begun = [this] {
            look();
            return !answers.isEmpty();
        };
        return QTest::qWaitFor(begun, 20'000) ? answers.constFirst()[text("started")].toInteger() : 0;
    }

    QLocalSocket socket;
    Agent::FrameDecoder decoder;
    QList<QJsonObject> answers;
    QByteArray out;
    QByteArray err;
};

} // namespace

class TestAgentHost : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<Peer> m_hold;

    QString socketPath() const { return m_dir->filePath(text("helper-test")); }
    bool socketIsThere() const { return QFile::exists(socketPath()); }
    int launch(const QString &name) const
    {
        return QProcess::execute(qEnvironmentVariable("FLOTILLA_BIN_DIR") + text("/flotilla-agent"),
                                 {text("host"), m_dir->path(), name});
    }
    qint64 helperPid() const
    {
        Peer peer(socketPath());
        peer.socket.write(shell("echo $PPID"));
        return peer.answer()[text("ok")].toBool() ? peer.out.trimmed().toLongLong() : 0;
    }
    QByteArray numberIn(const QString &file) const
    {
        QFile read(m_dir->filePath(file));
        return read.open(QIODevice::ReadOnly) ? read.readAll().trimmed() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>(text("/tmp/flotilla-helper-XXXXXX"));
        QCOMPARE(launch(text("helper-test")), 0);
        m_hold = std::make_unique<Peer>(socketPath());
        m_hold->socket.write(frame('J', R"({"op":"hold"})"));
        QTRY_VERIFY_WITH_TIMEOUT((m_hold->look(), !m_hold->answers.isEmpty()), 20'000);
        QCOMPARE(m_hold->answers.constFirst()[text("protocol")].toInt(), 1);
    }

    void cleanup()
    {
        m_hold.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!socketIsThere(), 20'000);
    }

    void runs_data()
    {
        QTest::addColumn<QByteArray>("call");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("out");
        QTest::addColumn<QByteArray>("err");
        QTest::newRow("streams apart") << shell("printf a; printf b >&2; exit 7") << 7 << QByteArray("a")
                                       << QByteArray("b");
        QTest::newRow("signal") << shell("kill -9 $$") << 137 << QByteArray() << QByteArray();
        QTest::newRow("variable") << shell("printf \"$ONE\"", {{text("env"), QJsonObject{{text("ONE"), text("1 2")}}}})
                                  << 0 << QByteArray("1 2") << QByteArray();
        QTest::newRow("own PATH") << request({text("ls"), text("/etc/passwd")},
                                             {{text("env"), QJsonObject{{text("PATH"), text("/usr/bin:/bin")}}}})
                                  << 0 << QByteArray("/etc/passwd\n") << QByteArray();
        QTest::newRow("folder") << request({text("pwd")}, {{text("cwd"), text("/usr/bin")}}) << 0
                                << QByteArray("/usr/bin\n") << QByteArray();
        QTest::newRow("default signals") << shell("kill -PIPE $$; echo survived") << 128 + SIGPIPE << QByteArray()
                                         << QByteArray();
    }
    void runs()
    {
        QFETCH(QByteArray, call);
        Peer peer(socketPath());
        peer.socket.write(call + frame('I', {}));
        const QJsonObject answer = peer.answer();
        QVERIFY(answer[text("ok")].toBool());
        QTEST(answer[text("exit_code")].toInt(), "code");
        QTEST(peer.out, "out");
        QTEST(peer.err, "err");
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("call");
        QTest::addColumn<QString>("kind");
        QTest::newRow("no program") << request({text("/usr/bin/no-such-program")}) << text("program");
        QTest::newRow("no folder") << request({text("true")}, {{text("cwd"), text("/no/such")}}) << text("folder");
        QTest::newRow("no words") << request({}) << text("invalid");
        QTest::newRow("empty program") << request({QString()}) << text("invalid");
        QTest::newRow("a word with a null") << request({text("true"), QString(QChar::Null)}) << text("invalid");
        QTest::newRow("variable") << request({text("true")}, {{text("env"), QJsonObject{{text("A=B"), text("x")}}}})
                                  << text("invalid");
        QTest::newRow("no call") << frame('J', R"({"op":"reboot"})") << text("invalid");
        QTest::newRow("no JSON") << frame('J', "[[[") << text("invalid");
        QTest::newRow("input first") << frame('I', "x") << text("invalid");
        QTest::newRow("too long") << QByteArray("\xff\xff\xff\x7fJ") << text("invalid");
        QTest::newRow("input after a hold") << frame('J', R"({"op":"hold"})") + frame('I', "x") << text("invalid");
    }
    void refuses()
    {
        QFETCH(QByteArray, call);
        Peer peer(socketPath());
        peer.socket.write(call);
        const QJsonObject answer = peer.answer();
        QVERIFY(!answer[text("ok")].toBool(true));
        QTEST(answer[text("error")].toString(), "kind");
    }

    void carriesMuchBothWays()
    {
        Peer peer(socketPath());
        QByteArray bytes;
        for (int i = 0; i < 3'000'000; ++i)
            bytes.append(char(i * 31 % 256));
        peer.socket.write(request({text("cat")}));
        for (qsizetype at = 0; at < bytes.size(); at += 100'000)
            peer.socket.write(frame('I', bytes.mid(at, 100'000)));
        peer.socket.write(frame('I', {}));
        QCOMPARE(peer.answer()[text("exit_code")].toInt(-1), 0);
        QVERIFY(peer.out == bytes);
    }

    void closingEndsTheProgramAndItsGroup()
    {
        auto peer = std::make_unique<Peer>(socketPath());
        peer->socket.write(shell("sleep 600 & echo $! > child; exec sleep 600", {{text("cwd"), m_dir->path()}}));
        const qint64 pid = peer->pid();
        QVERIFY(isRunning(pid));
        QTRY_VERIFY_WITH_TIMEOUT(isRunning(numberIn(text("child")).toLongLong()), 20'000);
        peer.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(pid), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(numberIn(text("child")).toLongLong()), 20'000);
    }

    void theTimeIsBounded()
    {
        Peer peer(socketPath());
        peer.socket.write(shell("sleep 600", {{text("timeout_ms"), 100}}));
        QCOMPARE(peer.answer()[text("exit_code")].toInt(), 137);
    }

    void whatIsLeftBehindIsNotWaitedFor()
    {
        Peer peer(socketPath());
        peer.socket.write(shell("setsid sleep 600 & echo $!"));
        QCOMPARE(peer.answer()[text("exit_code")].toInt(-1), 0);
        const qint64 left = peer.out.trimmed().toLongLong();
        QVERIFY(isRunning(left));
        kill(pid_t(left), SIGKILL);
    }

    void whatGoesOnWritingIsNotWaitedFor()
    {
        Peer peer(socketPath());
        peer.socket.write(shell("(exec yes &); exit 3"));
        QCOMPARE(peer.answer()[text("exit_code")].toInt(), 3);
        Peer gone(socketPath());
        gone.socket.write(shell("(exec yes &); exit 0"));
        QVERIFY(gone.pid() > 0);
        gone.socket.abort(); // whoever asked takes no more of it
        QVERIFY(helperPid() > 1);
    }

    void whoTakesItSlowlyGetsAnAnswerToo()
    {
        Peer peer(socketPath());
        peer.socket.setReadBufferSize(16'384);
        peer.socket.write(shell("(exec yes &); head -c 400000 /dev/zero; exit 3"));
        QCOMPARE(peer.answer()[text("exit_code")].toInt(), 3);
        QCOMPARE(peer.out.count('\0'), 400'000);
    }

    void manyWaitInTurn()
    {
        std::vector<std::unique_ptr<Peer>> peers;
        for (int i = 0; i < 100; ++i) {
            peers.push_back(std::make_unique<Peer>(socketPath()));
            peers.back()->socket.write(request({text("echo"), QString::number(i)}) + frame('I', {}));
        }
        for (int i = 0; i < 100; ++i) {
            QVERIFY(peers[std::size_t(i)]->answer()[text("ok")].toBool());
            QCOMPARE(peers[std::size_t(i)]->out.trimmed(), QByteArray::number(i));
        }
    }

    /// Whoever is refused there is sent through the login shell.
    void manyMayCallWhileItIsBusy()
    {
        const qint64 helper = helperPid();
        QVERIFY(helper > 1);
        kill(pid_t(helper), SIGSTOP);
        std::vector<std::unique_ptr<Peer>> peers;
        for (int i = 0; i < 400; ++i) {
            peers.push_back(std::make_unique<Peer>(socketPath()));
            peers.back()->socket.write(request({text("true")}) + frame('I', {}));
        }
        const auto connected = std::count_if(peers.begin(), peers.end(), [](const auto &peer) {
            return peer->socket.state() == QLocalSocket::ConnectedState;
        });
        kill(pid_t(helper), SIGCONT);
        QCOMPARE(connected, 400);
        for (const auto &peer : peers)
            QVERIFY(peer->answer()[text("ok")].toBool());
    }

    void endsWithWhoHoldsIt()
    {
        Peer peer(socketPath());
        peer.socket.write(shell("exec sleep 600"));
        const qint64 pid = peer.pid();
        QVERIFY(isRunning(pid));
        m_hold.reset();
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(pid), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!socketIsThere(), 20'000);
        QTRY_COMPARE_WITH_TIMEOUT(peer.socket.state(), QLocalSocket::UnconnectedState, 20'000);
    }

    void aKilledHelperTakesItsProgramsAndLeavesNoSocket()
    {
        const qint64 helper = helperPid();
        QVERIFY(helper > 1);
        Peer peer(socketPath());
        peer.socket.write(shell("exec sleep 600"));
        const qint64 pid = peer.pid();
        kill(pid_t(helper), SIGKILL);
        QTRY_VERIFY_WITH_TIMEOUT(!isRunning(pid), 20'000);
        QVERIFY(socketIsThere());
        QCOMPARE(launch(text("helper-other")), 0); // clears away what the killed one left
        QVERIFY(!socketIsThere());
        Peer(m_dir->filePath(text("helper-other"))).socket.write(frame('J', R"({"op":"hold"})"));
    }

    void namesAreChecked_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"helper-", "x", "helper-../a", "helper-A", "../helper-a"})
            QTest::newRow(name) << text(name);
    }
    void namesAreChecked()
    {
        QFETCH(QString, name);
        QVERIFY(launch(name) != 0);
    }
};

} // namespace Flotilla

QTEST_GUILESS_MAIN(Flotilla::TestAgentHost)
#include "tst_agenthost.moc"
