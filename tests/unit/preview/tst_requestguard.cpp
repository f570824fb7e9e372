// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/preview/requestguard.h"

#include <QTest>

using namespace Flotilla;

namespace {

using Verdict = RequestGuard::Verdict;

const QByteArray secretA(32, 'a');
const QByteArray secretB(32, 'b');

QByteArray get(const QByteArray &host, const QByteArray &path = "/")
{
    return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
}
QByteArray hostA()
{
    return secretA + ".localhost:4000";
}

} // namespace

class TestRequestGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hosts_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("good");
        const QByteArray s = "0123456789abcdef0123456789abcdef";
        QTest::newRow("plain") << s + ".localhost" << true;
        QTest::newRow("port") << s + ".localhost:8080" << true;
        QTest::newRow("upper case") << s.toUpper() + ".LocalHost:1" << true;
        QTest::newRow("localhost") << QByteArray("localhost:8080") << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("IPv4") << QByteArray("127.0.0.1:8080") << false;
        QTest::newRow("IPv6") << QByteArray("[::1]:8080") << false;
        QTest::newRow("trailing dot") << s + ".localhost." << false;
        QTest::newRow("trailing dot and port") << s + ".localhost.:80" << false;
        QTest::newRow("short") << s.left(31) + ".localhost" << false;
        QTest::newRow("long") << s + "0.localhost" << false;
        QTest::newRow("not hex") << "g" + s.mid(1) + ".localhost" << false;
        QTest::newRow("below") << "x." + s + ".localhost" << false;
        QTest::newRow("continued") << s + ".localhost.evil.example" << false;
        QTest::newRow("no port digits") << s + ".localhost:" << false;
        QTest::newRow("port text") << s + ".localhost:80a" << false;
        QTest::newRow("port long") << s + ".localhost:808080" << false;
        QTest::newRow("user") << "u@" + s + ".localhost" << false;
        QTest::newRow("space") << s + ".localhost " << false;
        QTest::newRow("comma") << s + ".localhost," + s + ".localhost" << false;
        QTest::newRow("NUL") << s + QByteArray(".localhost\0", 11) << false;
    }
    void hosts()
    {
        QFETCH(QByteArray, host);
        QFETCH(bool, good);
        const auto secret = previewSecret(host);
        QCOMPARE(secret.has_value(), good);
        if (good)
            QCOMPARE(*secret, host.left(32).toLower());
    }

    void requests_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("verdict");
        const QByteArray line = "\r\nHost: " + hostA() + "\r\n\r\n";
        QTest::newRow("good") << get(hostA()) << int(Verdict::Pass);
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n") << int(Verdict::WrongHost);
        QTest::newRow("HTTP/1.0 no host") << QByteArray("GET / HTTP/1.0\r\n\r\n") << int(Verdict::WrongHost);
        QTest::newRow("two hosts") << "GET / HTTP/1.1\r\nHost: " + hostA() + line << int(Verdict::WrongHost);
        QTest::newRow("two different hosts")
            << "GET / HTTP/1.1\r\nhost: " + secretB + ".localhost" + line << int(Verdict::WrongHost);
        QTest::newRow("folded host") << "GET / HTTP/1.1\r\nHost: " + secretA + "\r\n .localhost\r\n\r\n"
                                     << int(Verdict::WrongHost);
        QTest::newRow("absolute form") << "GET http://" + hostA() + "/ HTTP/1.1" + line << int(Verdict::WrongHost);
        QTest::newRow("other absolute form") << "GET http://evil.example/ HTTP/1.1" + line << int(Verdict::WrongHost);
        QTest::newRow("CONNECT") << "CONNECT evil.example:443 HTTP/1.1" + line << int(Verdict::WrongHost);
        QTest::newRow("OPTIONS *") << "OPTIONS * HTTP/1.1" + line << int(Verdict::Pass);
        QTest::newRow("NUL in head") << QByteArray("GET / HTTP/1.1\r\nX: a\0b", 22) + line << int(Verdict::BadRequest);
        QTest::newRow("space before colon") << "GET / HTTP/1.1\r\nHost : " + hostA() + "\r\n\r\n"
                                            << int(Verdict::WrongHost);
        QTest::newRow("TLS hello") << QByteArray("\x16\x03\x01\x02\x00\x01", 6) << int(Verdict::BadRequest);
        QTest::newRow("both lengths") << "POST / HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked" + line
                                      << int(Verdict::BadRequest);
        QTest::newRow("two lengths") << "POST / HTTP/1.1\r\nContent-Length: 4\r\nContent-Length: 5" + line
                                     << int(Verdict::BadRequest);
        QTest::newRow("big head") << "GET / HTTP/1.1\r\nX: " + QByteArray(70'000, 'x') + line << int(Verdict::TooLarge);
        QTest::newRow("big line") << "GET /" + QByteArray(90'000, 'x') + " HTTP/1.1" + line << int(Verdict::TooLarge);
        QTest::newRow("many fields") << "GET / HTTP/1.1\r\n" + QByteArray("a: b\r\n").repeated(20'000) + "\r\n"
                                     << int(Verdict::TooLarge);
        QTest::newRow("same host again") << get(hostA()) + get(secretA.toUpper() + ".localhost") << int(Verdict::Pass);
        QTest::newRow("other host later") << get(hostA()) + get(secretB + ".localhost") << int(Verdict::WrongHost);
        QTest::newRow("host in trailer") << "POST / HTTP/1.1\r\nTransfer-Encoding: chunked" + line +
                                                "0\r\nHost: " + secretB + ".localhost\r\n\r\n" + get(hostA())
                                         << int(Verdict::Pass);
        QTest::newRow("request in body") << "POST / HTTP/1.1\r\nContent-Length: " +
                                                QByteArray::number(get(secretB + ".localhost").size()) + line +
                                                get(secretB + ".localhost")
                                         << int(Verdict::Pass);
        QTest::newRow("upgrade") << "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket" + line + "rest"
                                 << int(Verdict::Upgrade);
    }
    /// Whole and byte by byte: the same verdict, and what passed is exactly a beginning of what came.
    void requests()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, verdict);
        for (const qsizetype step : {bytes.size(), qsizetype(1), qsizetype(7)}) {
            RequestGuard guard;
            QByteArray passed;
            Verdict last = Verdict::Pass;
            for (qsizetype i = 0; i < bytes.size() && last == Verdict::Pass; i += step)
                last = guard.feed(bytes.constData() + i, qMin(step, bytes.size() - i), passed);
            QCOMPARE(int(last), verdict);
            QVERIFY(bytes.startsWith(passed));
            if (last == Verdict::Pass) {
                QCOMPARE(passed, bytes);
                QVERIFY(guard.betweenRequests());
            }
        }
    }

    void nothingOfAWrongRequestPasses()
    {
        RequestGuard guard;
        QByteArray passed;
        const QByteArray bytes = get(hostA()) + get(secretB + ".localhost", "/stolen");
        QVERIFY(guard.feed(bytes.constData(), bytes.size(), passed) == Verdict::WrongHost);
        QCOMPARE(passed, get(hostA()));
        QCOMPARE(guard.secret(), secretA);
    }

    void aHeadIsHeldUntilItIsComplete()
    {
        RequestGuard guard;
        QByteArray passed;
        const QByteArray bytes = get(hostA());
        QVERIFY(guard.feed(bytes.constData(), bytes.size() - 2, passed) == Verdict::Pass);
        QVERIFY(passed.isEmpty());
        QVERIFY(guard.headPending());
        QVERIFY(guard.secret().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRequestGuard)
#include "tst_requestguard.moc"
