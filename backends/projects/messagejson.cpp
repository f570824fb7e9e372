// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/messagejson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Flotilla {

namespace {

QJsonObject blockJson(const TextBlock &b)
{
    return {{QStringLiteral("type"), QStringLiteral("text")}, {QStringLiteral("markdown"), b.markdown}};
}

QJsonObject blockJson(const ThinkingBlock &b)
{
    return {{QStringLiteral("type"), QStringLiteral("thinking")}, {QStringLiteral("text"), b.text}};
}

QJsonObject blockJson(const ImageBlock &b)
{
    return {{QStringLiteral("type"), QStringLiteral("image")},
            {QStringLiteral("mediaType"), b.mediaType},
            {QStringLiteral("data"), QString::fromLatin1(b.data.toBase64())}};
}

QJsonObject blockJson(const ToolBlock &b)
{
    return {{QStringLiteral("type"), QStringLiteral("tool")},
            {QStringLiteral("id"), b.callId},
            {QStringLiteral("tool"), b.tool},
            {QStringLiteral("path"), b.path},
            {QStringLiteral("preview"), b.preview},
            {QStringLiteral("result"), b.result},
            {QStringLiteral("state"), static_cast<int>(b.state)},
            {QStringLiteral("created"), b.created},
            {QStringLiteral("added"), b.added},
            {QStringLiteral("removed"), b.removed}};
}

QJsonObject blockJson(const NoticeBlock &b)
{
    return {{QStringLiteral("type"), QStringLiteral("notice")},
            {QStringLiteral("severity"), static_cast<int>(b.severity)},
            {QStringLiteral("text"), b.text},
            {QStringLiteral("detail"), b.detail},
            {QStringLiteral("file"), b.file},
            {QStringLiteral("line"), b.line}};
}

template <typename Enum>
Enum bounded(const QJsonValue &value, Enum last)
{
    return static_cast<Enum>(std::clamp(value.toInt(), 0, static_cast<int>(last)));
}

ToolBlock toolBlock(const QJsonObject &json)
{
    ToolBlock block;
    block.callId = json.value(QLatin1String("id")).toString();
    block.tool = json.value(QLatin1String("tool")).toString();
    block.path = json.value(QLatin1String("path")).toString();
    block.preview = json.value(QLatin1String("preview")).toString();
    block.result = json.value(QLatin1String("result")).toString();
    block.state = bounded(json.value(QLatin1String("state")), ToolBlock::State::Failed);
    block.created = json.value(QLatin1String("created")).toBool();
    block.added = json.value(QLatin1String("added")).toInt();
    block.removed = json.value(QLatin1String("removed")).toInt();
    return block;
}

std::optional<Block> blockOf(const QJsonObject &json)
{
    const QString type = json.value(QLatin1String("type")).toString();
    if (type == QLatin1String("text"))
        return TextBlock{json.value(QLatin1String("markdown")).toString()};
    if (type == QLatin1String("thinking"))
        return ThinkingBlock{json.value(QLatin1String("text")).toString()};
    if (type == QLatin1String("image"))
        return ImageBlock{json.value(QLatin1String("mediaType")).toString(),
                          QByteArray::fromBase64(json.value(QLatin1String("data")).toString().toLatin1())};
    if (type == QLatin1String("tool"))
        return toolBlock(json);
    if (type == QLatin1String("notice"))
        return NoticeBlock{bounded(json.value(QLatin1String("severity")), NoticeBlock::Severity::Error),
                           json.value(QLatin1String("text")).toString(), json.value(QLatin1String("detail")).toString(),
                           json.value(QLatin1String("file")).toString(), json.value(QLatin1String("line")).toInt()};
    return std::nullopt;
}

QJsonObject usageJson(const Usage &usage)
{
    return {{QStringLiteral("input"), usage.inputTokens},
            {QStringLiteral("cacheRead"), usage.cacheReadTokens},
            {QStringLiteral("cacheWrite"), usage.cacheWriteTokens},
            {QStringLiteral("output"), usage.outputTokens},
            {QStringLiteral("estimated"), usage.estimated}};
}

Usage usageOf(const QJsonObject &json)
{
    Usage usage;
    usage.inputTokens = json.value(QLatin1String("input")).toInteger();
    usage.cacheReadTokens = json.value(QLatin1String("cacheRead")).toInteger();
    usage.cacheWriteTokens = json.value(QLatin1String("cacheWrite")).toInteger();
    usage.outputTokens = json.value(QLatin1String("output")).toInteger();
    usage.estimated = json.value(QLatin1String("estimated")).toBool();
    return usage;
}

MessageState stateOf(const QString &text)
{
    for (const MessageState state : {MessageState::Streaming, MessageState::Complete, MessageState::Stopped,
                                     MessageState::Failed, MessageState::Interrupted})
        if (toString(state) == text)
            return state;
    return MessageState::Complete;
}

} // namespace

QString toString(MessageState state)
{
    switch (state) {
    case MessageState::Streaming:
        return QStringLiteral("streaming");
    case MessageState::Complete:
        return QStringLiteral("complete");
    case MessageState::Stopped:
        return QStringLiteral("stopped");
    case MessageState::Failed:
        return QStringLiteral("failed");
    case MessageState::Interrupted:
        return QStringLiteral("interrupted");
    }
    return {};
}

MessageRecord recordOf(const Message &message)
{
    QJsonArray blocks;
    for (const Block &block : message.blocks)
        blocks.append(std::visit([](const auto &b) { return blockJson(b); }, block));
    QJsonObject content{{QStringLiteral("blocks"), blocks}};
    if (message.imported)
        content.insert(QStringLiteral("imported"), true);
    if (message.role == Role::Assistant) {
        content.insert(QStringLiteral("model"), message.model);
        content.insert(QStringLiteral("usage"), usageJson(message.usage));
        content.insert(QStringLiteral("cost"), message.cost ? QJsonValue(*message.cost) : QJsonValue());
        content.insert(QStringLiteral("seconds"), message.seconds);
        content.insert(QStringLiteral("checks"), QJsonArray::fromStringList(message.checks));
        content.insert(QStringLiteral("green"), message.green);
    }
    MessageRecord record;
    record.id = message.id;
    record.app = message.app;
    record.role = message.role == Role::User ? QStringLiteral("user") : QStringLiteral("assistant");
    record.state = toString(message.state);
    record.content = QJsonDocument(content).toJson(QJsonDocument::Compact);
    record.version = message.version;
    record.created = message.created;
    return record;
}

Message messageOf(const MessageRecord &record)
{
    const QJsonObject content = QJsonDocument::fromJson(record.content).object();
    Message message;
    message.id = record.id;
    message.app = record.app;
    message.role = record.role == QLatin1String("user") ? Role::User : Role::Assistant;
    message.state = stateOf(record.state);
    for (const QJsonValue &value : content.value(QLatin1String("blocks")).toArray())
        if (auto block = blockOf(value.toObject()))
            message.blocks.append(*block);
    message.version = record.version;
    message.created = record.created;
    message.model = content.value(QLatin1String("model")).toString();
    message.usage = usageOf(content.value(QLatin1String("usage")).toObject());
    if (const QJsonValue cost = content.value(QLatin1String("cost")); cost.isDouble())
        message.cost = cost.toDouble();
    message.seconds = content.value(QLatin1String("seconds")).toDouble();
    for (const QJsonValue &check : content.value(QLatin1String("checks")).toArray())
        message.checks.append(check.toString());
    message.green = content.value(QLatin1String("green")).toBool();
    message.imported = content.value(QLatin1String("imported")).toBool();
    return message;
}

QString checksToJson(const QList<CheckResult> &checks)
{
    QJsonArray list;
    for (const CheckResult &check : checks)
        list.append(QJsonObject{{QStringLiteral("name"), check.name},
                                {QStringLiteral("ok"), check.ok},
                                {QStringLiteral("text"), check.text}});
    return QString::fromUtf8(QJsonDocument(list).toJson(QJsonDocument::Compact));
}

QList<CheckResult> checksOf(const QString &json)
{
    QList<CheckResult> checks;
    for (const QJsonValue &value : QJsonDocument::fromJson(json.toUtf8()).array()) {
        const QJsonObject check = value.toObject();
        checks.append({check.value(QLatin1String("name")).toString(), check.value(QLatin1String("ok")).toBool(),
                       check.value(QLatin1String("text")).toString()});
    }
    return checks;
}

VersionRecord versionOf(const Message &message)
{
    VersionRecord version;
    version.app = message.app;
    version.model = message.model;
    version.inputTokens = message.usage.inputTokens;
    version.cacheReadTokens = message.usage.cacheReadTokens;
    version.cacheWriteTokens = message.usage.cacheWriteTokens;
    version.outputTokens = message.usage.outputTokens;
    version.cost = message.cost;
    version.seconds = message.seconds;
    return version;
}

VersionSummary summaryOf(const VersionRecord &record)
{
    VersionSummary summary;
    summary.number = record.number;
    summary.parent = record.parent;
    summary.state = record.state;
    summary.message = record.message;
    summary.error = record.error;
    summary.model = record.model;
    summary.checks = checksOf(record.checks);
    summary.usage = {record.inputTokens, record.cacheReadTokens, record.cacheWriteTokens, record.outputTokens, false};
    summary.cost = record.cost;
    summary.seconds = record.seconds;
    summary.created = record.created;
    return summary;
}

} // namespace Flotilla
