// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/anthropic/anthropicformat.h"

#include "backends/llm/anthropic/anthropicparser.h"
#include "backends/llm/history.h"
#include "backends/llm/tokenlimit.h"

#include <QJsonDocument>

namespace Flotilla {

namespace {

constexpr qsizetype BlocksPerBreakpoint = 15; // the cache looks back 20 blocks from a breakpoint

QJsonObject ephemeral()
{
    return {{QStringLiteral("type"), QStringLiteral("ephemeral")}};
}

QJsonObject block(const TextPart &part)
{
    return {{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), part.text}};
}

QJsonObject block(const ThinkingPart &part)
{
    if (!part.redacted.isEmpty())
        return {{QStringLiteral("type"), QStringLiteral("redacted_thinking")}, {QStringLiteral("data"), part.redacted}};
    if (part.signature.isEmpty())
        return {}; // another vendor's thinking
    return {{QStringLiteral("type"), QStringLiteral("thinking")},
            {QStringLiteral("thinking"), part.text},
            {QStringLiteral("signature"), part.signature}};
}

QJsonObject block(const ImagePart &part)
{
    const QJsonObject source{{QStringLiteral("type"), QStringLiteral("base64")},
                             {QStringLiteral("media_type"), part.mediaType},
                             {QStringLiteral("data"), QString::fromLatin1(part.data.toBase64())}};
    return {{QStringLiteral("type"), QStringLiteral("image")}, {QStringLiteral("source"), source}};
}

QJsonObject block(const ToolCallPart &part)
{
    return {{QStringLiteral("type"), QStringLiteral("tool_use")},
            {QStringLiteral("id"), plainCallId(part.id)},
            {QStringLiteral("name"), plainCallId(part.name)},
            {QStringLiteral("input"), part.input}};
}

QJsonObject block(const ToolResultPart &part)
{
    QJsonObject result{{QStringLiteral("type"), QStringLiteral("tool_result")},
                       {QStringLiteral("tool_use_id"), plainCallId(part.callId)}};
    if (!part.text.isEmpty())
        result.insert(QStringLiteral("content"), part.text);
    if (part.isError)
        result.insert(QStringLiteral("is_error"), true);
    return result;
}

struct Breakpoints
{
    qsizetype seen = 0; ///< blocks since the end of the conversation
    qsizetype left = 2;
    qsizetype next = 0;
};

/// Marks the last block and one about 15 blocks before it, so that long tool loops still find the cached prefix.
void placeBreakpoints(QJsonArray &blocks, Breakpoints &state)
{
    for (qsizetype i = blocks.size() - 1; i >= 0; --i, ++state.seen) {
        QJsonObject object = blocks.at(i).toObject();
        const bool thinking = object.value(QLatin1String("type")).toString().contains(QLatin1String("thinking"));
        if (state.left == 0 || state.seen < state.next || thinking)
            continue;
        object.insert(QStringLiteral("cache_control"), ephemeral());
        blocks.replace(i, object);
        --state.left;
        state.next = state.seen + BlocksPerBreakpoint;
    }
}

QJsonArray blocksOf(const ModelMessage &message, const Quirks &quirks)
{
    QJsonArray blocks;
    for (const Part &part : message.parts) {
        if (quirks.dropThinkingHistory && std::holds_alternative<ThinkingPart>(part))
            continue;
        const QJsonObject object = std::visit([](const auto &p) { return block(p); }, part);
        if (!object.isEmpty())
            blocks.append(object);
    }
    return blocks;
}

QJsonArray messagesOf(const ModelRequest &request, const Quirks &quirks)
{
    QJsonArray messages;
    Breakpoints state;
    const QList<ModelMessage> history = repairedHistory(request.messages);
    for (auto message = history.crbegin(); message != history.crend(); ++message) {
        QJsonArray blocks = blocksOf(*message, quirks);
        if (blocks.isEmpty())
            continue;
        if (!quirks.noCacheControl)
            placeBreakpoints(blocks, state);
        const QString role = message->role == Role::User ? QStringLiteral("user") : QStringLiteral("assistant");
        messages.prepend(QJsonObject{{QStringLiteral("role"), role}, {QStringLiteral("content"), blocks}});
    }
    return messages;
}

QJsonArray toolsOf(const ModelRequest &request, const Quirks &quirks)
{
    QJsonArray tools;
    for (const ToolDefinition &tool : request.tools) {
        tools.append(QJsonObject{{QStringLiteral("name"), tool.name},
                                 {QStringLiteral("description"), tool.description},
                                 {QStringLiteral("input_schema"), tool.schema}});
    }
    if (!tools.isEmpty() && !quirks.noCacheControl) {
        QJsonObject last = tools.last().toObject();
        last.insert(QStringLiteral("cache_control"), ephemeral());
        tools.replace(tools.size() - 1, last);
    }
    return tools;
}

QJsonArray systemOf(const ModelRequest &request, const Quirks &quirks)
{
    QJsonObject text = block(TextPart{request.system});
    if (!quirks.noCacheControl)
        text.insert(QStringLiteral("cache_control"), ephemeral());
    return {text};
}

/// Models before the adaptive mode; for all others a 400 teaches it.
bool isBeforeAdaptiveThinking(const QString &model)
{
    static const QStringList prefixes = {QStringLiteral("claude-2"),          QStringLiteral("claude-3"),
                                         QStringLiteral("claude-haiku-4"),    QStringLiteral("claude-sonnet-4-2"),
                                         QStringLiteral("claude-sonnet-4-5"), QStringLiteral("claude-opus-4-1"),
                                         QStringLiteral("claude-opus-4-2"),   QStringLiteral("claude-opus-4-5")};
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const QString &prefix) { return model.startsWith(prefix); });
}

QUrl withPath(const QUrl &baseUrl, const QString &path)
{
    QUrl url = baseUrl;
    QString base = url.path();
    while (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    if (base.endsWith(QLatin1String("/v1")))
        base.chop(3);
    url.setPath(base + path);
    return url;
}

} // namespace

QUrl AnthropicFormat::streamUrl(const QUrl &baseUrl) const
{
    return withPath(baseUrl, QStringLiteral("/v1/messages"));
}

QUrl AnthropicFormat::modelsUrl(const QUrl &baseUrl) const
{
    QUrl url = withPath(baseUrl, QStringLiteral("/v1/models"));
    url.setQuery(QStringLiteral("limit=100"));
    return url;
}

HttpHeaders AnthropicFormat::authHeaders(const QString &key) const
{
    HttpHeaders headers = {{"anthropic-version", "2023-06-01"}};
    if (!key.isEmpty())
        headers.append(HttpHeader{"x-api-key", key.toUtf8()});
    return headers;
}

QByteArray AnthropicFormat::body(const ModelRequest &request, const QUrl &, const Quirks &quirks) const
{
    QJsonObject body{{QStringLiteral("model"), request.model},
                     {QStringLiteral("max_tokens"), outputLimit(request, quirks)},
                     {QStringLiteral("stream"), true},
                     {QStringLiteral("messages"), messagesOf(request, quirks)}};
    if (!request.system.isEmpty())
        body.insert(QStringLiteral("system"), systemOf(request, quirks));
    if (!request.tools.isEmpty() && !quirks.noTools)
        body.insert(QStringLiteral("tools"), toolsOf(request, quirks));
    if (!quirks.noThinking && !isBeforeAdaptiveThinking(request.model)) {
        // Without "summarized" the text between tool calls hides in empty thinking blocks (protocols.md 1.2).
        body.insert(QStringLiteral("thinking"), QJsonObject{{QStringLiteral("type"), QStringLiteral("adaptive")},
                                                            {QStringLiteral("display"), QStringLiteral("summarized")}});
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

std::unique_ptr<WireParser> AnthropicFormat::parser(const ModelRequest &request, const PeerName &peer) const
{
    return std::make_unique<AnthropicParser>(characterCount(request), peer);
}

WireFormat::Adaptation AnthropicFormat::adapt(const ApiError &error, const ModelRequest &request, const QUrl &,
                                              Quirks &quirks) const
{
    if (error.status != 400 && error.status != 422)
        return Adaptation::None;
    if (error.mentions(QLatin1String("max_tokens")) &&
        learnTokenLimit(error.message, outputLimit(request, quirks), quirks))
        return Adaptation::Retry;
    const bool history = error.mentions(QLatin1String("messages.")) || error.mentions(QLatin1String("signature"));
    if (error.mentions(QLatin1String("thinking")) && history && !std::exchange(quirks.dropThinkingHistory, true))
        return Adaptation::Retry;
    if (error.mentions(QLatin1String("thinking")) && !history && !std::exchange(quirks.noThinking, true))
        return Adaptation::Retry;
    if (error.mentions(QLatin1String("cache_control")) && !std::exchange(quirks.noCacheControl, true))
        return Adaptation::Retry;
    const bool toolsSent = !request.tools.isEmpty() && !quirks.noTools;
    if (toolsSent && error.mentions(QLatin1String("not support tools"))) {
        quirks.noTools = true;
        return Adaptation::ToolsUnsupported;
    }
    return Adaptation::None;
}

QList<SseEvent> AnthropicFormat::wholeAnswer(const QByteArray &body) const
{
    const QJsonObject message = QJsonDocument::fromJson(body).object();
    const QJsonArray content = message.value(QLatin1String("content")).toArray();
    if (message.value(QLatin1String("type")) != QLatin1String("message"))
        return {};
    QList<SseEvent> events;
    const auto add = [&events](const char *type, QJsonObject event) {
        event.insert(QStringLiteral("type"), QLatin1String(type));
        events.append({type, QJsonDocument(event).toJson(QJsonDocument::Compact)});
    };
    add("message_start", {{QStringLiteral("message"), message}});
    for (qsizetype i = 0; i < content.size(); ++i) {
        add("content_block_start", {{QStringLiteral("index"), int(i)}, {QStringLiteral("content_block"), content[i]}});
        add("content_block_stop", {{QStringLiteral("index"), int(i)}});
    }
    add("message_delta", {{QStringLiteral("delta"), message}});
    add("message_stop", {});
    return events;
}

} // namespace Flotilla
