// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"
#include "backends/projects/linediff.h"
#include "backends/projects/workspace.h"

#include <QHash>
#include <QSet>
#include <QStringList>

namespace Flotilla {

/// What a tool call did, in words for the model.
struct ToolOutcome
{
    QString text;
    bool failed = false;
    QString path;        ///< the file it was about
    QStringList changed; ///< paths written or deleted: to be journaled
    bool created = false;
    LineCounts lines;
};

/// A command for the sandbox, read from a call.
struct CommandCall
{
    QString command;
    int timeoutSeconds = 60;
};

/// The first of `names` that the input has as a string. Models mix up the names of old and new text.
std::optional<QString> textField(const QJsonObject &input, const QStringList &names);
QStringList contentFieldNames(); ///< of the text that a call writes
QStringList pathFieldNames();

/// Runs the file tools of a model on a workspace. Every input is checked by hand against the schema that the model was
/// given: wrong types, missing fields and hostile paths give a failed outcome, never a change. Pure but for the
/// workspace.
class Toolbox
{
public:
    explicit Toolbox(Workspace *workspace)
        : m_workspace(workspace)
    {
    }

    /// True for tools that need the sandbox: they are not run here.
    static bool needsSandbox(const QString &tool);
    ToolOutcome run(const ToolCallPart &call);
    ToolOutcome writeFile(const QString &path, const QByteArray &content, bool allowShrink);

    static Result<CommandCall> commandOf(const QJsonObject &input);

private:
    ToolOutcome write(const QJsonObject &input);
    ToolOutcome edit(const QJsonObject &input);
    ToolOutcome editChecked(const QString &path, const QString &oldText, const QString &newText);
    ToolOutcome editFailed(const QString &path, const QString &why);
    ToolOutcome read(const QJsonObject &input) const;
    ToolOutcome list(const QJsonObject &input) const;
    ToolOutcome remove(const QJsonObject &input);
    ToolOutcome rename(const QJsonObject &input);

    Workspace *m_workspace;
    QHash<QString, int> m_failedEdits;
    QSet<QString> m_shrinkRefused; ///< sent back once
};

/// `text` with its middle cut out when it is longer than `limit` characters.
QString cutMiddle(const QString &text, qsizetype limit, qint64 alsoLeftOut = 0);

} // namespace Flotilla
