// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/appanswer.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Flotilla;

namespace {

/// Answers every request with the next of `answers`; the last one repeats.
class Answers : public QTcpServer
{
public:
    explicit Answers(QList<QByteArray> answers)
        : m_answers(std::move(answers))
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                if (!socket->peek(8192).contains("\r\n\r\n"))
                    return;
                ++asked;
                socket->write(m_answers.size() > 1 ? m_answers.takeFirst() : m_answers.constFirst());
                socket->disconnectFromHost();
            });
        });
    }
    int asked = 0;

private:
    QList<QByteArray> m_answers;
};

QByteArray answer(const char *status, const char *headers = "")
{
    return QByteArray("HTTP/1.1 ") + status + "\r\n" + headers + "Content-Length: 0\r\nConnection: close\r\n\r\n";
}

QUrl at(quint16 port)
{
    return QUrl(QStringLiteral("http://app.localhost:%1/").arg(port));
}

} // namespace

class TestAppAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksAgainWhenTheProgramWithTheGatewayHasGone()
    {
        Answers successor({answer("200 OK")});
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        const quint16 port = gone.serverPort();
        gone.close();
        HttpClient http;
        quint16 current = port;
        const auto future = appAnswer(
            &http, [&current] { return at(current); },
            [&] { // takes over, on another port
                if (!successor.isListening() && successor.listen(QHostAddress::LocalHost))
                    current = successor.serverPort();
            });
        QTRY_VERIFY(future.isFinished());
        QVERIFY2(future.result().ok(), qPrintable(future.result() ? QString() : future.result().error().text));
        QCOMPARE(future.result()->status, 200);
        QCOMPARE(successor.asked, 1);
    }

    void waitsWhileTheAppStarts()
    {
        Answers server({answer("503 Service Unavailable", "Retry-After: 1\r\n"),
                        answer("503 Service Unavailable", "Retry-After: 1\r\n"), answer("204 No Content")});
        QVERIFY(server.listen(QHostAddress::LocalHost));
        HttpClient http;
        const auto future = appAnswer(
            &http, [&] { return at(server.serverPort()); }, [] { QFAIL("it is there"); });
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result()->status, 204);
        QCOMPARE(server.asked, 3);
    }

    void anErrorOfTheAppIsItsAnswer()
    {
        Answers server({answer("503 Service Unavailable")});
        QVERIFY(server.listen(QHostAddress::LocalHost));
        HttpClient http;
        const auto future = appAnswer(
            &http, [&] { return at(server.serverPort()); }, [] { QFAIL("it is there"); });
        QTRY_VERIFY(future.isFinished());
        QCOMPARE(future.result()->status, 503);
        QCOMPARE(server.asked, 1);
    }

    void endsWithItsClient()
    {
        auto http = std::make_unique<HttpClient>();
        int found = 0;
        const auto future = appAnswer(
            http.get(), [] { return at(1); }, [&found] { ++found; });
        QTRY_VERIFY(found > 0);
        http.reset();
        QTRY_VERIFY(future.isFinished());
        const int then = found;
        QTest::qWait(60);
        QCOMPARE(found, then);
    }
};

QTEST_GUILESS_MAIN(TestAppAnswer)
#include "tst_appanswer.moc"
