// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QString>

namespace Flotilla {

struct TextEdit
{
    QString text; ///< the whole new text
    int line = 0; ///< 1-based first changed line
    int pass = 0; ///< 1 exact, 2 trailing space, 3 edge space, 4 punctuation
};

/// Replaces the one place where `oldText` occurs in `text` by `newText`. Four passes from strict to lax: exact;
/// trailing space ignored; edge space ignored, with the indentation of the replacement moved along; Unicode dashes,
/// quotes and spaces folded. The first pass with exactly one hit wins; two hits in a pass are an error, never a guess.
/// The exact pass compares whole lines first, then any part of the text. When nothing fits, empty lines at the edges of
/// `oldText` are cut off and it is tried again. Line ends of the file are kept. Pure. Errors are for a model: NotFound
/// quotes the nearest place, Conflict names the lines of several hits, Invalid the rest.
Result<TextEdit> editText(const QString &text, const QString &oldText, const QString &newText);

} // namespace Flotilla
