// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <utility>

namespace Flotilla::SamplerParts {

/// What is known about a kind of app (resources/sampler/kinds.json).
struct Kind
{
    QString name;
    QString title;     ///< when the wish gives none
    QString noun;      ///< what it is, after "a"
    QStringList words; ///< that a wish names it by
    QStringList layouts;
    QStringList sections;
    QStringList domains;  ///< to choose from when the wish names none
    QStringList taglines; ///< {nouns} is replaced
    QStringList components;
    QStringList only; ///< domains that make sense; empty: all
    QStringList near; ///< words for what it is not, but the nearest to
    QString germanTitle;
    QStringList germanTaglines; ///< in the order of `taglines`
    QStringList can;            ///< words for what it does besides
};

/// What an app can be about (resources/sampler/lexicon.json).
struct Domain
{
    QString name;
    QStringList words;
    QJsonObject content; ///< noun, nouns, verb, groups[{name, items}], pairs[[question, answer]]
    QJsonObject german;  ///< the same in German (lexicon.de.json)
};

/// A mood or a colour that a wish can name (resources/sampler/moods.json).
struct Mood
{
    QStringList words;
    int hue = 0;
    int accent = 0;
    double chroma = 1.0;
    QString mode;  ///< empty: either
    QString style; ///< empty: any
};

const QList<Kind> &kinds();
const QList<Domain> &domains();
const QList<Mood> &moods();
const Kind *kind(const QString &name);
const Domain *domain(const QString &name);
/// The text of a part, for example "base/ui.tsx". Empty when there is none.
QString part(const QString &path);
/// The same with its labels in German (labels.de.json).
QString germanPart(const QString &path);
/// What stands in a part and what takes its place in German, by the path of the part.
using Labels = QHash<QString, QList<std::pair<QString, QString>>>;
const Labels &germanLabels();

} // namespace Flotilla::SamplerParts
