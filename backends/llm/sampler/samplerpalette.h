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

/// OKLCH to sRGB (Ottosson 2020); chroma is reduced until the colour exists. Hue in degrees.
Rgb fromOklch(double lightness, double chroma, double hue);
/// WCAG 2 contrast ratio.
double contrast(const Rgb &a, const Rgb &b);
QString hexOf(const Rgb &colour);

/// The custom properties of both modes as CSS; text on its grounds has a contrast of at least 4.5.
QString paletteCss(const Recipe &recipe);

} // namespace Flotilla
