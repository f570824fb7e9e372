// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/llm/llmtesting.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <random>

using namespace Flotilla;

namespace {

QList<StreamEvent> parsed(ModelRef::Kind kind, const QByteArrayList &datas, bool end = true)
{
    const auto parser =
        wireFormatFor(kind)->parser(askFor(QStringLiteral("Hi")), {QStringLiteral("host"), QStringLiteral("m")});
    QList<StreamEvent> out;
    for (const QByteArray &data : datas)
        parser->take({"", data}, out);
    if (end)
        parser->end(out);
    return out;
}

template <typename T>
QList<T> only(const QList<StreamEvent> &events)
{
    QList<T> found;
    for (const StreamEvent &event : events) {
        if (const auto *one = std::get_if<T>(&event))
            found.append(*one);
    }
    return found;
}

// moc counts the braces in raw strings: they are written \u007b where they do not pair up.
QByteArray delta(const QByteArray &json)
{
    return QByteArray(R"({"choices":[{"index":0,"delta":%1}]})").replace("%1", json);
}

const QByteArray finished = R"({"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]})";

int terminals(const QList<StreamEvent> &events)
{
    return int(only<StreamDone>(events).size() + only<StreamFailed>(events).size());
}

QByteArray mutated(QByteArray text, std::mt19937 &random)
{
    for (unsigned i = 0, n = random() % 4; i < n && !text.isEmpty(); ++i) {
        const auto at = qsizetype(random() % unsigned(text.size()));
        switch (random() % 4) {
        case 0:
            text[at] = char(random() % 256);
            break;
        case 1:
            text.truncate(at);
            break;
        case 2:
            text.insert(at, R"({"index":-7,"error":null,"delta":[]})");
            break;
        default:
            text.remove(at, qsizetype(random() % 9));
        }
    }
    return text;
}

} // namespace

class TestWireParsers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anthropicToleratesWhatImitationsDo()
    {
        const auto events =
            parsed(ModelRef::Kind::Anthropic,
                   {R"({"type":"message_start","message":{}})",
                    R"({"type":"content_block_start","index":0,"content_block":{"type":"tool_use","name":"t"}})",
                    R"({"type":"content_block_delta","index":7,"delta":{"type":"text_delta","text":"lost"}})",
                    R"({"type":"content_block_delta","index":0,"delta":{"type":"new_delta","x":1}})",
                    R"({"type":"content_block_stop","index":0})", R"({"type":"content_block_stop","index":0})",
                    R"({"type":"content_block_start","index":1,"content_block":{"type":"hologram"}})",
                    R"({"type":"content_block_stop","index":1})",
                    R"({"type":"message_delta","delta":{"stop_reason":"brand_new"},"usage":{"output_tokens":3}})",
                    R"({"type":"message_stop"})", R"({"type":"message_stop"})"});
        QCOMPARE(only<ToolCallDone>(events).size(), 1);
        QVERIFY(!only<ToolCallDone>(events).first().call.id.isEmpty());
        QVERIFY(only<TextDelta>(events).isEmpty());
        QCOMPARE(terminals(events), 1);
        QCOMPARE(only<StreamDone>(events).first().reason, StopReason::Other);
        QCOMPARE(only<StreamDone>(events).first().rawReason, QStringLiteral("brand_new"));
    }

    void anthropicCountersReplace()
    {
        const auto events =
            parsed(ModelRef::Kind::Anthropic,
                   {R"({"type":"message_start","message":{"usage":{"input_tokens":5,"output_tokens":1,)"
                    R"("cache_read_input_tokens":100,"cache_creation_input_tokens":20}}})",
                    R"({"type":"message_delta","delta":{},"usage":{"output_tokens":9}})",
                    R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":12}})",
                    R"({"type":"message_stop"})"});
        QCOMPARE(only<UsageUpdate>(events).last().usage, (Usage{5, 100, 20, 12, false}));
    }

    void anthropicThinkingGoesBackUnchanged()
    {
        const auto events = parsed(
            ModelRef::Kind::Anthropic,
            {R"({"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}})",
             R"({"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"old"}})",
             R"({"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"sig"}})",
             R"({"type":"content_block_stop","index":0})",
             R"({"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"xyz"}})",
             R"({"type":"content_block_stop","index":1})"});
        const auto blocks = only<ThinkingDone>(events);
        QCOMPARE(blocks.size(), 2);
        QCOMPARE(blocks.at(0).part, (ThinkingPart{{}, QStringLiteral("sig"), {}}));
        QCOMPARE(blocks.at(1).part, (ThinkingPart{{}, {}, QStringLiteral("xyz")}));
    }

    void openAiCalls_data()
    {
        QTest::addColumn<QByteArrayList>("chunks");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("two indexes")
            << QByteArrayList{delta(
                                  R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"{}"}}]})"),
                              delta(
                                  R"({"tool_calls":[{"index":1,"id":"b","function":{"name":"y","arguments":"{}"}}]})")}
            << QStringList{"x", "y"};
        QTest::newRow("both in one")
            << QByteArrayList{delta(
                   R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"x"}},{"index":1,"id":"b","function":{"name":"y"}}]})")}
            << QStringList{"x", "y"};
        QTest::newRow("always index 0")
            << QByteArrayList{delta(
                                  R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"{}"}}]})"),
                              delta(
                                  R"({"tool_calls":[{"index":0,"id":"b","function":{"name":"y","arguments":"{}"}}]})")}
            << QStringList{"x", "y"};
        QTest::newRow("id repeated")
            << QByteArrayList{delta(
                                  R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"\u007b"}}]})"),
                              delta(
                                  R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"\u007d"}}]})")}
            << QStringList{"x"};
        QTest::newRow("no index")
            << QByteArrayList{delta(R"({"tool_calls":[{"id":"a","function":{"name":"x","arguments":"\u007b"}}]})"),
                              delta(R"({"tool_calls":[{"function":{"arguments":"\u007d"}}]})"),
                              delta(R"({"tool_calls":[{"function":{"name":"y","arguments":"{}"}}]})")}
            << QStringList{"x", "y"};
        QTest::newRow("numeric id")
            << QByteArrayList{delta(
                   R"({"tool_calls":[{"index":0,"id":377278620,"function":{"name":"x","arguments":null}}]})")}
            << QStringList{"x"};
    }
    void openAiCalls()
    {
        QFETCH(QByteArrayList, chunks);
        QStringList names;
        for (const ToolCallDone &done : only<ToolCallDone>(parsed(ModelRef::Kind::OpenAi, chunks << finished))) {
            QVERIFY2(done.error.isEmpty(), qPrintable(done.error));
            QVERIFY(!done.call.id.isEmpty());
            names.append(done.call.name);
        }
        QTEST(names, "names");
    }

    void callsWithOneIdAreToldApart_data()
    {
        QTest::addColumn<ModelRef::Kind>("kind");
        QTest::addColumn<QByteArrayList>("chunks");
        QTest::newRow("openai") << ModelRef::Kind::OpenAi
                                << QByteArrayList{
                                       delta(R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"x"}}]})"),
                                       delta(R"({"tool_calls":[{"index":1,"id":"a","function":{"name":"y"}}]})"),
                                       delta(R"({"tool_calls":[{"index":1,"id":"a","function":{"name":"y"}}]})"),
                                       finished};
        QTest::newRow("anthropic")
            << ModelRef::Kind::Anthropic
            << QByteArrayList{
                   R"({"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"x"}})",
                   R"({"type":"content_block_stop","index":0})",
                   R"({"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"a","name":"y"}})",
                   R"({"type":"content_block_stop","index":1})"};
    }
    void callsWithOneIdAreToldApart()
    {
        QFETCH(ModelRef::Kind, kind);
        QFETCH(QByteArrayList, chunks);
        const auto calls = only<ToolCallDone>(parsed(kind, chunks));
        QCOMPARE(calls.size(), 2);
        QCOMPARE(calls.at(0).call.id, QStringLiteral("a"));
        QCOMPARE(calls.at(0).call.name, QStringLiteral("x"));
        QCOMPARE(calls.at(1).call.name, QStringLiteral("y"));
        QVERIFY(calls.at(1).call.id != calls.at(0).call.id);
    }

    void nullIsNoInput()
    {
        const auto calls = only<ToolCallDone>(parsed(
            ModelRef::Kind::OpenAi,
            {delta(R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"null"}}]})"), finished}));
        QCOMPARE(calls.size(), 1);
        QVERIFY2(calls.first().error.isEmpty(), qPrintable(calls.first().error));
    }

    void openAiToleratesEmptyChunks()
    {
        const auto events =
            parsed(ModelRef::Kind::OpenAi,
                   {R"({"choices":[]})", R"({})", R"({"choices":[{"index":0}]})", delta(R"({"content":null})"),
                    delta(R"({"role":"assistant","content":""})"), delta(R"({"content":[{"type":"text","text":"a"}]})"),
                    R"({"choices":[{"index":1,"delta":{"content":"second choice"}}]})", delta(R"({"content":"b"})"),
                    "[DONE]", delta(R"({"content":"late"})")});
        QString text;
        for (const TextDelta &piece : only<TextDelta>(events))
            text += piece.text;
        QCOMPARE(text, QStringLiteral("ab"));
        QCOMPARE(only<StreamDone>(events).size(), 1);
    }

    void openAiThoughtsInTheText_data()
    {
        QTest::addColumn<QString>("content");
        QTest::addColumn<QString>("thought");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *name, const char *content, const char *thought, const char *text) {
            QTest::newRow(name) << QString::fromUtf8(content) << QString::fromUtf8(thought) << QString::fromUtf8(text);
        };
        row("usual", "<think>\nhm\n</think>\n\nHello <b>", "\nhm\n", "Hello <b>");
        row("space before", "\n <think>a</think>b", "a", "b");
        row("empty", "<think></think>\n\nb", "", "b");
        row("none", "Hello", "", "Hello");
        row("later ones are text", "a <think>b</think>", "", "a <think>b</think>");
        row("other tags", "<thing>b</thing>", "", "<thing>b</thing>");
        row("near misses inside", "<think>a </thin </think</think>b</think>", "a </thin </think", "b</think>");
        row("never closed", "<think>a</thi", "a</thi", "");
        row("half a tag", "<thi", "", "<thi");
        row("nothing but space", "  ", "", "  ");
    }
    void openAiThoughtsInTheText()
    {
        QFETCH(QString, content);
        for (const qsizetype step : {1, 2, 5, 1000}) {
            QByteArrayList chunks;
            for (qsizetype at = 0; at < content.size(); at += step)
                chunks << QJsonDocument(QJsonObject{{"choices",
                                                     QJsonArray{QJsonObject{
                                                         {"index", 0},
                                                         {"delta", QJsonObject{{"content", content.mid(at, step)}}}}}}})
                              .toJson(QJsonDocument::Compact);
            const auto events = parsed(ModelRef::Kind::OpenAi, chunks << finished << "[DONE]");
            QString text, thought;
            for (const TextDelta &piece : only<TextDelta>(events))
                text += piece.text;
            for (const ThinkingDelta &piece : only<ThinkingDelta>(events))
                thought += piece.text;
            QTEST(text, "text");
            QTEST(thought, "thought");
            QCOMPARE(only<ThinkingDone>(events).size(), thought.isEmpty() ? 0 : 1);
            QCOMPARE(terminals(events), 1);
        }
    }

    void openAiErrors_data()
    {
        QTest::addColumn<QByteArray>("chunk");
        QTest::addColumn<int>("kind");
        QTest::newRow("object") << QByteArray(R"({"error":{"message":"m","type":"rate_limit_error"}})")
                                << int(ErrorKind::RateLimited);
        QTest::newRow("string") << QByteArray(R"({"error":"something broke"})") << int(ErrorKind::Unavailable);
        QTest::newRow("integer code") << QByteArray(R"({"error":{"message":"m","code":429}})")
                                      << int(ErrorKind::RateLimited);
        QTest::newRow("finish error") << QByteArray(R"({"choices":[{"index":0,"delta":{},"finish_reason":"error"}]})")
                                      << int(ErrorKind::Unavailable);
        QTest::newRow("null is none") << QByteArray(R"({"error":null,"choices":[]})") << int(ErrorKind::Network);
    }
    void openAiErrors()
    {
        QFETCH(QByteArray, chunk);
        const auto events = parsed(ModelRef::Kind::OpenAi, {chunk});
        QCOMPARE(terminals(events), 1);
        QTEST(int(only<StreamFailed>(events).first().error.kind), "kind");
    }

    void openAiUsageSplitsTheCache()
    {
        const auto events = parsed(
            ModelRef::Kind::OpenAi,
            {delta(R"({"content":"a"})"), finished,
             R"({"choices":[],"usage":{"prompt_tokens":100,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":60}}})",
             "[DONE]"});
        QCOMPARE(only<UsageUpdate>(events).last().usage, (Usage{40, 60, 0, 7, false}));
    }

    void hostileStreamsEndOnce_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("anthropic") << int(ModelRef::Kind::Anthropic);
        QTest::newRow("openai") << int(ModelRef::Kind::OpenAi);
    }
    /// Fixed seed: 20,000 streams of damaged events never crash and end exactly once.
    void hostileStreamsEndOnce()
    {
        QFETCH(int, kind);
        const QByteArrayList pool = {
            R"({"type":"message_start","message":{"usage":{"input_tokens":-5,"output_tokens":1e300}}})",
            R"({"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"t","input":{}}})",
            R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\u007b\u0022a\u0022:1\u007d"}})",
            R"({"type":"content_block_start","index":1,"content_block":{"type":"text","text":"x"}})",
            R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"y"}})",
            R"({"type":"content_block_stop","index":0})",
            R"({"type":"message_delta","delta":{"stop_reason":"end_turn"}})",
            R"({"type":"message_stop"})",
            delta(R"({"content":"a"})"),
            delta(R"({"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"{}"}}]})"),
            delta(R"({"tool_calls":[{"index":99999,"function":{"arguments":"{}"}}]})"),
            finished,
            "[DONE]",
            "null",
            "[]",
            ""};
        std::mt19937 random(7);
        for (int round = 0; round < 20'000; ++round) {
            QByteArrayList datas;
            for (unsigned i = 0, n = random() % 12; i < n; ++i)
                datas.append(mutated(pool.at(qsizetype(random() % unsigned(pool.size()))), random));
            const auto events = parsed(ModelRef::Kind(kind), datas);
            QCOMPARE(terminals(events), 1);
            QVERIFY(std::holds_alternative<StreamDone>(events.last()) ||
                    std::holds_alternative<StreamFailed>(events.last()));
        }
    }
};

QTEST_GUILESS_MAIN(TestWireParsers)
#include "tst_wireparsers.moc"
