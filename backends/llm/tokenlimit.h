// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/wireformat.h"

namespace Flotilla {

/// Finds in a refusal ("max_tokens: 32000 > 8192, which is the maximum ...") the most that the model allows and keeps
/// it. False when the text names no smaller number.
bool learnTokenLimit(const QString &message, qint64 sent, Quirks &quirks);

} // namespace Flotilla
