// SPDX-License-Identifier: GPL-3.0-or-later
#include "await.h"
#include "realagent.h"

#include <QDir>
#include <QFile>
#include <QLocalSocket>
#include <QTest>

using namespace Flotilla;
using Test::await;

class TestAgentPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_agent = std::make_unique<Test::RealAgent>();
        QVERIFY(await(m_agent->client().hello()).ok());
    }
    void cleanup() { m_agent.reset(); }

    void anEmptyAppSaysSo();
    void staticFilesAreServed_data();
    void staticFilesAreServed();
    void staticPagesGetTheImportMap();
    void nothingOutsideIsServed_data();
    void nothingOutsideIsServed();
    void headHasNoBody();
    void otherMethodsAreRefused();
    void connectionsAreKept();
    void oneByteAtATime();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void liveTellsEveryRevision();
    void logsAndStats();

private:
    void applySite()
    {
        const auto build = await(m_agent->client().apply(
            {{QStringLiteral("index.html"), "<html><head><title>T</title></head><body>home</body></html>"},
             {QStringLiteral("docs/index.html"), "docs"},
             {QStringLiteral("a b.js"), "1"},
             {QStringLiteral("style.css"), "p{}"},
             {QStringLiteral(".env"), "SECRET"}},
            {}, true, true));
        QVERIFY(build.ok());
        QCOMPARE(build->kind, QStringLiteral("static"));
        QCOMPARE(build->state, AgentBuild::State::Ok);
    }
    std::unique_ptr<Test::RealAgent> m_agent;
};

void TestAgentPages::anEmptyAppSaysSo()
{
    const Test::HttpReply page = m_agent->get("/");
    QCOMPARE(page.status, 503);
    QVERIFY(page.body.contains("has not been written yet"));
    const auto build = await(m_agent->client().apply({{QStringLiteral("readme"), "x"}}, {}, true, true));
    QVERIFY(build.ok());
    QCOMPARE(build->state, AgentBuild::State::None);
    QCOMPARE(build->kind, QStringLiteral("none"));
    QCOMPARE(m_agent->get("/").status, 503);
}

void TestAgentPages::staticFilesAreServed_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const QByteArray html("text/html; charset=utf-8");
    QTest::newRow("home") << QByteArray("/") << 200 << html << QByteArray("home");
    QTest::newRow("by name") << QByteArray("/index.html") << 200 << html << QByteArray("home");
    QTest::newRow("query") << QByteArray("/style.css?v=1#x") << 200 << QByteArray("text/css; charset=utf-8")
                           << QByteArray("p{}");
    QTest::newRow("escaped") << QByteArray("/a%20b.js") << 200 << QByteArray("text/javascript; charset=utf-8")
                             << QByteArray("1");
    QTest::newRow("folder") << QByteArray("/docs/") << 200 << html << QByteArray("docs");
    QTest::newRow("route") << QByteArray("/people/7") << 200 << html << QByteArray("home");
    QTest::newRow("absolute form") << QByteArray("http://x.localhost/style.css") << 200
                                   << QByteArray("text/css; charset=utf-8") << QByteArray("p{}");
    QTest::newRow("missing file") << QByteArray("/missing.png") << 404 << html << QByteArray("Not found");
    QTest::newRow("hidden") << QByteArray("/.env") << 404 << html << QByteArray("Not found");
}

void TestAgentPages::staticFilesAreServed()
{
    QFETCH(QByteArray, target);
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    applySite();
    const Test::HttpReply reply = m_agent->get(target);
    QCOMPARE(reply.status, status);
    QVERIFY2(reply.head.contains("Content-Type: " + type + "\r\n"), reply.head.constData());
    QVERIFY2(reply.body.contains(body), reply.body.constData());
    QVERIFY(reply.head.contains("Cache-Control: no-store"));
}

void TestAgentPages::staticPagesGetTheImportMap()
{
    QFile head(m_agent->path(QStringLiteral("runtime/head-static.html")));
    QVERIFY(head.open(QIODevice::WriteOnly));
    head.write("<script type=\"importmap\">{}</script>");
    head.close();
    QVERIFY(QDir(m_agent->path(QStringLiteral("runtime"))).mkdir(QStringLiteral("vendor")));
    QFile vendor(m_agent->path(QStringLiteral("runtime/vendor/react.js")));
    QVERIFY(vendor.open(QIODevice::WriteOnly));
    vendor.write("export {}");
    vendor.close();
    applySite();
    QCOMPARE(m_agent->get("/").body,
             QByteArray(
                 "<html><head><script type=\"importmap\">{}</script><title>T</title></head><body>home</body></html>"));
    const Test::HttpReply reply = m_agent->get("/_flotilla/vendor/react.js");
    QCOMPARE(reply.body, QByteArray("export {}"));
    QVERIFY(reply.head.contains("immutable"));
    QCOMPARE(m_agent->get("/_flotilla/vendor/none.js").status, 404);
    QCOMPARE(m_agent->get("/_flotilla/bin/esbuild").status, 404);
}

void TestAgentPages::nothingOutsideIsServed_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target :
         {"/../secret.txt", "/%2e%2e/secret.txt", "/docs/../../secret.txt", "/..%2fsecret.txt", "//../secret.txt",
          "/link.txt", "/out/secret.txt", "/_flotilla/../secret.txt", "/_flotilla/%2e%2e/secret.txt",
          "/secret.txt%00.html", "/_flotilla/vendor/../../secret.txt", "/fifo.txt"})
        QTest::newRow(target) << QByteArray(target);
}

void TestAgentPages::nothingOutsideIsServed()
{
    QFETCH(QByteArray, target);
    applySite();
    QFile secret(m_agent->path(QStringLiteral("secret.txt")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("TOPSECRET");
    secret.close();
    QVERIFY(QFile::link(secret.fileName(), m_agent->appPath(QStringLiteral("link.txt"))));
    QVERIFY(QFile::link(m_agent->path({}), m_agent->appPath(QStringLiteral("out"))));
    QCOMPARE(QProcess::execute(QStringLiteral("mkfifo"), {m_agent->appPath(QStringLiteral("fifo.txt"))}), 0);
    const Test::HttpReply reply = m_agent->get(target);
    QVERIFY2(reply.status == 400 || reply.status == 404, reply.head.constData());
    QVERIFY(!reply.body.contains("TOPSECRET"));
}

void TestAgentPages::headHasNoBody()
{
    applySite();
    const Test::HttpReply reply = m_agent->get("/style.css", "HEAD");
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.head.contains("Content-Length: 3"));
    QCOMPARE(reply.body, QByteArray());
}

void TestAgentPages::otherMethodsAreRefused()
{
    applySite();
    QCOMPARE(m_agent->get("/", "POST").status, 405);
    QCOMPARE(m_agent->get("/", "DELETE").status, 405);
}

void TestAgentPages::connectionsAreKept()
{
    applySite();
    QLocalSocket socket;
    socket.connectToServer(m_agent->path(QStringLiteral("run/app.sock")));
    QVERIFY(socket.waitForConnected());
    QByteArray answer;
    const QByteArray one = "GET /style.css HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.write(one);
    QTRY_VERIFY((answer += socket.readAll()).count("p{}") == 1);
    socket.write(one + one + "GET /a%20b.js HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"); // pipelined
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    answer += socket.readAll();
    QCOMPARE(answer.count("p{}"), 3);
    QCOMPARE(answer.count("HTTP/1.1 200 OK"), 4);
}

void TestAgentPages::oneByteAtATime()
{
    applySite();
    QLocalSocket socket;
    socket.connectToServer(m_agent->path(QStringLiteral("run/app.sock")));
    QVERIFY(socket.waitForConnected());
    for (const char c : QByteArray("GET /style.css HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) {
        socket.write(&c, 1);
        QVERIFY(socket.waitForBytesWritten());
    }
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    QVERIFY(socket.readAll().endsWith("p{}"));
}

void TestAgentPages::nonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no HTTP") << QByteArray("hello\r\n\r\n");
    QTest::newRow("binary") << QByteArray("\x16\x03\x01\x02\x00\x01\x00", 7) + QByteArray(64, '\xff');
    QTest::newRow("endless head") << "GET / HTTP/1.1\r\nA: " + QByteArray(64 * 1024, 'a');
    QTest::newRow("endless address") << "GET /" + QByteArray(64 * 1024, 'a');
    QTest::newRow("upgrade") << QByteArray(
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close, Upgrade\r\nUpgrade: websocket\r\n\r\n");
}

void TestAgentPages::nonsenseIsRefused()
{
    QFETCH(QByteArray, bytes);
    applySite();
    QLocalSocket socket;
    socket.connectToServer(m_agent->path(QStringLiteral("run/app.sock")));
    QVERIFY(socket.waitForConnected());
    socket.write(bytes);
    QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
    QCOMPARE(m_agent->get("/style.css").status, 200);
}

void TestAgentPages::liveTellsEveryRevision()
{
    applySite();
    QLocalSocket socket;
    socket.connectToServer(m_agent->path(QStringLiteral("run/app.sock")));
    QVERIFY(socket.waitForConnected());
    socket.write("GET /_flotilla/live HTTP/1.1\r\nHost: x\r\n\r\n");
    QByteArray answer;
    QTRY_VERIFY((answer += socket.readAll()).contains("data: {\"revision\":1}\n\n"));
    QVERIFY(await(m_agent->client().build()).ok());
    QTRY_VERIFY((answer += socket.readAll()).contains("data: {\"revision\":2}\n\n"));
}

void TestAgentPages::logsAndStats()
{
    applySite();
    const auto stats = await(m_agent->client().stats());
    QVERIFY(stats.ok());
    QVERIFY(stats->memoryBytes > 0);
    QCOMPARE(stats->processes, 1);
    QVERIFY(stats->workspaceBytes > 0);
    QCOMPARE(stats->commands, 0);
    ExecSpec shell;
    shell.argv = QStringList{QStringLiteral("/bin/cat")};
    auto command = m_agent->client().exec(shell);
    QTRY_COMPARE(await(m_agent->client().stats())->commands, 1);
    command->closeStdin();
    QTRY_COMPARE(await(m_agent->client().stats())->commands, 0);
    const auto logs = await(m_agent->client().logs());
    QVERIFY(logs.ok());
    QVERIFY(logs->isEmpty());
}

QTEST_GUILESS_MAIN(TestAgentPages)
#include "tst_agentpages.moc"
