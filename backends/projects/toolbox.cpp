// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/toolbox.h"

#include "backends/projects/syntaxguard.h"
#include "backends/projects/textedit.h"

#include <QStringDecoder>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype readLimit = 64 * 1024;
constexpr qsizetype commandLimit = 8 * 1024;
constexpr int longestCommandSeconds = 300;

ToolOutcome failure(const QString &text, const QString &path = {})
{
    ToolOutcome outcome;
    outcome.text = text;
    outcome.failed = true;
    outcome.path = path;
    return outcome;
}

ToolOutcome missing(const char *tool, const char *field)
{
    return failure(QStringLiteral("%1 needs \"%2\" as a text.").arg(QLatin1String(tool), QLatin1String(field)));
}

std::optional<QString> decoded(const QByteArray &content)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(content);
    if (decoder.hasError() || content.contains('\0'))
        return std::nullopt;
    return text;
}

QString notText(const QString &path)
{
    return QStringLiteral("\"%1\" is not a text file.").arg(path);
}

QString changeText(const LineCounts &lines)
{
    return QStringLiteral("+%1 -%2 lines").arg(lines.added).arg(lines.removed);
}

QString linesBetween(const QString &text, int from, int to)
{
    const QStringList lines = text.split(QLatin1Char('\n'));
    const qsizetype begin = std::clamp<qsizetype>(from - 1, 0, lines.size());
    const qsizetype end = to > 0 ? std::clamp<qsizetype>(to, begin, lines.size()) : lines.size();
    return lines.mid(begin, end - begin).join(QLatin1Char('\n'));
}

QStringList oldTextNames()
{
    return {QStringLiteral("old_text"), QStringLiteral("old_string"), QStringLiteral("old_str"), QStringLiteral("old"),
            QStringLiteral("search")};
}

QStringList newTextNames()
{
    return {QStringLiteral("new_text"), QStringLiteral("new_string"), QStringLiteral("new_str"), QStringLiteral("new"),
            QStringLiteral("replace")};
}

QStringList fromNames()
{
    return QStringList{QStringLiteral("from"), QStringLiteral("old_path")} + pathFieldNames();
}

QStringList toNames()
{
    return {QStringLiteral("to"), QStringLiteral("new_path"), QStringLiteral("new_name")};
}

} // namespace

QStringList pathFieldNames()
{
    return {QStringLiteral("path"), QStringLiteral("file_path"), QStringLiteral("file"), QStringLiteral("filename")};
}

QStringList contentFieldNames()
{
    return QStringList{QStringLiteral("content"), QStringLiteral("contents"), QStringLiteral("text")} + newTextNames() +
           QStringList{QStringLiteral("command")};
}

std::optional<QString> textField(const QJsonObject &input, const QStringList &names)
{
    for (const QString &name : names)
        if (const QJsonValue value = input.value(name); value.isString())
            return value.toString();
    return std::nullopt;
}

QString cutMiddle(const QString &text, qsizetype limit, qint64 alsoLeftOut)
{
    if (text.size() <= limit)
        return text;
    const qsizetype half = limit / 2;
    return text.left(half) +
           QStringLiteral("\n... (%1 characters left out) ...\n").arg(text.size() - 2 * half + alsoLeftOut) +
           text.right(half);
}

bool Toolbox::needsSandbox(const QString &tool)
{
    return tool == QLatin1String("run_command") || tool == QLatin1String("read_logs");
}

ToolOutcome Toolbox::run(const ToolCallPart &call)
{
    using Handler = ToolOutcome (*)(Toolbox *, const QJsonObject &);
    static const QHash<QString, Handler> handlers{
        {QStringLiteral("write_file"), [](Toolbox *box, const QJsonObject &input) { return box->write(input); }},
        {QStringLiteral("edit_file"), [](Toolbox *box, const QJsonObject &input) { return box->edit(input); }},
        {QStringLiteral("read_file"), [](Toolbox *box, const QJsonObject &input) { return box->read(input); }},
        {QStringLiteral("list_files"), [](Toolbox *box, const QJsonObject &input) { return box->list(input); }},
        {QStringLiteral("delete_file"), [](Toolbox *box, const QJsonObject &input) { return box->remove(input); }},
        {QStringLiteral("rename_file"), [](Toolbox *box, const QJsonObject &input) { return box->rename(input); }},
    };
    if (const auto handler = handlers.constFind(call.name); handler != handlers.constEnd())
        return (*handler)(this, call.input);
    return failure(
        QStringLiteral("There is no tool \"%1\". Use write_file, edit_file, read_file, list_files, delete_file, "
                       "rename_file, run_command or read_logs.")
            .arg(call.name.left(60)));
}

ToolOutcome Toolbox::write(const QJsonObject &input)
{
    const auto path = textField(input, pathFieldNames());
    if (!path)
        return missing("write_file", "path");
    const auto content = textField(input, contentFieldNames());
    if (!content)
        return missing("write_file", "content");
    return writeFile(*path, content->toUtf8(), input.value(QLatin1String("allow_shrink")).toBool());
}

ToolOutcome Toolbox::writeFile(const QString &path, const QByteArray &content, bool allowShrink)
{
    const bool existed = m_workspace->contains(path);
    const QByteArray before = m_workspace->files().value(path);
    if (existed && !allowShrink && !m_shrinkRefused.contains(path) && shrinksTooMuch(before, content)) {
        m_shrinkRefused.insert(path);
        return failure(
            QStringLiteral("\"%1\" has %2 lines and the new text only %3, so something may be missing. When that "
                           "is meant, send it again with \"allow_shrink\": true.")
                .arg(path)
                .arg(before.count('\n') + 1)
                .arg(content.count('\n') + 1),
            path);
    }
    const Status written = m_workspace->write(path, content);
    if (!written)
        return failure(written.error().text, path);
    m_failedEdits.remove(path);
    ToolOutcome outcome;
    outcome.path = path;
    outcome.changed = {path};
    outcome.created = !existed;
    outcome.lines = countLines(before, content);
    outcome.text =
        QStringLiteral("%1 %2 (%3).")
            .arg(existed ? QStringLiteral("Replaced") : QStringLiteral("Wrote"), path, changeText(outcome.lines));
    return outcome;
}

ToolOutcome Toolbox::edit(const QJsonObject &input)
{
    const auto path = textField(input, pathFieldNames());
    if (!path)
        return missing("edit_file", "path");
    const auto oldText = textField(input, oldTextNames());
    if (!oldText)
        return missing("edit_file", "old_text");
    const auto newText = textField(input, newTextNames());
    if (!newText)
        return missing("edit_file", "new_text");
    return editChecked(*path, *oldText, *newText);
}

ToolOutcome Toolbox::editChecked(const QString &path, const QString &oldText, const QString &newText)
{
    const auto content = m_workspace->read(path);
    if (!content)
        return failure(content.error().text, path);
    const auto text = decoded(*content);
    if (!text)
        return failure(notText(path), path);
    const auto edited = editText(*text, oldText, newText);
    if (!edited)
        return editFailed(path, edited.error().text);
    if (const auto damage = syntaxDamage(path, *text, edited->text))
        return editFailed(path,
                          QStringLiteral("This edit would break \"%1\": %2. Nothing was changed.").arg(path, *damage));
    const Status written = m_workspace->write(path, edited->text.toUtf8());
    if (!written)
        return failure(written.error().text, path);
    m_failedEdits.remove(path);
    ToolOutcome outcome;
    outcome.path = path;
    outcome.changed = {path};
    outcome.lines = countLines(*content, edited->text.toUtf8());
    outcome.text =
        QStringLiteral("Edited %1 at line %2 (%3).").arg(path).arg(edited->line).arg(changeText(outcome.lines));
    return outcome;
}

/// The ladder: the first failure shows the nearest place, the second asks for the whole file.
ToolOutcome Toolbox::editFailed(const QString &path, const QString &why)
{
    QString text = why;
    if (++m_failedEdits[path] >= 2)
        text += QStringLiteral("\nTwo edits of \"%1\" failed. Send the whole file with write_file.").arg(path);
    return failure(text, path);
}

ToolOutcome Toolbox::read(const QJsonObject &input) const
{
    const auto path = textField(input, pathFieldNames());
    if (!path)
        return missing("read_file", "path");
    const auto content = m_workspace->read(*path);
    if (!content)
        return failure(content.error().text, *path);
    const auto text = decoded(*content);
    if (!text)
        return failure(notText(*path), *path);
    const int from = input.value(QLatin1String("start_line")).toInt(input.value(QLatin1String("offset")).toInt(1));
    const int to = input.value(QLatin1String("end_line")).toInt(0);
    ToolOutcome outcome;
    outcome.path = *path;
    outcome.text = linesBetween(*text, from, to);
    if (outcome.text.size() > readLimit)
        outcome.text = outcome.text.left(readLimit) +
                       QStringLiteral("\n... (cut off here; read the rest with start_line and end_line)");
    return outcome;
}

ToolOutcome Toolbox::list(const QJsonObject &input) const
{
    const QString folder = textField(input, pathFieldNames()).value_or(QString());
    const bool all = folder.isEmpty() || folder == QLatin1String(".") || folder == QLatin1String("/");
    const QString prefix = folder.endsWith(QLatin1Char('/')) ? folder : folder + QLatin1Char('/');
    ToolOutcome outcome;
    for (const QString &path : m_workspace->paths())
        if (all || path.startsWith(prefix))
            outcome.text += QStringLiteral("%1 (%2 bytes)\n").arg(path).arg(m_workspace->files().value(path).size());
    if (outcome.text.isEmpty())
        outcome.text = QStringLiteral("There are no files here.");
    outcome.text = cutMiddle(outcome.text, readLimit);
    return outcome;
}

ToolOutcome Toolbox::remove(const QJsonObject &input)
{
    const auto path = textField(input, pathFieldNames());
    if (!path)
        return missing("delete_file", "path");
    const QByteArray before = m_workspace->files().value(*path);
    const Status removed = m_workspace->remove(*path);
    if (!removed)
        return failure(removed.error().text, *path);
    ToolOutcome outcome;
    outcome.path = *path;
    outcome.changed = {*path};
    outcome.lines = countLines(before, {});
    outcome.text = QStringLiteral("Deleted %1.").arg(*path);
    return outcome;
}

ToolOutcome Toolbox::rename(const QJsonObject &input)
{
    const auto from = textField(input, fromNames());
    if (!from)
        return missing("rename_file", "from");
    const auto to = textField(input, toNames());
    if (!to)
        return missing("rename_file", "to");
    const Status renamed = m_workspace->rename(*from, *to);
    if (!renamed)
        return failure(renamed.error().text, *from);
    ToolOutcome outcome;
    outcome.path = *to;
    outcome.changed = {*from, *to};
    outcome.text = QStringLiteral("Renamed %1 to %2. Imports of it are not changed.").arg(*from, *to);
    return outcome;
}

Result<CommandCall> Toolbox::commandOf(const QJsonObject &input)
{
    const auto command = textField(input, {QStringLiteral("command"), QStringLiteral("cmd")});
    if (!command || command->trimmed().isEmpty())
        return Error{ErrorKind::Invalid, QStringLiteral("run_command needs \"command\" as a text."), {}};
    if (command->contains(QChar(0)))
        return Error{ErrorKind::Invalid, QStringLiteral("A command cannot hold a NUL character."), {}};
    if (command->size() > commandLimit)
        return Error{
            ErrorKind::Invalid, QStringLiteral("The command is too long. Write a script file and run that."), {}};
    const int seconds = input.value(QLatin1String("timeout_seconds")).toInt(60);
    return CommandCall{*command, std::clamp(seconds, 1, longestCommandSeconds)};
}

} // namespace Flotilla
