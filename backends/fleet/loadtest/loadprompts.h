// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QStringList>

namespace Flotilla {

/// Built-in wishes for load tests: index 0, 1, 2, ... give different ones until they are used up. The order depends on
/// `seed` only. Plain English, as a person would type it.
QString loadPrompt(int index, quint64 seed);
int loadPromptCount(); ///< how many different ones there are

/// One wish a line of a text file, 2 MB at most; empty lines do not count. Blocking.
Result<QStringList> loadPromptsFromFile(const QString &path);

} // namespace Flotilla
