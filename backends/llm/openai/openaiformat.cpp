// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/openai/openaiformat.h"

#include "backends/llm/history.h"
#include "backends/llm/openai/openaiparser.h"
#include "backends/llm/tokenlimit.h"

#include <QJsonDocument>

namespace Flotilla {

namespace {

QString compactJson(const QJsonObject &object)
{
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

QJsonObject textItem(const QString &text)
{
    return {{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("text"), text}};
}

QJsonObject imageItem(const ImagePart &image)
{
    const QString url =
        QStringLiteral("data:%1;base64,%2").arg(image.mediaType, QString::fromLatin1(image.data.toBase64()));
    return {{QStringLiteral("type"), QStringLiteral("image_url")},
            {QStringLiteral("image_url"), QJsonObject{{QStringLiteral("url"), url}}}};
}

QJsonObject toolResult(const ToolResultPart &part)
{
    const QString content = part.isError ? QStringLiteral("Error: ") + part.text : part.text;
    return {{QStringLiteral("role"), QStringLiteral("tool")},
            {QStringLiteral("tool_call_id"), part.callId},
            {QStringLiteral("content"), content}};
}

/// Results as messages of their own, then what the user said: a plain string unless there are images.
void appendUser(const ModelMessage &message, const Quirks &quirks, QJsonArray &messages)
{
    QJsonArray items;
    QStringList texts;
    bool images = false;
    for (const Part &part : message.parts) {
        if (const auto *result = std::get_if<ToolResultPart>(&part)) {
            messages.append(toolResult(*result));
        } else if (const auto *text = std::get_if<TextPart>(&part)) {
            items.append(textItem(text->text));
            texts.append(text->text);
        } else if (const auto *image = std::get_if<ImagePart>(&part); image && !quirks.noImages) {
            items.append(imageItem(*image));
            images = true;
        }
    }
    if (items.isEmpty())
        return;
    const QJsonValue content = images ? QJsonValue(items) : QJsonValue(texts.join(QStringLiteral("\n\n")));
    messages.append(
        QJsonObject{{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), content}});
}

QJsonObject toolCall(const ToolCallPart &call)
{
    const QJsonObject function{{QStringLiteral("name"), plainCallId(call.name)},
                               {QStringLiteral("arguments"), compactJson(call.input)}};
    return {{QStringLiteral("id"), call.id},
            {QStringLiteral("type"), QStringLiteral("function")},
            {QStringLiteral("function"), function}};
}

void appendAssistant(const ModelMessage &message, QJsonArray &messages)
{
    QString text;
    QJsonArray calls;
    for (const Part &part : message.parts) {
        if (const auto *words = std::get_if<TextPart>(&part))
            text += words->text;
        else if (const auto *call = std::get_if<ToolCallPart>(&part))
            calls.append(toolCall(*call));
    }
    if (text.isEmpty() && calls.isEmpty())
        return;
    QJsonObject object{{QStringLiteral("role"), QStringLiteral("assistant")}};
    object.insert(QStringLiteral("content"), text.isEmpty() ? QJsonValue() : QJsonValue(text));
    if (!calls.isEmpty())
        object.insert(QStringLiteral("tool_calls"), calls);
    messages.append(object);
}

QJsonArray chatMessages(const ModelRequest &request, const Quirks &quirks)
{
    QJsonArray messages;
    if (!request.system.isEmpty())
        messages.append(QJsonObject{{QStringLiteral("role"), QStringLiteral("system")},
                                    {QStringLiteral("content"), request.system}});
    for (const ModelMessage &message : repairedHistory(request.messages)) {
        if (message.role == Role::User)
            appendUser(message, quirks, messages);
        else
            appendAssistant(message, messages);
    }
    return messages;
}

QJsonArray functionTools(const ModelRequest &request)
{
    QJsonArray tools;
    for (const ToolDefinition &tool : request.tools) {
        const QJsonObject function{{QStringLiteral("name"), tool.name},
                                   {QStringLiteral("description"), tool.description},
                                   {QStringLiteral("parameters"), tool.schema}};
        tools.append(
            QJsonObject{{QStringLiteral("type"), QStringLiteral("function")}, {QStringLiteral("function"), function}});
    }
    return tools;
}

/// OpenAI's own models want max_completion_tokens; compatible servers know max_tokens.
QString tokenField(const QUrl &baseUrl, const Quirks &quirks)
{
    const bool official = baseUrl.host() == QLatin1String("api.openai.com");
    const bool other = quirks.tokenLimit == Quirks::TokenLimitField::Other;
    return official != other ? QStringLiteral("max_completion_tokens") : QStringLiteral("max_tokens");
}

/// {base}/path; a base without any path gets the usual /v1.
QUrl chatUrl(const QUrl &baseUrl, const QString &path)
{
    QUrl url = baseUrl;
    QString base = url.path();
    while (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    if (base.isEmpty())
        base = QStringLiteral("/v1");
    url.setPath(base + path);
    return url;
}

bool hasImages(const ModelRequest &request)
{
    for (const ModelMessage &message : request.messages) {
        for (const Part &part : message.parts) {
            if (std::holds_alternative<ImagePart>(part))
                return true;
        }
    }
    return false;
}

bool adaptTokenLimit(const ApiError &error, const ModelRequest &request, Quirks &quirks)
{
    const bool named =
        error.mentions(QLatin1String("max_tokens")) || error.mentions(QLatin1String("max_completion_tokens"));
    if (!named || quirks.tokenLimit == Quirks::TokenLimitField::None)
        return false;
    if (learnTokenLimit(error.message, outputLimit(request, quirks), quirks))
        return true;
    quirks.tokenLimit = quirks.tokenLimit == Quirks::TokenLimitField::Usual ? Quirks::TokenLimitField::Other
                                                                            : Quirks::TokenLimitField::None;
    return true;
}

bool mentionsTools(const ApiError &error)
{
    return error.mentions(QLatin1String("tool")) || error.mentions(QLatin1String("function call")) ||
           error.mentions(QLatin1String("--jinja"));
}

bool mentionsImages(const ApiError &error)
{
    return error.mentions(QLatin1String("image")) || error.mentions(QLatin1String("multimodal")) ||
           error.mentions(QLatin1String("vision"));
}

} // namespace

QUrl OpenAiFormat::streamUrl(const QUrl &baseUrl) const
{
    return chatUrl(baseUrl, QStringLiteral("/chat/completions"));
}

QUrl OpenAiFormat::modelsUrl(const QUrl &baseUrl) const
{
    return chatUrl(baseUrl, QStringLiteral("/models"));
}

HttpHeaders OpenAiFormat::authHeaders(const QString &key) const
{
    // Local servers take any key, some insist on one.
    return {{"authorization", "Bearer " + (key.isEmpty() ? QByteArray("local") : key.toUtf8())}};
}

QByteArray OpenAiFormat::body(const ModelRequest &request, const QUrl &baseUrl, const Quirks &quirks) const
{
    QJsonObject body{{QStringLiteral("model"), request.model},
                     {QStringLiteral("messages"), chatMessages(request, quirks)},
                     {QStringLiteral("stream"), true}};
    if (!quirks.noStreamOptions)
        body.insert(QStringLiteral("stream_options"), QJsonObject{{QStringLiteral("include_usage"), true}});
    if (!request.tools.isEmpty() && !quirks.noTools)
        body.insert(QStringLiteral("tools"), functionTools(request));
    if (quirks.tokenLimit != Quirks::TokenLimitField::None)
        body.insert(tokenField(baseUrl, quirks), outputLimit(request, quirks));
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

std::unique_ptr<WireParser> OpenAiFormat::parser(const ModelRequest &request, const PeerName &peer) const
{
    return std::make_unique<OpenAiParser>(characterCount(request), peer);
}

WireFormat::Adaptation OpenAiFormat::adapt(const ApiError &error, const ModelRequest &request, const QUrl &,
                                           Quirks &quirks) const
{
    const bool toolsSent = !request.tools.isEmpty() && !quirks.noTools;
    if (toolsSent && error.status == 404 && error.mentions(QLatin1String("support tool use"))) {
        quirks.noTools = true; // OpenRouter
        return Adaptation::ToolsUnsupported;
    }
    // llama.cpp answers 500 where others answer 400 for features it was not started with.
    if (error.status != 400 && error.status != 422 && error.status != 500 && error.status != 501)
        return Adaptation::None;
    if (error.mentions(QLatin1String("stream_options")) && !std::exchange(quirks.noStreamOptions, true))
        return Adaptation::Retry;
    if (error.status < 500 && adaptTokenLimit(error, request, quirks))
        return Adaptation::Retry;
    if (toolsSent && mentionsTools(error)) {
        quirks.noTools = true;
        return Adaptation::ToolsUnsupported;
    }
    if (hasImages(request) && !quirks.noImages && mentionsImages(error)) {
        quirks.noImages = true;
        return Adaptation::ImagesUnsupported;
    }
    return Adaptation::None;
}

QList<SseEvent> OpenAiFormat::wholeAnswer(const QByteArray &body) const
{
    QJsonObject object = QJsonDocument::fromJson(body).object();
    QJsonArray choices = object.value(QLatin1String("choices")).toArray();
    if (choices.isEmpty())
        return {};
    QJsonObject choice = choices.first().toObject();
    choice.insert(QStringLiteral("delta"), choice.take(QLatin1String("message")));
    object.insert(QStringLiteral("choices"), QJsonArray{choice});
    return {{"", QJsonDocument(object).toJson(QJsonDocument::Compact)}, {"", "[DONE]"}};
}

} // namespace Flotilla
