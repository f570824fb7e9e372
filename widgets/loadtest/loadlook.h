// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"
#include "widgets/common/tokens.h"

#include <QFont>
#include <QPainterPath>

namespace Flotilla {

/// How a phase looks everywhere on the Scale screen: a colour, a shape that does not need the colour, and a word.
struct PhaseLook
{
    QColor Palette::*color = &Palette::idle;
    double strength = 1; ///< of the colour, over the surface
};
PhaseLook lookOf(LoadPhase phase);
QColor phaseColor(LoadPhase phase);    ///< opaque, in the theme of now
QColor glyphColor(const QColor &cell); ///< of the sign on it
QString phaseWord(LoadPhase phase);    ///< "Live", "Building"
/// The sign of the phase inside a square of side 1; to be filled.
QPainterPath phaseGlyph(LoadPhase phase);
StatusKind statusOf(LoadPhase phase);
/// "This computer" for the local host, else its name.
QString hostName(const HostId &host);
/// "Simulated model: 27 s", "Built-in sampler (not a language model)", "Real model: ...".
QString modelLabel(const LoadSnapshot &snapshot);
/// "no_capacity" in words for people.
QString outcomeWord(const QString &outcome);

/// Time for a big display: "12.4 s", "3 min 20 s".
QString stageSeconds(double seconds);
/// How much larger than the type scale everything is on a stage of this height; at least 1.
double stageScale(const QSize &stage);
TextSize chartText(double scale, TextSize inWindow); ///< for Chart::setTextSize
QFont scaled(QFont font, double scale);              ///< not scaled when `scale` is 0

} // namespace Flotilla
