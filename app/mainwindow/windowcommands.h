// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/appservices.h"
#include "widgets/common/commandpalette.h"

namespace Flotilla {

class MainWindow;

/// Everything the window can do now, for the palette: actions, pages, settings, and every app by its name.
QList<Command> windowCommands(MainWindow *window, const AppServices &services);

} // namespace Flotilla
