// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRect>

class QPainter;

namespace Flotilla {

struct LoadRow;

/// A drawing of an app that nobody has looked at: its title, its kind and its colours, as far as its files say so. Some
/// ten microseconds for a cell of the wall. The folded corner tells it from a picture.
namespace AppCard {

bool canDraw(const LoadRow &row); ///< live; without colours of its own it gets some from its title
void draw(QPainter *painter, const QRect &rect, const LoadRow &row);
/// The corner at the top right, over everything else; `behind` is what shows where the card is folded away.
void drawFold(QPainter *painter, const QRect &rect, const QColor &card, const QColor &behind);
QColor ground(const LoadRow &row);
bool hasColors(const LoadRow &row); ///< of its own

} // namespace AppCard

} // namespace Flotilla
