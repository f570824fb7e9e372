// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerpalette.h"
#include "backends/llm/sampler/samplerparts.h"
#include "backends/llm/sampler/samplerrecipe.h"
#include "backends/llm/sampler/samplertranslate.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace Flotilla {

namespace {

struct FontStacks
{
    const char *text;
    const char *display;
    int heavy;
    const char *track;
};

FontStacks fontsOf(const QString &name)
{
    static const QHash<QString, FontStacks> stacks{
        {QStringLiteral("sans"),
         {"ui-sans-serif, system-ui, 'Inter', 'Segoe UI', 'Helvetica Neue', sans-serif",
          "ui-sans-serif, system-ui, 'Inter', 'Segoe UI', 'Helvetica Neue', sans-serif", 700, "-0.025em"}},
        {QStringLiteral("humanist"),
         {"'Avenir Next', 'Optima', 'Candara', 'Noto Sans', ui-sans-serif, sans-serif",
          "'Avenir Next', 'Optima', 'Candara', 'Noto Sans', ui-sans-serif, sans-serif", 650, "-0.015em"}},
        {QStringLiteral("rounded"),
         {"ui-rounded, 'SF Pro Rounded', 'Nunito', 'Quicksand', 'Varela Round', ui-sans-serif, sans-serif",
          "ui-rounded, 'SF Pro Rounded', 'Nunito', 'Quicksand', 'Varela Round', ui-sans-serif, sans-serif", 800,
          "-0.01em"}},
        {QStringLiteral("serif"),
         {"'Avenir Next', 'Segoe UI', 'Noto Sans', ui-sans-serif, sans-serif",
          "'Iowan Old Style', 'Palatino Linotype', 'Source Serif 4', ui-serif, Georgia, 'DejaVu Serif', serif", 600,
          "-0.015em"}},
        {QStringLiteral("condensed"),
         {"ui-sans-serif, system-ui, 'Inter', 'Segoe UI', sans-serif",
          "'Avenir Next Condensed', 'Roboto Condensed', 'Arial Narrow', 'DejaVu Sans Condensed', sans-serif", 800,
          "-0.02em"}},
        {QStringLiteral("mono"),
         {"ui-sans-serif, system-ui, 'Segoe UI', 'Helvetica Neue', sans-serif",
          "ui-monospace, 'SF Mono', 'JetBrains Mono', 'Cascadia Code', 'DejaVu Sans Mono', monospace", 650,
          "-0.04em"}}};
    return stacks.value(name, stacks.value(QStringLiteral("sans")));
}

QString sizesCss(const Recipe &recipe)
{
    const FontStacks fonts = fontsOf(recipe.font);
    return QStringLiteral("\n:root {\n  --r: %1px;\n  --gap: %2px;\n  --scale: %3;\n  --font: %4;\n  --display: %5;\n  "
                          "--heavy: %6;\n"
                          "  --track: %7;\n}\n\n")
        .arg(recipe.radius)
        .arg(recipe.gap)
        .arg(recipe.scale)
        .arg(QLatin1String(fonts.text), QLatin1String(fonts.display))
        .arg(fonts.heavy)
        .arg(QLatin1String(fonts.track));
}

/// A part in the language of the app.
QString partOf(const Recipe &recipe, const QString &path)
{
    return recipe.language == QLatin1String("de") ? SamplerParts::germanPart(path) : SamplerParts::part(path);
}

QString stylesFile(const Recipe &recipe)
{
    using SamplerParts::part;
    QString css = paletteCss(recipe) + sizesCss(recipe) + part(QStringLiteral("base/base.css")) + QLatin1Char('\n') +
                  part(QStringLiteral("layouts/%1.css").arg(recipe.layout)) + QLatin1Char('\n') +
                  part(QStringLiteral("styles/%1.css").arg(recipe.style)) + QLatin1Char('\n');
    const bool open = recipe.style == QLatin1String("paper") || recipe.style == QLatin1String("line");
    if (recipe.layout == QLatin1String("hero") && open)
        css += QStringLiteral(".main { margin-top: 30px; }\n.head { padding-bottom: 44px; }\n\n");
    return css + part(QStringLiteral("kinds/%1/kind.css").arg(recipe.kind));
}

QJsonArray groupsWithItems(const QJsonArray &known, const QStringList &items)
{
    if (items.isEmpty())
        return known;
    QJsonArray groups;
    const qsizetype count = std::clamp<qsizetype>(known.size(), 1, std::max<qsizetype>(1, items.size() / 2));
    for (qsizetype i = 0; i < count; ++i) {
        QJsonArray own;
        for (qsizetype j = i; j < items.size(); j += count)
            own.append(items[j]);
        groups.append(
            QJsonObject{{QStringLiteral("name"), known.at(i)[QLatin1String("name")]}, {QStringLiteral("items"), own}});
    }
    return groups;
}

QJsonValue renamed(const QJsonValue &value, const QMap<QString, QString> &renames)
{
    if (value.isString())
        return renames.value(value.toString(), value.toString());
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue &entry : value.toArray())
            list.append(renamed(entry, renames));
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto field = object.begin(); field != object.end(); ++field)
        *field = renamed(*field, renames);
    return object;
}

QString dataFile(const Recipe &recipe)
{
    QJsonObject content = contentOf(recipe);
    content[QLatin1String("groups")] = groupsWithItems(content[QLatin1String("groups")].toArray(), recipe.items);
    content = renamed(content, recipe.renames).toObject();
    const QString words = QString::fromUtf8(QJsonDocument(content).toJson(QJsonDocument::Indented)).trimmed();
    return QStringLiteral("// What the app is about, and the rows it starts with.\n") +
           partOf(recipe, QStringLiteral("base/data.ts")).replace(QLatin1String("/* words */"), words) +
           QLatin1Char('\n') + partOf(recipe, QStringLiteral("kinds/%1/data.ts").arg(recipe.kind));
}

/// The frame of the app, with the sections that were added below its content.
QString frameFile(const Recipe &recipe)
{
    QString text = partOf(recipe, QStringLiteral("base/ui.tsx"));
    if (recipe.extras.isEmpty())
        return text;
    text.replace(QLatin1String("{children}</main>"), QLatin1String("{children}<Extras /></main>"));
    return text.replace(QLatin1String("import { theme } from '../theme'\n"),
                        QLatin1String("import { theme } from '../theme'\nimport { Extras } from './Extras'\n"));
}

/// What keeps rows; in an app that had another language before, it knows them by both.
QString hooksFile(const Recipe &recipe)
{
    QString text = partOf(recipe, QStringLiteral("base/hooks.ts"));
    if (!recipe.translated)
        return text;
    text.replace(QLatin1String("JSON.stringify(to)), text)"), QLatin1String("JSON.stringify(to)), translated(text))"));
    return text.replace(QLatin1String("import { theme } from './theme'\n"),
                        QLatin1String("import { translated } from './formerly'\nimport { theme } from './theme'\n"));
}

} // namespace

QList<SampleFile> filesOf(const Recipe &recipe)
{
    const QString folder = QStringLiteral("kinds/%1/").arg(recipe.kind);
    QList<SampleFile> files{{QStringLiteral("src/theme.ts"), themeFile(recipe)},
                            {QStringLiteral("src/data.ts"), dataFile(recipe)},
                            {QStringLiteral("src/styles.css"), stylesFile(recipe)},
                            {QStringLiteral("src/hooks.ts"), hooksFile(recipe)},
                            {QStringLiteral("src/components/ui.tsx"), frameFile(recipe)}};
    if (recipe.translated)
        files.append({QStringLiteral("src/formerly.ts"), formerlyFile(recipe)});
    if (!recipe.extras.isEmpty())
        files.append({QStringLiteral("src/components/Extras.tsx"), partOf(recipe, QStringLiteral("base/Extras.tsx"))});
    if (const auto *kind = SamplerParts::kind(recipe.kind))
        for (const QString &component : kind->components)
            files.append({QStringLiteral("src/components/%1.tsx").arg(component),
                          partOf(recipe, folder + component + QLatin1String(".tsx"))});
    files.append({QStringLiteral("src/App.tsx"), partOf(recipe, folder + QLatin1String("App.tsx"))});
    return files;
}

} // namespace Flotilla
