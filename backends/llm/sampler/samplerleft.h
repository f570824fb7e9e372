// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/sampler/samplerrecipe.h"

namespace Flotilla::SamplerWords {

/// A wish in pieces that can be done or left out one by one, as they were written: "make it dark and a rating" is two.
QStringList clausesOf(const QString &wish);
/// True when a clause, as it was written, has a word that asks for more than the sampler's own words of command do.
bool hasOwnWords(const QString &clause);
/// "“a calendar”, “a map”": at most four, shortened.
QString quotedList(const QStringList &clauses, bool german);
/// The clauses of a first wish that the app made of it has nothing of. Pure.
QStringList leftOut(const QString &wish, const Recipe &recipe);

} // namespace Flotilla::SamplerWords
