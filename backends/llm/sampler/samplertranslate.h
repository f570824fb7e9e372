// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/sampler/samplerrecipe.h"

#include <optional>

namespace Flotilla {

/// What a lower-case text wants the labels of its app to be in.
struct WantedLanguage
{
    QString name; ///< as Recipe::language
    bool known = true;
    QStringList words;  ///< that say so
    bool whole = false; ///< said of the app: "in German", not "translate to German"
};
std::optional<WantedLanguage> languageIn(const QString &lower);
/// The same app with labels, subject and rows in another language; names that were given stay.
Recipe inLanguage(const Recipe &recipe, const QString &language);
/// src/formerly.ts, for rows that were stored in the other language: a filter stored as "All" is "Alle" now.
QString formerlyFile(const Recipe &recipe);

} // namespace Flotilla
