// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/history.h"

#include <QJsonDocument>

namespace Flotilla {

namespace {

bool isEmptyPart(const Part &part)
{
    if (const auto *text = std::get_if<TextPart>(&part))
        return text->text.isEmpty();
    if (const auto *image = std::get_if<ImagePart>(&part))
        return image->data.isEmpty();
    return false;
}

QList<ModelMessage> alternating(const QList<ModelMessage> &messages)
{
    QList<ModelMessage> merged;
    for (const ModelMessage &message : messages) {
        ModelMessage clean{message.role, {}};
        for (const Part &part : message.parts) {
            if (!isEmptyPart(part))
                clean.parts.append(part);
        }
        if (clean.parts.isEmpty())
            continue;
        if (!merged.isEmpty() && merged.last().role == clean.role)
            merged.last().parts += clean.parts;
        else
            merged.append(clean);
    }
    return merged;
}

QList<QString> callIds(const ModelMessage &message)
{
    QList<QString> ids;
    for (const Part &part : message.parts) {
        if (const auto *call = std::get_if<ToolCallPart>(&part))
            ids.append(call->id);
    }
    return ids;
}

/// The results for `expected` in that order, made up where they are missing, then everything that is no result.
ModelMessage answering(const QList<QString> &expected, const ModelMessage &message)
{
    QHash<QString, ToolResultPart> results;
    QList<Part> rest;
    for (const Part &part : message.parts) {
        if (const auto *result = std::get_if<ToolResultPart>(&part))
            results.insert(result->callId, *result);
        else
            rest.append(part);
    }
    ModelMessage answer{Role::User, {}};
    for (const QString &id : expected) {
        const ToolResultPart missing{id, QStringLiteral("This call was not carried out."), true};
        answer.parts.append(results.value(id, missing));
    }
    answer.parts += rest;
    return answer;
}

} // namespace

QList<ModelMessage> repairedHistory(const QList<ModelMessage> &messages)
{
    QList<ModelMessage> repaired;
    QList<QString> open;
    for (const ModelMessage &message : alternating(messages)) {
        if (message.role == Role::Assistant) {
            repaired.append(message);
            open = callIds(message);
            continue;
        }
        const ModelMessage answer = answering(std::exchange(open, {}), message);
        if (!answer.parts.isEmpty())
            repaired.append(answer);
    }
    if (!open.isEmpty())
        repaired.append(answering(open, {}));
    return repaired;
}

QString plainCallId(const QString &id)
{
    QString plain = id.left(64);
    for (QChar &c : plain) {
        const bool allowed =
            c.unicode() < 128 && (c.isLetterOrNumber() || c == QLatin1Char('_') || c == QLatin1Char('-'));
        if (!allowed)
            c = QLatin1Char('_');
    }
    return plain.isEmpty() ? QStringLiteral("call") : plain;
}

qint64 estimatedTokens(qint64 characters)
{
    return (characters + 3) / 4;
}

qint64 characterCount(const ModelRequest &request)
{
    const auto size = [](const auto &part) -> qint64 {
        using P = std::decay_t<decltype(part)>;
        if constexpr (std::is_same_v<P, ImagePart>)
            return 6000; // about 1500 tokens for a screenshot
        else if constexpr (std::is_same_v<P, ToolCallPart>)
            return part.name.size() + QJsonDocument(part.input).toJson(QJsonDocument::Compact).size();
        else
            return part.text.size();
    };
    qint64 characters = request.system.size();
    for (const ModelMessage &message : request.messages) {
        for (const Part &part : message.parts)
            characters += std::visit(size, part);
    }
    for (const ToolDefinition &tool : request.tools)
        characters += tool.description.size() + QJsonDocument(tool.schema).toJson(QJsonDocument::Compact).size();
    return characters;
}

} // namespace Flotilla
