// SPDX-License-Identifier: GPL-3.0-or-later
// What the control API refuses, and that nobody can hold it up. No application behind it: only the description answers.
#include "app/api/apiroutes.h"
#include "app/api/apiserver.h"
#include "tests/support/apiclient.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QNetworkInterface>
#include <QTemporaryDir>
#include <QTimer>

using namespace Flotilla;
using namespace std::chrono_literals;
using Test::ApiAnswer;
using Test::ApiClient;

namespace {

const QByteArray token(48, 'a');

ApiParser::State parse(const QByteArray &bytes)
{
    ApiParser parser;
    return parser.feed(bytes);
}

} // namespace

class TestApiServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_api = std::make_unique<ApiServer>(nullptr);
        QVERIFY(m_api->begin(0, QString::fromLatin1(token)).ok());
    }
    void cleanup() { m_api.reset(); }

    void answersWithTheToken()
    {
        const ApiAnswer answer = client().ask("GET", "/openapi.json");
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.headers.value("cache-control"), QByteArray("no-store"));
        QVERIFY(answer.json().isObject());
    }

    void theTokenIsNeeded_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("empty") << QByteArray("Authorization: Bearer \r\n");
        QTest::newRow("short") << "Authorization: Bearer " + token.left(47) + "\r\n";
        QTest::newRow("other") << "Authorization: Bearer " + token.left(47) + "b\r\n";
        QTest::newRow("basic") << "Authorization: Basic " + token + "\r\n";
        QTest::newRow("bare") << "Authorization: " + token + "\r\n";
    }
    void theTokenIsNeeded()
    {
        QFETCH(QByteArray, header);
        const ApiAnswer answer =
            client().send("GET /openapi.json HTTP/1.1\r\nHost: " + here() + "\r\n" + header + "\r\n");
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.headers.value("www-authenticate"), QByteArray("Bearer"));
        QVERIFY(!answer.body.contains(token));
    }

    void theSchemeMayBeWrittenAnyhow()
    {
        for (const QByteArray &scheme : {QByteArray("bearer "), QByteArray("BEARER ")})
            QCOMPARE(client()
                         .send("GET /openapi.json HTTP/1.1\r\nHost: " + here() + "\r\nAuthorization: " + scheme +
                               token + "\r\n\r\n")
                         .status,
                     200);
    }

    void aNewTokenEndsTheOldOne()
    {
        m_api->setToken(QString(48, QLatin1Char('c')));
        QCOMPARE(client().ask("GET", "/openapi.json").status, 401);
        QCOMPARE(ApiClient(m_api->port(), QByteArray(48, 'c')).ask("GET", "/openapi.json").status, 200);
    }

    void otherHostsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::newRow("no host") << QByteArray();
        QTest::newRow("a name that was bent to us") << QByteArray("Host: evil.example:%1\r\n");
        QTest::newRow("no port") << QByteArray("Host: 127.0.0.1\r\n");
        QTest::newRow("another port") << QByteArray("Host: 127.0.0.1:1\r\n");
        QTest::newRow("longer name") << QByteArray("Host: localhost:%1.evil.example\r\n");
        QTest::newRow("a page") << QByteArray("Host: localhost:%1\r\nOrigin: http://localhost:%1\r\n");
        QTest::newRow("a file") << QByteArray("Host: localhost:%1\r\nOrigin: null\r\n");
    }
    void otherHostsAreRefused()
    {
        QFETCH(QByteArray, headers);
        headers.replace("%1", QByteArray::number(m_api->port()));
        const QByteArray with = "Authorization: Bearer " + token + "\r\n\r\n";
        QCOMPARE(client().send("GET /openapi.json HTTP/1.1\r\n" + headers + with).status, 403);
    }

    void listensOnLoopbackOnly()
    {
        const auto addresses = QNetworkInterface::allAddresses();
        for (const QHostAddress &address : addresses) {
            if (address == QHostAddress(QHostAddress::LocalHost))
                continue;
            QTcpSocket socket;
            socket.connectToHost(address, m_api->port());
            QVERIFY2(!socket.waitForConnected(2000), qPrintable(address.toString()));
        }
    }

    void unreadableRequests_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &bytes, int status) {
            QTest::newRow(name) << bytes << status;
        };
        row("no request line", "\r\n\r\n", 400);
        row("no version", "GET /metrics\r\n\r\n", 400);
        row("another protocol", "GET /metrics SPDY/3\r\n\r\n", 400);
        row("a proxy's", "GET http://evil.example/ HTTP/1.1\r\n\r\n", 400);
        row("a name twice", "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", 400);
        row("a folded line", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400);
        row("no colon", "GET / HTTP/1.1\r\nnonsense\r\n\r\n", 400);
        row("a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
        row("chunks", "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411);
        row("chunks and a length",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400);
        row("negative length", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400);
        row("signed length", "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na", 400);
        row("two lengths in one", "POST / HTTP/1.1\r\nContent-Length: 1, 2\r\n\r\na", 400);
        row("a length past all numbers", "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 400);
        row("a large body", "POST / HTTP/1.1\r\nContent-Length: 1048577\r\n\r\n", 413);
        row("a large head", "GET / HTTP/1.1\r\nX: " + QByteArray(17'000, 'x'), 413);
        row("a whole large head", "GET / HTTP/1.1\r\nX: " + QByteArray(17'000, 'x') + "\r\n\r\n", 413);
        row("nothing but zeros", QByteArray(20'000, '\0'), 413);
        row("up", "GET /v1/../metrics HTTP/1.1\r\n\r\n", 400);
        row("up, hidden", "GET /v1/%2e%2E/metrics HTTP/1.1\r\n\r\n", 400);
        row("a hidden slash", "GET /v1%2Fapps HTTP/1.1\r\n\r\n", 400);
        row("a hidden backslash", "GET /v1/apps/a%5Cb HTTP/1.1\r\n\r\n", 400);
        row("a hidden end", "GET /v1/apps/a%00b HTTP/1.1\r\n\r\n", 400);
        row("a hidden line", "GET /v1/apps/a%0d%0ab HTTP/1.1\r\n\r\n", 400);
        row("a deep path", "GET /" + QByteArray("a/").repeated(4000) + " HTTP/1.1\r\n\r\n", 400);
    }
    void unreadableRequests()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        const ApiAnswer answer = client().send(bytes);
        QCOMPARE(answer.status, status);
        const QJsonValue kind = answer.json()["error"]["kind"];
        const QJsonArray known =
            client()
                .ask("GET", "/openapi.json")
                .json()["components"]["schemas"]["Error"]["properties"]["error"]["properties"]["kind"]["enum"]
                .toArray();
        QVERIFY2(known.contains(kind), qPrintable(kind.toString()));
    }

    void aLargeBodyIsRefusedWhileItComes()
    {
        const QByteArray body(8 * 1024 * 1024, 'x');
        QCOMPARE(client().ask("POST", "/v1/apps", body).status, 413);
    }

    void piecesAreEnough()
    {
        const QByteArray whole = client().head("POST", "/nowhere", "Content-Length: 4\r\n\r\n") + "body";
        ApiParser parser;
        for (qsizetype i = 0; i + 1 < whole.size(); ++i)
            QCOMPARE(parser.feed(whole.mid(i, 1)), ApiParser::State::More);
        QCOMPARE(parser.feed(whole.right(1)), ApiParser::State::Done);
        QCOMPARE(parser.request().body, QByteArray("body"));
        QCOMPARE(parse(whole + "GET /next"), ApiParser::State::Done);
    }

    void unknownPathsAndMethods()
    {
        QCOMPARE(client().ask("GET", "/").status, 404);
        QCOMPARE(client().ask("GET", "/v1/apps/x/y/z").status, 404);
        QCOMPARE(client().ask("GET", "/v1/apps/x/secrets").status, 404);
        const ApiAnswer wrong = client().ask("PATCH", "/v1/apps");
        QCOMPARE(wrong.status, 405);
        QCOMPARE(wrong.headers.value("allow"), QByteArray("GET, POST"));
        QCOMPARE(client().ask("get", "/openapi.json").status, 405);
        QCOMPARE(client().ask("OPTIONS", "/v1/terminate").status, 405);
    }

    /// What is not JSON does not reach the application.
    void badBodies_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"prompt\": \"a");
        QTest::newRow("a list") << QByteArray("[1]");
        QTest::newRow("a number for a text") << QByteArray("{\"prompt\": 7}");
        QTest::newRow("an object for a text") << QByteArray("{\"prompt\": \"a\", \"model\": {}}");
        QTest::newRow("deep") << QByteArray("[").repeated(100'000);
    }
    void badBodies()
    {
        QFETCH(QByteArray, body);
        const ApiAnswer answer = client().ask("POST", "/v1/apps", body);
        QCOMPARE(answer.status, 400);
        QVERIFY(!answer.json()[QLatin1String("error")][QLatin1String("text")].toString().isEmpty());
        QCOMPARE(client().ask("POST", "/v1/apps/x/messages", body).status, 400);
    }

    void slowWritersAreClosed_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("in the head") << client().head("GET", "/metrics");
        QTest::newRow("in the body") << client().head("POST", "/v1/apps", "Content-Length: 100\r\n\r\n{");
        QTest::newRow("nothing said") << QByteArray();
    }
    void slowWritersAreClosed()
    {
        QFETCH(QByteArray, start);
        m_api->setLimits({100ms, 100ms, 8});
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_api->port());
        socket.write(start);
        QTimer drip; // a byte now and then does not help
        connect(&drip, &QTimer::timeout, &socket, [&socket] { socket.write("a"); });
        drip.start(20ms);
        const QByteArray answer = ApiClient::untilClosed(socket, 20'000);
        QCOMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY2(answer.startsWith("HTTP/1.1 408"), answer.constData());
        QCOMPARE(client().ask("GET", "/openapi.json").status, 200);
    }

    void whoDoesNotCloseIsClosed()
    {
        m_api->setLimits({100ms, 100ms, 8});
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_api->port());
        QVERIFY(QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }, 5000));
        socket.write(client().head("GET", "/openapi.json", "\r\n"));
        socket.setReadBufferSize(16); // takes nothing more
        QTRY_VERIFY(socket.bytesAvailable() > 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_api->findChildren<QTcpSocket *>().size(), 0, 20'000);
    }

    void whoComesWhileThereAreTooManyWaits()
    {
        m_api->setLimits({10s, 10s, 4});
        std::vector<std::unique_ptr<QTcpSocket>> held;
        for (int i = 0; i < 4; ++i) {
            held.push_back(std::make_unique<QTcpSocket>());
            held.back()->connectToHost(QStringLiteral("127.0.0.1"), m_api->port());
        }
        QTRY_COMPARE(m_api->findChildren<QTcpSocket *>().size(), 4);
        std::vector<std::unique_ptr<QTcpSocket>> more;
        for (int i = 0; i < 40; ++i) {
            more.push_back(std::make_unique<QTcpSocket>());
            more.back()->connectToHost(QStringLiteral("127.0.0.1"), m_api->port());
            more.back()->write(client().head("GET", "/openapi.json", "\r\n"));
        }
        const auto connected = [&more] {
            return std::all_of(more.begin(), more.end(),
                               [](const auto &socket) { return socket->state() == QAbstractSocket::ConnectedState; });
        };
        QTRY_VERIFY(connected());
        QCOMPARE(m_api->findChildren<QTcpSocket *>().size(), 4);
        held.clear();
        for (const auto &socket : more)
            QVERIFY(ApiClient::untilClosed(*socket, 20'000).startsWith("HTTP/1.1 200"));
        QTRY_COMPARE(m_api->findChildren<QTcpSocket *>().size(), 0);
    }

    void whoSaysNothingKeepsNobodyWaiting()
    {
        m_api->setLimits({1h, 50ms, 4});
        std::vector<std::unique_ptr<QTcpSocket>> silent;
        for (int i = 0; i < 10; ++i) {
            silent.push_back(std::make_unique<QTcpSocket>());
            silent.back()->connectToHost(QStringLiteral("127.0.0.1"), m_api->port());
            if (i % 2 == 1)
                silent.back()->write("GET /metrics");
        }
        QTRY_COMPARE(m_api->findChildren<QTcpSocket *>().size(), 4);
        QCOMPARE(client().ask("GET", "/openapi.json").status, 200);
    }

    void headIsAnsweredAsGetWithoutTheBody()
    {
        const QByteArray length = client().ask("GET", "/openapi.json").headers.value("content-length");
        const ApiAnswer head = client().ask("HEAD", "/openapi.json");
        QCOMPARE(head.status, 200);
        QCOMPARE(head.headers.value("content-length"), length);
        QCOMPARE(head.body, QByteArray());
        const ApiAnswer wrong = client().ask("HEAD", "/v1/terminate");
        QCOMPARE(wrong.status, 405);
        QCOMPARE(wrong.body, QByteArray());
        QCOMPARE(client().ask("HEAD", "/nothing").body, QByteArray());
    }

    void endsAndBeginsAgain()
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), m_api->port());
        QTRY_COMPARE(m_api->findChildren<QTcpSocket *>().size(), 1);
        const quint16 port = m_api->port();
        m_api->end();
        QVERIFY(!m_api->isOn());
        QTRY_COMPARE(socket.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(m_api->begin(port, QString::fromLatin1(token)).ok());
        QCOMPARE(client().ask("GET", "/openapi.json").status, 200);
        ApiServer second(nullptr);
        const Status taken = second.begin(port, QString::fromLatin1(token));
        QVERIFY(!taken.ok());
        QVERIFY(taken.error().text.contains(QString::number(port)));
    }

    void theTokenFileIsPrivate()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("api.token"));
        const auto first = ApiServer::tokenInFile(path);
        QVERIFY(first.ok());
        QVERIFY(first->size() >= 48);
        QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions());
        QCOMPARE(*ApiServer::tokenInFile(path), *first);
        QVERIFY(!ApiServer::tokenInFile(dir.filePath(QStringLiteral("missing/api.token"))).ok());
    }

    /// The description names every route and nothing else.
    void theDescriptionMatchesTheRoutes()
    {
        const QJsonObject paths = client().ask("GET", "/openapi.json").json()[QLatin1String("paths")].toObject();
        QStringList described;
        for (auto path = paths.begin(); path != paths.end(); ++path) {
            const QJsonObject methods = path->toObject();
            for (auto method = methods.begin(); method != methods.end(); ++method)
                if (method.key() != QLatin1String("parameters"))
                    described.append(method.key().toUpper() + QLatin1Char(' ') + path.key());
        }
        QStringList routes;
        for (const ApiRoute &route : apiRoutes())
            routes.append(QStringLiteral("%1 %2").arg(QLatin1String(route.method), QLatin1String(route.path)));
        described.sort();
        routes.sort();
        QCOMPARE(described, routes);
    }

private:
    ApiClient client() const { return ApiClient(m_api ? m_api->port() : 1, token); }
    QByteArray here() const { return "127.0.0.1:" + QByteArray::number(m_api->port()); }

    std::unique_ptr<ApiServer> m_api;
};

QTEST_GUILESS_MAIN(TestApiServer)
#include "tst_apiserver.moc"
