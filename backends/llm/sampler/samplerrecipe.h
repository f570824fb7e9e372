// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace Flotilla {

/// Everything that decides what a sampled app is. It is written into the app's src/theme.ts as JSON, so that a later
/// request finds it in the conversation and changes only what was asked.
struct Recipe
{
    QString kind; ///< a key of resources/sampler/kinds.json
    QString domain;
    QString language;        ///< of its labels and rows: "de", or empty for English
    bool translated = false; ///< it had another language before: stored rows may have it still
    quint32 seed = 0;
    QString key; ///< prefix of the app's localStorage entries; never changes
    QString title;
    QString tagline;
    QString mode = QStringLiteral("light");
    int hue = 200;       ///< degrees in OKLCH
    int accent = 200;    ///< degrees
    QString exact;       ///< the accent as "#rrggbb" when it was given so; empty: made of the hue
    bool tinted = false; ///< the background was asked for in a colour of its own: more of the hue in it
    double chroma = 1.0; ///< 0: grey, 1: usual, up to 1.5
    QString style;
    QString layout;
    QString font;
    int radius = 12;    ///< px
    int gap = 20;       ///< px
    double scale = 1.0; ///< of the text
    int mark = 0;
    QStringList sections;
    QStringList items; ///< named in the wish; empty: the domain's
    QMap<QString, QString> renames;
    QStringList extras; ///< titles of the sections that later wishes added: lists to write into

    bool operator==(const Recipe &) const = default;
};

struct SampleFile
{
    QString path;
    QString content;
};

/// The recipe for a first wish. Deterministic, total: any text gives a recipe that builds. Pure.
Recipe recipeFor(const QString &wish);
/// The same in a language that is given.
Recipe recipeFor(const QString &wish, const QString &language);
/// The recipe inside the text of a src/theme.ts; the last one when there are several. Every value is checked.
std::optional<Recipe> recipeIn(const QString &text);
/// What the app is about, in its language: noun, nouns, groups, pairs.
QJsonObject contentOf(const Recipe &recipe);
/// src/theme.ts.
QString themeFile(const Recipe &recipe);
/// All files of the app, in the order they are written. Pure.
QList<SampleFile> filesOf(const Recipe &recipe);

} // namespace Flotilla
