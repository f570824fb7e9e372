// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Flotilla {

struct Palette;

/// The style sheet of the whole application from the tokens. What a style sheet cannot tint is in FlotillaStyle.
QString buildStyleSheet(const Palette &colors);

} // namespace Flotilla
