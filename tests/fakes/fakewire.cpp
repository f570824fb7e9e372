// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fakes/fakewire.h"

#include <QJsonDocument>

namespace Flotilla {

namespace {

using Json = QJsonObject;

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

QByteArray compact(const Json &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QStringList pieces(const QString &text, int size)
{
    QStringList list;
    for (qsizetype i = 0; i < text.size();) {
        qsizetype length = qMin<qsizetype>(size, text.size() - i);
        if (i + length < text.size() && text.at(i + length - 1).isHighSurrogate())
            ++length;
        list.append(text.mid(i, length));
        i += length;
    }
    return list;
}

bool hasCall(const FakeTurn &turn)
{
    return std::any_of(turn.steps.begin(), turn.steps.end(),
                       [](const FakeStep &step) { return step.kind == FakeStep::Kind::Tool; });
}

/// Collects frames; knows about line ends, chunk sizes and comments.
class Writer
{
public:
    explicit Writer(const FakeTurn &turn)
        : m_turn(turn)
    {
    }

    void event(const char *name, const Json &data, int tokens = 0)
    {
        QByteArray text;
        if (*name)
            text = QByteArray("event: ") + name + '\n';
        raw(text + "data: " + compact(data) + "\n\n", tokens);
    }
    void raw(QByteArray text, int tokens = 0)
    {
        if (m_turn.comments)
            text.prepend(": OPENROUTER PROCESSING\n\n");
        if (m_turn.crlf)
            text.replace("\n", "\r\n");
        m_frames.append({chunked(text), tokens, std::exchange(m_waitMs, 0), FakeFrame::Action::Send});
        m_last = text;
    }
    void again() { m_frames.append({chunked(m_last), 0, 0, FakeFrame::Action::Send}); }
    void wait(int ms) { m_waitMs += ms; }
    void act(FakeFrame::Action action) { m_frames.append({{}, 0, std::exchange(m_waitMs, 0), action}); }
    QList<FakeFrame> take() { return std::move(m_frames); }

private:
    QByteArray chunked(const QByteArray &text) const
    {
        const qsizetype size = m_turn.chunkBytes > 0 ? m_turn.chunkBytes : text.size();
        QByteArray framed;
        for (qsizetype i = 0; i < text.size(); i += size) {
            const QByteArray part = text.mid(i, size);
            framed += QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n";
        }
        return framed;
    }

    const FakeTurn &m_turn;
    QList<FakeFrame> m_frames;
    QByteArray m_last;
    int m_waitMs = 0;
};

class Encoder
{
public:
    Encoder(const FakeTurn &turn, const FakeContext &context)
        : m_turn(turn)
        , m_context(context)
        , m_writer(turn)
    {
    }
    virtual ~Encoder() = default;

    QList<FakeFrame> run()
    {
        begin();
        for (const FakeStep &step : m_turn.steps)
            encode(step);
        if (m_turn.stop != QLatin1String("none"))
            end();
        return m_writer.take();
    }

protected:
    virtual void begin() = 0;
    virtual void text(const QString &text) = 0;
    virtual void thinking(const QString &text) = 0;
    virtual void tool(const FakeStep &step) = 0;
    virtual void error(const QString &type) = 0;
    virtual void ping() = 0;
    virtual void end() = 0;

    QString stop(const char *endWord, const char *toolWord, const char *lengthWord, const char *refusalWord) const
    {
        if (m_turn.stop == QLatin1String("length"))
            return s(lengthWord);
        if (m_turn.stop == QLatin1String("refusal"))
            return s(refusalWord);
        const bool tool = m_turn.stop == QLatin1String("tool") || (m_turn.stop.isEmpty() && hasCall(m_turn));
        return s(tool ? toolWord : endWord);
    }

    const FakeTurn &m_turn;
    const FakeContext &m_context;
    Writer m_writer;
    int m_calls = 0;

private:
    void encode(const FakeStep &step)
    {
        switch (step.kind) {
        case FakeStep::Kind::Text:
            return text(step.text);
        case FakeStep::Kind::Thinking:
            return thinking(step.text);
        case FakeStep::Kind::Tool:
            return tool(step);
        case FakeStep::Kind::Wait:
            return m_writer.wait(step.waitMs);
        case FakeStep::Kind::Raw:
            return m_writer.raw(step.text.toUtf8());
        case FakeStep::Kind::Ping:
            return ping();
        case FakeStep::Kind::Unknown:
            return m_writer.event("novelty", {{s("type"), s("novelty")}, {s("index"), 99}, {s("payload"), Json{}}});
        case FakeStep::Kind::Duplicate:
            return m_writer.again();
        case FakeStep::Kind::Malformed:
            return m_writer.raw("data: {\"type\":\"content_block_delta\",\"ind\n\n");
        case FakeStep::Kind::Error:
            return error(step.text);
        case FakeStep::Kind::Drop:
            return m_writer.act(FakeFrame::Action::Drop);
        case FakeStep::Kind::Stall:
            return m_writer.act(FakeFrame::Action::Stall);
        }
    }
};

class AnthropicEncoder final : public Encoder
{
public:
    using Encoder::Encoder;

private:
    void begin() override
    {
        Json message{{s("id"), s("msg_fake")},          {s("type"), s("message")},    {s("role"), s("assistant")},
                     {s("model"), m_context.model},     {s("content"), QJsonArray{}}, {s("stop_reason"), QJsonValue()},
                     {s("stop_sequence"), QJsonValue()}};
        if (m_turn.usage)
            message.insert(s("usage"), Json{{s("input_tokens"), m_turn.usage->input},
                                            {s("cache_read_input_tokens"), m_turn.usage->cacheRead},
                                            {s("cache_creation_input_tokens"), m_turn.usage->cacheWrite},
                                            {s("output_tokens"), 1}});
        m_writer.event("message_start", {{s("type"), s("message_start")}, {s("message"), message}});
        if (m_turn.pings)
            ping();
    }
    void open(const Json &block)
    {
        m_writer.event("content_block_start",
                       {{s("type"), s("content_block_start")}, {s("index"), m_index}, {s("content_block"), block}});
    }
    void delta(const Json &delta, int tokens)
    {
        m_writer.event("content_block_delta",
                       {{s("type"), s("content_block_delta")}, {s("index"), m_index}, {s("delta"), delta}}, tokens);
        if (m_turn.pings)
            ping();
    }
    void close()
    {
        m_writer.event("content_block_stop", {{s("type"), s("content_block_stop")}, {s("index"), m_index++}});
    }

    void text(const QString &text) override
    {
        open({{s("type"), s("text")}, {s("text"), QString()}});
        for (const QString &piece : pieces(text, m_turn.piece))
            delta({{s("type"), s("text_delta")}, {s("text"), piece}}, 1);
        close();
    }
    void thinking(const QString &text) override
    {
        open({{s("type"), s("thinking")}, {s("thinking"), QString()}, {s("signature"), QString()}});
        for (const QString &piece : pieces(text, m_turn.piece))
            delta({{s("type"), s("thinking_delta")}, {s("thinking"), piece}}, 1);
        delta({{s("type"), s("signature_delta")}, {s("signature"), s("c2lnbmF0dXJl")}}, 0);
        close();
    }
    void tool(const FakeStep &step) override
    {
        const QString id = step.id.isEmpty() ? QStringLiteral("toolu_%1").arg(m_calls) : step.id;
        ++m_calls;
        open({{s("type"), s("tool_use")}, {s("id"), id}, {s("name"), step.name}, {s("input"), Json{}}});
        delta({{s("type"), s("input_json_delta")}, {s("partial_json"), QString()}}, 0);
        for (const QString &piece : pieces(step.json, m_turn.piece))
            delta({{s("type"), s("input_json_delta")}, {s("partial_json"), piece}}, 1);
        close();
    }
    void error(const QString &type) override
    {
        m_writer.event("error", {{s("type"), s("error")},
                                 {s("error"), Json{{s("type"), type}, {s("message"), s("Fake error.")}}}});
    }
    void ping() override { m_writer.event("ping", {{s("type"), s("ping")}}); }
    void end() override
    {
        const QString reason = stop("end_turn", "tool_use", "max_tokens", "refusal");
        Json last{{s("type"), s("message_delta")},
                  {s("delta"), Json{{s("stop_reason"), reason}, {s("stop_sequence"), QJsonValue()}}}};
        if (m_turn.usage)
            last.insert(s("usage"), Json{{s("output_tokens"), m_turn.usage->output}});
        m_writer.event("message_delta", last);
        m_writer.event("message_stop", {{s("type"), s("message_stop")}});
    }

    int m_index = 0;
};

class OpenAiEncoder final : public Encoder
{
public:
    using Encoder::Encoder;

private:
    Json chunk(const QJsonArray &choices) const
    {
        Json chunk{{s("id"), s("chatcmpl-fake")},
                   {s("object"), s("chat.completion.chunk")},
                   {s("created"), 1},
                   {s("model"), m_context.model},
                   {s("choices"), choices}};
        if (m_context.usageWanted)
            chunk.insert(s("usage"), QJsonValue());
        return chunk;
    }
    void delta(const Json &delta, int tokens, const QJsonValue &finish = QJsonValue())
    {
        const Json choice{{s("index"), 0}, {s("delta"), delta}, {s("finish_reason"), finish}};
        m_writer.event("", chunk({choice}), tokens);
        if (m_turn.pings)
            ping();
    }
    void begin() override { delta({{s("role"), s("assistant")}, {s("content"), QString()}}, 0); }
    void text(const QString &text) override
    {
        for (const QString &piece : pieces(text, m_turn.piece))
            delta({{s("content"), piece}}, 1);
    }
    void thinking(const QString &text) override
    {
        for (const QString &piece : pieces(text, m_turn.piece))
            delta({{m_turn.reasoningField, piece}}, 1);
    }
    Json call(const FakeStep &step, const QJsonValue &arguments, bool first) const
    {
        Json function{{s("arguments"), arguments}};
        if (first)
            function.insert(s("name"), step.name);
        Json call{{s("function"), function}};
        if (first) {
            call.insert(s("type"), s("function"));
            if (!m_turn.noId)
                call.insert(s("id"), step.id.isEmpty() ? QStringLiteral("call_%1").arg(m_calls) : step.id);
        }
        if (!m_turn.noIndex)
            call.insert(s("index"), m_calls);
        return call;
    }
    void tool(const FakeStep &step) override
    {
        const auto send = [&](const Json &call, int tokens) { delta({{s("tool_calls"), QJsonArray{call}}}, tokens); };
        if (m_turn.argumentsObject) {
            send(call(step, QJsonDocument::fromJson(step.json.toUtf8()).object(), true), 1);
        } else if (m_turn.wholeCalls) {
            send(call(step, step.json, true), 1);
        } else {
            send(call(step, QString(), true), 0);
            for (const QString &piece : pieces(step.json, m_turn.piece))
                send(call(step, piece, false), 1);
        }
        ++m_calls;
    }
    void error(const QString &type) override
    {
        m_writer.event(
            "", {{s("error"), Json{{s("type"), type}, {s("message"), s("Fake error.")}, {s("code"), QJsonValue()}}}});
    }
    void ping() override { m_writer.raw(": ping\n\n"); }
    void end() override
    {
        const QString reason = stop("stop", m_turn.stopFinish ? "stop" : "tool_calls", "length", "content_filter");
        delta({}, 0, reason);
        if (m_turn.usage && m_context.usageWanted) {
            Json last = chunk({});
            const FakeUsage &u = *m_turn.usage;
            last.insert(s("usage"), Json{{s("prompt_tokens"), u.input + u.cacheRead},
                                         {s("completion_tokens"), u.output},
                                         {s("total_tokens"), u.input + u.cacheRead + u.output},
                                         {s("prompt_tokens_details"), Json{{s("cached_tokens"), u.cacheRead}}}});
            m_writer.event("", last);
        }
        if (m_turn.done)
            m_writer.raw("data: [DONE]\n\n");
    }
};

const char *errorType(int status)
{
    switch (status) {
    case 401:
        return "authentication_error";
    case 402:
        return "billing_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 429:
        return "rate_limit_error";
    case 529:
        return "overloaded_error";
    default:
        return status >= 500 ? "api_error" : "invalid_request_error";
    }
}

} // namespace

QList<FakeFrame> encodeTurn(const FakeTurn &turn, const FakeContext &context)
{
    if (context.format == FakeFormat::Anthropic)
        return AnthropicEncoder(turn, context).run();
    return OpenAiEncoder(turn, context).run();
}

QByteArray errorBody(FakeFormat format, int status, const QString &message)
{
    Json error{{s("type"), s(errorType(status))}, {s("message"), message}};
    if (format == FakeFormat::Anthropic)
        return compact({{s("type"), s("error")}, {s("error"), error}, {s("request_id"), s("req_fake")}});
    error.insert(s("code"), QJsonValue());
    return compact({{s("error"), error}});
}

QByteArray modelsBody(FakeFormat format, const QStringList &models)
{
    QJsonArray data;
    for (const QString &model : models) {
        Json entry{{s("id"), model}};
        if (format == FakeFormat::Anthropic) {
            entry.insert(s("type"), s("model"));
            entry.insert(s("display_name"), model);
        } else {
            entry.insert(s("object"), s("model"));
            entry.insert(s("owned_by"), s("fake"));
        }
        data.append(entry);
    }
    if (format == FakeFormat::Anthropic)
        return compact({{s("data"), data}, {s("has_more"), false}});
    return compact({{s("object"), s("list")}, {s("data"), data}});
}

} // namespace Flotilla
