// SPDX-License-Identifier: GPL-3.0-or-later
// A hundred answers at once from a server in another process: every token arrives, once and in order.
#include "backends/http/httpclient.h"
#include "backends/llm/governor.h"
#include "backends/llm/httpmodel.h"
#include "backends/llm/modellist.h"
#include "tests/support/streamload.h"

#include <QTest>

using namespace Flotilla;

class TestStreams : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsDropped_data()
    {
        QTest::addColumn<int>("inFlight");
        QTest::newRow("all at once") << 100;
        QTest::newRow("most of them queued") << 16;
    }
    void nothingIsDropped()
    {
        QFETCH(int, inFlight);
        const QString text = Test::numberedText(100);
        const Test::FakeServerProcess server(Test::scriptSaying(text, 100));
        QVERIFY(!server.openAiBase().isEmpty());
        HttpClient http;
        Test::StreamLoad load(open(&http, server.openAiBase(), inFlight), text);
        load.start(100);
        QTRY_VERIFY_WITH_TIMEOUT(load.isOver(), 100'000);
        const auto &result = load.result();
        QVERIFY2(result.problem.isEmpty(), qPrintable(result.problem));
        QCOMPARE(result.complete, 100);
        QCOMPARE(result.expected, 10'000);
        QCOMPARE(result.received, 10'000);
        if (inFlight == 100)
            QCOMPARE(result.mostOpen, 100);
    }

    /// The count above can fail.
    void aCutAnswerIsSeen()
    {
        const QString text = Test::numberedText(20);
        const Test::FakeServerProcess server(Test::scriptSaying(text.left(40), 0));
        HttpClient http;
        Test::StreamLoad load(open(&http, server.openAiBase(), 4), text);
        load.start(4);
        QTRY_VERIFY_WITH_TIMEOUT(load.isOver(), 20'000);
        QCOMPARE(load.result().complete, 0);
        QCOMPARE(load.result().dropped(), 40);
    }

private:
    static std::shared_ptr<LanguageModel> open(HttpClient *http, const QUrl &base, int inFlight)
    {
        HttpModelConfig config;
        config.http = http;
        config.format = wireFormatFor(ModelRef::Kind::OpenAi);
        config.baseUrl = base;
        config.key = [] { return readyFuture<QString>(QString()); };
        config.info.id = QStringLiteral("fake-model");
        GovernorPolicy policy;
        policy.startInFlight = inFlight;
        const auto governor = std::make_shared<Governor>(policy);
        return governor->wrap(std::make_shared<HttpModel>(config));
    }
};

QTEST_GUILESS_MAIN(TestStreams)
#include "tst_streams.moc"
