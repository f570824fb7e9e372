// SPDX-License-Identifier: GPL-3.0-or-later
// Everything of an app stands still while a connection lives.
#include "await.h"
#include "realagent.h"

#include <QFile>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTest>

#include <signal.h>

using namespace Flotilla;
using Test::await;

namespace {

/// Counts in /data without being asked.
const QByteArray countingServer = R"(
import http.server, os, threading
lock = threading.Lock()
count = 0
def work():
    global count
    while True:
        with lock:
            count += 1
            with open(os.environ['HOME'] + '/next', 'w') as file: file.write(str(count))
            os.rename(os.environ['HOME'] + '/next', os.environ['HOME'] + '/count')
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = str(os.getpid()).encode()
        self.send_response(200); self.send_header('Content-Length', str(len(body))); self.end_headers()
        self.wfile.write(body)
for _ in range(4): threading.Thread(target=work, daemon=True).start()
http.server.ThreadingHTTPServer(('127.0.0.1', int(os.environ['PORT'])), Handler).serve_forever()
)";

} // namespace

class TestAgentHold : public QObject
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
        const auto build = await(m_agent->client().apply(
            {{QStringLiteral("app.json"), R"({"start":["python3","s.py"]})"}, {QStringLiteral("s.py"), countingServer}},
            {}, true, true));
        QVERIFY(build.ok());
        QCOMPARE(build->state, AgentBuild::State::Ok);
        QTRY_VERIFY(count().toInt() > 0);
    }
    void cleanup() { m_agent.reset(); }

    void itStandsStillUntilTheConnectionEnds()
    {
        auto hold = await(m_agent->client().hold());
        QVERIFY(hold.ok());
        staysAt(count());
        QVERIFY((*hold)->isHeld());
        goesOnAfter(hold);
    }

    void whoHoldsTooKeepsItSo()
    {
        auto first = await(m_agent->client().hold());
        auto second = await(m_agent->client().hold());
        QVERIFY(first.ok() && second.ok());
        const QByteArray then = count();
        *first = nullptr;
        exportAll(); // stops and continues too
        staysAt(then);
        goesOnAfter(second);
    }

    void nothingIsStartedMeanwhile()
    {
        auto hold = await(m_agent->client().hold());
        QVERIFY(hold.ok());
        ExecSpec spec;
        spec.argv = QStringList{QStringLiteral("true")};
        const auto ran = await(m_agent->client().run(spec));
        QVERIFY(!ran.ok());
        QCOMPARE(ran.error().kind, ErrorKind::Conflict);
        QCOMPARE(await(m_agent->client().build()).error().kind, ErrorKind::Conflict);
        *hold = nullptr;
        QTRY_VERIFY(await(m_agent->client().run(spec)).ok());
    }

    void aServerThatCrashedWaits()
    {
        const pid_t server = m_agent->get("/").body.toInt();
        QVERIFY(server > 1);
        auto hold = await(m_agent->client().hold());
        QVERIFY(hold.ok());
        QCOMPARE(::kill(server, SIGKILL), 0);
        QTRY_COMPARE(status().restarts, 1); // it would be started now
        QCOMPARE(status().state, QStringLiteral("crashed"));
        *hold = nullptr;
        QTRY_COMPARE(status().state, QStringLiteral("running"));
    }

    void itTellsThatItIsLost()
    {
        const auto hold = await(m_agent->client().hold());
        QVERIFY(hold.ok());
        m_agent->process().kill();
        QTRY_VERIFY(!(*hold)->isHeld());
    }

    void anOlderAgentSaysSo()
    {
        QLocalServer server;
        QVERIFY(server.listen(m_agent->path(QStringLiteral("older"))));
        connect(&server, &QLocalServer::newConnection, this, [&server] {
            server.nextPendingConnection()->write(
                framed(R"({"ok":false,"error":"unsupported","text":"this agent does not know it"})"));
        });
        const auto hold = await(AgentHold::take(Test::localOpener(server.fullServerName())));
        QVERIFY(!hold.ok());
        QCOMPARE(hold.error().kind, ErrorKind::Unsupported);
    }

private:
    static QByteArray framed(const QByteArray &json)
    {
        return QByteArray(1, char(json.size())) + QByteArray(3, 0) + 'J' + json;
    }

    AgentServer status() { return await(m_agent->client().status())->server; }

    QByteArray count() const
    {
        QFile file(m_agent->path(QStringLiteral("data/count")));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void staysAt(const QByteArray &then)
    {
        for (int i = 0; i < 50; ++i)
            QVERIFY(await(m_agent->client().status()).ok());
        QCOMPARE(count(), then);
    }

    void goesOnAfter(Result<AgentHold::Handle> &hold)
    {
        const QByteArray then = count();
        *hold = nullptr;
        QTRY_VERIFY(count() != then);
    }

    void exportAll() { QVERIFY(m_agent->controlRaw(framed(R"({"op":"export"})")).contains("\"entries\"")); }

    std::unique_ptr<Test::RealAgent> m_agent;
};

QTEST_GUILESS_MAIN(TestAgentHold)
#include "tst_agenthold.moc"
