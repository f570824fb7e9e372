// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/recording/recordedanswer.h"

#include "backends/llm/recording/eventreader.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace Flotilla {

namespace {

const QString formatName = QStringLiteral("flotilla-recording-1");

QJsonObject usageJson(const Usage &usage)
{
    return {{QStringLiteral("input"), usage.inputTokens},
            {QStringLiteral("cache_read"), usage.cacheReadTokens},
            {QStringLiteral("cache_write"), usage.cacheWriteTokens},
            {QStringLiteral("output"), usage.outputTokens},
            {QStringLiteral("estimated"), usage.estimated}};
}

struct EventWriter
{
    QJsonObject operator()(const TextDelta &event) const { return {{QStringLiteral("text"), event.text}}; }
    QJsonObject operator()(const ThinkingDelta &event) const { return {{QStringLiteral("thinking"), event.text}}; }
    QJsonObject operator()(const ThinkingDone &) const { return {}; }
    QJsonObject operator()(const ToolCallStarted &event) const
    {
        return {{QStringLiteral("call"), QJsonObject{{QStringLiteral("index"), event.index},
                                                     {QStringLiteral("id"), event.id},
                                                     {QStringLiteral("name"), event.name}}}};
    }
    QJsonObject operator()(const ToolCallDelta &event) const
    {
        return {{QStringLiteral("input"), event.json}, {QStringLiteral("index"), event.index}};
    }
    QJsonObject operator()(const ToolCallDone &event) const
    {
        return {{QStringLiteral("called"), QJsonObject{{QStringLiteral("index"), event.index},
                                                       {QStringLiteral("id"), event.call.id},
                                                       {QStringLiteral("name"), event.call.name},
                                                       {QStringLiteral("input"), event.call.input},
                                                       {QStringLiteral("error"), event.error}}}};
    }
    QJsonObject operator()(const UsageUpdate &event) const
    {
        return {{QStringLiteral("usage"), usageJson(event.usage)}};
    }
    QJsonObject operator()(const StreamWaiting &) const { return {}; }
    QJsonObject operator()(const StreamDone &event) const { return {{QStringLiteral("done"), toString(event.reason)}}; }
    QJsonObject operator()(const StreamFailed &) const { return {}; }
};

Error wrong(const QString &text)
{
    return {ErrorKind::Invalid, text, {}};
}

QString say(const char *text)
{
    return QCoreApplication::translate("Recording", text);
}

Status readEvents(const QJsonArray &array, RecordedAnswer &answer)
{
    if (array.size() > RecordingLimits::events)
        return wrong(
            say(QT_TRANSLATE_NOOP("Recording", "The answer has more than %1 events.")).arg(RecordingLimits::events));
    EventReader reader;
    for (const QJsonValue &value : array) {
        const auto event = reader.read(value.toObject());
        if (!event)
            return wrong(say(QT_TRANSLATE_NOOP("Recording", "Event %1: %2"))
                             .arg(answer.events.size() + 1)
                             .arg(event.error().text));
        answer.events.append(*event);
    }
    return reader.isComplete() ? Status()
                               : wrong(say(QT_TRANSLATE_NOOP("Recording", "The answer does not end with \"done\".")));
}

} // namespace

QString promptOf(const ModelRequest &request)
{
    for (const ModelMessage &message : request.messages) {
        if (message.role != Role::User)
            continue;
        for (auto part = message.parts.rbegin(); part != message.parts.rend(); ++part)
            if (const auto *text = std::get_if<TextPart>(&*part))
                return text->text;
    }
    return {};
}

int stepOf(const ModelRequest &request)
{
    return int(std::count_if(request.messages.begin(), request.messages.end(),
                             [](const ModelMessage &message) { return message.role == Role::Assistant; }));
}

QByteArray toLine(const RecordedAnswer &answer)
{
    QJsonArray events;
    for (const RecordedEvent &recorded : answer.events) {
        QJsonObject event = std::visit(EventWriter(), recorded.event);
        if (event.isEmpty())
            continue;
        event.insert(QStringLiteral("at"), recorded.atMs);
        events.append(event);
    }
    const QJsonObject json{{QStringLiteral("format"), formatName},    {QStringLiteral("model"), answer.model},
                           {QStringLiteral("prompt"), answer.prompt}, {QStringLiteral("step"), answer.step},
                           {QStringLiteral("tools"), answer.tools},   {QStringLiteral("events"), events}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<RecordedAnswer> answerFromLine(const QByteArray &line)
{
    if (line.size() > RecordingLimits::line)
        return wrong(
            say(QT_TRANSLATE_NOOP("Recording", "The line is longer than %1 bytes.")).arg(RecordingLimits::line));
    QJsonParseError problem;
    const QJsonObject json = QJsonDocument::fromJson(line, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return wrong(say(QT_TRANSLATE_NOOP("Recording", "It is not JSON: %1.")).arg(problem.errorString()));
    if (json[QLatin1String("format")].toString() != formatName)
        return wrong(say(QT_TRANSLATE_NOOP("Recording", "It does not say \"format\": \"%1\".")).arg(formatName));
    const QJsonValue model = json[QLatin1String("model")];
    const QJsonValue prompt = json[QLatin1String("prompt")];
    const double step = json[QLatin1String("step")].toDouble(-1);
    if (!model.isString() || model.toString().size() > RecordingLimits::name || !prompt.isString() ||
        prompt.toString().size() > RecordingLimits::prompt || !json[QLatin1String("tools")].isBool())
        return wrong(say(
            QT_TRANSLATE_NOOP("Recording", "\"model\", \"prompt\" or \"tools\" is missing or not of the right kind.")));
    if (step < 0 || step > RecordingLimits::steps || step != int(step))
        return wrong(
            say(QT_TRANSLATE_NOOP("Recording", "\"step\" is not a number from 0 to %1.")).arg(RecordingLimits::steps));
    RecordedAnswer answer{model.toString(), prompt.toString(), int(step), json[QLatin1String("tools")].toBool(), {}};
    if (const Status read = readEvents(json[QLatin1String("events")].toArray(), answer); !read)
        return read.error();
    return answer;
}

} // namespace Flotilla
