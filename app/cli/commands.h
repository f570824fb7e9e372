// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace Flotilla::Commands {

// turns
CommandTask create(CommandContext *context);
CommandTask edit(CommandContext *context);
CommandTask importApp(CommandContext *context);
// apps
CommandTask apps(CommandContext *context);
CommandTask show(CommandContext *context);
CommandTask files(CommandContext *context);
CommandTask cat(CommandContext *context);
CommandTask exportApp(CommandContext *context);
CommandTask versions(CommandContext *context);
CommandTask restore(CommandContext *context);
CommandTask remove(CommandContext *context);
// sandboxes
CommandTask fetch(CommandContext *context);
CommandTask exec(CommandContext *context);
CommandTask logs(CommandContext *context);
CommandTask ps(CommandContext *context);
CommandTask stop(CommandContext *context);
// load tests
CommandTask loadtest(CommandContext *context);
CommandTask runs(CommandContext *context);
CommandTask replay(CommandContext *context);
// hosts and the board
CommandTask hosts(CommandContext *context);
CommandTask images(CommandContext *context);
CommandTask move(CommandContext *context);
CommandTask label(CommandContext *context);
CommandTask stats(CommandContext *context);
CommandTask events(CommandContext *context);
CommandTask snapshot(CommandContext *context);
CommandTask snapshots(CommandContext *context);
CommandTask fork(CommandContext *context);
// system
CommandTask serve(CommandContext *context);
CommandTask models(CommandContext *context);
CommandTask doctor(CommandContext *context);

} // namespace Flotilla::Commands
