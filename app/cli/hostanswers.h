// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace Flotilla {

/// Answers what hosts ask while they connect: at a terminal the person does; a script says so beforehand with
/// --accept-new-host-key and --passphrase-fd, and is refused with a sentence otherwise. A changed host key is never
/// accepted. For the life of `context`.
void answerHostQuestions(CommandContext *context);

} // namespace Flotilla
