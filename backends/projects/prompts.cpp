// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/prompts.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStringList>

namespace Flotilla {

namespace {

Error promptError(const QString &path, const QString &detail)
{
    return {ErrorKind::Unavailable,
            QCoreApplication::translate("Projects", "A file of Flotilla is missing or damaged: %1. Install it again.")
                .arg(path),
            detail};
}

Result<QString> promptText(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return promptError(path, file.errorString());
    return QString::fromUtf8(file.readAll());
}

QString withoutComments(QString text)
{
    static const QRegularExpression comment(QStringLiteral("<!--.*?-->\\n?"),
                                            QRegularExpression::DotMatchesEverythingOption);
    return text.remove(comment);
}

/// Keeps or drops the blocks between "when: NAME" and "end".
QString withConditions(const QString &text, const QSet<QString> &conditions)
{
    static const QRegularExpression block(QStringLiteral("<!-- when: (\\w+) -->\\n?(.*?)<!-- end -->\\n?"),
                                          QRegularExpression::DotMatchesEverythingOption);
    QString result;
    qsizetype at = 0;
    for (auto blocks = block.globalMatch(text); blocks.hasNext();) {
        const auto match = blocks.next();
        result += text.mid(at, match.capturedStart() - at);
        if (conditions.contains(match.captured(1)))
            result += match.captured(2);
        at = match.capturedEnd();
    }
    return withoutComments(result + text.mid(at)).trimmed() + QLatin1Char('\n');
}

QString filled(const QString &text, const QHash<QString, QString> &values)
{
    static const QRegularExpression place(QStringLiteral("\\{\\{(\\w+)\\}\\}"));
    QString result;
    qsizetype at = 0;
    for (auto places = place.globalMatch(text); places.hasNext();) {
        const auto match = places.next();
        result += text.mid(at, match.capturedStart() - at) + values.value(match.captured(1));
        at = match.capturedEnd();
    }
    return result + text.mid(at);
}

QHash<QString, QString> sectionsOf(const QString &text)
{
    QHash<QString, QString> sections;
    for (const QString &part : withoutComments(text).split(QStringLiteral("\n## "))) {
        const qsizetype line = part.indexOf(QLatin1Char('\n'));
        if (line > 0)
            sections.insert(part.left(line).remove(QLatin1String("## ")).trimmed(), part.mid(line).trimmed());
    }
    return sections;
}

/// "specifier version" a line, as the runtime lists them, on one line without versions.
QString packageNames(const QString &path)
{
    const auto text = promptText(path);
    QStringList names;
    for (const QString &line : text ? text->split(QLatin1Char('\n')) : QStringList())
        if (const QString name = line.section(QLatin1Char(' '), 0, 0).trimmed(); !name.isEmpty())
            names.append(name);
    return names.isEmpty() ? QStringLiteral("react, react-dom") : names.join(QStringLiteral(", "));
}

} // namespace

Result<Prompts> Prompts::load(const QString &dir)
{
    Prompts prompts;
    const QString toolPath = dir + QLatin1String("/tools.json");
    const auto system = promptText(dir + QLatin1String("/system.md"));
    const auto tags = promptText(dir + QLatin1String("/tags.md"));
    const auto repairs = promptText(dir + QLatin1String("/repair.md"));
    const auto tools = promptText(toolPath);
    for (const auto *text : {&system, &tags, &repairs, &tools})
        if (!*text)
            return text->error();
    prompts.m_system = *system;
    prompts.m_tags = withoutComments(*tags);
    prompts.m_repairs = sectionsOf(QLatin1Char('\n') + *repairs);
    prompts.m_packages = packageNames(dir + QLatin1String("/../runtime/packages.txt"));
    for (const QJsonValue &value : QJsonDocument::fromJson(tools->toUtf8()).array()) {
        const QJsonObject tool = value.toObject();
        prompts.m_tools.append(
            {{tool.value(QLatin1String("name")).toString(), tool.value(QLatin1String("description")).toString(),
              tool.value(QLatin1String("input_schema")).toObject()},
             tool.value(QLatin1String("when")).toString()});
    }
    if (prompts.m_tools.isEmpty())
        return promptError(toolPath, QStringLiteral("no tools in it"));
    return prompts;
}

QString Prompts::system(const QSet<QString> &conditions) const
{
    const QString text = filled(withConditions(m_system, conditions), {{QStringLiteral("packages"), m_packages}});
    return conditions.contains(QStringLiteral("tools")) ? text : text + QLatin1Char('\n') + m_tags;
}

QList<ToolDefinition> Prompts::tools(const QSet<QString> &conditions) const
{
    QList<ToolDefinition> tools;
    for (const Tool &tool : m_tools)
        if (tool.when.isEmpty() || conditions.contains(tool.when))
            tools.append(tool.definition);
    return tools;
}

QString Prompts::repair(const QString &section, const QHash<QString, QString> &values) const
{
    const QString text = filled(m_repairs.value(section), values);
    return text.isEmpty() ? values.value(QStringLiteral("errors")) : text;
}

} // namespace Flotilla
