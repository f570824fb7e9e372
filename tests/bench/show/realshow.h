// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

namespace Flotilla {

/// The real window over real sandboxes, on a store of its own: Start, 0 to `count`, a hold with pictures. The same
/// figures as with the fake, and what the run itself says.
QJsonObject measureReal(int count, double holdSeconds);

} // namespace Flotilla
