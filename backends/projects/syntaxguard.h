// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace Flotilla {

/// What is plainly broken in a file of this name: a bracket that is never closed or closes nothing, JSON that does not
/// parse. Nothing when it looks balanced or the type is not known. Cheap (one walk, no grammar): it knows comments,
/// strings, template texts and regular expressions, and takes a quote that does not end on its line for an apostrophe
/// of JSX text. So it can be wrong; it is for comparing a text with its edit, never for judging a text alone. Pure.
std::optional<QString> syntaxProblem(const QString &path, const QString &text);

/// Why the edit must not be made: the text was balanced before and is not after. Nothing when it may.
std::optional<QString> syntaxDamage(const QString &path, const QString &before, const QString &after);

/// Whether `after` replaces a file of more than 40 lines by less than half of it.
bool shrinksTooMuch(const QByteArray &before, const QByteArray &after);

} // namespace Flotilla
