// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/llm/llmtesting.h"

#include <QFile>
#include <QJsonDocument>

using namespace Flotilla;

namespace {

const QString fileName = QStringLiteral("a.txt");

ToolCallPart callOf(const QString &id)
{
    return {id, QStringLiteral("write_file"), {{QStringLiteral("path"), fileName}}};
}

/// A conversation with everything in it: thinking, two parallel calls, their results in the wrong order, an image.
ModelRequest everything()
{
    ModelRequest request = askFor(QStringLiteral("A timer."), true);
    request.tools.append({QStringLiteral("list_files"), QStringLiteral("Lists."),
                          QJsonObject{{QStringLiteral("type"), QStringLiteral("object")}}});
    request.maxOutputTokens = 9000;
    request.messages.append(
        {Role::Assistant,
         {ThinkingPart{QStringLiteral("hm"), QStringLiteral("sig"), {}}, ThinkingPart{{}, {}, QStringLiteral("opaque")},
          ThinkingPart{QStringLiteral("foreign"), {}, {}}, TextPart{QStringLiteral("Two files.")},
          callOf(QStringLiteral("a1")), callOf(QStringLiteral("b:2"))}});
    request.messages.append({Role::User,
                             {TextPart{QStringLiteral("And blue.")},
                              ToolResultPart{QStringLiteral("b:2"), QStringLiteral("no space"), true},
                              ToolResultPart{QStringLiteral("a1"), QStringLiteral("done"), false},
                              ImagePart{QStringLiteral("image/png"), QByteArray("PNG")}}});
    return request;
}

/// What a stopped turn leaves behind: a call without a result, an empty text, two user messages in a row, a stray
/// result.
ModelRequest broken()
{
    ModelRequest request = askFor(QStringLiteral("A timer."));
    request.messages.append({Role::Assistant, {TextPart{QString()}, callOf(QStringLiteral("a1"))}});
    request.messages.append({Role::User, {ToolResultPart{QStringLiteral("zz"), QStringLiteral("stray"), false}}});
    request.messages.append({Role::User, {TextPart{QStringLiteral("Go on.")}}});
    request.messages.append({Role::Assistant, {callOf(QStringLiteral("c3"))}});
    return request;
}

ModelRequest longLoop()
{
    ModelRequest request = askFor(QStringLiteral("A timer."), true);
    for (int i = 0; i < 12; ++i) {
        const QString id = QStringLiteral("call%1").arg(i);
        request.messages.append({Role::Assistant, {callOf(id)}});
        request.messages.append({Role::User, {ToolResultPart{id, QStringLiteral("done"), false}}});
    }
    return request;
}

QJsonObject bodyOf(ModelRef::Kind kind, const ModelRequest &request, const Quirks &quirks = {},
                   const QString &base = QStringLiteral("http://127.0.0.1:1/v1"))
{
    return QJsonDocument::fromJson(wireFormatFor(kind)->body(request, QUrl(base), quirks)).object();
}

int breakpoints(const QJsonObject &body)
{
    return int(QJsonDocument(body).toJson().count("cache_control"));
}

} // namespace

class TestRequestBodies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void golden_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("which");
        QTest::newRow("anthropic-everything") << int(ModelRef::Kind::Anthropic) << 0;
        QTest::newRow("anthropic-broken") << int(ModelRef::Kind::Anthropic) << 1;
        QTest::newRow("openai-everything") << int(ModelRef::Kind::OpenAi) << 0;
        QTest::newRow("openai-broken") << int(ModelRef::Kind::OpenAi) << 1;
    }
    void golden()
    {
        QFETCH(int, kind);
        QFETCH(int, which);
        const QJsonObject body = bodyOf(ModelRef::Kind(kind), which == 0 ? everything() : broken());
        const QString path = QStringLiteral(FLOTILLA_SOURCE_DIR "/tests/unit/llm/golden/%1.json")
                                 .arg(QLatin1String(QTest::currentDataTag()));
        QFile file(path);
        if (qEnvironmentVariableIsSet("FLOTILLA_WRITE_GOLDEN")) { // then read the difference before committing it
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QJsonDocument(body).toJson());
            file.close();
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
        const QJsonObject expected = QJsonDocument::fromJson(file.readAll()).object();
        QVERIFY(!expected.isEmpty());
        for (const QString &key : body.keys() + expected.keys())
            QVERIFY2(body.value(key) == expected.value(key), qPrintable(key));
    }

    void bodiesAreTheSameEveryTime()
    {
        for (const auto kind : {ModelRef::Kind::Anthropic, ModelRef::Kind::OpenAi}) {
            const auto format = wireFormatFor(kind);
            QCOMPARE(format->body(everything(), {}, {}), format->body(everything(), {}, {}));
        }
    }

    void samplingParametersAreNeverSent()
    {
        for (const auto kind : {ModelRef::Kind::Anthropic, ModelRef::Kind::OpenAi}) {
            const QJsonObject body = bodyOf(kind, everything());
            for (const char *name : {"temperature", "top_p", "top_k", "tool_choice"})
                QVERIFY2(!body.contains(QLatin1String(name)), name);
        }
    }

    void longLoopsHaveFourBreakpoints()
    {
        const QJsonObject body = bodyOf(ModelRef::Kind::Anthropic, longLoop());
        QCOMPARE(breakpoints(body), 4);
        const QJsonArray messages = body.value(QLatin1String("messages")).toArray();
        QVERIFY(messages.last()
                    .toObject()
                    .value(QLatin1String("content"))
                    .toArray()
                    .last()
                    .toObject()
                    .contains(QLatin1String("cache_control")));
        QVERIFY(breakpoints(messages.at(messages.size() - 16).toObject()) == 1);
    }

    void quirksLeaveFieldsOut()
    {
        Quirks quirks;
        quirks.noStreamOptions = quirks.noTools = quirks.noImages = quirks.noThinking = quirks.noCacheControl = true;
        quirks.dropThinkingHistory = true;
        quirks.tokenLimit = Quirks::TokenLimitField::None;
        const QJsonObject openAi = bodyOf(ModelRef::Kind::OpenAi, everything(), quirks);
        for (const char *name : {"stream_options", "tools", "max_tokens", "max_completion_tokens"})
            QVERIFY2(!openAi.contains(QLatin1String(name)), name);
        QVERIFY(!QJsonDocument(openAi).toJson().contains("image_url"));
        const QJsonObject anthropic = bodyOf(ModelRef::Kind::Anthropic, everything(), quirks);
        QCOMPARE(breakpoints(anthropic), 0);
        QVERIFY(!QJsonDocument(anthropic).toJson().contains("thinking"));
    }

    void theTokenFieldDependsOnTheServer()
    {
        const ModelRequest request = askFor(QStringLiteral("Hi"));
        const QString official = QStringLiteral("https://api.openai.com/v1");
        QVERIFY(bodyOf(ModelRef::Kind::OpenAi, request, {}, official).contains(QLatin1String("max_completion_tokens")));
        QVERIFY(bodyOf(ModelRef::Kind::OpenAi, request).contains(QLatin1String("max_tokens")));
        Quirks other;
        other.tokenLimit = Quirks::TokenLimitField::Other;
        QVERIFY(bodyOf(ModelRef::Kind::OpenAi, request, other, official).contains(QLatin1String("max_tokens")));
    }

    void olderModelsGetNoAdaptiveThinking_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("thinking");
        QTest::newRow("new") << "claude-sonnet-5-5" << true;
        QTest::newRow("opus 4.8") << "claude-opus-4-8" << true;
        QTest::newRow("haiku 4.5") << "claude-haiku-4-5-20251001" << false;
        QTest::newRow("3") << "claude-3-haiku-20240307" << false;
        QTest::newRow("other vendor") << "qwen3" << true;
    }
    void olderModelsGetNoAdaptiveThinking()
    {
        QFETCH(QString, model);
        ModelRequest request = askFor(QStringLiteral("Hi"));
        request.model = model;
        QTEST(bodyOf(ModelRef::Kind::Anthropic, request).contains(QLatin1String("thinking")), "thinking");
    }

    void addresses_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("url");
        const int a = int(ModelRef::Kind::Anthropic);
        const int o = int(ModelRef::Kind::OpenAi);
        QTest::newRow("anthropic") << a << "https://api.anthropic.com"
                                   << "https://api.anthropic.com/v1/messages";
        QTest::newRow("anthropic slash") << a << "https://x.example/"
                                         << "https://x.example/v1/messages";
        QTest::newRow("anthropic v1") << a << "https://x.example/v1/"
                                      << "https://x.example/v1/messages";
        QTest::newRow("anthropic path") << a << "https://x.example/proxy"
                                        << "https://x.example/proxy/v1/messages";
        QTest::newRow("openai") << o << "https://api.openai.com/v1"
                                << "https://api.openai.com/v1/chat/completions";
        QTest::newRow("openai bare") << o << "http://localhost:11434"
                                     << "http://localhost:11434/v1/chat/completions";
        QTest::newRow("openai path") << o << "https://x.example/api/v1/"
                                     << "https://x.example/api/v1/chat/completions";
    }
    void addresses()
    {
        QFETCH(int, kind);
        QFETCH(QString, base);
        QTEST(wireFormatFor(ModelRef::Kind(kind))->streamUrl(QUrl(base)).toString(), "url");
    }
};

QTEST_GUILESS_MAIN(TestRequestBodies)
#include "tst_requestbodies.moc"
