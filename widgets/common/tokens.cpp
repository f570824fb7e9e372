// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/tokens.h"

namespace Flotilla {

QColor Palette::status(StatusKind kind) const
{
    switch (kind) {
    case StatusKind::Live:
        return live;
    case StatusKind::Working:
        return working;
    case StatusKind::Building:
        return building;
    case StatusKind::Failed:
        return failed;
    case StatusKind::Partial:
        return partial;
    case StatusKind::Idle:
        break;
    }
    return idle;
}

const Palette &Palette::darkPalette()
{
    static const Palette palette{
        .dark = true,
        .window = QColor(0x0e1217),
        .surface = QColor(0x151a21),
        .raised = QColor(0x1c232c),
        .border = QColor(0x29323d),
        .text = QColor(0xe7ecf2),
        .muted = QColor(0x94a1b2),
        .faint = QColor(0x627083),
        .accent = QColor(0x2cc5a8),
        .accentFill = QColor(0x2cc5a8),
        .onAccent = QColor(0x04231d),
        .accentSoft = QColor(0x12352f),
        .live = QColor(0x3fb950),
        .working = QColor(0x58a6ff),
        .building = QColor(0xd9a53a),
        .failed = QColor(0xf0625a),
        .partial = QColor(0xe58a3c),
        .idle = QColor(0x7d8896),
        .hover = QColor(255, 255, 255, 13),
        .pressed = QColor(255, 255, 255, 22),
        .shadow = QColor(0, 0, 0, 110),
        .scrim = QColor(0, 0, 0, 120),
    };
    return palette;
}

const Palette &Palette::lightPalette()
{
    static const Palette palette{
        .dark = false,
        .window = QColor(0xf5f7f9),
        .surface = QColor(0xffffff),
        .raised = QColor(0xeef2f5),
        .border = QColor(0xd9e0e7),
        .text = QColor(0x17212c),
        .muted = QColor(0x566475),
        .faint = QColor(0x8794a3),
        .accent = QColor(0x0b8a75),
        .accentFill = QColor(0x097a66),
        .onAccent = QColor(0xffffff),
        .accentSoft = QColor(0xdff3ee),
        .live = QColor(0x1a7f37),
        .working = QColor(0x0969da),
        .building = QColor(0x936200),
        .failed = QColor(0xcf222e),
        .partial = QColor(0xb84a00),
        .idle = QColor(0x6e7781),
        .hover = QColor(23, 33, 44, 12),
        .pressed = QColor(23, 33, 44, 22),
        .shadow = QColor(23, 33, 44, 34),
        .scrim = QColor(23, 33, 44, 70),
    };
    return palette;
}

} // namespace Flotilla
