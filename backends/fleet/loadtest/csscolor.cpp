// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/loadtest/csscolor.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace Flotilla::CssColor {

namespace {

struct Name
{
    const char *name;
    quint32 color;
};

// What people write, not all of CSS; in order, for the search.
constexpr std::array names{
    Name{"aliceblue", 0xf0f8ff},      Name{"aqua", 0x00ffff},         Name{"aquamarine", 0x7fffd4},
    Name{"beige", 0xf5f5dc},          Name{"black", 0x000000},        Name{"blue", 0x0000ff},
    Name{"blueviolet", 0x8a2be2},     Name{"brown", 0xa52a2a},        Name{"chartreuse", 0x7fff00},
    Name{"chocolate", 0xd2691e},      Name{"coral", 0xff7f50},        Name{"cornflowerblue", 0x6495ed},
    Name{"cornsilk", 0xfff8dc},       Name{"crimson", 0xdc143c},      Name{"cyan", 0x00ffff},
    Name{"darkblue", 0x00008b},       Name{"darkcyan", 0x008b8b},     Name{"darkgreen", 0x006400},
    Name{"darkorange", 0xff8c00},     Name{"darkred", 0x8b0000},      Name{"darkslateblue", 0x483d8b},
    Name{"darkslategray", 0x2f4f4f},  Name{"deeppink", 0xff1493},     Name{"deepskyblue", 0x00bfff},
    Name{"dodgerblue", 0x1e90ff},     Name{"firebrick", 0xb22222},    Name{"forestgreen", 0x228b22},
    Name{"fuchsia", 0xff00ff},        Name{"ghostwhite", 0xf8f8ff},   Name{"gold", 0xffd700},
    Name{"goldenrod", 0xdaa520},      Name{"gray", 0x808080},         Name{"green", 0x008000},
    Name{"grey", 0x808080},           Name{"honeydew", 0xf0fff0},     Name{"hotpink", 0xff69b4},
    Name{"indianred", 0xcd5c5c},      Name{"indigo", 0x4b0082},       Name{"ivory", 0xfffff0},
    Name{"khaki", 0xf0e68c},          Name{"lavender", 0xe6e6fa},     Name{"lightblue", 0xadd8e6},
    Name{"lightgray", 0xd3d3d3},      Name{"lightgreen", 0x90ee90},   Name{"lightgrey", 0xd3d3d3},
    Name{"lime", 0x00ff00},           Name{"limegreen", 0x32cd32},    Name{"linen", 0xfaf0e6},
    Name{"magenta", 0xff00ff},        Name{"maroon", 0x800000},       Name{"mediumpurple", 0x9370db},
    Name{"mediumseagreen", 0x3cb371}, Name{"midnightblue", 0x191970}, Name{"mintcream", 0xf5fffa},
    Name{"navy", 0x000080},           Name{"olive", 0x808000},        Name{"orange", 0xffa500},
    Name{"orangered", 0xff4500},      Name{"orchid", 0xda70d6},       Name{"peru", 0xcd853f},
    Name{"pink", 0xffc0cb},           Name{"plum", 0xdda0dd},         Name{"purple", 0x800080},
    Name{"rebeccapurple", 0x663399},  Name{"red", 0xff0000},          Name{"royalblue", 0x4169e1},
    Name{"salmon", 0xfa8072},         Name{"seagreen", 0x2e8b57},     Name{"seashell", 0xfff5ee},
    Name{"sienna", 0xa0522d},         Name{"silver", 0xc0c0c0},       Name{"skyblue", 0x87ceeb},
    Name{"slateblue", 0x6a5acd},      Name{"slategray", 0x708090},    Name{"snow", 0xfffafa},
    Name{"springgreen", 0x00ff7f},    Name{"steelblue", 0x4682b4},    Name{"tan", 0xd2b48c},
    Name{"teal", 0x008080},           Name{"tomato", 0xff6347},       Name{"turquoise", 0x40e0d0},
    Name{"violet", 0xee82ee},         Name{"wheat", 0xf5deb3},        Name{"white", 0xffffff},
    Name{"whitesmoke", 0xf5f5f5},     Name{"yellow", 0xffff00},       Name{"yellowgreen", 0x9acd32},
};

// The shade 500 of each hue.
constexpr std::array hues{
    Name{"amber", 0xf59e0b},   Name{"blue", 0x3b82f6},    Name{"cyan", 0x06b6d4},   Name{"emerald", 0x10b981},
    Name{"fuchsia", 0xd946ef}, Name{"gray", 0x6b7280},    Name{"green", 0x22c55e},  Name{"indigo", 0x6366f1},
    Name{"lime", 0x84cc16},    Name{"neutral", 0x737373}, Name{"orange", 0xf97316}, Name{"pink", 0xec4899},
    Name{"purple", 0xa855f7},  Name{"red", 0xef4444},     Name{"rose", 0xf43f5e},   Name{"sky", 0x0ea5e9},
    Name{"slate", 0x64748b},   Name{"stone", 0x78716c},   Name{"teal", 0x14b8a6},   Name{"violet", 0x8b5cf6},
    Name{"yellow", 0xeab308},  Name{"zinc", 0x71717a},
};

template <size_t count>
std::optional<quint32> lookUp(const std::array<Name, count> &table, const QByteArray &name)
{
    const auto found =
        std::lower_bound(table.begin(), table.end(), name,
                         [](const Name &entry, const QByteArray &wanted) { return entry.name < wanted; });
    return found != table.end() && found->name == name ? std::optional(found->color) : std::nullopt;
}

bool isNameChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
}

quint32 packed(double red, double green, double blue)
{
    const auto byte = [](double channel) { return quint32(std::lround(std::clamp(channel, 0.0, 255.0))); };
    return byte(red) << 16 | byte(green) << 8 | byte(blue);
}

quint32 ofHsl(double hue, double saturation, double lightness)
{
    const double chroma = saturation * std::min(lightness, 1 - lightness);
    const auto channel = [&](double n) {
        const double k = std::fmod(n + std::fmod(std::fmod(hue, 360) + 360, 360) / 30, 12);
        return 255 * (lightness - chroma * std::max(-1.0, std::min({k - 3, 9 - k, 1.0})));
    };
    return packed(channel(0), channel(8), channel(4));
}

std::optional<quint32> ofHex(const QByteArray &digits)
{
    const bool isShort = digits.size() == 3 || digits.size() == 4;
    if (!isShort && digits.size() != 6 && digits.size() != 8)
        return std::nullopt;
    bool ok = false;
    digits.toUInt(&ok, 16);
    if (!ok)
        return std::nullopt;
    const uint value = digits.left(isShort ? 3 : 6).toUInt(nullptr, 16);
    if (!isShort)
        return value;
    return (value >> 8 & 15) * 0x110000 + (value >> 4 & 15) * 0x1100 + (value & 15) * 0x11;
}

struct Number
{
    double value = 0;
    bool isShare = false; ///< of 100 %, as 0 to 1
};

/// "210deg, 40%, 50% / 0.3"; empty: something else is among it.
QList<Number> numbersIn(QByteArray text)
{
    QList<Number> numbers;
    text.replace(',', ' ').replace('/', ' ').replace("deg", " ");
    const QByteArrayList words = text.simplified().split(' ');
    for (const QByteArray &word : words) {
        bool ok = false;
        Number number{0, word.endsWith('%')};
        number.value = (number.isShare ? word.chopped(1) : word).toDouble(&ok);
        if (!ok || !std::isfinite(number.value))
            return {};
        if (number.isShare)
            number.value /= 100;
        numbers.append(number);
    }
    return numbers;
}

std::optional<quint32> ofFunction(const QByteArray &name, const QByteArray &arguments)
{
    const bool isRgb = name == "rgb" || name == "rgba";
    const QList<Number> n = numbersIn(arguments);
    if ((!isRgb && name != "hsl" && name != "hsla") || n.size() < 3 || (n.size() > 3 && n[3].value < 0.5))
        return std::nullopt;
    if (!isRgb)
        return ofHsl(n[0].value, std::clamp(n[1].value, 0.0, 1.0), std::clamp(n[2].value, 0.0, 1.0));
    const auto channel = [&n](qsizetype i) { return n[i].isShare ? n[i].value * 255 : n[i].value; };
    return packed(channel(0), channel(1), channel(2));
}

} // namespace

QList<quint32> inValue(const QByteArray &value, bool named)
{
    QList<quint32> colors;
    for (qsizetype at = 0; at < value.size();) {
        const bool isHex = value[at] == '#';
        const qsizetype begin = isHex ? at + 1 : at;
        qsizetype end = begin;
        while (end < value.size() && isNameChar(value[end]))
            ++end;
        const QByteArray word = value.mid(begin, end - begin).toLower();
        std::optional<quint32> color;
        if (isHex) {
            color = ofHex(word);
        } else if (!word.isEmpty() && end < value.size() && value[end] == '(') {
            const qsizetype close = value.indexOf(')', end);
            const bool isGroup = word.endsWith("gradient"); // its colours are read one by one
            if (!isGroup && close >= 0) {
                color = ofFunction(word, value.mid(end + 1, close - end - 1));
                end = close;
            }
        } else if (named) {
            color = lookUp(names, word);
        }
        if (color)
            colors.append(*color);
        at = std::max(end, at + 1);
    }
    return colors;
}

std::optional<quint32> ofTriplet(const QByteArray &value)
{
    const QList<Number> n = numbersIn(value);
    if (n.size() != 3 || n[0].isShare || !n[1].isShare || !n[2].isShare)
        return std::nullopt;
    return ofHsl(n[0].value, std::clamp(n[1].value, 0.0, 1.0), std::clamp(n[2].value, 0.0, 1.0));
}

std::optional<quint32> ofTailwind(const QByteArray &hue, int shade)
{
    const auto middle = lookUp(hues, hue);
    if (!middle || shade < 50 || shade > 950)
        return std::nullopt;
    const double distance = (shade - 500) / 500.0; // -0.9: nearly white, 0.9: nearly black
    const double kept = 1 - std::abs(distance) * (distance > 0 ? 0.95 : 1.02);
    const double other = distance > 0 ? 0 : 255;
    const auto mix = [&](int shift) { return (*middle >> shift & 255) * kept + other * (1 - kept); };
    return packed(mix(16), mix(8), mix(0));
}

} // namespace Flotilla::CssColor
