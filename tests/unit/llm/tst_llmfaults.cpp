// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/llm/llmtesting.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Flotilla;

namespace {

struct Expectation
{
    QString text;
    std::optional<StopReason> done = StopReason::EndOfTurn;
    ErrorKind kind = ErrorKind::Internal;
    bool retryable = false;
    int requests = 1;
    int waits = 0;
};

Expectation good(const QString &text, int requests = 1)
{
    return {text, StopReason::EndOfTurn, {}, false, requests, requests - 1};
}

Expectation bad(ErrorKind kind, bool retryable, int requests, const QString &text = {})
{
    return {text, std::nullopt, kind, retryable, requests, requests - 1};
}

} // namespace

Q_DECLARE_METATYPE(Expectation)
Q_DECLARE_METATYPE(ModelRef::Kind)

/// The same table of faults for both wire formats, through the real HTTP client against a real socket.
class TestLlmFaults : public QObject
{
    Q_OBJECT

private:
    HttpClient m_http;
    FakeLlmServer m_server;

    static void addForBoth(const char *name, const QByteArray &script, const Expectation &expected)
    {
        QTest::addRow("anthropic, %s", name) << ModelRef::Kind::Anthropic << script << expected;
        QTest::addRow("openai, %s", name) << ModelRef::Kind::OpenAi << script << expected;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.listen()); }

    void faults_data()
    {
        QTest::addColumn<ModelRef::Kind>("kind");
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<Expectation>("expected");
        addForBoth("plain answer", R"({"turns":[{"text":"Hello, world."}]})", good("Hello, world."));
        addForBoth("one-byte chunks", R"({"turns":[{"text":"Grüße, 世界 🎉","chunkBytes":1}]})", good("Grüße, 世界 🎉"));
        addForBoth("CRLF", R"({"turns":[{"text":"Hello.","crlf":true}]})", good("Hello."));
        addForBoth("comments", R"({"turns":[{"text":"Hello.","comments":true}]})", good("Hello."));
        addForBoth("pings", R"({"turns":[{"text":"Hello.","pings":true}]})", good("Hello."));
        addForBoth("missing [DONE]", R"({"turns":[{"text":"Hello.","done":false}]})", good("Hello."));
        addForBoth("no usage", R"({"turns":[{"text":"Hello.","usage":false}]})", good("Hello."));
        addForBoth("unknown events",
                   R"({"turns":[{"events":[{"fault":"unknown"},{"text":"Hello."},{"fault":"unknown"}]}]})",
                   good("Hello."));
        addForBoth("empty answer", R"({"turns":[{"events":[]}]})", good(""));

        addForBoth("401", R"({"turns":[{"status":401}]})", bad(ErrorKind::Unauthorized, false, 1));
        addForBoth("402", R"({"turns":[{"status":402}]})", bad(ErrorKind::Quota, false, 1));
        addForBoth("403", R"({"turns":[{"status":403}]})", bad(ErrorKind::Forbidden, false, 1));
        addForBoth("404", R"({"turns":[{"status":404}]})", bad(ErrorKind::NotFound, false, 1));
        addForBoth("400", R"({"turns":[{"status":400}]})", bad(ErrorKind::Invalid, false, 1));
        addForBoth("413 from an edge",
                   R"({"turns":[{"status":413,"body":"<html>too big</html>","contentType":"text/html"}]})",
                   bad(ErrorKind::Invalid, false, 1));
        addForBoth("429 then good", R"({"turns":[{"status":429,"headers":{"retry-after":"0.05"}},{"text":"Hello."}]})",
                   good("Hello.", 2));
        addForBoth(
            "429 with milliseconds",
            R"({"turns":[{"status":429,"headers":{"retry-after-ms":"20","retry-after":"999"}},{"text":"Hello."}]})",
            good("Hello.", 2));
        addForBoth("429 for an hour",
                   R"({"turns":[{"status":429,"headers":{"retry-after":"3600"}},{"text":"Hello."}]})",
                   bad(ErrorKind::RateLimited, true, 1));
        addForBoth("429 for ever", R"({"turns":[{"status":429}]})", bad(ErrorKind::RateLimited, true, 6));
        addForBoth(
            "429, money",
            R"({"turns":[{"status":429,"body":{"error":{"type":"x","code":"insufficient_quota","message":"m"}}}]})",
            bad(ErrorKind::Quota, false, 1));
        addForBoth("money, with status 200",
                   R"({"turns":[{"contentType":"application/json","status":200,)"
                   R"("body":{"error":{"type":"insufficient_quota","message":"m"}}}]})",
                   bad(ErrorKind::Quota, false, 1));
        addForBoth("429, spend limit",
                   R"({"turns":[{"status":429,"body":{"type":"error","error":{"type":"rate_limit_error",)"
                   R"("message":"m","details":{"error_code":"enforced_spend_limit_reached"}}}}]})",
                   bad(ErrorKind::Quota, false, 1));
        addForBoth("529 then good", R"({"turns":[{"status":529},{"status":503},{"text":"Hello."}]})",
                   good("Hello.", 3));
        addForBoth("500 then good", R"({"turns":[{"status":500},{"text":"Hello."}]})", good("Hello.", 2));
        addForBoth("500 for ever", R"({"turns":[{"status":500}]})", bad(ErrorKind::Unavailable, true, 3));
        addForBoth("500 said not to retry", R"({"turns":[{"status":500,"headers":{"x-should-retry":"false"}}]})",
                   bad(ErrorKind::Unavailable, false, 1));
        addForBoth("400 said to retry",
                   R"({"turns":[{"status":400,"headers":{"x-should-retry":"true"}},{"text":"Hello."}]})",
                   good("Hello.", 2));
        addForBoth("HTML error page",
                   R"({"turns":[{"status":502,"body":"<html><h1>Bad gateway</h1></html>","contentType":"text/html"}]})",
                   bad(ErrorKind::Unavailable, true, 3));
        addForBoth("HTML page with 200",
                   R"({"turns":[{"status":200,"body":"<html>Login</html>","contentType":"text/html"}]})",
                   bad(ErrorKind::Protocol, false, 1));
        addForBoth(
            "error JSON with 200",
            R"({"turns":[{"status":200,"body":{"error":{"type":"overloaded_error","message":"busy"}}},{"text":"Hello."}]})",
            good("Hello.", 2));
        QTest::newRow("anthropic, whole message")
            << ModelRef::Kind::Anthropic
            << QByteArray(R"({"turns":[{"status":200,"body":{"type":"message","role":"assistant",)"
                          R"("content":[{"type":"text","text":"Hello."}],"stop_reason":"end_turn",)"
                          R"("usage":{"input_tokens":3,"output_tokens":2}}}]})")
            << good("Hello.");
        addForBoth("redirect", R"({"turns":[{"status":301,"headers":{"location":"http://127.0.0.1:1/"}}]})",
                   bad(ErrorKind::Protocol, false, 1));

        addForBoth("dropped before content", R"({"turns":[{"events":[{"fault":"drop"}]},{"text":"Hello."}]})",
                   good("Hello.", 2));
        addForBoth("dropped after content",
                   R"({"turns":[{"events":[{"text":"Half of"},{"fault":"drop"}]},{"text":"Hello."}]})",
                   bad(ErrorKind::Network, true, 1, "Half of"));
        addForBoth("ended without its end mark", R"({"turns":[{"text":"Half of","stop":"none"},{"text":"Hello."}]})",
                   bad(ErrorKind::Network, true, 1, "Half of"));
        addForBoth("stall before content", R"({"turns":[{"events":[{"fault":"stall"}]},{"text":"Hello."}]})",
                   good("Hello.", 2));
        addForBoth("stall after content", R"({"turns":[{"events":[{"text":"Half of"},{"fault":"stall"}]}]})",
                   bad(ErrorKind::Timeout, true, 1, "Half of"));
        addForBoth("slow but alive",
                   R"({"turns":[{"events":[{"waitMs":200},{"fault":"ping"},{"waitMs":200},{"fault":"ping"},)"
                   R"({"waitMs":200},{"text":"Hello."}]}]})",
                   good("Hello."));
        addForBoth("malformed before content", R"({"turns":[{"events":[{"fault":"malformed"}]},{"text":"Hello."}]})",
                   good("Hello.", 2));
        addForBoth("malformed after content", R"({"turns":[{"events":[{"text":"Half of"},{"fault":"malformed"}]}]})",
                   bad(ErrorKind::Protocol, true, 1, "Half of"));
        addForBoth("error event before content", R"({"turns":[{"events":[{"fault":"error"}]},{"text":"Hello."}]})",
                   good("Hello.", 2));
        addForBoth("error event after content", R"({"turns":[{"events":[{"text":"Half of"},{"fault":"error"}]}]})",
                   bad(ErrorKind::Overloaded, true, 1, "Half of"));
        addForBoth("length", R"({"turns":[{"text":"Hello","stop":"length"}]})", {"Hello", StopReason::MaxTokens});
        addForBoth("refusal", R"({"turns":[{"text":"Sorry","stop":"refusal"}]})", {"Sorry", StopReason::Refusal});
    }

    void faults()
    {
        QFETCH(ModelRef::Kind, kind);
        QFETCH(QByteArray, script);
        QFETCH(Expectation, expected);
        m_server.setScript(scriptOf(script));
        FakeModel fake(&m_http, m_server, kind);
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
        QTRY_VERIFY(heard.over());
        QTest::qWait(10);
        QCOMPARE(heard.terminals, 1);
        QCOMPARE(heard.text, expected.text);
        QCOMPARE(m_server.requests().size(), expected.requests);
        QCOMPARE(heard.waits.size(), expected.waits);
        QCOMPARE(heard.done.has_value(), expected.done.has_value());
        if (expected.done) {
            QCOMPARE(heard.done->reason, *expected.done);
            return;
        }
        QCOMPARE(heard.failed->error.kind, expected.kind);
        QCOMPARE(heard.failed->retryable, expected.retryable);
        QVERIFY2(heard.failed->error.text.endsWith(QLatin1Char('.')), qPrintable(heard.failed->error.text));
        const QString named = QStringLiteral("127.0.0.1:%1").arg(m_server.port());
        QVERIFY2(heard.failed->error.text.contains(named) || expected.kind == ErrorKind::Invalid,
                 qPrintable(heard.failed->error.text));
        QVERIFY(!heard.failed->error.text.contains(fake.key) && !heard.failed->error.detail.contains(fake.key));
    }

    /// Neither is kept whole, nor asked for again.
    void endlessAnswersEnd_data()
    {
        QTest::addColumn<QJsonObject>("turn");
        QTest::addColumn<ErrorKind>("error");
        const QString much(9 * 1024 * 1024, QLatin1Char('x'));
        const QJsonObject choice{{"index", 0}, {"delta", QJsonObject{{"content", much}}}};
        const QJsonObject chunk{{"choices", QJsonArray{choice}}};
        const QString event =
            QStringLiteral("data: %1\n\n").arg(QString::fromUtf8(QJsonDocument(chunk).toJson()).simplified());
        QTest::newRow("text") << QJsonObject{{"status", 200}, {"contentType", "text/event-stream"}, {"body", event}}
                              << ErrorKind::Protocol;
        QTest::newRow("refusal") << QJsonObject{{"status", 400}, {"contentType", "text/plain"}, {"body", much}}
                                 << ErrorKind::Invalid;
    }
    void endlessAnswersEnd()
    {
        QFETCH(QJsonObject, turn);
        QFETCH(ErrorKind, error);
        m_server.setScript(scriptOf(QJsonDocument(QJsonObject{{"turns", QJsonArray{turn}}}).toJson()));
        FakeModel fake(&m_http, m_server, ModelRef::Kind::OpenAi);
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
        QTRY_VERIFY_WITH_TIMEOUT(heard.over(), 30'000);
        QVERIFY(heard.failed);
        QCOMPARE(heard.failed->error.kind, error);
        QVERIFY(!heard.failed->retryable);
        QVERIFY(heard.text.size() < 9 * 1024 * 1024);
        QCOMPARE(m_server.requests().size(), 1);
    }

    void both_data()
    {
        QTest::addColumn<ModelRef::Kind>("kind");
        QTest::newRow("anthropic") << ModelRef::Kind::Anthropic;
        QTest::newRow("openai") << ModelRef::Kind::OpenAi;
    }

    void toolCallsAreParallel_data() { both_data(); }
    void toolCallsAreParallel()
    {
        QFETCH(ModelRef::Kind, kind);
        m_server.setScript(
            scriptOf(R"({"turns":[{"events":[{"thinking":"Let me see."},{"text":"Two files."},)"
                     R"({"tool":"write_file","id":"a1","input":{"path":"a.txt","content":"x\ny"}},)"
                     R"({"tool":"write_file","id":"b2","input":{"path":"b.txt"}},{"tool":"list_files","rawInput":""}],)"
                     R"("usage":{"input":11,"cacheRead":7,"output":5}}]})"));
        FakeModel fake(&m_http, m_server, kind);
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"), true)));
        QTRY_VERIFY(heard.done);
        QCOMPARE(heard.done->reason, StopReason::ToolUse);
        QCOMPARE(heard.thinking, QStringLiteral("Let me see."));
        QCOMPARE(heard.blocks.size(), 1);
        QCOMPARE(heard.blocks.first().text, QStringLiteral("Let me see."));
        QCOMPARE(heard.calls.size(), 3);
        QCOMPARE(heard.calls.at(0).call.id, QStringLiteral("a1"));
        QCOMPARE(heard.calls.at(0).call.input.value(QLatin1String("content")).toString(), QStringLiteral("x\ny"));
        QCOMPARE(heard.calls.at(1).index, 1);
        QCOMPARE(heard.calls.at(1).call.input.value(QLatin1String("path")).toString(), QStringLiteral("b.txt"));
        QVERIFY(heard.calls.at(2).error.isEmpty() && heard.calls.at(2).call.input.isEmpty());
        QCOMPARE(heard.usage, (Usage{11, 7, 0, 5, false}));
    }

    void truncatedToolJsonIsSaid_data() { both_data(); }
    void truncatedToolJsonIsSaid()
    {
        QFETCH(ModelRef::Kind, kind);
        m_server.setScript(scriptOf(
            // Not a raw string: moc counts the braces in those.
            "{\"turns\":[{\"events\":[{\"tool\":\"write_file\",\"rawInput\":\"{\\\"path\\\":\\\"a.txt\\\","
            "\\\"content\\\":\\\"<div\"}],"
            R"("stop":"length"}]})"));
        FakeModel fake(&m_http, m_server, kind);
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"), true)));
        QTRY_VERIFY(heard.done);
        QCOMPARE(heard.done->reason, StopReason::MaxTokens);
        QCOMPARE(heard.calls.size(), 1);
        QVERIFY(heard.calls.first().error.contains(QStringLiteral("write_file")));
        QVERIFY(heard.calls.first().call.input.isEmpty());
    }

    void missingUsageIsEstimated_data() { both_data(); }
    void missingUsageIsEstimated()
    {
        QFETCH(ModelRef::Kind, kind);
        m_server.setScript(scriptOf(R"({"turns":[{"text":"0123456789abcdef","usage":false}]})"));
        FakeModel fake(&m_http, m_server, kind);
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
        QTRY_VERIFY(heard.done);
        QVERIFY(heard.usage.estimated);
        QCOMPARE(heard.usage.outputTokens, 4);
        QVERIFY(heard.usage.inputTokens > 0);
    }

    void stopEndsTheTransferAtOnce_data() { both_data(); }
    void stopEndsTheTransferAtOnce()
    {
        QFETCH(ModelRef::Kind, kind);
        m_server.setScript(
            scriptOf(R"({"tokensPerSecond":50,"turns":[{"text":"a long answer that takes a while to arrive here"}]})"));
        FakeModel fake(&m_http, m_server, kind);
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
        QTRY_VERIFY(!heard.text.isEmpty());
        heard.stream->cancel();
        const qsizetype events = heard.events.size();
        QTRY_COMPARE(m_server.closedEarly(), 1);
        QCOMPARE(heard.events.size(), events);
    }

    void aStreamMayDieInItsOwnEvent_data() { both_data(); }
    void aStreamMayDieInItsOwnEvent()
    {
        QFETCH(ModelRef::Kind, kind);
        m_server.setScript(scriptOf(R"({"turns":[{"events":[{"thinking":"t"},{"text":"abc"}]}]})"));
        FakeModel fake(&m_http, m_server, kind);
        for (int nth = 1; nth < 6; ++nth) {
            auto stream = fake.open()->stream(askFor(QStringLiteral("Hi")));
            int seen = 0;
            connect(stream.get(), &ModelStream::event, this, [&] {
                if (++seen == nth)
                    stream.reset();
            });
            QTRY_VERIFY(!stream || seen >= 4);
        }
    }

    void waitingIsAnnounced()
    {
        m_server.setScript(scriptOf(R"({"turns":[{"status":429,"headers":{"retry-after":"0.2"}},{"text":"Hello."}]})"));
        FakeModel fake(&m_http, m_server, ModelRef::Kind::Anthropic);
        QElapsedTimer timer;
        timer.start();
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
        QTRY_COMPARE(heard.waits.size(), 1);
        QCOMPARE(heard.waits.first().delay, std::chrono::milliseconds(200));
        QCOMPARE(heard.waits.first().attempt, 2);
        QCOMPARE(heard.waits.first().reason.kind, ErrorKind::RateLimited);
        QTRY_VERIFY(heard.done);
        QVERIFY(timer.elapsed() >= 200);
    }

    void refusedFieldsAreLeftOutFromThenOn_data()
    {
        QTest::addColumn<ModelRef::Kind>("kind");
        QTest::addColumn<QString>("field");
        QTest::newRow("stream_options") << ModelRef::Kind::OpenAi << "stream_options";
        QTest::newRow("max_tokens") << ModelRef::Kind::OpenAi << "max_tokens";
        QTest::newRow("thinking") << ModelRef::Kind::Anthropic << "thinking";
    }
    void refusedFieldsAreLeftOutFromThenOn()
    {
        QFETCH(ModelRef::Kind, kind);
        QFETCH(QString, field);
        FakeScript script = FakeScript::saying(QStringLiteral("Hello."));
        script.reject = {field};
        m_server.setScript(script);
        FakeModel fake(&m_http, m_server, kind);
        for (int i = 0; i < 2; ++i) {
            Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
            QTRY_VERIFY(heard.done);
            QCOMPARE(heard.text, QStringLiteral("Hello."));
            QVERIFY(heard.waits.isEmpty());
        }
        QCOMPARE(m_server.requests().size(), 3);
        QVERIFY(m_server.requests().first().json().contains(field));
        QVERIFY(!m_server.requests().last().json().contains(field));
    }

    void toolsThatAreRefusedShowInTheCapabilities()
    {
        FakeScript script = FakeScript::saying(QStringLiteral("Hello."));
        script.reject = {QStringLiteral("tools")};
        m_server.setScript(script);
        FakeModel fake(&m_http, m_server, ModelRef::Kind::OpenAi);
        const auto model = fake.open();
        QVERIFY(model->info().capabilities.tools);
        Heard first(model->stream(askFor(QStringLiteral("Hi"), true)));
        QTRY_VERIFY(first.failed);
        QCOMPARE(first.failed->error.kind, ErrorKind::Unsupported);
        QVERIFY(first.failed->retryable);
        QVERIFY(!model->info().capabilities.tools);
        QCOMPARE(m_server.requests().size(), 1);
        Heard second(model->stream(askFor(QStringLiteral("Hi"), true)));
        QTRY_VERIFY(second.done);
        QVERIFY(!m_server.requests().last().json().contains(QLatin1String("tools")));
    }

    void theModelsOwnOutputLimitIsLearned()
    {
        m_server.setScript(scriptOf(
            R"({"turns":[{"status":400,"body":{"error":{"type":"invalid_request_error",)"
            R"("message":"max_tokens: 32000 > 8192, which is the maximum allowed number of output tokens for x-20240307"}}},{"text":"Hello."}]})"));
        for (const auto kind : {ModelRef::Kind::Anthropic, ModelRef::Kind::OpenAi}) {
            m_server.setScript(scriptOf(
                R"({"turns":[{"status":400,"body":{"error":{"type":"invalid_request_error",)"
                R"("message":"max_tokens: 32000 > 8192, which is the maximum of x-20240307"}}},{"text":"Hello."}]})"));
            FakeModel fake(&m_http, m_server, kind);
            Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
            QTRY_VERIFY(heard.done);
            QCOMPARE(m_server.requests().last().json().value(QLatin1String("max_tokens")).toInt(), 8192);
            QCOMPARE(fake.open()->info().capabilities.maxOutputTokens, 8192);
        }
    }

    void aMissingKeyIsSaidWithoutARequest_data()
    {
        QTest::addColumn<bool>("keychain");
        QTest::newRow("empty") << true;
        QTest::newRow("no keychain") << false;
    }
    void aMissingKeyIsSaidWithoutARequest()
    {
        QFETCH(bool, keychain);
        const Result<QString> key = keychain ? Result<QString>(QString()) : Error{ErrorKind::Unavailable, {}, {}};
        m_server.setScript(FakeScript::saying(QStringLiteral("Hello.")));
        FakeModel fake(&m_http, m_server, ModelRef::Kind::Anthropic);
        fake.config.key = [key] { return readyFuture<QString>(key); };
        fake.config.missingKey = QStringLiteral("There is no API key.");
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
        QTRY_VERIFY(heard.failed);
        QCOMPARE(heard.failed->error.kind, ErrorKind::Unauthorized);
        QCOMPARE(heard.failed->error.text, fake.config.missingKey);
        QVERIFY(m_server.requests().isEmpty());
    }

    void nobodyListens_data() { both_data(); }
    void nobodyListens()
    {
        QFETCH(ModelRef::Kind, kind);
        FakeModel fake(&m_http, m_server, kind);
        fake.config.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1"));
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
        QTRY_VERIFY(heard.failed);
        QCOMPARE(heard.failed->error.kind, ErrorKind::Unavailable);
        QCOMPARE(heard.waits.size(), 2);
        QVERIFY(heard.failed->error.text.contains(QStringLiteral("127.0.0.1:1")));
    }

    void looseOpenAiServers_data()
    {
        QTest::addColumn<QByteArray>("manner");
        QTest::newRow("Ollama: whole calls") << QByteArray(R"("wholeCalls":true,"reasoningField":"reasoning")");
        QTest::newRow("arguments as an object") << QByteArray(R"("argumentsObject":true)");
        QTest::newRow("no index") << QByteArray(R"("noIndex":true)");
        QTest::newRow("no index, whole") << QByteArray(R"("noIndex":true,"wholeCalls":true,"noId":true)");
        QTest::newRow("no id") << QByteArray(R"("noId":true)");
        QTest::newRow("finish stop") << QByteArray(R"("stopFinish":true)");
        QTest::newRow("no done, no usage") << QByteArray(R"("done":false,"usage":false)");
    }
    void looseOpenAiServers()
    {
        QFETCH(QByteArray, manner);
        m_server.setScript(
            scriptOf(R"({"turns":[{"events":[{"thinking":"hm"},{"tool":"write_file","input":{"path":"a"}},)"
                     R"({"tool":"write_file","input":{"path":"b"}}],)" +
                     manner + "}]}"));
        FakeModel fake(&m_http, m_server, ModelRef::Kind::OpenAi);
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"), true)));
        QTRY_VERIFY(heard.done);
        QCOMPARE(heard.done->reason, StopReason::ToolUse);
        QCOMPARE(heard.thinking, QStringLiteral("hm"));
        QCOMPARE(heard.calls.size(), 2);
        QCOMPARE(heard.calls.at(0).call.input.value(QLatin1String("path")).toString(), QStringLiteral("a"));
        QCOMPARE(heard.calls.at(1).call.input.value(QLatin1String("path")).toString(), QStringLiteral("b"));
        QVERIFY(!heard.calls.at(0).call.id.isEmpty());
        QVERIFY(heard.calls.at(0).call.id != heard.calls.at(1).call.id);
    }

    void anAnswerInOnePieceCounts()
    {
        m_server.setScript(scriptOf(
            R"({"turns":[{"status":200,"body":{"choices":[{"index":0,"finish_reason":"stop",)"
            R"("message":{"role":"assistant","content":"Hello."}}],"usage":{"prompt_tokens":3,"completion_tokens":2}}}]})"));
        FakeModel fake(&m_http, m_server, ModelRef::Kind::OpenAi);
        Heard heard(fake.open()->stream(askFor(QStringLiteral("Hi"))));
        QTRY_VERIFY(heard.done);
        QCOMPARE(heard.text, QStringLiteral("Hello."));
        QCOMPARE(heard.usage, (Usage{3, 0, 0, 2, false}));
    }
};

QTEST_GUILESS_MAIN(TestLlmFaults)
#include "tst_llmfaults.moc"
