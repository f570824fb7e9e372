// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>

class QPainter;

namespace Flotilla {

class SampleHistory;

/// A small line of the last samples; gaps stay gaps. `floor`: the least the top of the box stands for, so that noise
/// around nothing does not look like a mountain range.
void drawSparkline(QPainter *painter, const QRectF &box, const SampleHistory &samples, const QColor &color,
                   float floor);

} // namespace Flotilla
