// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/sampler/samplerparts.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace Flotilla::SamplerWords {

/// The part of a wish that is looked at: bounded, one line, without files, markup and control characters.
QString plain(const QString &text);
/// A text as a name in the app: one line, at most `limit` characters, cut at a word.
QString name(const QString &text, int limit);
/// True when `words` (one or several) stands in the lower-case text as whole words, also in the plural.
bool says(const QString &lower, const QString &words);
bool saysAny(const QString &lower, const char *words); ///< words with | between them
qsizetype placeOf(const QString &lower, const QString &words);

/// What asks for a bigger text.
inline constexpr auto bigThings =
    "big buttons|large buttons|bigger buttons|big text|large text|bigger text|big letters|bigger letters|large print";

const SamplerParts::Kind *kindIn(const QString &lower);
/// The kind that a first wish asks for: "no charts" asks for none.
const SamplerParts::Kind *kindFor(const QString &lower);
/// True when a kind is what the wish names, false when it is only the nearest there is ("tetris" and the snake game).
bool isNamed(const QString &wish);
const SamplerParts::Domain *domainIn(const QString &lower);

struct Look
{
    std::optional<int> hue;
    std::optional<int> accent;
    std::optional<double> chroma;
    QString exact; ///< the accent as "#rrggbb" when the text gives it so
    QString mode;
    QString style;
    bool operator==(const Look &) const = default;
};
/// Colours by name, by mood or as #rrggbb or #rgb, light or dark, and the style that a text asks for.
Look lookIn(const QString &lower);

QString withArticle(const QString &noun); ///< "a quiz", "an arcade game"
/// A name in quotes or after "called"; empty when there is none.
QString givenName(const QString &text);
/// The name for an app made from the beginning of the wish; empty when nothing is left of it.
QString titleFrom(const QString &text);
/// Three or more things that the wish lists with commas; empty otherwise.
QStringList listIn(const QString &text);

} // namespace Flotilla::SamplerWords
