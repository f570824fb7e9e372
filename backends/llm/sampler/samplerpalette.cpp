// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/llm/sampler/samplerpalette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>

namespace Flotilla {

namespace {

constexpr double enough = 4.6;

double gamma(double linear)
{
    return linear <= 0.0031308 ? 12.92 * linear : 1.055 * std::pow(linear, 1 / 2.4) - 0.055;
}

double linear(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

std::array<double, 3> linearFromOklch(double lightness, double chroma, double hue)
{
    const double angle = hue * std::numbers::pi / 180;
    const double a = chroma * std::cos(angle);
    const double b = chroma * std::sin(angle);
    const double l = std::pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
    const double m = std::pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
    const double s = std::pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
    return {4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
            -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
            -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

double luminance(const Rgb &colour)
{
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

/// The colour moved in lightness, by `step`, until it can be read on `ground`.
Rgb readable(double lightness, double chroma, double hue, const Rgb &ground, double step)
{
    Rgb colour = fromOklch(lightness, chroma, hue);
    while (contrast(colour, ground) < enough && lightness > 0.02 && lightness < 0.98) {
        lightness += step;
        colour = fromOklch(lightness, chroma, hue);
    }
    return colour;
}

struct Variables
{
    QString css;
    void set(const char *name, const Rgb &colour) { set(name, hexOf(colour)); }
    void set(const char *name, const QString &value)
    {
        css += QStringLiteral("  --%1: %2;\n").arg(QLatin1String(name), value);
    }
};

Rgb white()
{
    return {1, 1, 1};
}

/// The ground on which text and controls stand; the darkest of the light ones, the lightest of the dark ones.
Rgb raisedOf(const Recipe &recipe, bool dark)
{
    const double c = recipe.chroma;
    if (recipe.tinted)
        return dark ? fromOklch(0.335, 0.060 * c, recipe.hue) : fromOklch(0.885, 0.060 * c, recipe.hue);
    return dark ? fromOklch(0.285, 0.026 * c, recipe.hue) : fromOklch(0.935, 0.020 * c, recipe.hue);
}

/// Nothing when it could not be told from the cards it stands on.
std::optional<Rgb> exactAccent(const Recipe &recipe, bool dark)
{
    if (recipe.exact.isEmpty())
        return std::nullopt;
    const Rgb exact = rgbOf(recipe.exact);
    const bool seen = dark ? contrast(exact, fromOklch(0.232, 0, 0)) > 1.4 : contrast(exact, white()) > 1.15;
    return seen ? std::optional(exact) : std::nullopt;
}

struct Accent
{
    Rgb fill;
    Rgb strong;
    Rgb text; ///< on the fill
};

Accent accentOf(const Recipe &recipe, bool dark)
{
    const double c = recipe.chroma;
    const double h = recipe.accent;
    if (const auto exact = exactAccent(recipe, dark)) {
        const Rgb ink = fromOklch(0.08, 0.02, h);
        const bool pale = contrast(*exact, ink) > contrast(*exact, white());
        const Oklch colour = toOklch(*exact);
        return {*exact, fromOklch(colour.lightness + (pale ? 0.05 : -0.06), colour.chroma, colour.hue),
                pale ? ink : white()};
    }
    const bool pale = dark || (h > 75 && h < 125); // a yellow with white text would be brown
    const double base = pale ? 0.80 : 0.56;
    const Rgb text = pale ? fromOklch(0.20, 0.04 * c, h) : white();
    return {readable(base, 0.165 * c, h, text, pale ? 0.01 : -0.01), fromOklch(pale ? base + 0.05 : 0.48, 0.165 * c, h),
            text};
}

void setAccents(Variables &variables, const Recipe &recipe, bool dark, const Rgb &ground)
{
    const double c = recipe.chroma;
    const Accent accent = accentOf(recipe, dark);
    variables.set("accent", accent.fill);
    variables.set("accent-strong", accent.strong);
    variables.set("on-accent", accent.text);
    const Rgb soft = dark ? fromOklch(0.32, 0.055 * c, recipe.accent) : fromOklch(0.93, 0.045 * c, recipe.accent);
    variables.set("soft", soft);
    variables.set("soft2", dark ? fromOklch(0.29, 0.04 * c, recipe.hue) : fromOklch(0.935, 0.035 * c, recipe.hue));
    variables.set("on-soft", readable(dark ? 0.86 : 0.42, 0.10 * c, recipe.accent, soft, dark ? 0.01 : -0.01));
    variables.set("accent-text", readable(dark ? 0.80 : 0.52, 0.15 * c, recipe.accent, ground, dark ? 0.01 : -0.01));
}

void setGrounds(Variables &variables, const Recipe &recipe, bool dark)
{
    const double c = recipe.chroma;
    const double h = recipe.hue;
    const auto shade = [&](double light, double lightChroma, double darkness, double darkChroma) {
        return dark ? fromOklch(darkness, darkChroma * c, h) : fromOklch(light, lightChroma * c, h);
    };
    const bool t = recipe.tinted;
    variables.set("bg", t ? shade(0.905, 0.070, 0.255, 0.070) : shade(0.968, 0.014, 0.185, 0.020));
    variables.set("bg2", t ? shade(0.890, 0.075, 0.285, 0.075) : shade(0.942, 0.022, 0.215, 0.026));
    variables.set("surface", t ? shade(0.965, 0.025, 0.290, 0.045) : shade(0.993, 0.004, 0.232, 0.022));
    variables.set("raised", raisedOf(recipe, dark));
    variables.set("line", t ? shade(0.820, 0.060, 0.400, 0.060) : shade(0.885, 0.020, 0.345, 0.026));
}

void setHero(Variables &variables, const Recipe &recipe, bool dark)
{
    const double c = recipe.chroma;
    const bool deep = recipe.seed % 3 != 0 || dark;
    const Rgb ground =
        deep ? fromOklch(dark ? 0.30 : 0.38, 0.085 * c, recipe.hue) : fromOklch(0.885, 0.075 * c, recipe.hue);
    const Rgb far =
        deep ? fromOklch(dark ? 0.26 : 0.33, 0.09 * c, recipe.hue + 24) : fromOklch(0.91, 0.07 * c, recipe.hue + 30);
    variables.set("hero", QStringLiteral("linear-gradient(118deg, %1, %2)").arg(hexOf(ground), hexOf(far)));
    variables.set("hero-solid", deep ? ground : fromOklch(0.97, 0.02 * c, recipe.hue));
    variables.set("on-hero", deep ? fromOklch(0.965, 0.02 * c, recipe.hue) : fromOklch(0.26, 0.06 * c, recipe.hue));
}

void setSeries(Variables &variables, const Recipe &recipe, bool dark)
{
    static constexpr std::array<int, 6> turns{0, 48, 150, 205, 268, 318};
    static constexpr std::array<double, 6> lifts{0, 0.10, 0.02, -0.04, 0.06, 0.12};
    for (size_t i = 0; i < turns.size(); ++i) {
        const Rgb colour = fromOklch((dark ? 0.72 : 0.60) + lifts[i], 0.125 * recipe.chroma, recipe.accent + turns[i]);
        variables.set(QByteArray("c" + QByteArray::number(qlonglong(i + 1))).constData(), colour);
    }
}

QString modeCss(const Recipe &recipe, bool dark)
{
    const double c = recipe.chroma;
    const double h = recipe.hue;
    Variables v;
    const Rgb raised = raisedOf(recipe, dark);
    setGrounds(v, recipe, dark);
    v.set("text", dark ? fromOklch(0.955, 0.012 * c, h) : fromOklch(0.245, 0.035 * c, h));
    v.set("muted", readable(dark ? 0.74 : 0.50, 0.026 * c, h, raised, dark ? 0.01 : -0.01));
    v.set("ink", dark ? fromOklch(0.58, 0.03 * c, h) : fromOklch(0.22, 0.05 * c, h));
    v.set("grid", dark ? fromOklch(0.215, 0.02 * c, h) : fromOklch(0.945, 0.016 * c, h));
    setAccents(v, recipe, dark, raised);
    setHero(v, recipe, dark);
    setSeries(v, recipe, dark);
    v.set("good", dark ? fromOklch(0.78, 0.14, 150) : fromOklch(0.50, 0.13, 150));
    v.set("bad", dark ? fromOklch(0.74, 0.14, 25) : fromOklch(0.52, 0.17, 27));
    v.set("shadow", dark ? QStringLiteral("0 1px 2px rgba(0, 0, 0, 0.4)")
                         : QStringLiteral("0 1px 2px rgba(20, 24, 32, 0.06), 0 4px 16px rgba(20, 24, 32, 0.05)"));
    v.set("shadow-big", dark ? QStringLiteral("0 12px 32px rgba(0, 0, 0, 0.38)")
                             : QStringLiteral("0 14px 40px rgba(20, 24, 32, 0.09)"));
    return v.css + QStringLiteral("  --color-scheme: %1;\n").arg(dark ? QLatin1String("dark") : QLatin1String("light"));
}

} // namespace

Rgb fromOklch(double lightness, double chroma, double hue)
{
    auto rgb = linearFromOklch(lightness, chroma, hue);
    const auto outside = [&rgb] {
        return std::any_of(rgb.begin(), rgb.end(), [](double v) { return v < -0.0005 || v > 1.0005; });
    };
    while (outside() && chroma > 0.002) {
        chroma *= 0.96;
        rgb = linearFromOklch(lightness, chroma, hue);
    }
    const auto channel = [](double value) { return gamma(std::clamp(value, 0.0, 1.0)); };
    return {channel(rgb[0]), channel(rgb[1]), channel(rgb[2])};
}

double contrast(const Rgb &a, const Rgb &b)
{
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return std::max(first, second) / std::min(first, second);
}

QString hexOf(const Rgb &colour)
{
    const auto byte = [](double value) {
        return QStringLiteral("%1").arg(qRound(value * 255), 2, 16, QLatin1Char('0'));
    };
    return QLatin1Char('#') + byte(colour.red) + byte(colour.green) + byte(colour.blue);
}

Rgb rgbOf(const QString &hex)
{
    const uint value = hex.mid(1).toUInt(nullptr, 16);
    return {(value >> 16 & 255) / 255.0, (value >> 8 & 255) / 255.0, (value & 255) / 255.0};
}

Oklch toOklch(const Rgb &colour)
{
    const double r = linear(colour.red);
    const double g = linear(colour.green);
    const double b = linear(colour.blue);
    const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    const double first = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
    const double second = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
    const double hue = std::atan2(second, first) * 180 / std::numbers::pi;
    return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, std::hypot(first, second),
            hue < 0 ? hue + 360 : hue};
}

bool showsExactly(const Recipe &recipe)
{
    const bool dark = recipe.mode == QLatin1String("dark");
    return !recipe.exact.isEmpty() && exactAccent(recipe, dark).has_value();
}

QString paletteCss(const Recipe &recipe)
{
    const QString light = modeCss(recipe, false);
    const QString dark = modeCss(recipe, true);
    const bool startsDark = recipe.mode == QLatin1String("dark");
    return QLatin1String(":root {\n") + (startsDark ? dark : light) + QLatin1String("}\n\n:root[data-mode='") +
           (startsDark ? QLatin1String("light") : QLatin1String("dark")) + QLatin1String("'] {\n") +
           (startsDark ? light : dark) + QLatin1String("}\n");
}

} // namespace Flotilla
