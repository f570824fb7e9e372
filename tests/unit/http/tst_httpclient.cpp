// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/http/httpclient.h"
#include "backends/http/httpupload.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace Flotilla;

namespace {

/// Answers every connection with fixed bytes once the header and the announced body of a request have arrived.
class RawServer : public QTcpServer
{
public:
    explicit RawServer(QByteArray answer = {}, bool close = true)
        : m_answer(std::move(answer))
        , m_close(close)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            last = socket;
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this] { ++closed; });
        });
    }
    QUrl url(const QString &path = QStringLiteral("/")) const
    {
        return QUrl(QStringLiteral("http://127.0.0.1:%1%2").arg(serverPort()).arg(path));
    }

    QByteArray request;
    QPointer<QTcpSocket> last;
    int closed = 0;

private:
    void read(QTcpSocket *socket)
    {
        request += socket->readAll();
        const qsizetype end = request.indexOf("\r\n\r\n");
        const qsizetype at = request.toLower().indexOf("content-length: ");
        const qsizetype length = at < 0 ? 0 : request.mid(at + 16, request.indexOf('\r', at) - at - 16).toLongLong();
        if (end < 0 || request.size() < end + 4 + length || m_answer.isEmpty())
            return;
        socket->write(m_answer);
        if (m_close)
            socket->disconnectFromHost();
    }

    QByteArray m_answer;
    bool m_close;
};

HttpRequest requestTo(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    return request;
}

/// The body of a request that was sent in chunks.
QByteArray withoutChunks(const QByteArray &request)
{
    QByteArray body;
    for (qsizetype at = request.indexOf("\r\n\r\n") + 4; at > 3;) {
        const qsizetype end = request.indexOf("\r\n", at);
        const qsizetype size = request.mid(at, end - at).toLongLong(nullptr, 16);
        body += request.mid(end + 2, size);
        at = size == 0 ? -1 : end + 2 + size + 2;
    }
    return body;
}

struct Watched
{
    explicit Watched(std::unique_ptr<HttpExchange> e)
        : exchange(std::move(e))
    {
        QObject::connect(exchange.get(), &HttpExchange::started, exchange.get(), [this](int s, const HttpHeaders &h) {
            status = s, headers = h;
            ++started;
        });
        QObject::connect(exchange.get(), &HttpExchange::data, exchange.get(),
                         [this](const QByteArray &bytes) { body += bytes; });
        QObject::connect(exchange.get(), &HttpExchange::finished, exchange.get(), [this](const Status &s) {
            result = s;
            ++finished;
        });
    }
    std::unique_ptr<HttpExchange> exchange;
    int status = 0;
    int started = 0;
    int finished = 0;
    HttpHeaders headers;
    QByteArray body;
    Status result;
};

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fetchesStatusHeadersAndBody()
    {
        RawServer server("HTTP/1.1 404 Not Found\r\nX-One: 1\r\nContent-Length: 5\r\n\r\nhello");
        HttpClient client;
        auto future = client.fetch(requestTo(server.url(QStringLiteral("/a?b=c#d"))));
        QTRY_VERIFY(future.isFinished());
        const auto response = future.result();
        QVERIFY(response.ok());
        QCOMPARE(response->status, 404);
        QCOMPARE(headerValue(response->headers, "x-one"), "1");
        QCOMPARE(response->body, "hello");
        QVERIFY(server.request.startsWith("GET /a?b=c HTTP/1.1\r\n"));
    }

    void sendsMethodHeadersAndBody_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("post") << QByteArray("POST") << QByteArray("{\"a\":1}");
        QTest::newRow("empty post") << QByteArray("POST") << QByteArray();
        QTest::newRow("put") << QByteArray("PUT") << QByteArray("x");
        QTest::newRow("delete") << QByteArray("DELETE") << QByteArray();
        QTest::newRow("large") << QByteArray("POST") << QByteArray(3 * 1024 * 1024, 'y');
    }
    void sendsMethodHeadersAndBody()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, body);
        RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        HttpClient client;
        HttpRequest request = requestTo(server.url());
        request.method = method;
        request.body = body;
        request.headers = {{"X-Test", "yes"}, {"X-Empty", ""}};
        auto future = client.fetch(request);
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result().ok());
        QVERIFY(server.request.startsWith(method + " / HTTP/1.1\r\n"));
        QVERIFY(server.request.contains("\r\nX-Test: yes\r\n"));
        QVERIFY(server.request.contains("\r\nX-Empty:\r\n"));
        const QByteArray header = server.request.first(server.request.indexOf("\r\n\r\n")).toLower();
        QVERIFY(!header.contains("expect:"));
        QVERIFY(!header.contains("form-urlencoded"));
        QVERIFY(server.request.endsWith("\r\n\r\n" + body));
    }

    void streamsWhileTheServerIsStillSending()
    {
        RawServer server("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n", false);
        HttpClient client;
        Watched watched(client.send(requestTo(server.url())));
        QTRY_COMPARE(watched.body, "one");
        QCOMPARE(watched.started, 1);
        QCOMPARE(watched.finished, 0);
        server.last->write("3\r\ntwo\r\n0\r\n\r\n");
        QTRY_COMPARE(watched.finished, 1);
        QCOMPARE(watched.body, "onetwo");
        QVERIFY(watched.result.ok());
    }

    void interimAnswersAreNotTheAnswer()
    {
        RawServer server(
            "HTTP/1.1 100 Continue\r\nX-A: 1\r\n\r\nHTTP/1.1 200 OK\r\nX-B: 2\r\nContent-Length: 0\r\n\r\n");
        HttpClient client;
        Watched watched(client.send(requestTo(server.url())));
        QTRY_COMPARE(watched.finished, 1);
        QCOMPARE(watched.started, 1);
        QCOMPARE(watched.status, 200);
        QVERIFY(headerValue(watched.headers, "X-A").isEmpty());
    }

    void redirectsAreNotFollowed()
    {
        RawServer server("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        HttpClient client;
        auto future = client.fetch(requestTo(server.url()));
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result()->status, 302);
    }

    void whatComesPackedIsUnpackedOnDemand_data()
    {
        QTest::addColumn<bool>("decode");
        QTest::newRow("asked for") << true;
        QTest::newRow("as it is") << false;
    }
    void whatComesPackedIsUnpackedOnDemand()
    {
        QFETCH(bool, decode);
        const QByteArray packed = qCompress("many words, many words").mid(4); // without the length that Qt adds
        RawServer server("HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: " +
                         QByteArray::number(packed.size()) + "\r\n\r\n" + packed);
        HttpClient client;
        HttpRequest request = requestTo(server.url());
        request.decode = decode;
        auto future = client.fetch(request);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result()->body, decode ? QByteArray("many words, many words") : packed);
        QVERIFY(!server.request.contains("deflate"));
    }

    void speaksOverUnixSockets()
    {
        QTemporaryDir dir;
        QLocalServer server;
        QVERIFY(server.listen(dir.filePath(QStringLiteral("s"))));
        connect(&server, &QLocalServer::newConnection, &server, [&] {
            QLocalSocket *socket = server.nextPendingConnection();
            connect(socket, &QLocalSocket::readyRead, socket,
                    [socket] { socket->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"); });
        });
        qputenv("http_proxy", "http://127.0.0.1:1");
        HttpClient client;
        HttpRequest request = requestTo(QUrl(QStringLiteral("http://d/info")));
        request.unixSocket = dir.filePath(QStringLiteral("s"));
        auto future = client.fetch(request);
        QTRY_VERIFY(future.isFinished());
        qunsetenv("http_proxy");
        QVERIFY2(future.result().ok(), future.result().ok() ? "" : qPrintable(future.result().error().text));
        QCOMPARE(future.result()->body, "ok");
    }

    void resolveToSkipsTheResolver()
    {
        RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        HttpClient client;
        HttpRequest request =
            requestTo(QUrl(QStringLiteral("http://abc.example.invalid:%1/").arg(server.serverPort())));
        request.resolveTo = "127.0.0.1";
        auto future = client.fetch(request);
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.result().ok());
        QVERIFY(server.request.contains("Host: abc.example.invalid:"));
    }

    void loopbackNeverUsesAProxy()
    {
        RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        qputenv("http_proxy", "http://127.0.0.1:1");
        HttpClient client;
        auto future = client.fetch(requestTo(server.url()));
        QTRY_VERIFY(future.isFinished());
        qunsetenv("http_proxy");
        QVERIFY(future.result().ok());
    }

    void failuresNameTheHost_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("named");
        QTest::newRow("refused") << "http://127.0.0.1:1/" << int(ErrorKind::Unavailable) << "127.0.0.1:1";
        QTest::newRow("unknown name") << "http://nowhere.invalid/" << int(ErrorKind::Unavailable) << "nowhere.invalid";
        QTest::newRow("scheme") << "ftp://x.invalid/" << int(ErrorKind::Protocol) << "ftp://x.invalid/";
        QTest::newRow("no host") << "http:///x" << int(ErrorKind::Protocol) << "";
    }
    void failuresNameTheHost()
    {
        QFETCH(QString, url);
        QFETCH(QString, named);
        HttpClient client;
        Watched watched(client.send(requestTo(QUrl(url))));
        QCOMPARE(watched.finished, 0); // never before control returned
        QTRY_COMPARE_WITH_TIMEOUT(watched.finished, 1, 20000);
        QTEST(int(watched.result.error().kind), "kind");
        QVERIFY2(watched.result.error().text.contains(named), qPrintable(watched.result.error().text));
    }

    void brokenAnswers_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<int>("kind");
        QTest::newRow("nothing") << QByteArray(" ") << int(ErrorKind::Protocol);
        QTest::newRow("cut body") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
                                  << int(ErrorKind::Network);
        QTest::newRow("cut chunk") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc")
                                   << int(ErrorKind::Network);
        QTest::newRow("not http") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << int(ErrorKind::Protocol);
        QTest::newRow("endless header") << QByteArray("HTTP/1.1 200 OK\r\n" + QByteArray("X: y\r\n").repeated(60000))
                                        << int(ErrorKind::Protocol);
    }
    void brokenAnswers()
    {
        QFETCH(QByteArray, answer);
        RawServer server(answer);
        HttpClient client;
        auto future = client.fetch(requestTo(server.url()));
        QTRY_VERIFY(future.isFinished());
        QVERIFY(!future.result().ok());
        QTEST(int(future.result().error().kind), "kind");
    }

    void aClosedConnectionIsANetworkError()
    {
        RawServer server;
        HttpClient client;
        auto future = client.fetch(requestTo(server.url()));
        QTRY_VERIFY(server.last && !server.request.isEmpty());
        server.last->abort();
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Network);
    }

    void silenceEndsWithTimeout()
    {
        RawServer server("HTTP/1.1 200 OK\r\n\r\nabc", false);
        HttpClient client;
        HttpRequest request = requestTo(server.url());
        request.idleTimeout = std::chrono::milliseconds(80);
        Watched watched(client.send(request));
        QTRY_COMPARE(watched.finished, 1);
        QCOMPARE(watched.body, "abc");
        QCOMPARE(watched.result.error().kind, ErrorKind::Timeout);
        QTRY_COMPARE(server.closed, 1);
    }

    void totalTimeoutEndsTheRequest()
    {
        RawServer server;
        HttpClient client;
        HttpRequest request = requestTo(server.url());
        request.totalTimeout = std::chrono::milliseconds(80);
        auto future = client.fetch(request);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Timeout);
        QVERIFY(future.result().error().text.contains(QStringLiteral("0.08")));
    }

    void deletingCancelsAtOnce()
    {
        RawServer server("HTTP/1.1 200 OK\r\n\r\nabc", false);
        HttpClient client;
        Watched watched(client.send(requestTo(server.url())));
        QTRY_COMPARE(watched.body, "abc");
        watched.exchange.reset();
        QTRY_COMPARE(server.closed, 1);
        QCOMPARE(watched.finished, 0);
    }

    void theExchangeMayDieInItsOwnSignals()
    {
        RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
        HttpClient client;
        for (int which = 0; which < 3; ++which) {
            auto exchange = client.send(requestTo(server.url()));
            bool died = false;
            const auto die = [&] { exchange.reset(), died = true; };
            if (which == 0)
                connect(exchange.get(), &HttpExchange::started, this, die);
            else if (which == 1)
                connect(exchange.get(), &HttpExchange::data, this, die);
            else
                connect(exchange.get(), &HttpExchange::finished, this, die);
            QTRY_VERIFY(died);
        }
    }

    void theClientMayDieFirst()
    {
        RawServer server("HTTP/1.1 200 OK\r\n\r\nabc", false);
        auto client = std::make_unique<HttpClient>();
        Watched watched(client->send(requestTo(server.url())));
        auto future = client->fetch(requestTo(server.url()));
        QTRY_COMPARE(watched.body, "abc");
        client.reset();
        QTRY_VERIFY(future.isFinished());
        QVERIFY(future.isCanceled());
        watched.exchange.reset();
    }

    void aBodyBeyondTheLimitIsRefused()
    {
        RawServer server("HTTP/1.1 200 OK\r\n\r\n" + QByteArray(100'000, 'x'));
        HttpClient client;
        HttpRequest request = requestTo(server.url());
        request.maxBody = 50'000;
        auto future = client.fetch(request);
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result().error().kind, ErrorKind::Protocol);
    }

    void badRequestsFailWithoutAConnection()
    {
        HttpClient client;
        HttpRequest injected = requestTo(QUrl(QStringLiteral("http://127.0.0.1:1/")));
        injected.headers = {{"X", "a\r\nY: b"}};
        HttpRequest longPath = requestTo(QUrl(QStringLiteral("http://d/")));
        longPath.unixSocket = QString(120, QLatin1Char('x'));
        for (const HttpRequest &request : {injected, longPath}) {
            auto future = client.fetch(request);
            QTRY_VERIFY(future.isFinished());
            QCOMPARE(future.result().error().kind, ErrorKind::Protocol);
        }
    }

    void fetchWorksFromAnotherThread()
    {
        RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        QThread thread;
        auto *client = new HttpClient;
        client->moveToThread(&thread);
        connect(&thread, &QThread::finished, client, &QObject::deleteLater);
        thread.start();
        auto future = client->fetch(requestTo(server.url()));
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result()->body, "ok");
        thread.quit();
        thread.wait();
    }

    void connectionsAreReused()
    {
        RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false);
        QSignalSpy connections(&server, &QTcpServer::newConnection);
        HttpClient client;
        for (int i = 0; i < 3; ++i) {
            server.request.clear();
            auto future = client.fetch(requestTo(server.url()));
            QTRY_VERIFY(future.isFinished());
            QVERIFY(future.result().ok());
        }
        QCOMPARE(connections.count(), 1);
    }

    void aBodyIsSentAsItComes()
    {
        QByteArray whole;
        for (int i = 0; i < 300'000; ++i)
            whole += QByteArray::number(i) + ' ';
        RawServer server;
        HttpClient client;
        HttpRequest request = requestTo(server.url());
        request.method = "POST";
        request.upload = std::make_shared<HttpUpload>();
        auto writer = request.upload->takeWriter();
        QVERIFY(!request.upload->takeWriter());
        Watched watched(client.send(request));
        request.upload.reset();
        QTRY_VERIFY(server.request.contains("\r\n\r\n")); // and now the sender waits
        const std::unique_ptr<QThread> thread(QThread::create([&] {
            for (qsizetype at = 0; at < whole.size(); at += 7'919)
                writer->write(whole.constData() + at, std::min<qsizetype>(7'919, whole.size() - at));
            writer->finish();
            writer.reset();
        }));
        thread->start();
        QTRY_VERIFY(server.request.endsWith("\r\n0\r\n\r\n"));
        QVERIFY(server.request.contains("Transfer-Encoding: chunked\r\n"));
        server.last->write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        QTRY_COMPARE(watched.finished, 1);
        QVERIFY(watched.result.ok());
        QVERIFY(thread->wait(5'000));
        QCOMPARE(withoutChunks(server.request), whole);
    }

    void aBodyThatBreaksOffIsNoRequest()
    {
        RawServer server;
        HttpClient client;
        HttpRequest request = requestTo(server.url());
        request.method = "POST";
        request.upload = std::make_shared<HttpUpload>();
        auto writer = request.upload->takeWriter();
        Watched watched(client.send(request));
        request.upload.reset();
        QVERIFY(writer->write("half", 4));
        QTRY_VERIFY(server.request.contains("half"));
        writer.reset();
        QTRY_COMPARE(watched.finished, 1);
        QVERIFY(!watched.result.ok());
        QTRY_COMPARE(server.closed, 1);
        QVERIFY(!server.request.endsWith("0\r\n\r\n"));
    }

    void theWriterOfABodyIsToldThatNobodyReads()
    {
        RawServer server;
        HttpClient client;
        HttpRequest request = requestTo(server.url());
        request.method = "POST";
        request.upload = std::make_shared<HttpUpload>();
        auto writer = request.upload->takeWriter();
        auto exchange = client.send(request);
        request.upload.reset();
        QTRY_VERIFY(server.request.contains("\r\n\r\n"));
        const QByteArray much(1'000'000, 'x');
        bool told = false;
        const std::unique_ptr<QThread> thread(
            QThread::create([&] { told = !writer->write(much.constData(), much.size()); }));
        exchange.reset();
        thread->start();
        QVERIFY(thread->wait(5'000));
        QVERIFY(told);
    }
};

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
