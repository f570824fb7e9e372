// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "realagent.h"

#include "backends/agent/agentcall.h"
#include "backends/agent/agentclient.h"
#include "backends/agent/frames.h"

#include <QBuffer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace Flotilla;
using namespace std::chrono_literals;
using Test::await;

namespace {

QByteArray frame(char type, const QByteArray &payload)
{
    std::string out;
    Agent::appendFrame(out, type, {payload.constData(), std::size_t(payload.size())});
    return QByteArray::fromStdString(out);
}

/// Answers every connection with prepared bytes, whatever is asked.
class FakeAgent : public QObject
{
public:
    FakeAgent()
    {
        m_server.listen(m_dir.filePath(QStringLiteral("s")));
        connect(&m_server, &QLocalServer::newConnection, this, [this] {
            QLocalSocket *socket = m_server.nextPendingConnection();
            ++connections;
            connect(socket, &QLocalSocket::disconnected, this, [this] { ++closed; });
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
                received += socket->readAll();
                if (!std::exchange(m_answered[socket], true))
                    reply(socket);
            });
        });
    }
    StreamOpener opener() const { return Test::localOpener(m_dir.filePath(QStringLiteral("s"))); }

    QByteArray answer;
    int chunk = 0;        ///< bytes at a time; 0: all at once
    bool endless = false; ///< repeats the answer for ever
    bool closes = false;  ///< hangs up after the answer
    QByteArray received;
    int connections = 0;
    int closed = 0;

private:
    void reply(QLocalSocket *socket)
    {
        if (chunk == 0)
            socket->write(answer);
        for (qsizetype at = 0; chunk > 0 && at < answer.size(); at += chunk) {
            socket->write(answer.mid(at, chunk));
            socket->flush();
        }
        if (closes)
            socket->disconnectFromServer();
        if (endless)
            connect(socket, &QLocalSocket::bytesWritten, this, [this, socket] {
                if (socket->bytesToWrite() < 1'000'000)
                    socket->write(answer);
            });
    }

    QTemporaryDir m_dir;
    QLocalServer m_server;
    QHash<QLocalSocket *, bool> m_answered;
};

const QByteArray goodBuild = R"({"state":"ok","revision":3,"kind":"react","ms":20.5,"diagnostics":[],"text":""})";

} // namespace

class TestAgentClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fake = std::make_unique<FakeAgent>();
        m_client = std::make_unique<AgentClient>(m_fake->opener());
    }
    void cleanup()
    {
        m_client.reset();
        m_fake.reset();
    }

    void helloWaitsForTheAgent();
    void helloOfNobodyTimesOut();
    void helloOfAnotherProtocolIsRefused();
    void goodAnswersAreUnderstood();
    void answersInSmallPieces();
    void errorsKeepTheirKind_data();
    void errorsKeepTheirKind();
    void hostileBytesAreRefused_data();
    void hostileBytesAreRefused();
    void hostileBuildsAreRefused_data();
    void hostileBuildsAreRefused();
    void hostileStatsAreRefused();
    void hostileListsAreRefused();
    void hostileFilesAreRefused_data();
    void hostileFilesAreRefused();
    void aSilentPeerTimesOut();
    void endlessOutputIsBounded();
    void execRefusesNonsense();
    void endlessLogsEnd();
    void badEventsEndTheWatch();
    void goodEventsAreTold();
    void cancellingCloses();
    void deletingTheClientEndsItsCalls();
    void deletingTheClientInASignalIsSafe();

private:
    std::unique_ptr<FakeAgent> m_fake;
    std::unique_ptr<AgentClient> m_client;
};

void TestAgentClient::helloWaitsForTheAgent()
{
    int tries = 0;
    const StreamOpener real = m_fake->opener();
    AgentClient client([&tries, real]() -> Future<std::shared_ptr<QIODevice>> {
        if (++tries < 5)
            return readyFuture(
                Result<std::shared_ptr<QIODevice>>(Error{ErrorKind::Unavailable, QStringLiteral("not yet"), {}}));
        return real();
    });
    m_fake->answer = frame('J', R"({"ok":true,"protocol":1})");
    const auto hello = await(client.hello());
    QVERIFY(hello.ok());
    QCOMPARE(tries, 5);
}

void TestAgentClient::helloOfNobodyTimesOut()
{
    AgentClient client([]() -> Future<std::shared_ptr<QIODevice>> {
        return readyFuture(
            Result<std::shared_ptr<QIODevice>>(Error{ErrorKind::Unavailable, QStringLiteral("nobody"), {}}));
    });
    const auto hello = await(client.hello(100ms));
    QVERIFY(!hello.ok());
    QCOMPARE(hello.error().kind, ErrorKind::Timeout);
}

void TestAgentClient::helloOfAnotherProtocolIsRefused()
{
    m_fake->answer = frame('J', R"({"ok":true,"protocol":2})");
    const auto hello = await(m_client->hello());
    QVERIFY(!hello.ok());
    QCOMPARE(hello.error().kind, ErrorKind::Protocol);
}

void TestAgentClient::goodAnswersAreUnderstood()
{
    m_fake->answer = frame(
        'J',
        R"({"ok":true,"build":{"state":"failed","revision":7,"kind":"react","ms":1.5,"text":"1 error","diagnostics":[
        {"file":"src/App.tsx","line":3,"column":9,"text":"bad","line_text":"x","error":true}]}})");
    const auto build = await(
        m_client->apply({{QStringLiteral("b"), "22"}, {QStringLiteral("a"), "1"}}, {QStringLiteral("c")}, true, true));
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::Failed);
    QCOMPARE(build->revision, 7);
    QCOMPARE(build->diagnostics.size(), 1);
    QCOMPARE(build->diagnostics.first().column, 9);
    QVERIFY(m_fake->received.contains(R"("delete":["c"])"));
    QVERIFY(m_fake->received.endsWith(frame('B', "1") + frame('B', "22")));
}

void TestAgentClient::answersInSmallPieces()
{
    m_fake->chunk = 1;
    m_fake->answer = frame('J', R"({"size":5})") + frame('B', "he") + frame('B', "llo") + frame('J', R"({"ok":true})");
    const auto file = await(m_client->readFile(QStringLiteral("x")));
    QVERIFY(file.ok());
    QCOMPARE(*file, QByteArray("hello"));
}

void TestAgentClient::errorsKeepTheirKind_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("invalid") << QByteArray("invalid") << ErrorKind::Invalid;
    QTest::newRow("not-found") << QByteArray("not-found") << ErrorKind::NotFound;
    QTest::newRow("unsupported") << QByteArray("unsupported") << ErrorKind::Unsupported;
    QTest::newRow("limit") << QByteArray("limit") << ErrorKind::Quota;
    QTest::newRow("timeout") << QByteArray("timeout") << ErrorKind::Timeout;
    QTest::newRow("internal") << QByteArray("internal") << ErrorKind::Internal;
    QTest::newRow("made up") << QByteArray("made up") << ErrorKind::Protocol;
}

void TestAgentClient::errorsKeepTheirKind()
{
    QFETCH(QByteArray, name);
    QFETCH(ErrorKind, kind);
    m_fake->answer = frame('J', R"({"ok":false,"error":")" + name + R"(","text":")" + QByteArray(100'000, 'x') + "\"}");
    const auto stats = await(m_client->stats());
    QVERIFY(!stats.ok());
    QCOMPARE(stats.error().kind, kind);
    QVERIFY(stats.error().text.size() < 3000);
}

void TestAgentClient::hostileBytesAreRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("huge length") << QByteArray("\xff\xff\xff\x7fJ{", 6);
    QTest::newRow("just too long") << QByteArray("\x01\x00\x10\x00J", 5);
    QTest::newRow("unknown type") << QByteArray("\x02\x00\x00\x00q{}", 7);
    QTest::newRow("stdin from the agent") << frame('I', "x");
    QTest::newRow("no JSON") << frame('J', "yes");
    QTest::newRow("a list") << frame('J', "[]");
    QTest::newRow("a number") << frame('J', "1");
    QTest::newRow("deep") << frame('J', "{\"a\":" + QByteArray(1000, '[') + QByteArray(1000, ']') + "}");
    QTest::newRow("very deep") << frame('J', "{\"a\":" + QByteArray(1'000'000, '['));
    QTest::newRow("many values") << frame('J', "{\"a\":[1" + QByteArray(500'000, ',').replace(",", ",1") + "]}");
    QTest::newRow("cut JSON") << frame('J', R"({"ok":tr)");
    QTest::newRow("nothing in it") << frame('J', R"({"ok":true})");
    QTest::newRow("build of another type") << frame('J', R"({"ok":true,"build":[1,2]})");
    QTest::newRow("web server") << QByteArray("HTTP/1.1 200 OK\r\n\r\n");
}

void TestAgentClient::hostileBytesAreRefused()
{
    QFETCH(QByteArray, bytes);
    m_fake->answer = bytes;
    const auto build = await(m_client->build());
    QVERIFY(!build.ok());
    QCOMPARE(build.error().kind, ErrorKind::Protocol);
    QTRY_COMPARE(m_fake->closed, 1);
}

void TestAgentClient::hostileBuildsAreRefused_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::newRow("unknown state") << QByteArray("\"ok\"") << QByteArray("\"great\"");
    QTest::newRow("state of another type") << QByteArray("\"ok\"") << QByteArray("{}");
    QTest::newRow("unknown kind") << QByteArray("\"react\"") << QByteArray("\"native\"");
    QTest::newRow("negative revision") << QByteArray("3") << QByteArray("-1");
    QTest::newRow("fractional revision") << QByteArray("3") << QByteArray("1.5");
    QTest::newRow("huge revision") << QByteArray("3") << QByteArray("1e300");
    QTest::newRow("time of another type") << QByteArray("20.5") << QByteArray("\"soon\"");
    QTest::newRow("endless time") << QByteArray("20.5") << QByteArray("1e999");
    QTest::newRow("diagnostics of another type") << QByteArray("[]") << QByteArray("{}");
    QTest::newRow("a diagnostic of another type") << QByteArray("[]") << QByteArray("[1]");
    QTest::newRow("an empty diagnostic") << QByteArray("[]") << QByteArray("[{}]");
    QTest::newRow("51 diagnostics")
        << QByteArray("[]")
        << QByteArray(
               "[" +
               QByteArray(R"({"file":"a","line":1,"column":1,"text":"","line_text":"","error":true},)").repeated(50) +
               R"({"file":"a","line":1,"column":1,"text":"","line_text":"","error":true}])");
    QTest::newRow("negative line")
        << QByteArray("[]")
        << QByteArray(R"([{"file":"a","line":-1,"column":1,"text":"","line_text":"","error":true}])");
    QTest::newRow("long text") << QByteArray("[]")
                               << QByteArray(
                                      R"([{"file":"a","line":1,"column":1,"line_text":"","error":true,"text":")" +
                                      QByteArray(3000, 'x') + "\"}]");
    QTest::newRow("long text of the build")
        << QByteArray("\"text\":\"\"") << QByteArray("\"text\":\"" + QByteArray(3000, 'x') + "\"");
}

void TestAgentClient::hostileBuildsAreRefused()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    m_fake->answer = frame('J', "{\"ok\":true,\"build\":" + QByteArray(goodBuild).replace(from, to) + "}");
    const auto build = await(m_client->build());
    QVERIFY(!build.ok());
    QCOMPARE(build.error().kind, ErrorKind::Protocol);
}

void TestAgentClient::hostileStatsAreRefused()
{
    m_fake->answer =
        frame('J', R"({"ok":true,"memory_bytes":"many","cpu_ms":0,"processes":1,"data_bytes":0,"workspace_bytes":0})");
    QVERIFY(!await(m_client->stats()).ok());
    m_fake->answer =
        frame('J', R"({"ok":true,"memory_bytes":5,"cpu_ms":0,"processes":1e12,"data_bytes":0,"workspace_bytes":0})");
    QVERIFY(!await(m_client->stats()).ok());
    m_fake->answer =
        frame('J', R"({"ok":true,"memory_bytes":5,"cpu_ms":0,"processes":1,"data_bytes":0,"workspace_bytes":0})");
    QVERIFY(await(m_client->stats()).ok()); // of an older agent
    QByteArray counted = R"({"ok":true,"memory_bytes":5,"cpu_ms":0,"processes":1,"data_bytes":0,"workspace_bytes":0)";
    m_fake->answer = frame('J', counted + R"(,"commands":2})");
    QCOMPARE(await(m_client->stats())->commands, 2);
    m_fake->answer = frame('J', counted + R"(,"commands":-1})");
    QVERIFY(!await(m_client->stats()).ok());
}

void TestAgentClient::hostileListsAreRefused()
{
    const QByteArray entry = R"({"path":"a","size":1,"type":"file"})";
    m_fake->answer = frame('J', R"({"ok":true,"entries":[)" + (entry + ',').repeated(10'000) + entry + "]}");
    QVERIFY(!await(m_client->listFiles({})).ok());
    m_fake->answer = frame('J', R"({"ok":true,"entries":[{"path":"a","size":1,"type":"device"}]})");
    QVERIFY(!await(m_client->listFiles({})).ok());
    m_fake->answer = frame('J', R"({"ok":true,"entries":[)" + entry + "]}");
    QVERIFY(await(m_client->listFiles({})).ok());
}

void TestAgentClient::hostileFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("answer");
    const QByteArray end = frame('J', R"({"ok":true})");
    QTest::newRow("no size") << frame('B', "x") + end;
    QTest::newRow("only the end") << end;
    QTest::newRow("negative size") << frame('J', R"({"size":-5})") + end;
    QTest::newRow("huge size") << frame('J', R"({"size":1e15})") + end;
    QTest::newRow("more than announced") << frame('J', R"({"size":1})") + frame('B', "xy") + end;
    QTest::newRow("less than announced") << frame('J', R"({"size":5})") + frame('B', "xy") + end;
    QTest::newRow("output instead") << frame('J', R"({"size":1})") + frame('O', "x") + end;
}

void TestAgentClient::hostileFilesAreRefused()
{
    QFETCH(QByteArray, answer);
    m_fake->answer = answer;
    const auto file = await(m_client->readFile(QStringLiteral("x")));
    QVERIFY(!file.ok());
    QCOMPARE(file.error().kind, ErrorKind::Protocol);
}

void TestAgentClient::aSilentPeerTimesOut()
{
    const auto hello = await(m_client->hello(150ms));
    QVERIFY(!hello.ok());
    QCOMPARE(hello.error().kind, ErrorKind::Timeout);
    QTRY_COMPARE(m_fake->closed, 1);
    m_fake->answer = frame('J', R"({"ok":true,"protocol":1})").left(9); // half a frame
    const auto half = await(m_client->hello(150ms));
    QVERIFY(!half.ok());
    m_fake->closes = true;
    const auto cut = await(m_client->stats());
    QVERIFY(!cut.ok());
    QCOMPARE(cut.error().kind, ErrorKind::Network);
}

void TestAgentClient::endlessOutputIsBounded()
{
    m_fake->endless = true;
    m_fake->answer = frame('O', QByteArray(500'000, 'x'));
    ExecSpec spec;
    spec.argv = QStringList(QStringLiteral("yes"));
    auto future = m_client->run(spec, 1000);
    QTRY_VERIFY(m_fake->connections == 1);
    QTest::qWait(200);
    QVERIFY(!future.isFinished());
    future.cancel();
    QTRY_COMPARE(m_fake->closed, 1);
    m_fake->answer = frame('J', "{}"); // endless events where an answer is due
    const auto hello = await(m_client->hello(200ms));
    QVERIFY(!hello.ok());
    QCOMPARE(hello.error().kind, ErrorKind::Timeout);
}

void TestAgentClient::execRefusesNonsense()
{
    ExecSpec spec;
    spec.argv = QStringList(QStringLiteral("x"));
    m_fake->answer = frame('B', "x");
    QVERIFY(!await(m_client->run(spec)).ok());
    m_fake->answer = frame('J', R"({"ok":true,"exit_code":300,"reason":"exited"})");
    QVERIFY(!await(m_client->run(spec)).ok());
    m_fake->answer = frame('J', R"({"ok":true,"exit_code":0,"reason":"bored"})");
    QVERIFY(!await(m_client->run(spec)).ok());
    m_fake->answer = frame('O', "1") + frame('E', "2") + frame('J', R"({"ok":true,"exit_code":3,"reason":"exited"})");
    const auto good = await(m_client->run(spec));
    QVERIFY(good.ok());
    QCOMPARE(good->second, QByteArray("12"));
    QCOMPARE(good->first.exitCode, 3);
}

void TestAgentClient::endlessLogsEnd()
{
    const QByteArray line = R"({"seq":1,"time_ms":1,"source":"server","error":false,"text":"x"})";
    m_fake->answer = frame('J', R"({"ok":true,"more":true,"lines":[)" + line + "]}"); // the same page for ever
    const auto logs = await(m_client->logs());
    QVERIFY(logs.ok());
    QVERIFY(logs->size() <= 16);
    QVERIFY(m_fake->connections <= 16);
    m_fake->answer = frame('J', R"({"ok":true,"lines":[{"seq":1,"time_ms":1,"source":"server","error":false,"text":")" +
                                    QByteArray(5000, 'x') + "\"}]}");
    QVERIFY(!await(m_client->logs()).ok());
}

void TestAgentClient::badEventsEndTheWatch()
{
    QSignalSpy lost(m_client.get(), &AgentClient::lost);
    QSignalSpy builds(m_client.get(), &AgentClient::buildChanged);
    m_fake->answer = frame('J', R"({"event":"build","build":{"state":"great"}})");
    m_client->watch();
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(builds.size(), 0);
}

void TestAgentClient::goodEventsAreTold()
{
    QSignalSpy lost(m_client.get(), &AgentClient::lost);
    QSignalSpy builds(m_client.get(), &AgentClient::buildChanged);
    QSignalSpy servers(m_client.get(), &AgentClient::serverChanged);
    QSignalSpy lines(m_client.get(), &AgentClient::logAdded);
    QSignalSpy limits(m_client.get(), &AgentClient::limitHit);
    m_fake->answer =
        frame('J', "{\"event\":\"build\",\"build\":" + goodBuild + "}") +
        frame('J', R"({"event":"server","server":{"state":"running","restarts":0,"exit_code":0,"reason":""}})") +
        frame('J', R"({"event":"log","line":{"seq":1,"time_ms":1,"source":"server","error":true,"text":"x"}})") +
        frame('J', R"({"event":"from the future","x":1})") +
        frame('J', R"({"event":"limit","reason":"out-of-memory","text":"Too much."})");
    m_client->watch();
    m_client->watch();
    QTRY_COMPARE(limits.size(), 1);
    QCOMPARE(limits.first().first().toString(), QStringLiteral("out-of-memory"));
    QCOMPARE(builds.size(), 1);
    QCOMPARE(servers.size(), 1);
    QCOMPARE(lines.size(), 1);
    QCOMPARE(lost.size(), 0);
    QCOMPARE(m_fake->connections, 1);
}

void TestAgentClient::cancellingCloses()
{
    auto future = m_client->stats();
    QTRY_COMPARE(m_fake->connections, 1);
    future.cancel();
    QTRY_COMPARE(m_fake->closed, 1);
}

void TestAgentClient::deletingTheClientEndsItsCalls()
{
    auto stats = m_client->stats();
    auto logs = m_client->logs();
    ExecSpec spec;
    spec.argv = QStringList(QStringLiteral("x"));
    auto run = m_client->run(spec);
    m_client->watch();
    QTRY_COMPARE(m_fake->connections, 4);
    m_client.reset();
    QTRY_VERIFY(stats.isFinished() && logs.isFinished() && run.isFinished());
    QTRY_COMPARE(m_fake->closed, 4);
}

void TestAgentClient::deletingTheClientInASignalIsSafe()
{
    const QByteArray event = frame('J', "{\"event\":\"build\",\"build\":" + goodBuild + "}");
    m_fake->answer = event + event;
    const QPointer<AgentClient> watched(m_client.get());
    connect(m_client.get(), &AgentClient::buildChanged, m_client.get(), [this] { m_client.reset(); });
    m_client->watch();
    QTRY_VERIFY(!watched);
    QTRY_COMPARE(m_fake->closed, 1);
}

/// A call that ends with the program: what it held must not keep the program from ending.
static void leaveACall()
{
    AgentCall call(
        [] {
            const std::shared_ptr<QIODevice> stream(new QBuffer, [](QIODevice *last) { last->deleteLater(); });
            stream->open(QIODevice::ReadWrite);
            return readyFuture<std::shared_ptr<QIODevice>>(stream);
        },
        0ms);
    QSignalSpy connected(&call, &AgentCall::connected);
    call.start({});
    if (!QTest::qWaitFor([&connected] { return !connected.isEmpty(); }))
        qFatal("the call did not begin");
}

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    TestAgentClient test;
    const int failed = QTest::qExec(&test, argc, argv);
    leaveACall();
    return failed;
}
#include "tst_agentclient.moc"
