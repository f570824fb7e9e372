// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Flotilla {

struct CommandContext;

/// Says on standard error what the start of a sandbox waits for: an image that is fetched. At most once a second.
void showStartProgress(CommandContext *context);

} // namespace Flotilla
