// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Flotilla {

/// The style sheet of load test reports: light, dark, print.
QString reportStyle();

} // namespace Flotilla
