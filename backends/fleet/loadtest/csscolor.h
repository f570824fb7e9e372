// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

#include <optional>

namespace Flotilla::CssColor {

/// The colours of a value of a style sheet, as 0xRRGGBB: #rgb to #rrggbbaa, rgb(), hsl() and the like, names if
/// `named`. Without those that let more than half of what is behind them through. Pure.
QList<quint32> inValue(const QByteArray &value, bool named);

/// "222 47% 11%": what custom properties hold for hsl(var(--x)).
std::optional<quint32> ofTriplet(const QByteArray &value);

/// A colour of Tailwind 3 such as "slate-900", about: from the middle shade of its hue.
std::optional<quint32> ofTailwind(const QByteArray &hue, int shade);

} // namespace Flotilla::CssColor
