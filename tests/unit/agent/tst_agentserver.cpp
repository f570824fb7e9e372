// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "realagent.h"

#include <QLocalSocket>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <signal.h>

using namespace Flotilla;
using Test::await;

namespace {

const QByteArray pythonServer = R"(
import http.server, os, sys
class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_GET(self):
        if self.path == '/die': os._exit(9)
        body = ('pid %d path %s' % (os.getpid(), self.path)).encode()
        self.send_response(200); self.send_header('Content-Length', str(len(body))); self.end_headers(); self.wfile.write(body)
    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        self.send_response(200); self.send_header('Content-Length', str(len(body))); self.end_headers(); self.wfile.write(body)
print('ready for', os.environ['PORT'], flush=True)
http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
)";

} // namespace

class TestAgentServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty() &&
            !qEnvironmentVariableIsSet("FLOTILLA_REQUIRE_PEERS"))
            QSKIP("python3 is not installed");
        m_agent = std::make_unique<Test::RealAgent>();
        QVERIFY(await(m_agent->client().hello()).ok());
    }
    void cleanup() { m_agent.reset(); }

    void aServerIsStartedAndProxied();
    void largeBodiesPassBothWays();
    void aCrashedServerComesBack();
    void aServerThatEndsAtOnceFailsTheBuild();
    void badStartCommands_data();
    void badStartCommands();
    void anEditRestartsIt();
    void anotherKindStopsIt();
    void itsOutputIsLogged();

private:
    Result<AgentBuild> apply(const QByteArray &appJson, const QByteArray &script = pythonServer)
    {
        return await(m_agent->client().apply({{QStringLiteral("app.json"), appJson}, {QStringLiteral("s.py"), script}},
                                             {}, true, true));
    }
    QString state() { return await(m_agent->client().status())->server.state; }

    std::unique_ptr<Test::RealAgent> m_agent;
};

void TestAgentServer::aServerIsStartedAndProxied()
{
    const auto build = apply(R"({"start":["python3","s.py"]})");
    QVERIFY2(build.ok(), build ? "" : qPrintable(build.error().text));
    QVERIFY2(build->state == AgentBuild::State::Ok, qPrintable(build->text));
    QCOMPARE(build->kind, QStringLiteral("server"));
    QCOMPARE(state(), QStringLiteral("running"));
    const Test::HttpReply reply = m_agent->get("/x?y=1");
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.body.endsWith("path /x?y=1"));
}

void TestAgentServer::largeBodiesPassBothWays()
{
    QVERIFY(apply(R"({"start":"exec python3 s.py"})").ok());
    QByteArray body(4 * 1024 * 1024, Qt::Uninitialized);
    for (qsizetype i = 0; i < body.size(); ++i)
        body[i] = char(i * 13 + i / 777);
    QLocalSocket socket;
    socket.connectToServer(m_agent->path(QStringLiteral("run/app.sock")));
    QVERIFY(socket.waitForConnected());
    socket.write("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
                 QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    QTRY_VERIFY_WITH_TIMEOUT((answer += socket.readAll(), socket.state() == QLocalSocket::UnconnectedState), 20'000);
    answer += socket.readAll();
    QVERIFY(answer.mid(answer.indexOf("\r\n\r\n") + 4) == body);
}

void TestAgentServer::aCrashedServerComesBack()
{
    QSignalSpy changes(&m_agent->client(), &AgentClient::serverChanged);
    m_agent->client().watch();
    QVERIFY(apply(R"({"start":["python3","s.py"]})").ok());
    const QByteArray first = m_agent->get("/").body;
    m_agent->get("/die");
    QTRY_COMPARE(state(), QStringLiteral("crashed"));
    const auto crashed = await(m_agent->client().status());
    QCOMPARE(crashed->server.exitCode, 9);
    QCOMPARE(crashed->server.reason, QStringLiteral("exited"));
    const Test::HttpReply waiting = m_agent->get("/");
    QCOMPARE(waiting.status, 503);
    QVERIFY(waiting.body.contains("http-equiv=\"refresh\""));
    QTRY_COMPARE_WITH_TIMEOUT(state(), QStringLiteral("running"), 10'000);
    QCOMPARE(await(m_agent->client().status())->server.restarts, 1);
    const QByteArray second = m_agent->get("/").body;
    QVERIFY(second.startsWith("pid "));
    QVERIFY(second != first);
    QStringList states;
    for (const auto &change : changes)
        states += change.first().value<AgentServer>().state;
    QCOMPARE(states, QStringList({QStringLiteral("starting"), QStringLiteral("running"), QStringLiteral("crashed"),
                                  QStringLiteral("restarting"), QStringLiteral("running")}));
}

void TestAgentServer::aServerThatEndsAtOnceFailsTheBuild()
{
    const auto build = apply(R"({"start":["python3","s.py"]})", "import sys\nsys.exit('no such table: users')\n");
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::Failed);
    QVERIFY2(build->text.contains(QStringLiteral("exit code 1")), qPrintable(build->text));
    QVERIFY2(build->text.contains(QStringLiteral("no such table: users")), qPrintable(build->text));
    const Test::HttpReply page = m_agent->get("/");
    QCOMPARE(page.status, 503);
    QVERIFY(page.body.contains("no such table"));
}

void TestAgentServer::badStartCommands_data()
{
    QTest::addColumn<QByteArray>("appJson");
    QTest::addColumn<QString>("text");
    QTest::newRow("no JSON") << QByteArray("{start") << QStringLiteral("not a JSON object");
    QTest::newRow("no words") << QByteArray(R"({"start":["python3",1]})") << QStringLiteral("list of words");
    QTest::newRow("no program") << QByteArray(R"({"start":["no-such-program"]})") << QStringLiteral("cannot be run");
}

void TestAgentServer::badStartCommands()
{
    QFETCH(QByteArray, appJson);
    QFETCH(QString, text);
    const auto build = apply(appJson);
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::Failed);
    QVERIFY2(build->text.contains(text), qPrintable(build->text));
}

void TestAgentServer::anEditRestartsIt()
{
    QVERIFY(apply(R"({"start":["python3","s.py"]})").ok());
    QByteArray changed = pythonServer;
    changed.replace("'pid %d path %s'", "'changed %d path %s'");
    const auto build = apply(R"({"start":["python3","s.py"]})", changed);
    QVERIFY2(build.ok() && build->state == AgentBuild::State::Ok, build ? qPrintable(build->text) : "");
    QCOMPARE(build->revision, 2);
    QVERIFY(m_agent->get("/").body.startsWith("changed"));
    QCOMPARE(await(m_agent->client().status())->server.restarts, 0);
}

void TestAgentServer::anotherKindStopsIt()
{
    QVERIFY(apply(R"({"start":["python3","s.py"]})").ok());
    const auto build = await(m_agent->client().apply({{QStringLiteral("index.html"), "page"}}, {}, true, true));
    QVERIFY(build.ok());
    QCOMPARE(build->kind, QStringLiteral("static"));
    QTRY_COMPARE(state(), QStringLiteral("none"));
    QTRY_COMPARE(await(m_agent->client().stats())->processes, 1);
    QCOMPARE(m_agent->get("/").body, QByteArray("page"));
}

void TestAgentServer::itsOutputIsLogged()
{
    QVERIFY(apply(R"({"start":["python3","s.py"]})").ok());
    m_agent->get("/hello");
    const auto logs = await(m_agent->client().logs());
    QVERIFY(logs.ok());
    QVERIFY(logs->size() >= 2);
    QCOMPARE(logs->at(0).text, QStringLiteral("ready for %1").arg(m_agent->port()));
    QCOMPARE(logs->at(0).source, QStringLiteral("server"));
    QVERIFY(!logs->at(0).error);
    QVERIFY(logs->at(1).text.contains(QStringLiteral("GET /hello")));
    QVERIFY(logs->at(1).error);
    const auto later = await(m_agent->client().logs(logs->at(0).sequence));
    QVERIFY(later.ok());
    QCOMPARE(later->first().sequence, logs->at(1).sequence);
}

QTEST_GUILESS_MAIN(TestAgentServer)
#include "tst_agentserver.moc"
