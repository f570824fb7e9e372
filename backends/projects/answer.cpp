// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/answer.h"

#include "backends/llm/history.h"
#include "backends/projects/toolbox.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

constexpr qsizetype previewLimit = 64 * 1024;

QString firstOf(const PartialJson &json, const QStringList &names)
{
    for (const QString &name : names)
        if (json.has(name))
            return json.string(name);
    return {};
}

QString waitingText(const StreamWaiting &event)
{
    return QCoreApplication::translate("Turn", "Waiting for the model. %1").arg(event.reason.text);
}

} // namespace

void Answer::take(const StreamEvent &event)
{
    std::visit([this](const auto &e) { on(e); }, event);
}

void Answer::on(const TextDelta &event)
{
    m_received = true;
    m_characters += event.text.size();
    m_text += event.text;
    if (m_tags)
        takeTags(m_parser.feed(event.text));
    else
        addText(event.text);
    if (m_parts.isEmpty() || !std::holds_alternative<TextPart>(m_parts.last()))
        m_parts.append(TextPart{});
    std::get<TextPart>(m_parts.last()).text += event.text;
}

void Answer::addText(const QString &text)
{
    if (m_firstBlock < 0)
        m_firstBlock = m_blocks->size();
    const bool joins = m_blocks->size() > m_firstBlock && std::holds_alternative<TextBlock>(m_blocks->last());
    if (!joins && text.trimmed().isEmpty())
        return;
    if (!joins)
        m_blocks->append(TextBlock{});
    std::get<TextBlock>(m_blocks->last()).markdown += text;
}

void Answer::on(const ThinkingDelta &event)
{
    m_received = true;
    m_characters += event.text.size();
    if (m_blocks->isEmpty() || !std::holds_alternative<ThinkingBlock>(m_blocks->last()))
        m_blocks->append(ThinkingBlock{});
    std::get<ThinkingBlock>(m_blocks->last()).text += event.text;
}

void Answer::on(const ThinkingDone &event)
{
    m_received = true;
    m_parts.append(event.part);
}

qsizetype Answer::addCard(const QString &id, const QString &tool)
{
    ToolBlock block;
    block.callId = id;
    block.tool = tool;
    m_blocks->append(block);
    return m_blocks->size() - 1;
}

void Answer::on(const ToolCallStarted &event)
{
    m_received = true;
    m_growing.insert(event.index, {addCard(event.id, event.name), {}});
}

void Answer::on(const ToolCallDelta &event)
{
    m_characters += event.json.size();
    if (const auto growing = m_growing.find(event.index); growing != m_growing.end())
        growing->json.feed(event.json);
}

void Answer::on(const ToolCallDone &event)
{
    m_received = true;
    const auto growing = m_growing.constFind(event.index);
    const qsizetype block = growing != m_growing.constEnd() ? growing->block : addCard(event.call.id, event.call.name);
    refresh();
    ToolBlock &shown = card(block);
    shown.callId = event.call.id;
    shown.tool = event.call.name;
    if (event.error.isEmpty()) {
        shown.path = textField(event.call.input, pathFieldNames()).value_or(QString());
        shown.preview = textField(event.call.input, contentFieldNames()).value_or(QString()).left(previewLimit);
    } else {
        m_cutFile = shown.path;
    }
    m_growing.remove(event.index);
    m_parts.append(event.call);
    m_pending.append({event.call, event.error, block});
    ++m_callCount;
}

void Answer::on(const StreamWaiting &event)
{
    NoticeBlock notice{NoticeBlock::Severity::Info, waitingText(event), event.reason.detail, {}, 0};
    notice.until = QDateTime::currentDateTimeUtc().addMSecs(event.delay.count());
    auto *last = m_blocks->isEmpty() ? nullptr : std::get_if<NoticeBlock>(&m_blocks->last());
    if (last && event.attempt > 1)
        *last = notice;
    else
        m_blocks->append(notice);
}

void Answer::takeTags(const QList<TagEvent> &events)
{
    for (const TagEvent &event : events) {
        if (const auto *text = std::get_if<TagText>(&event)) {
            addText(text->text);
        } else if (const auto *started = std::get_if<TagFileStarted>(&event)) {
            m_fileBlock = addCard(QStringLiteral("file-%1").arg(m_callCount + 1), QStringLiteral("write_file"));
            card(m_fileBlock).path = started->path;
            m_fileText.clear();
        } else if (const auto *piece = std::get_if<TagFileText>(&event)) {
            m_fileText += piece->text;
        } else if (const auto *ended = std::get_if<TagFileEnded>(&event)) {
            addFileCall(ended->path, ended->content);
        } else if (const auto *removed = std::get_if<TagDelete>(&event)) {
            m_fileBlock = addCard(QStringLiteral("file-%1").arg(m_callCount + 1), QStringLiteral("delete_file"));
            addFileCall(removed->path, std::nullopt);
        }
    }
}

void Answer::addFileCall(const QString &path, const std::optional<QString> &content)
{
    ToolBlock &shown = card(m_fileBlock);
    shown.path = path;
    shown.preview = content.value_or(QString()).left(previewLimit);
    QJsonObject input{{QStringLiteral("path"), path}};
    if (content) {
        input.insert(QStringLiteral("content"), *content);
        input.insert(QStringLiteral("allow_shrink"), true);
    }
    m_pending.append({{shown.callId, shown.tool, input}, {}, m_fileBlock});
    m_fileBlock = -1;
    ++m_callCount;
}

void Answer::refresh()
{
    for (const Growing &growing : std::as_const(m_growing)) {
        ToolBlock &shown = card(growing.block);
        shown.path = firstOf(growing.json, pathFieldNames());
        shown.preview = firstOf(growing.json, contentFieldNames()).left(previewLimit);
    }
    if (m_fileBlock >= 0)
        card(m_fileBlock).preview = m_fileText.left(previewLimit);
}

void Answer::dropCard(qsizetype block, bool complete)
{
    ToolBlock &shown = card(block);
    m_cutFile = shown.path;
    shown.state = ToolBlock::State::Failed;
    if (!complete)
        shown.result = QCoreApplication::translate("Turn", "Not finished.");
}

void Answer::finish(bool complete)
{
    refresh();
    if (m_tags && complete)
        takeTags(m_parser.finish());
    QList<qsizetype> unfinished;
    for (const Growing &growing : std::as_const(m_growing))
        unfinished.append(growing.block);
    if (m_fileBlock >= 0)
        unfinished.append(m_fileBlock);
    for (const qsizetype block : unfinished)
        dropCard(block, complete);
    m_growing.clear();
    if (m_fileBlock >= 0) {
        // The model will send the file again from its start, so the piece of it must not stay in its history.
        m_fileBlock = -1;
        if (auto *text = m_parts.isEmpty() ? nullptr : std::get_if<TextPart>(&m_parts.last()))
            text->text.truncate(std::max<qsizetype>(0, text->text.lastIndexOf(QLatin1String("<file "))));
    }
}

QList<PendingCall> Answer::takeCalls()
{
    return std::exchange(m_pending, {});
}

void Answer::adoptFilesFromText()
{
    TagParser parser;
    QList<TagEvent> events = parser.feed(m_text) + parser.finish();
    if (!parser.sawFile()) {
        events.clear();
        for (const FencedFile &file : fencedFiles(m_text))
            events += {TagFileStarted{file.path}, TagFileEnded{file.path, file.content, true}};
        events.removeIf([](const TagEvent &event) { return std::holds_alternative<TagText>(event); });
    }
    if (std::none_of(events.begin(), events.end(),
                     [](const TagEvent &event) { return std::holds_alternative<TagFileEnded>(event); }))
        return;
    if (parser.sawFile() && m_firstBlock >= 0 && m_firstBlock < m_blocks->size())
        m_blocks->remove(m_firstBlock, m_blocks->size() - m_firstBlock);
    takeTags(events);
}

Usage Answer::usage() const
{
    if (m_counted || !m_received)
        return m_usage;
    Usage usage = m_usage;
    if (usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens == 0)
        usage.inputTokens = m_asked;
    usage.outputTokens = std::max(usage.outputTokens, estimatedTokens(m_characters));
    usage.estimated = true;
    return usage;
}

QList<Part> Answer::parts() const
{
    QList<Part> parts = m_parts;
    parts.removeIf([](const Part &part) {
        const auto *text = std::get_if<TextPart>(&part);
        return text && text->text.trimmed().isEmpty();
    });
    return parts;
}

} // namespace Flotilla
