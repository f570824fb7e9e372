// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/http/sseparser.h"

#include <QTest>

#include <random>

using namespace Flotilla;

using Events = QList<SseEvent>;
Q_DECLARE_METATYPE(Events)

namespace {

Events parse(const QByteArray &text, const QList<qsizetype> &cuts = {})
{
    SseParser parser;
    Events events;
    qsizetype from = 0;
    for (const qsizetype cut : cuts) {
        events += parser.feed(QByteArrayView(text).sliced(from, cut - from));
        from = cut;
    }
    events += parser.feed(QByteArrayView(text).sliced(from));
    events += parser.finish();
    return events;
}

QByteArray randomStream(std::mt19937 &random)
{
    static const QByteArrayList pieces = {"data: {\"a\":1}", "data:x",       "event: ping",    "event:error",
                                          ": comment",       "\n",           "\r\n",           "\r",
                                          "data:",           "data",         "id: 7",          "retry: 10",
                                          "error: {}",       "\xEF\xBB\xBF", "data: \xC3\xBC", "\n\n",
                                          "\r\n\r\n",        "garbage",      "data: [DONE]"};
    QByteArray text;
    for (unsigned i = 0, n = random() % 24; i < n; ++i)
        text += pieces.at(qsizetype(random() % unsigned(pieces.size())));
    return text;
}

} // namespace

class TestSseParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parses_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Events>("expected");
        QTest::newRow("one") << QByteArray("data: a\n\n") << Events{{"", "a"}};
        QTest::newRow("named") << QByteArray("event: ping\ndata: {}\n\n") << Events{{"ping", "{}"}};
        QTest::newRow("crlf") << QByteArray("event: e\r\ndata: a\r\n\r\ndata: b\r\n\r\n")
                              << Events{{"e", "a"}, {"", "b"}};
        QTest::newRow("cr only") << QByteArray("data: a\r\rdata: b\r\r") << Events{{"", "a"}, {"", "b"}};
        QTest::newRow("no space") << QByteArray("data:a\n\n") << Events{{"", "a"}};
        QTest::newRow("only one space is eaten") << QByteArray("data:  a \n\n") << Events{{"", " a "}};
        QTest::newRow("multi-line") << QByteArray("data: a\ndata: b\n\n") << Events{{"", "a\nb"}};
        QTest::newRow("comment") << QByteArray(": OPENROUTER PROCESSING\n\ndata: a\n\n") << Events{{"", "a"}};
        QTest::newRow("comment inside") << QByteArray("data: a\n: ping\ndata: b\n\n") << Events{{"", "a\nb"}};
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                       "data: a\n\n")
                                         << Events{{"", "a"}};
        QTest::newRow("no end") << QByteArray("data: a") << Events{{"", "a"}};
        QTest::newRow("name without data") << QByteArray("event: x\n\ndata: a\n\n") << Events{{"", "a"}};
        QTest::newRow("empty data") << QByteArray("data:\n\n") << Events{{"", ""}};
        QTest::newRow("llama error line")
            << QByteArray("error: {\"code\":500}\n\n") << Events{{"error", "{\"code\":500}"}};
        QTest::newRow("ids ignored") << QByteArray("id: 1\nretry: 5\ndata: a\n\n") << Events{{"", "a"}};
        QTest::newRow("empty") << QByteArray() << Events{};
    }
    void parses()
    {
        QFETCH(QByteArray, text);
        QTEST(parse(text), "expected");
    }

    void everyPairOfCutsGivesTheSame()
    {
        const QByteArray text = "event: a\r\ndata: 1\r\ndata: 2\r\n\r\n: c\ndata: [DONE]\n\nerror: x\r\rdata: z";
        const Events whole = parse(text);
        QCOMPARE(whole.size(), 4);
        for (qsizetype i = 0; i <= text.size(); ++i) {
            for (qsizetype j = i; j <= text.size(); ++j)
                QCOMPARE(parse(text, {i, j}), whole);
        }
    }

    void randomStreamsDoNotDependOnChunking()
    {
        std::mt19937 random(20261124);
        for (int round = 0; round < 3000; ++round) {
            const QByteArray text = randomStream(random);
            const Events whole = parse(text);
            QList<qsizetype> everyByte;
            for (qsizetype i = 1; i < text.size(); ++i)
                everyByte.append(i);
            QCOMPARE(parse(text, everyByte), whole);
        }
    }

    void anEndlessEventIsRefused()
    {
        SseParser parser;
        const QByteArray chunk(1024 * 1024, 'x');
        parser.feed("data: ");
        for (int i = 0; i < 20; ++i)
            parser.feed(chunk);
        QVERIFY(parser.overflowed());
        QVERIFY(parser.feed("\n\ndata: a\n\n").isEmpty());
        QVERIFY(parser.finish().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSseParser)
#include "tst_sseparser.moc"
