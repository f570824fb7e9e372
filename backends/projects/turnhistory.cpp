// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/turnhistory.h"

#include <QStringList>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype earlierMessages = 40; ///< beyond that the oldest are left out, 20 at a time
constexpr qsizetype earlierText = 12'000; ///< characters of one earlier message
constexpr qint64 inlineBudget = 96 * 1024;
constexpr qint64 inlineFile = 32 * 1024;
constexpr qint64 imageBudget = 12 * 1024 * 1024;
constexpr qint64 resultBudget = 160 * 1024; ///< characters of tool results in one turn
constexpr qint64 resultTarget = 80 * 1024;  ///< what is kept once the budget is passed

QString textOf(const Message &message)
{
    QStringList texts;
    for (const Block &block : message.blocks)
        if (const auto *text = std::get_if<TextBlock>(&block); text && !text->markdown.trimmed().isEmpty())
            texts.append(text->markdown);
    return texts.join(QStringLiteral("\n\n")).left(earlierText);
}

/// What an earlier turn did, from facts, so that the model need not trust its own words.
QString noteOf(const Message &message)
{
    QStringList paths;
    for (const Block &block : message.blocks) {
        const auto *tool = std::get_if<ToolBlock>(&block);
        if (tool && tool->state == ToolBlock::State::Done && !tool->path.isEmpty() && tool->added + tool->removed > 0 &&
            !paths.contains(tool->path))
            paths.append(tool->path);
    }
    QString note;
    if (message.version > 0)
        note = QStringLiteral("The turn before made version %1, which %2.")
                   .arg(message.version)
                   .arg(message.green ? QStringLiteral("works") : QStringLiteral("has a problem"));
    else
        note = QStringLiteral("The turn before did not finish.");
    if (!paths.isEmpty())
        note += QStringLiteral(" Files it changed: %1.").arg(paths.mid(0, 30).join(QStringLiteral(", ")));
    return QStringLiteral("(%1)").arg(note);
}

qint64 budgetFor(const ModelCapabilities &capabilities)
{
    if (!capabilities.contextTokens)
        return inlineBudget;
    return std::clamp<qint64>(*capabilities.contextTokens, 4'000, inlineBudget); // a quarter of the context
}

bool isText(const QByteArray &content)
{
    return !content.contains('\0') && QString::fromUtf8(content).toUtf8() == content;
}

/// Oldest results first, until the rest fits. Cuts down to the target at once, so that the prefix changes seldom.
void elideResults(QList<ModelMessage> &messages)
{
    qint64 total = 0;
    for (const ModelMessage &message : messages)
        for (const Part &part : message.parts)
            if (const auto *result = std::get_if<ToolResultPart>(&part))
                total += result->text.size();
    if (total <= resultBudget)
        return;
    qint64 excess = (total - resultTarget) / resultTarget * resultTarget;
    for (ModelMessage &message : messages) {
        for (Part &part : message.parts) {
            auto *result = std::get_if<ToolResultPart>(&part);
            if (!result || excess <= 0)
                continue;
            excess -= result->text.size();
            if (result->text.size() > 200)
                result->text = QStringLiteral("(left out to save space; call the tool again when you need it)");
        }
    }
}

} // namespace

QString filesForModel(const Workspace &files, qint64 budget)
{
    if (files.files().isEmpty())
        return QStringLiteral("The app has no files yet.");
    QString list = QStringLiteral("Files of the app:\n");
    QString contents;
    for (const QString &path : files.paths()) {
        const QByteArray content = files.files().value(path);
        list += QStringLiteral("%1 (%2 bytes)\n").arg(path).arg(content.size());
        if (content.size() > std::min(budget, inlineFile) || !isText(content))
            continue;
        budget -= content.size();
        contents += QStringLiteral("\n<file path=\"%1\">\n%2\n</file>\n").arg(path, QString::fromUtf8(content));
    }
    if (contents.isEmpty())
        return list;
    return list + QStringLiteral("\nTheir present text, where it is short:\n") + contents;
}

void TurnHistory::begin(const QList<Message> &earlier, const QString &prompt, const QList<ImageBlock> &images,
                        const Workspace &files, const ModelCapabilities &capabilities)
{
    const qsizetype excess = std::max<qsizetype>(0, earlier.size() - earlierMessages);
    for (const Message &message : earlier.mid((excess + 19) / 20 * 20))
        addEarlier(message, capabilities.images);
    ModelMessage wish;
    const QString context = filesForModel(files, budgetFor(capabilities));
    wish.parts.append(TextPart{m_note.isEmpty() ? context : m_note + QLatin1Char('\n') + context});
    for (const ImageBlock &image : images)
        if (capabilities.images)
            wish.parts.append(ImagePart{image.mediaType, image.data});
    wish.parts.append(TextPart{prompt});
    m_messages.append(wish);
}

void TurnHistory::addEarlier(const Message &message, bool images)
{
    ModelMessage sent;
    sent.role = message.role;
    if (message.role == Role::Assistant) {
        const QString text = textOf(message);
        sent.parts.append(TextPart{text.isEmpty() ? QStringLiteral("Done.") : text});
        m_note = noteOf(message);
        m_messages.append(sent);
        return;
    }
    if (!m_note.isEmpty())
        sent.parts.append(TextPart{m_note});
    m_note.clear();
    for (const Block &block : message.blocks) {
        const auto *image = std::get_if<ImageBlock>(&block);
        if (image && images && m_imageBytes + image->data.size() <= imageBudget) {
            m_imageBytes += image->data.size();
            sent.parts.append(ImagePart{image->mediaType, image->data});
        }
    }
    sent.parts.append(TextPart{textOf(message)});
    m_messages.append(sent);
}

void TurnHistory::addAnswer(const QList<Part> &parts)
{
    if (!parts.isEmpty())
        m_messages.append({Role::Assistant, parts});
}

void TurnHistory::addResults(const QList<ToolResultPart> &results)
{
    ModelMessage message;
    for (const ToolResultPart &result : results)
        message.parts.append(result);
    if (!results.isEmpty())
        m_messages.append(message);
}

void TurnHistory::addUserText(const QString &text)
{
    if (m_messages.isEmpty() || m_messages.last().role != Role::User)
        m_messages.append({Role::User, {}});
    m_messages.last().parts.append(TextPart{text});
}

QList<ModelMessage> TurnHistory::messages() const
{
    QList<ModelMessage> messages = m_messages;
    elideResults(messages);
    return messages;
}

} // namespace Flotilla
