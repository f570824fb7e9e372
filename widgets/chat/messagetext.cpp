// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/messagetext.h"

#include "widgets/common/format.h"
#include "widgets/common/modelpicker.h"

#include <QCoreApplication>

namespace Flotilla::MessageText {

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Chat", text);
}

QString firstLine(const QString &text)
{
    return text.section(QLatin1Char('\n'), 0, 0).left(120);
}

QString target(const ToolBlock &tool)
{
    return tool.path.isEmpty() ? firstLine(tool.preview) : tool.path;
}

QString filled(const char *withTarget, const char *without, const ToolBlock &tool)
{
    const QString what = target(tool);
    return what.isEmpty() ? say(without) : say(withTarget).arg(what);
}

QString checkWords(const QString &name)
{
    static const QHash<QString, const char *> words{
        {QStringLiteral("build"), QT_TRANSLATE_NOOP("Chat", "builds")},
        {QStringLiteral("served"), QT_TRANSLATE_NOOP("Chat", "served")},
        {QStringLiteral("loaded"), QT_TRANSLATE_NOOP("Chat", "loads")},
        {QStringLiteral("no-errors"), QT_TRANSLATE_NOOP("Chat", "no errors")},
        {QStringLiteral("not-blank"), QT_TRANSLATE_NOOP("Chat", "not blank")}};
    const char *known = words.value(name, nullptr);
    return known ? say(known) : name;
}

} // namespace

QString toolTitle(const ToolBlock &tool)
{
    if (tool.tool == QLatin1String("write_file"))
        return filled(QT_TRANSLATE_NOOP("Chat", "Writing %1"), QT_TRANSLATE_NOOP("Chat", "Writing a file"), tool);
    if (tool.tool == QLatin1String("edit_file"))
        return filled(QT_TRANSLATE_NOOP("Chat", "Editing %1"), QT_TRANSLATE_NOOP("Chat", "Editing a file"), tool);
    if (tool.tool == QLatin1String("read_file"))
        return filled(QT_TRANSLATE_NOOP("Chat", "Reading %1"), QT_TRANSLATE_NOOP("Chat", "Reading a file"), tool);
    if (tool.tool == QLatin1String("delete_file"))
        return filled(QT_TRANSLATE_NOOP("Chat", "Deleting %1"), QT_TRANSLATE_NOOP("Chat", "Deleting a file"), tool);
    if (tool.tool == QLatin1String("rename_file"))
        return filled(QT_TRANSLATE_NOOP("Chat", "Renaming %1"), QT_TRANSLATE_NOOP("Chat", "Renaming a file"), tool);
    if (tool.tool == QLatin1String("run_command"))
        return filled(QT_TRANSLATE_NOOP("Chat", "Running %1"), QT_TRANSLATE_NOOP("Chat", "Running a command"), tool);
    if (tool.tool == QLatin1String("read_logs"))
        return say(QT_TRANSLATE_NOOP("Chat", "Reading the logs"));
    return say(QT_TRANSLATE_NOOP("Chat", "Looking at the files"));
}

QString toolDone(const ToolBlock &tool)
{
    if (tool.tool == QLatin1String("read_file"))
        return filled(QT_TRANSLATE_NOOP("Chat", "Read %1"), QT_TRANSLATE_NOOP("Chat", "Read a file"), tool);
    if (tool.tool == QLatin1String("run_command"))
        return filled(QT_TRANSLATE_NOOP("Chat", "Ran %1"), QT_TRANSLATE_NOOP("Chat", "Ran a command"), tool);
    if (tool.tool == QLatin1String("read_logs"))
        return say(QT_TRANSLATE_NOOP("Chat", "Read the logs"));
    if (tool.tool == QLatin1String("list_files"))
        return say(QT_TRANSLATE_NOOP("Chat", "Looked at the files"));
    return toolTitle(tool);
}

bool changesFiles(const ToolBlock &tool)
{
    return tool.tool == QLatin1String("write_file") || tool.tool == QLatin1String("edit_file") ||
           tool.tool == QLatin1String("delete_file") || tool.tool == QLatin1String("rename_file");
}

QString verified(const QStringList &checks)
{
    QStringList words;
    for (const QString &check : checks)
        words.append(checkWords(check));
    words.removeAll(say("served"));
    if (words.isEmpty())
        return say(QT_TRANSLATE_NOOP("Chat", "Verified"));
    return say(QT_TRANSLATE_NOOP("Chat", "Verified: %1")).arg(words.join(QStringLiteral(", ")));
}

QString meta(const Message &message)
{
    QStringList parts;
    if (message.version > 0)
        parts.append(say(QT_TRANSLATE_NOOP("Chat", "v%1")).arg(message.version));
    if (message.seconds > 0)
        parts.append(formatSeconds(message.seconds));
    if (message.cost && *message.cost > 0)
        parts.append(formatMoney(*message.cost));
    else if (!message.cost && message.usage.total() > 0)
        parts.append(say(QT_TRANSLATE_NOOP("Chat", "price not known")));
    return parts.join(QStringLiteral(" · "));
}

QString metaTip(const Message &message)
{
    QStringList lines;
    if (message.model == QLatin1String("sampler"))
        lines.append(say(QT_TRANSLATE_NOOP("Chat", "Built-in sampler, not a language model")));
    else if (!message.model.isEmpty())
        lines.append(modelName(message.model));
    const Usage &usage = message.usage;
    const qint64 in = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
    if (in + usage.outputTokens > 0)
        lines.append(say(QT_TRANSLATE_NOOP("Chat", "%1 tokens read (%2 from the cache), %3 written"))
                         .arg(formatCount(in), formatCount(usage.cacheReadTokens), formatCount(usage.outputTokens)));
    if (message.created.isValid())
        lines.append(QLocale().toString(message.created.toLocalTime(), QLocale::ShortFormat));
    return lines.join(QLatin1Char('\n'));
}

QString notice(const NoticeBlock &notice, bool live, const QDateTime &now)
{
    if (!live || !notice.until.isValid())
        return notice.text;
    const qint64 seconds = (now.msecsTo(notice.until) + 999) / 1000;
    const QString next = seconds > 0 ? say(QT_TRANSLATE_NOOP("Chat", "Trying again in %1 s.")).arg(seconds)
                                     : say(QT_TRANSLATE_NOOP("Chat", "Trying again now."));
    return notice.text + QLatin1Char(' ') + next;
}

QString activity(TurnState state)
{
    switch (state) {
    case TurnState::Preparing:
        return say(QT_TRANSLATE_NOOP("Chat", "Getting ready"));
    case TurnState::Streaming:
        return say(QT_TRANSLATE_NOOP("Chat", "Thinking"));
    case TurnState::Applying:
        return say(QT_TRANSLATE_NOOP("Chat", "Changing files"));
    case TurnState::Building:
        return say(QT_TRANSLATE_NOOP("Chat", "Building"));
    case TurnState::Verifying:
        return say(QT_TRANSLATE_NOOP("Chat", "Checking the preview"));
    case TurnState::Repairing:
        return say(QT_TRANSLATE_NOOP("Chat", "Repairing"));
    case TurnState::Stopping:
        return say(QT_TRANSLATE_NOOP("Chat", "Stopping"));
    default:
        return {};
    }
}

QStringList lastLines(const QString &text, int count)
{
    qsizetype start = text.size();
    for (int i = 0; i < count && start > 0; ++i)
        start = start == 1 ? 0 : text.lastIndexOf(QLatin1Char('\n'), start - 2) + 1;
    QStringList lines = text.mid(start).split(QLatin1Char('\n'));
    if (lines.size() > count)
        lines.removeLast();
    for (QString &line : lines)
        line = line.left(240).replace(QLatin1Char('\t'), QStringLiteral("  "));
    return lines;
}

int lineCount(const QString &text)
{
    return text.isEmpty() ? 0 : int(text.count(QLatin1Char('\n'))) + (text.endsWith(QLatin1Char('\n')) ? 0 : 1);
}

} // namespace Flotilla::MessageText
