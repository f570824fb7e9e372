// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>

namespace Flotilla {

/// Every colour, size and duration of the window. Nothing else names one.
namespace Space {
inline constexpr int xs = 4, s = 8, m = 12, l = 16, xl = 24, page = 32;
}

namespace Metric {
inline constexpr int radius = 8, cardRadius = 10;
inline constexpr int control = 32, chip = 24, row = 36, bar = 48, rail = 56;
inline constexpr int icon = 20, smallIcon = 16, dot = 8;
inline constexpr int promptWidth = 720, toastWidth = 420, paletteWidth = 600, settingsWidth = 680;
inline constexpr int cardMinWidth = 208;
inline constexpr int windowWidth = 1440, windowHeight = 900, windowMinWidth = 880, windowMinHeight = 560;
} // namespace Metric

namespace Motion {
inline constexpr int quick = 120, normal = 150; ///< milliseconds
}

/// Pixel sizes of the type scale.
enum class TextSize { Small = 11, Base = 13, Large = 15, Title = 20, Hero = 28, Display = 44, Counter = 84 };

/// The six states that a dot can show. A dot never stands without its word.
enum class StatusKind { Live, Working, Building, Failed, Partial, Idle };

struct Palette
{
    bool dark = false;
    QColor window, surface, raised, border;
    QColor text, muted, faint;                       ///< faint is decoration only, never a text that must be read
    QColor accent, accentFill, onAccent, accentSoft; ///< accentFill: behind onAccent, at 4.5:1
    QColor live, working, building, failed, partial, idle;
    QColor hover, pressed; ///< translucent, over any background
    QColor shadow, scrim;  ///< translucent black

    QColor status(StatusKind kind) const;

    static const Palette &lightPalette();
    static const Palette &darkPalette();
};

} // namespace Flotilla
