// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/modellist.h"

#include "backends/llm/anthropic/anthropicformat.h"
#include "backends/llm/endpoints.h"
#include "backends/llm/httpmodel.h"
#include "backends/llm/openai/openaiformat.h"
#include "backends/llm/prices.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace Flotilla {

namespace {

constexpr qsizetype MaxModels = 5000;

Error listError(ErrorKind kind, const char *text, const Endpoint &endpoint, const QString &detail = {})
{
    QString words = QCoreApplication::translate("Models", text);
    words.replace(QLatin1String("%1"), hostOf(endpoint.baseUrl))
        .replace(QLatin1String("%2"), endpoint.baseUrl.toDisplayString());
    return {kind, words, detail.left(400)};
}

/// Names of models that make embeddings, pictures or sound.
bool cannotChat(const QString &id)
{
    static const QStringList words = {
        QStringLiteral("embed"),    QStringLiteral("whisper"),    QStringLiteral("tts"),
        QStringLiteral("dall-e"),   QStringLiteral("moderation"), QStringLiteral("transcribe"),
        QStringLiteral("realtime"), QStringLiteral("gpt-image"),  QStringLiteral("gpt-audio"),
        QStringLiteral("sora"),     QStringLiteral("babbage"),    QStringLiteral("davinci"),
        QStringLiteral("rerank"),
    };
    return std::any_of(words.begin(), words.end(),
                       [&](const QString &word) { return id.contains(word, Qt::CaseInsensitive); });
}

std::optional<qint64> firstNumber(std::initializer_list<QJsonValue> values)
{
    for (const QJsonValue &value : values) {
        if (value.isDouble() && value.toDouble() > 0)
            return value.toInteger();
    }
    return std::nullopt;
}

void readCapabilities(const QJsonObject &entry, ListedModel &model)
{
    ModelCapabilities &can = model.info.capabilities;
    can.contextTokens =
        firstNumber({entry.value(QLatin1String("max_input_tokens")), entry.value(QLatin1String("max_model_len")),
                     entry.value(QLatin1String("context_length")),
                     entry.value(QLatin1String("meta")).toObject().value(QLatin1String("n_ctx_train"))});
    can.maxOutputTokens = firstNumber(
        {entry.value(QLatin1String("max_tokens")),
         entry.value(QLatin1String("top_provider")).toObject().value(QLatin1String("max_completion_tokens"))});
    const QJsonObject told = entry.value(QLatin1String("capabilities")).toObject();
    can.images = told.value(QLatin1String("image_input")).toObject().value(QLatin1String("supported")).toBool(true);
    const QJsonObject thinking =
        told.value(QLatin1String("thinking")).toObject().value(QLatin1String("types")).toObject();
    model.adaptiveThinking =
        thinking.value(QLatin1String("adaptive")).toObject().value(QLatin1String("supported")).toBool(true);
    const QJsonValue inputs =
        entry.value(QLatin1String("architecture")).toObject().value(QLatin1String("input_modalities"));
    if (inputs.isArray())
        can.images = inputs.toArray().contains(QStringLiteral("image"));
    if (const QJsonValue parameters = entry.value(QLatin1String("supported_parameters")); parameters.isArray())
        can.tools = parameters.toArray().contains(QStringLiteral("tools"));
}

/// OpenRouter tells prices, in dollars per token as text.
std::optional<Price> toldPrice(const QJsonObject &entry)
{
    const QJsonObject pricing = entry.value(QLatin1String("pricing")).toObject();
    bool inputOk = false;
    bool outputOk = false;
    const double input = pricing.value(QLatin1String("prompt")).toString().toDouble(&inputOk) * 1e6;
    const double output = pricing.value(QLatin1String("completion")).toString().toDouble(&outputOk) * 1e6;
    if (!inputOk || !outputOk || input < 0 || output < 0)
        return std::nullopt;
    const auto other = [&](QLatin1String name) {
        bool ok = false;
        const double value = pricing.value(name).toString().toDouble(&ok) * 1e6;
        return ok && value >= 0 ? value : input;
    };
    return Price{input, output, other(QLatin1String("input_cache_read")), other(QLatin1String("input_cache_write"))};
}

ListedModel readModel(const Endpoint &endpoint, const QJsonObject &entry)
{
    ListedModel model;
    model.info.id = entry.value(QLatin1String("id")).toString().left(300);
    model.info.ref = refFor(endpoint, model.info.id).toString();
    const QString name =
        entry.value(QLatin1String("display_name")).toString(entry.value(QLatin1String("name")).toString());
    model.info.displayName = name.isEmpty() ? model.info.id : name.left(300);
    const bool builtIn = endpoint.id == providerName(endpoint.kind);
    model.info.provider = builtIn ? endpoint.id : endpoint.label;
    model.info.price = toldPrice(entry); // also of a server on this computer: it may pass wishes on to one that costs
    if (!model.info.price)
        model.info.price = priceOf(endpoint.kind, model.info.id, endpoint.baseUrl);
    model.created = entry.value(QLatin1String("created")).toInteger();
    readCapabilities(entry, model);
    return model;
}

Error refusedList(const Endpoint &endpoint, const HttpResponse &response)
{
    const ApiError told = readApiError(response.status, response.headers, response.body);
    if (response.status == 404 || response.status == 405)
        return listError(
            ErrorKind::NotFound,
            QT_TRANSLATE_NOOP("Models",
                              "%1 answers, but there is no model API at %2. Check the path; it usually ends in /v1."),
            endpoint, told.message);
    if (response.status == 401 && endpoint.hasKey)
        return listError(
            ErrorKind::Unauthorized,
            QT_TRANSLATE_NOOP("Models", "%1 did not accept the API key. Check the key, or make a new one there."),
            endpoint, told.message);
    if (response.status == 401)
        return listError(ErrorKind::Unauthorized,
                         QT_TRANSLATE_NOOP("Models", "%1 wants an API key. Add one in Settings."), endpoint,
                         told.message);
    return failureOf(told, {hostOf(endpoint.baseUrl), {}}).error;
}

} // namespace

std::shared_ptr<const WireFormat> wireFormatFor(ModelRef::Kind kind)
{
    static const auto anthropic = std::make_shared<const AnthropicFormat>();
    static const auto openAi = std::make_shared<const OpenAiFormat>();
    if (kind == ModelRef::Kind::Anthropic)
        return anthropic;
    return openAi;
}

Result<QList<ListedModel>> readModelList(const Endpoint &endpoint, const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonValue data = document.object().value(QLatin1String("data"));
    const bool emptyList =
        data.isNull() && document.object().value(QLatin1String("object")).toString() == QLatin1String("list");
    if (!data.isArray() && !emptyList)
        return listError(
            ErrorKind::Protocol,
            QT_TRANSLATE_NOOP("Models", "%1 answers, but not like a language model server. Check the address %2."),
            endpoint, QString::fromUtf8(body.left(200)));
    QList<ListedModel> models;
    const QJsonArray entries = data.toArray();
    for (const QJsonValue &value : entries) {
        const QString id = value.toObject().value(QLatin1String("id")).toString();
        if (!id.isEmpty() && !cannotChat(id) && models.size() < MaxModels)
            models.append(readModel(endpoint, value.toObject()));
    }
    return models;
}

HttpRequest modelListRequest(const Endpoint &endpoint, const QString &key, std::chrono::milliseconds deadline)
{
    const auto format = wireFormatFor(endpoint.kind);
    HttpRequest request;
    request.decode = true;
    request.url = format->modelsUrl(endpoint.baseUrl);
    request.headers = format->authHeaders(key);
    request.connectTimeout = deadline;
    request.totalTimeout = deadline;
    request.maxBody = 8 * 1024 * 1024;
    return request;
}

Result<QList<ListedModel>> diagnoseModelList(const Endpoint &endpoint, const Result<HttpResponse> &answer)
{
    if (!answer)
        return answer.error();
    if (answer->status != 200)
        return refusedList(endpoint, *answer);
    return readModelList(endpoint, answer->body);
}

} // namespace Flotilla
