// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/llm/sampler/samplerrecipe.h"

namespace Flotilla {

struct Rgb
{
    double red = 0; ///< 0 to 1, sRGB
    double green = 0;
    double blue = 0;
};

struct Oklch
{
    double lightness = 0;
    double chroma = 0;
    double hue = 0; ///< degrees, 0 to 360
};

/// OKLCH to sRGB (Ottosson 2020); chroma is reduced until the colour exists. Hue in degrees.
Rgb fromOklch(double lightness, double chroma, double hue);
/// WCAG 2 contrast ratio.
double contrast(const Rgb &a, const Rgb &b);
QString hexOf(const Rgb &colour);
Rgb rgbOf(const QString &hex); ///< of "#rrggbb"
Oklch toOklch(const Rgb &colour);
/// False when the recipe has an exact accent that cannot be seen on its ground: a shade of it is used then.
bool showsExactly(const Recipe &recipe);

/// The custom properties of both modes as CSS; text on its grounds has a contrast of at least 4.5.
QString paletteCss(const Recipe &recipe);

} // namespace Flotilla
