// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/sampler/samplerrecipe.h"

namespace Flotilla {

struct FollowUp
{
    Recipe recipe;
    QStringList done;    ///< what changed, as short phrases: "the title is \"Tide\""
    QStringList refused; ///< what was understood but cannot be done, as sentences
    bool understood() const { return !done.isEmpty() || !refused.isEmpty(); }
};

/// What a later wish changes: title, colours, dark or light, sections, text size, corners, spacing, typeface, style,
/// place of the name, names of things, another kind of app. Several at once. Pure.
FollowUp followUp(const Recipe &current, const QString &wish);

} // namespace Flotilla
