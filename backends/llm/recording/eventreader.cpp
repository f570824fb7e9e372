// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/recording/eventreader.h"

#include <QCoreApplication>

#include <array>

namespace Flotilla {

namespace {

constexpr std::array reasons{
    std::pair{StopReason::EndOfTurn, "end"},    std::pair{StopReason::ToolUse, "tool"},
    std::pair{StopReason::MaxTokens, "length"}, std::pair{StopReason::Refusal, "refusal"},
    std::pair{StopReason::ContextFull, "full"}, std::pair{StopReason::Paused, "paused"},
    std::pair{StopReason::Other, "other"},
};

constexpr double mostTokens = 1e12;

Error badEvent(const char *text)
{
    return {ErrorKind::Invalid, QCoreApplication::translate("Recording", text), {}};
}

int indexIn(const QJsonObject &json)
{
    const double index = json[QLatin1String("index")].toDouble(-1);
    return index >= 0 && index < RecordingLimits::calls && index == int(index) ? int(index) : -1;
}

} // namespace

QString toString(StopReason reason)
{
    for (const auto &[known, name] : reasons)
        if (known == reason)
            return QString::fromLatin1(name);
    return QStringLiteral("other");
}

Result<RecordedEvent> EventReader::read(const QJsonObject &json)
{
    if (m_done)
        return badEvent(QT_TRANSLATE_NOOP("Recording", "Nothing may follow \"done\"."));
    const double at = json[QLatin1String("at")].toDouble(-1);
    if (at < m_at || at > RecordingLimits::milliseconds)
        return badEvent(QT_TRANSLATE_NOOP("Recording", "\"at\" is missing, goes back, or is past the limit."));
    m_at = int(at);
    const auto event = readEvent(json);
    if (!event)
        return event.error();
    return RecordedEvent{m_at, *event};
}

Result<StreamEvent> EventReader::readEvent(const QJsonObject &json)
{
    if (json.contains(QLatin1String("text")) || json.contains(QLatin1String("thinking")))
        return readText(json);
    if (json.contains(QLatin1String("call")))
        return readCall(json[QLatin1String("call")].toObject());
    if (json.contains(QLatin1String("input")))
        return readInput(json);
    if (json.contains(QLatin1String("called")))
        return readCalled(json[QLatin1String("called")].toObject());
    if (json.contains(QLatin1String("usage")))
        return readUsage(json[QLatin1String("usage")].toObject());
    if (json.contains(QLatin1String("done")))
        return readDone(json[QLatin1String("done")].toString());
    return badEvent(QT_TRANSLATE_NOOP("Recording", "It is of no known kind."));
}

Result<StreamEvent> EventReader::readText(const QJsonObject &json) const
{
    const bool thinking = json.contains(QLatin1String("thinking"));
    const QJsonValue text = json[thinking ? QLatin1String("thinking") : QLatin1String("text")];
    if (!text.isString())
        return badEvent(QT_TRANSLATE_NOOP("Recording", "Its text is no text."));
    return thinking ? StreamEvent(ThinkingDelta{text.toString()}) : StreamEvent(TextDelta{text.toString()});
}

Result<StreamEvent> EventReader::readCall(const QJsonObject &call)
{
    const ToolCallStarted started{indexIn(call), call[QLatin1String("id")].toString(),
                                  call[QLatin1String("name")].toString()};
    if (started.index < 0 || m_open.contains(started.index) || ++m_calls > RecordingLimits::calls)
        return badEvent(QT_TRANSLATE_NOOP("Recording", "A call needs an index that is not in use."));
    if (started.id.isEmpty() || started.id.size() > RecordingLimits::name || started.name.isEmpty() ||
        started.name.size() > RecordingLimits::name)
        return badEvent(QT_TRANSLATE_NOOP("Recording", "A call needs an id and a name."));
    m_open.insert(started.index, started);
    return StreamEvent(started);
}

Result<StreamEvent> EventReader::readInput(const QJsonObject &json) const
{
    const QJsonValue input = json[QLatin1String("input")];
    if (!input.isString() || !m_open.contains(indexIn(json)))
        return badEvent(
            QT_TRANSLATE_NOOP("Recording", "An input needs a text and the index of a call that has begun."));
    return StreamEvent(ToolCallDelta{indexIn(json), input.toString()});
}

Result<StreamEvent> EventReader::readCalled(const QJsonObject &call)
{
    const auto open = m_open.constFind(indexIn(call));
    if (open == m_open.constEnd() || open->id != call[QLatin1String("id")].toString() ||
        open->name != call[QLatin1String("name")].toString() || !call[QLatin1String("input")].isObject())
        return badEvent(QT_TRANSLATE_NOOP("Recording", "The end of a call does not fit its beginning."));
    const ToolCallDone done{open->index,
                            {open->id, open->name, call[QLatin1String("input")].toObject()},
                            call[QLatin1String("error")].toString()};
    m_open.erase(open);
    return StreamEvent(done);
}

Result<StreamEvent> EventReader::readUsage(const QJsonObject &json) const
{
    std::array<qint64, 4> counts{};
    size_t next = 0;
    for (const char *name : {"input", "cache_read", "cache_write", "output"}) {
        const double count = json[QLatin1String(name)].toDouble(-1);
        if (count < 0 || count > mostTokens)
            return badEvent(QT_TRANSLATE_NOOP("Recording", "The usage is not complete."));
        counts[next++] = qint64(count);
    }
    return StreamEvent(
        UsageUpdate{{counts[0], counts[1], counts[2], counts[3], json[QLatin1String("estimated")].toBool()}});
}

Result<StreamEvent> EventReader::readDone(const QString &reason)
{
    for (const auto &[known, name] : reasons)
        if (reason == QLatin1String(name)) {
            m_done = true;
            return StreamEvent(StreamDone{known, reason});
        }
    return badEvent(QT_TRANSLATE_NOOP("Recording", "The reason of its end is not known."));
}

} // namespace Flotilla
