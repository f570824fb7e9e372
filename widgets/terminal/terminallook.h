// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace Flotilla {

/// The terminal in the colours, sizes and fonts of the theme in force, as its page wants them.
QJsonObject terminalLook();

} // namespace Flotilla
