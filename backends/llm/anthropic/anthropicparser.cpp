// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/anthropic/anthropicparser.h"

#include "backends/llm/history.h"
#include "backends/llm/wirefailures.h"

#include <QJsonDocument>

namespace Flotilla {

namespace {

StopReason anthropicStopReason(const QString &reason)
{
    static const QHash<QString, StopReason> known = {
        {QStringLiteral("end_turn"), StopReason::EndOfTurn},
        {QStringLiteral("stop_sequence"), StopReason::EndOfTurn},
        {QStringLiteral("max_tokens"), StopReason::MaxTokens},
        {QStringLiteral("tool_use"), StopReason::ToolUse},
        {QStringLiteral("pause_turn"), StopReason::Paused},
        {QStringLiteral("refusal"), StopReason::Refusal},
        {QStringLiteral("model_context_window_exceeded"), StopReason::ContextFull},
    };
    return known.value(reason, StopReason::Other);
}

} // namespace

AnthropicParser::AnthropicParser(qint64 requestCharacters, const PeerName &peer)
    : m_peer(peer)
    , m_requestCharacters(requestCharacters)
{
}

void AnthropicParser::take(const SseEvent &event, QList<StreamEvent> &out)
{
    if (m_over || event.data.trimmed().isEmpty())
        return;
    const QJsonDocument document = QJsonDocument::fromJson(event.data);
    if (!document.isObject())
        return fail(unreadableAnswer(m_peer, event.data), out);
    const QJsonObject object = document.object();
    const QString type = object.value(QLatin1String("type")).toString(QString::fromLatin1(event.name));
    const int index = object.value(QLatin1String("index")).toInt();
    if (type == QLatin1String("content_block_delta"))
        addDelta(index, object.value(QLatin1String("delta")).toObject(), out);
    else if (type == QLatin1String("content_block_start"))
        startBlock(index, object.value(QLatin1String("content_block")).toObject(), out);
    else if (type == QLatin1String("content_block_stop"))
        stopBlock(index, out);
    else if (type == QLatin1String("message_start"))
        readUsage(object.value(QLatin1String("message")).toObject().value(QLatin1String("usage")).toObject(), out);
    else if (type == QLatin1String("message_delta")) {
        m_stopReason = object.value(QLatin1String("delta")).toObject().value(QLatin1String("stop_reason")).toString();
        readUsage(object.value(QLatin1String("usage")).toObject(), out);
    } else if (type == QLatin1String("message_stop"))
        conclude(out);
    else if (type == QLatin1String("error") || object.contains(QLatin1String("error")))
        fail(failureOf(streamedApiError(object.value(QLatin1String("error"))), m_peer), out);
}

void AnthropicParser::startBlock(int index, const QJsonObject &content, QList<StreamEvent> &out)
{
    if (m_open.contains(index))
        return; // a repeated event
    if (m_open.size() > MaxCalls)
        return fail(unreadableAnswer(m_peer, "too many open blocks"), out);
    Block block;
    block.type = content.value(QLatin1String("type")).toString();
    block.thinking = {content.value(QLatin1String("thinking")).toString(),
                      content.value(QLatin1String("signature")).toString(),
                      content.value(QLatin1String("data")).toString()};
    if (block.type == QLatin1String("tool_use")) {
        block.call.id = callIdOf(content.value(QLatin1String("id")).toString(), m_ids);
        m_ids.append(block.call.id);
        block.call.name = content.value(QLatin1String("name")).toString();
        block.call.input = content.value(QLatin1String("input")).toObject();
        block.ordinal = int(m_ids.size()) - 1;
        out.append(ToolCallStarted{block.ordinal, block.call.id, block.call.name});
    } else if (block.type == QLatin1String("text")) {
        const QString text = content.value(QLatin1String("text")).toString();
        m_answerCharacters += text.size();
        if (!text.isEmpty())
            out.append(TextDelta{text});
    } else if (!block.thinking.text.isEmpty()) {
        out.append(ThinkingDelta{block.thinking.text});
    }
    m_open.insert(index, block);
}

void AnthropicParser::addDelta(int index, const QJsonObject &delta, QList<StreamEvent> &out)
{
    const auto block = m_open.find(index);
    if (block == m_open.end())
        return;
    const QString type = delta.value(QLatin1String("type")).toString();
    if (type == QLatin1String("text_delta")) {
        out.append(TextDelta{delta.value(QLatin1String("text")).toString()});
        m_answerCharacters += std::get<TextDelta>(out.last()).text.size();
    } else if (type == QLatin1String("input_json_delta")) {
        const QString json = delta.value(QLatin1String("partial_json")).toString();
        block->json += json;
        m_answerCharacters += json.size();
        if (block->json.size() > MaxToolJson)
            fail(unreadableAnswer(m_peer, "the input of a tool call is too large"), out);
        else if (!json.isEmpty() && block->type == QLatin1String("tool_use"))
            out.append(ToolCallDelta{block->ordinal, json});
    } else if (type == QLatin1String("thinking_delta")) {
        out.append(ThinkingDelta{delta.value(QLatin1String("thinking")).toString()});
        block->thinking.text += std::get<ThinkingDelta>(out.last()).text;
    } else if (type == QLatin1String("signature_delta")) {
        block->thinking.signature = delta.value(QLatin1String("signature")).toString();
    }
}

void AnthropicParser::stopBlock(int index, QList<StreamEvent> &out)
{
    const auto found = m_open.constFind(index);
    if (found == m_open.cend())
        return;
    const Block block = m_open.take(index);
    if (block.type == QLatin1String("thinking") || block.type == QLatin1String("redacted_thinking"))
        out.append(ThinkingDone{block.thinking});
    else if (block.type == QLatin1String("tool_use"))
        out.append(finishedCall(block.ordinal, block.call, block.json));
}

void AnthropicParser::readUsage(const QJsonObject &usage, QList<StreamEvent> &out)
{
    const Usage before = m_usage;
    const auto replace = [&](QLatin1String name, qint64 &counter) {
        if (const QJsonValue value = usage.value(name); value.isDouble())
            counter = qMax<qint64>(0, value.toInteger());
    };
    replace(QLatin1String("input_tokens"), m_usage.inputTokens);
    replace(QLatin1String("cache_read_input_tokens"), m_usage.cacheReadTokens);
    replace(QLatin1String("cache_creation_input_tokens"), m_usage.cacheWriteTokens);
    replace(QLatin1String("output_tokens"), m_usage.outputTokens);
    if (m_usage.total() > 0)
        m_usageSeen = true;
    if (m_usage != before)
        out.append(UsageUpdate{m_usage});
}

void AnthropicParser::conclude(QList<StreamEvent> &out)
{
    const QList<int> open = m_open.keys();
    for (const int index : open)
        stopBlock(index, out);
    if (!m_usageSeen)
        out.append(
            UsageUpdate{{estimatedTokens(m_requestCharacters), 0, 0, estimatedTokens(m_answerCharacters), true}});
    StopReason reason = anthropicStopReason(m_stopReason);
    if (m_stopReason.isEmpty())
        reason = !m_ids.isEmpty() ? StopReason::ToolUse : StopReason::EndOfTurn;
    out.append(StreamDone{reason, m_stopReason});
    m_over = true;
}

void AnthropicParser::end(QList<StreamEvent> &out)
{
    if (m_over)
        return;
    if (!m_stopReason.isEmpty() && m_open.isEmpty())
        conclude(out);
    else
        fail(truncatedAnswer(m_peer), out);
}

void AnthropicParser::fail(const StreamFailed &failure, QList<StreamEvent> &out)
{
    out.append(failure);
    m_over = true;
}

} // namespace Flotilla
