// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/openai/openaiparser.h"

#include "backends/llm/history.h"
#include "backends/llm/wirefailures.h"

#include <QJsonDocument>

namespace Flotilla {

namespace {

/// Text that is a string, or a list of {type:"text", text}.
QString looseText(const QJsonValue &value)
{
    if (!value.isArray())
        return value.toString();
    QString text;
    const QJsonArray items = value.toArray();
    for (const QJsonValue &item : items)
        text += item.toObject().value(QLatin1String("text")).toString();
    return text;
}

QString argumentText(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    return value.toString();
}

QString idText(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

} // namespace

OpenAiParser::OpenAiParser(qint64 requestCharacters, const PeerName &peer)
    : m_peer(peer)
    , m_requestCharacters(requestCharacters)
{
}

void OpenAiParser::take(const SseEvent &event, QList<StreamEvent> &out)
{
    const QByteArray data = event.data.trimmed();
    if (m_over || data.isEmpty())
        return;
    if (data == "[DONE]") {
        if (m_anything || !m_finish.isEmpty())
            conclude(out);
        else
            fail(truncatedAnswer(m_peer), out);
        return;
    }
    const QJsonDocument document = QJsonDocument::fromJson(data);
    if (!document.isObject())
        return fail(unreadableAnswer(m_peer, data), out);
    const QJsonObject object = document.object();
    const QJsonValue error = object.value(QLatin1String("error"));
    if (event.name == "error" || (!error.isUndefined() && !error.isNull()))
        return fail(failureOf(streamedApiError(error.isUndefined() ? QJsonValue(object) : error), m_peer), out);
    takeUsage(object.value(QLatin1String("usage")).toObject(), out);
    const QJsonArray choices = object.value(QLatin1String("choices")).toArray();
    for (const QJsonValue &choice : choices) {
        if (choice.toObject().value(QLatin1String("index")).toInt() == 0 && !m_over)
            takeChoice(choice.toObject(), out);
    }
}

void OpenAiParser::takeChoice(const QJsonObject &choice, QList<StreamEvent> &out)
{
    takeDelta(choice.value(QLatin1String("delta")).toObject(), out);
    const QString finish = choice.value(QLatin1String("finish_reason")).toString();
    if (m_over || finish.isEmpty())
        return;
    if (finish == QLatin1String("error"))
        return fail(failureOf(streamedApiError(choice.value(QLatin1String("error"))), m_peer), out);
    m_finish = finish;
    finishParts(out);
}

void OpenAiParser::takeDelta(const QJsonObject &delta, QList<StreamEvent> &out)
{
    takeThinking(delta, out);
    takePieces(m_thinkTags.take(looseText(delta.value(QLatin1String("content")))), out);
    const QString refusal = delta.value(QLatin1String("refusal")).toString();
    m_refused = m_refused || !refusal.isEmpty();
    if (!refusal.isEmpty())
        takePieces({{refusal, false}}, out);
    const QJsonArray calls = delta.value(QLatin1String("tool_calls")).toArray();
    for (int i = 0; i < calls.size() && !m_over; ++i)
        takeCall(calls.at(i).toObject(), i, out);
}

void OpenAiParser::takePieces(const QList<ThinkTags::Piece> &pieces, QList<StreamEvent> &out)
{
    for (const ThinkTags::Piece &piece : pieces) {
        m_answerCharacters += piece.text.size();
        if (piece.isThought) {
            m_thinking += piece.text;
            out.append(ThinkingDelta{piece.text});
        } else {
            m_anything = true;
            out.append(TextDelta{piece.text});
        }
    }
}

void OpenAiParser::takeThinking(const QJsonObject &delta, QList<StreamEvent> &out)
{
    QString text = delta.value(QLatin1String("reasoning_content")).toString();
    if (text.isEmpty())
        text = delta.value(QLatin1String("reasoning")).toString();
    if (text.isEmpty())
        text = looseText(delta.value(QLatin1String("reasoning_details")));
    if (text.isEmpty())
        return;
    m_thinking += text;
    m_answerCharacters += text.size();
    out.append(ThinkingDelta{text});
}

/// Which call a fragment belongs to. A new id, or without an index a new name, starts a new call.
qsizetype OpenAiParser::callFor(const QJsonObject &fragment, int position, QList<StreamEvent> &out)
{
    const QString id = idText(fragment.value(QLatin1String("id")));
    const QString name = fragment.value(QLatin1String("function")).toObject().value(QLatin1String("name")).toString();
    const bool indexed = fragment.value(QLatin1String("index")).isDouble();
    const int index = indexed ? fragment.value(QLatin1String("index")).toInt() : -1;
    for (qsizetype i = m_calls.size() - 1; i >= 0; --i) {
        const Call &call = m_calls.at(i);
        const bool otherId = !id.isEmpty() && !name.isEmpty() && id != call.serverId;
        if (indexed ? call.serverIndex == index && !otherId : !id.isEmpty() ? id == call.serverId : name.isEmpty())
            return i;
    }
    Call call;
    call.serverIndex = indexed ? index : position;
    call.serverId = id;
    call.part.id = callIdOf(id, m_ids);
    call.part.name = name;
    m_ids.append(call.part.id);
    m_calls.append(call);
    out.append(ToolCallStarted{int(m_calls.size()) - 1, call.part.id, name});
    return m_calls.size() - 1;
}

void OpenAiParser::takeCall(const QJsonObject &fragment, int position, QList<StreamEvent> &out)
{
    if (m_calls.size() > MaxCalls)
        return fail(unreadableAnswer(m_peer, "too many tool calls"), out);
    const qsizetype which = callFor(fragment, position, out);
    Call &call = m_calls[which];
    if (call.done)
        return;
    m_anything = true;
    const QJsonObject function = fragment.value(QLatin1String("function")).toObject();
    if (call.part.name.isEmpty())
        call.part.name = function.value(QLatin1String("name")).toString();
    const QString json = argumentText(function.value(QLatin1String("arguments")));
    call.json += json;
    m_answerCharacters += json.size();
    if (call.json.size() > MaxToolJson)
        fail(unreadableAnswer(m_peer, "the input of a tool call is too large"), out);
    else if (!json.isEmpty())
        out.append(ToolCallDelta{int(which), json});
}

void OpenAiParser::takeUsage(const QJsonObject &usage, QList<StreamEvent> &out)
{
    if (usage.isEmpty())
        return;
    const Usage before = m_usage;
    const qint64 cached = usage.value(QLatin1String("prompt_tokens_details"))
                              .toObject()
                              .value(QLatin1String("cached_tokens"))
                              .toInteger();
    const qint64 prompt = usage.value(QLatin1String("prompt_tokens")).toInteger();
    m_usage.cacheReadTokens = qBound<qint64>(0, cached, qMax<qint64>(0, prompt));
    m_usage.inputTokens = qMax<qint64>(0, prompt) - m_usage.cacheReadTokens;
    m_usage.outputTokens = qMax<qint64>(0, usage.value(QLatin1String("completion_tokens")).toInteger());
    if (m_usage != before)
        out.append(UsageUpdate{m_usage});
}

void OpenAiParser::finishParts(QList<StreamEvent> &out)
{
    takePieces(m_thinkTags.end(), out);
    if (!m_thinking.isEmpty())
        out.append(ThinkingDone{{std::exchange(m_thinking, {}), {}, {}}});
    for (qsizetype i = 0; i < m_calls.size(); ++i) {
        if (!std::exchange(m_calls[i].done, true))
            out.append(finishedCall(int(i), m_calls.at(i).part, m_calls.at(i).json));
    }
}

void OpenAiParser::conclude(QList<StreamEvent> &out)
{
    finishParts(out);
    if (m_usage.total() == 0)
        out.append(
            UsageUpdate{{estimatedTokens(m_requestCharacters), 0, 0, estimatedTokens(m_answerCharacters), true}});
    StopReason reason = StopReason::Other;
    if (m_finish == QLatin1String("length"))
        reason = StopReason::MaxTokens;
    else if (m_finish == QLatin1String("content_filter") || m_refused)
        reason = StopReason::Refusal;
    else if (!m_calls.isEmpty())
        reason = StopReason::ToolUse;
    else if (m_finish.isEmpty() || m_finish == QLatin1String("stop") || m_finish == QLatin1String("tool_calls"))
        reason = StopReason::EndOfTurn;
    out.append(StreamDone{reason, m_finish});
    m_over = true;
}

void OpenAiParser::end(QList<StreamEvent> &out)
{
    if (m_over)
        return;
    if (m_finish.isEmpty())
        fail(truncatedAnswer(m_peer), out);
    else
        conclude(out);
}

void OpenAiParser::fail(const StreamFailed &failure, QList<StreamEvent> &out)
{
    out.append(failure);
    m_over = true;
}

} // namespace Flotilla
