// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/languagemodel.h"

#include <QHash>
#include <QSet>
#include <QString>

namespace Flotilla {

/// The texts that models are given, from resources/prompts (its files say how they are put together). Byte-stable: the
/// same conditions give the same text, so that the prompt cache of a server hits.
class Prompts
{
public:
    /// Unavailable, naming the file, when one is missing or broken.
    static Result<Prompts> load(const QString &dir);

    /// Conditions: "tools", "commands", "images", "first", "change". Without "tools" the rules for tags are appended.
    QString system(const QSet<QString> &conditions) const;
    QList<ToolDefinition> tools(const QSet<QString> &conditions) const;
    /// A section of repair.md with {{name}} replaced literally; the values are not searched again.
    QString repair(const QString &section, const QHash<QString, QString> &values) const;

private:
    struct Tool
    {
        ToolDefinition definition;
        QString when;
    };
    QString m_system;
    QString m_tags;
    QString m_packages;
    QHash<QString, QString> m_repairs;
    QList<Tool> m_tools;
};

} // namespace Flotilla
