// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/endpoints.h"
#include "backends/llm/prices.h"
#include "backends/llm/ratelimits.h"
#include "tests/unit/llm/llmtesting.h"

using namespace Flotilla;

class TestLlmValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void references_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("ok");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("base");
        QTest::newRow("sampler") << "sampler" << true << ""
                                 << "";
        QTest::newRow("anthropic") << "anthropic:claude-sonnet-5-5" << true << "claude-sonnet-5-5"
                                   << "";
        QTest::newRow("openai") << "openai:gpt-x" << true << "gpt-x"
                                << "";
        QTest::newRow("with base") << "openai:llama3:8b@http://localhost:11434/v1" << true << "llama3:8b"
                                   << "http://localhost:11434/v1";
        QTest::newRow("slash and at") << "openai:org/model@main@https://x.example/v1" << true << "org/model@main"
                                      << "https://x.example/v1";
        QTest::newRow("at in the name") << "anthropic:claude@20260101" << true << "claude@20260101"
                                        << "";
        QTest::newRow("anthropic base") << "anthropic:x@http://127.0.0.1:9" << true << "x"
                                        << "http://127.0.0.1:9";
        QTest::newRow("ipv6") << "openai:x@http://[::1]:8080/v1" << true << "x"
                              << "http://[::1]:8080/v1";
        QTest::newRow("empty") << "" << false << ""
                               << "";
        QTest::newRow("no name") << "openai:" << false << ""
                                 << "";
        QTest::newRow("only base") << "openai:@http://x.example" << false << ""
                                   << "";
        QTest::newRow("no host") << "openai:x@http://" << false << ""
                                 << "";
        for (const char *address :
             {"localhost:11434/v1", "localhost/v1", "127.0.0.1/v1", "gpu-box:8000", "ftp://x/", ""})
            QTest::addRow("no scheme: %s", address) << QStringLiteral("openai:x@%1").arg(address) << false << ""
                                                    << "";
        QTest::newRow("unknown") << "gemini:x" << false << ""
                                 << "";
        QTest::newRow("plain word") << "claude" << false << ""
                                    << "";
    }
    void references()
    {
        QFETCH(QString, text);
        QFETCH(bool, ok);
        const auto ref = ModelRef::parse(text);
        QCOMPARE(ref.ok(), ok);
        if (!ok) {
            QCOMPARE(ref.error().kind, ErrorKind::Invalid);
            return;
        }
        QTEST(ref->name, "name");
        QTEST(ref->baseUrl.toString(), "base");
        QCOMPARE(ref->toString(), text);
        QCOMPARE(*ModelRef::parse(ref->toString()), *ref);
    }

    void usageAddsUp()
    {
        Usage usage{1, 2, 3, 4, false};
        usage += {10, 20, 30, 40, true};
        QCOMPARE(usage, (Usage{11, 22, 33, 44, true}));
        QCOMPARE(usage.total(), 110);
    }

    void money()
    {
        const Price price{2, 10, 0.1, 2.5};
        QCOMPARE(*costOf({1'000'000, 0, 0, 100'000, false}, price), 3.0);
        QCOMPARE(*costOf({0, 1'000'000, 1'000'000, 0, false}, price), 2.6);
        QVERIFY(!costOf({1, 1, 1, 1, false}, std::nullopt));
        QCOMPARE(*costOf({500, 0, 0, 500, false}, Price{}), 0.0);
    }

    void thePriceTableIsComplete()
    {
        QVERIFY(pricedModels().size() >= 7);
        QVERIFY(readPrices("{\"models\":[{\"id\":\"x\",\"input\":1}]}").isEmpty());
        QVERIFY(readPrices("not json").isEmpty());
    }

    void prices_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("base");
        QTest::addColumn<double>("input"); // -1: not known
        const int a = int(ModelRef::Kind::Anthropic);
        const int o = int(ModelRef::Kind::OpenAi);
        QTest::newRow("exact") << a << "claude-opus-5-5"
                               << "https://api.anthropic.com" << 4.0;
        QTest::newRow("dated") << a << "claude-haiku-4-5-20251001"
                               << "https://api.anthropic.com" << 1.0;
        QTest::newRow("shorter name is another model") << a << "claude-opus-5-9"
                                                       << "https://api.anthropic.com" << -1.0;
        QTest::newRow("unknown") << a << "claude-omega"
                                 << "https://api.anthropic.com" << -1.0;
        QTest::newRow("openai") << o << "gpt-x"
                                << "https://api.openai.com/v1" << -1.0;
        QTest::newRow("loopback") << o << "llama3"
                                  << "http://localhost:11434/v1" << 0.0;
        QTest::newRow("private") << o << "llama3"
                                 << "http://192.168.1.20:8000/v1" << 0.0;
        QTest::newRow("elsewhere") << o << "llama3"
                                   << "https://llm.example.com/v1" << -1.0;
    }
    void prices()
    {
        QFETCH(int, kind);
        QFETCH(QString, model);
        QFETCH(QString, base);
        const auto price = priceOf(ModelRef::Kind(kind), model, QUrl(base));
        QTEST(price ? price->input : -1.0, "input");
    }

    void sameAddress()
    {
        QVERIFY(isSameBase(QUrl(QStringLiteral("http://localhost:11434")),
                           QUrl(QStringLiteral("http://127.0.0.1:11434/v1/"))));
        QVERIFY(
            isSameBase(QUrl(QStringLiteral("https://x.example/v1")), QUrl(QStringLiteral("https://x.example:443/v1"))));
        QVERIFY(!isSameBase(QUrl(QStringLiteral("http://127.0.0.1:1")), QUrl(QStringLiteral("http://127.0.0.1:2"))));
        QVERIFY(!isSameBase(QUrl(QStringLiteral("http://x.example")), QUrl(QStringLiteral("https://x.example"))));
    }

    void resets_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("ms"); // -1: not a time
        QTest::newRow("date") << QByteArray("2026-11-24T10:00:30Z") << 30'000;
        QTest::newRow("past") << QByteArray("2026-11-24T09:00:30Z") << 0;
        QTest::newRow("seconds") << QByteArray("1s") << 1000;
        QTest::newRow("fraction") << QByteArray("0.5s") << 500;
        QTest::newRow("minutes") << QByteArray("6m0s") << 360'000;
        QTest::newRow("milliseconds") << QByteArray("120ms") << 120;
        QTest::newRow("nonsense") << QByteArray("soon") << -1;
        QTest::newRow("nothing") << QByteArray() << -1;
    }
    void resets()
    {
        QFETCH(QByteArray, text);
        const auto reset = parseReset(text, QDateTime(QDate(2026, 11, 24), QTime(10, 0), Qt::UTC));
        QTEST(reset ? int(reset->count()) : -1, "ms");
    }
};

QTEST_GUILESS_MAIN(TestLlmValues)
#include "tst_llmvalues.moc"
