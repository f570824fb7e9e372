// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/gateway.h"
#include "tests/unit/preview/pretendapp.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QTest>

#include <sys/socket.h>

using namespace Flotilla;

namespace {

QByteArray secretOf(char digit)
{
    return QByteArray(32, digit);
}

QByteArray request(char digit, const QByteArray &path, const QByteArray &headers = {}, const QByteArray &method = "GET")
{
    return method + ' ' + path + " HTTP/1.1\r\nHost: " + secretOf(digit) + ".localhost\r\n" + headers + "\r\n";
}

StreamOpener openerOf(const QString &path)
{
    return [path] {
        auto promise = std::make_shared<QPromise<Result<std::shared_ptr<QIODevice>>>>();
        promise->start();
        auto socket = std::make_shared<QLocalSocket>();
        const auto finish = [promise, socket](bool connected) {
            if (promise->future().isFinished())
                return;
            if (connected)
                promise->addResult(std::shared_ptr<QIODevice>(socket));
            else
                promise->addResult(Error{ErrorKind::Unavailable, QStringLiteral("Nobody listens."), {}});
            promise->finish();
            socket->disconnect(socket.get()); // these connections hold the socket itself
        };
        QObject::connect(socket.get(), &QLocalSocket::connected, socket.get(), [finish] { finish(true); });
        QObject::connect(socket.get(), &QLocalSocket::errorOccurred, socket.get(), [finish] { finish(false); });
        socket->connectToServer(path);
        return promise->future();
    };
}

} // namespace

class TestGateway : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_a = std::make_unique<PretendApp>("A");
        m_b = std::make_unique<PretendApp>("B");
        m_resolved = 0;
        m_gateway = std::make_unique<Gateway>([this](const QString &secret) { return resolve(secret); });
        QVERIFY(m_gateway->listen(0).ok());
        QVERIFY(port() != 0);
    }
    void cleanup()
    {
        m_gateway.reset();
        m_a.reset();
        m_b.reset();
    }

    void keepAliveGoesToTheRightApp()
    {
        Visitor a(port());
        Visitor b(port(), QHostAddress(QHostAddress::LocalHostIPv6));
        for (int i = 0; i < 3; ++i) {
            a.received.clear();
            b.received.clear();
            a.send(request('a', "/hello"));
            b.send(request('b', "/hello"));
            QVERIFY(a.sees("hello from A"));
            QVERIFY(b.sees("hello from B"));
        }
        QCOMPARE(m_a->connections, 1);
        QCOMPARE(m_resolved, 2);
        QVERIFY(m_a->heads.first().startsWith("GET /hello HTTP/1.1\r\nHost: " + secretOf('a')));
    }

    void whatLastsIsTold()
    {
        QStringList used;
        Gateway gateway([this](const QString &secret) { return resolve(secret); },
                        {[&used](const QString &secret) { used.append(secret); }, std::chrono::milliseconds(0)});
        QVERIFY(gateway.listen(0).ok());
        Visitor visitor(gateway.port());
        visitor.send(request('a', "/events"));
        QVERIFY(visitor.sees("text/event-stream"));
        for (int i = 0; i < 3; ++i) {
            used.clear();
            m_a->push("news " + QByteArray::number(i));
            QVERIFY(visitor.sees("news " + QByteArray::number(i)));
            QTRY_COMPARE(used.value(0), QString::fromLatin1(secretOf('a')));
        }
        Visitor other(gateway.port());
        other.send(request('b', "/hello"));
        QVERIFY(other.sees("hello from B"));
        QTRY_VERIFY(used.contains(QString::fromLatin1(secretOf('b'))));
        QCOMPARE(m_resolved, 2);
    }

    void pipelinedRequestsPass()
    {
        Visitor a(port());
        a.send(request('a', "/hello") + request('a', "/big?10") + request('a', "/hello"));
        QVERIFY(a.sees("zzzzzzzzzz"));
        QTRY_COMPARE(a.received.count("hello from A"), 2);
    }

    void unknownHostsGet404_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("unknown secret") << request('9', "/hello");
        QTest::newRow("localhost") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTest::newRow("address") << QByteArray("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QTest::newRow("none") << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow("with a body") << QByteArray(
                                            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n") +
                                            QByteArray(900'000, 'x');
    }
    void unknownHostsGet404()
    {
        QFETCH(QByteArray, bytes);
        Visitor visitor(port());
        visitor.send(bytes);
        QVERIFY(visitor.sees("HTTP/1.1 404 Not Found\r\n"));
        QVERIFY(visitor.closed());
        QCOMPARE(m_a->connections + m_b->connections, 0);
    }

    void garbageIsRefused()
    {
        Visitor visitor(port());
        visitor.send(QByteArray("\x16\x03\x01\x00\x00", 5));
        QVERIFY(visitor.sees("HTTP/1.1 400 "));
        Visitor bomb(port());
        bomb.send("GET / HTTP/1.1\r\nX: " + QByteArray(200'000, 'x'));
        QVERIFY(bomb.sees("HTTP/1.1 431 "));
        QVERIFY(bomb.closed());
    }

    void anotherHostOnTheSameConnectionEndsIt()
    {
        Visitor visitor(port());
        visitor.send(request('a', "/hello"));
        QVERIFY(visitor.sees("hello from A"));
        visitor.send(request('b', "/hello"));
        QVERIFY(visitor.closed());
        QVERIFY(!visitor.received.contains("hello from B"));
        QCOMPARE(m_a->heads.size(), 1);
        QCOMPARE(m_b->connections, 0);
    }

    void chunkedBothWays()
    {
        Visitor visitor(port());
        visitor.send(request('a', "/chunks", "Transfer-Encoding: chunked\r\n", "POST") + "5\r\nhello\r\n");
        QTest::qWait(20);
        visitor.send("6\r\n world\r\n0\r\n\r\n");
        QVERIFY(visitor.sees("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"));
        visitor.send(request('a', "/hello"));
        QVERIFY(visitor.sees("hello from A"));
    }

    void hundredMegabytesEachWay()
    {
        const QByteArray body(100 * 1024 * 1024, 'q');
        Visitor visitor(port());
        visitor.send(request('a', "/sum", "Content-Length: " + QByteArray::number(body.size()) + "\r\n", "POST"));
        visitor.send(body);
        QVERIFY(visitor.sees(QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex(), 60'000));
        visitor.received.clear();
        visitor.send(request('a', "/big?104857600"));
        QVERIFY(QTest::qWaitFor([&] { return visitor.received.size() > body.size(); }, 60'000));
    }

    void aSlowReaderDoesNotFillTheMemory()
    {
        const auto residentKiB = [] {
            QFile file(QStringLiteral("/proc/self/statm"));
            return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * 4 : 0;
        };
        Visitor visitor(port());
        visitor.socket.setReadBufferSize(1024);
        visitor.socket.disconnect(&visitor.socket); // reads nothing
        visitor.send(request('a', "/big?50000000"));
        QTRY_COMPARE(m_a->heads.size(), 1);
        const qint64 before = residentKiB(); // the app's own 50 MB are there now
        QTest::qWait(300);
        QVERIFY2(residentKiB() - before < 20'000, qPrintable(QString::number(residentKiB() - before)));
    }

    void eventsArriveOneByOne()
    {
        Visitor visitor(port());
        visitor.send(request('a', "/events"));
        QVERIFY(visitor.sees("text/event-stream"));
        for (const char *event : {"one", "two", "three"}) {
            m_a->push(event);
            QVERIFY(visitor.sees(QByteArray("data: ") + event));
        }
    }

    void webSocketsEcho()
    {
        Visitor visitor(port());
        const QByteArray frame = QByteArray::fromHex("818537fa213d7f9f4d5158"); // RFC 6455, 5.7: a masked "Hello"
        visitor.send(request('a', "/ws", "Connection: Upgrade\r\nUpgrade: websocket\r\n") + frame);
        QVERIFY(visitor.sees("101 Switching"));
        QVERIFY(visitor.sees(frame));
        visitor.received.clear();
        const QByteArray lookalike = request('b', "/hello"); // bytes of the other protocol, whatever they look like
        visitor.send(lookalike);
        QVERIFY(visitor.sees(lookalike));
        QCOMPARE(m_b->connections, 0);
    }

    void aDeclinedUpgradeLetsNothingMoreThrough()
    {
        Visitor visitor(port());
        visitor.send(request('a', "/decline", "Connection: Upgrade\r\nUpgrade: h2c\r\n") + request('b', "/hello"));
        QVERIFY(visitor.sees("426 Upgrade Required"));
        visitor.send(request('a', "/hello"));
        QTest::qWait(100);
        QCOMPARE(m_a->heads.size(), 1);
        QCOMPARE(m_b->connections, 0);
    }

    void notReadyShowsAPageThatLooksAgain()
    {
        Visitor visitor(port());
        visitor.send(request('c', "/x"));
        QVERIFY(visitor.sees("</html>"));
        QVERIFY(visitor.received.startsWith("HTTP/1.1 503 "));
        QVERIFY(visitor.received.contains("Cache-Control: no-store"));
        QVERIFY(visitor.received.contains("<h1>Starting &lt;b&gt;</h1>"));
        QVERIFY(visitor.received.contains("<p>Installing &amp; building</p>"));
        QVERIFY(visitor.received.contains("http-equiv=\"refresh\""));
        QVERIFY(visitor.closed());
    }

    void headOfAWaitingPageHasNoBody()
    {
        Visitor visitor(port());
        visitor.send(request('c', "/x", {}, "HEAD"));
        QVERIFY(visitor.closed());
        QVERIFY(visitor.received.endsWith("\r\n\r\n"));
    }

    void anAppThatCannotBeReachedShowsThePageToo()
    {
        for (const char digit : {'d', 'e'}) { // nobody listens; the resolver fails
            Visitor visitor(port());
            visitor.send(request(digit, "/x"));
            QVERIFY(visitor.sees("HTTP/1.1 503 "));
            QVERIFY(visitor.sees("Nobody listens."));
        }
        Visitor silent(port());
        silent.send(request('a', "/silent"));
        QVERIFY(silent.sees("HTTP/1.1 503 "));
    }

    void anyDeviceIsBridged()
    {
        Visitor visitor(port());
        visitor.send(request('f', "/x"));
        QVERIFY(visitor.sees("200 OK"));
        QVERIFY(visitor.sees("from a buffer"));
    }

    void halfClosedClientStillGetsItsAnswer()
    {
        Visitor visitor(port());
        QVERIFY(visitor.socket.waitForConnected());
        visitor.send(request('a', "/big?3000000"));
        visitor.socket.flush();
        ::shutdown(int(visitor.socket.socketDescriptor()), SHUT_WR);
        QVERIFY(QTest::qWaitFor([&] { return visitor.received.size() > 3'000'000; }, 5000));
    }

    void goneClientClosesTheAppStream()
    {
        auto visitor = std::make_unique<Visitor>(port());
        visitor->send(request('a', "/events"));
        QVERIFY(visitor->sees("event-stream"));
        visitor.reset();
        const bool ended = QTest::qWaitFor([this] {
            m_a->push("anybody?");
            return m_a->sawEnd;
        });
        QVERIFY(ended);
    }

    void goneAppClosesTheClient()
    {
        Visitor visitor(port());
        visitor.send(request('a', "/hello"));
        QVERIFY(visitor.sees("hello from A"));
        m_a.reset();
        QVERIFY(visitor.closed());
    }

    void slowHeadsTimeOut()
    {
        Visitor drip(port());
        Visitor mute(port());
        Visitor idle(port());
        idle.send(request('a', "/hello"));
        QVERIFY(idle.sees("hello from A"));
        drip.send("GET / HTTP/1.1\r\nX: ");
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 14'000 && drip.socket.state() != QAbstractSocket::UnconnectedState) {
            drip.send("x");
            QTest::qWait(200);
        }
        QVERIFY(timer.elapsed() > 8'000);
        QVERIFY(drip.received.startsWith("HTTP/1.1 408 "));
        QVERIFY(mute.closed(4'000));
        idle.send(request('a', "/hello")); // a connection that is kept alive may rest
        QTRY_COMPARE(idle.received.count("hello from A"), 2);
    }

    void fiveHundredAtOnce()
    {
        std::vector<std::unique_ptr<Visitor>> visitors;
        for (int i = 0; i < 500; ++i) {
            visitors.push_back(std::make_unique<Visitor>(port()));
            visitors.back()->send(request(i % 2 == 0 ? 'a' : 'b', "/hello"));
        }
        for (size_t i = 0; i < visitors.size(); ++i)
            QVERIFY2(visitors[i]->sees(i % 2 == 0 ? "hello from A" : "hello from B", 20'000),
                     qPrintable(QString::number(i)));
    }

    void aTakenPortIsAConflict()
    {
        Gateway second(
            [](const QString &) { return readyFuture<std::optional<GatewayRoute>>(std::optional<GatewayRoute>()); });
        QCOMPARE(second.listen(port()).error().kind, ErrorKind::Conflict);
        const quint16 freed = port();
        m_gateway->close();
        QVERIFY(second.listen(freed).ok());
    }

    void closingInTheMiddleIsSafe()
    {
        Visitor visitor(port());
        visitor.send(request('a', "/big?50000000"));
        QVERIFY(visitor.sees("zzz"));
        m_gateway->close();
        QVERIFY(visitor.closed());
        QVERIFY(m_gateway->listen(0).ok());
        Visitor again(port());
        again.send(request('b', "/hello"));
        QVERIFY(again.sees("hello from B"));
    }

private:
    quint16 port() const { return m_gateway->port(); }

    Future<std::optional<GatewayRoute>> resolve(const QString &secret)
    {
        ++m_resolved;
        using Route = std::optional<GatewayRoute>;
        const auto leadsTo = [](StreamOpener open) {
            return readyFuture<Route>(Route(GatewayRoute{std::move(open), {}, {}}));
        };
        switch (secret.at(0).toLatin1()) {
        case 'a':
            return leadsTo(openerOf(m_a->path()));
        case 'b':
            return leadsTo(openerOf(m_b->path()));
        case 'c':
            return readyFuture<Route>(
                Route(GatewayRoute{{}, QStringLiteral("Starting <b>"), QStringLiteral("Installing & building")}));
        case 'd':
            return leadsTo(openerOf(QStringLiteral("/nonexistent/socket")));
        case 'e':
            return readyFuture<Route>(Error{ErrorKind::Storage, QStringLiteral("Nobody listens."), {}});
        case 'f':
            return leadsTo([] {
                auto buffer = std::make_shared<QBuffer>();
                buffer->setData("HTTP/1.1 200 OK\r\n\r\nfrom a buffer");
                buffer->open(QIODevice::ReadWrite);
                return readyFuture<std::shared_ptr<QIODevice>>(std::shared_ptr<QIODevice>(buffer));
            });
        default:
            return readyFuture<Route>(Route());
        }
    }

    std::unique_ptr<PretendApp> m_a;
    std::unique_ptr<PretendApp> m_b;
    std::unique_ptr<Gateway> m_gateway;
    int m_resolved = 0;
};

QTEST_GUILESS_MAIN(TestGateway)
#include "tst_gateway.moc"
