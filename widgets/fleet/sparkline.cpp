// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/sparkline.h"

#include "widgets/fleet/samplehistory.h"

#include <QPainter>

#include <array>

namespace Flotilla {

void drawSparkline(QPainter *painter, const QRectF &box, const SampleHistory &samples, const QColor &color, float floor)
{
    const int count = samples.count();
    if (count < 2)
        return;
    float top = floor, bottom = samples.at(count - 1) < 0 ? 0 : samples.at(count - 1);
    for (int i = 0; i < count; ++i) {
        top = qMax(top, samples.at(i));
        if (samples.at(i) >= 0)
            bottom = qMin(bottom, samples.at(i));
    }
    if (top - bottom > floor)
        bottom = qMax(0.0F, bottom - (top - bottom) * 0.15F);
    else
        bottom = qMax(0.0F, top - floor);
    const double step = box.width() / (SampleHistory::capacity - 1);
    const double left = box.right() - step * (count - 1); // the newest is at the right edge
    std::array<QPointF, SampleHistory::capacity> line;
    int points = 0;
    painter->setPen(QPen(color, 1.25));
    const auto draw = [&] {
        if (points > 1)
            painter->drawPolyline(line.data(), points);
        points = 0;
    };
    for (int i = 0; i < count; ++i) {
        const float value = samples.at(i);
        if (value < 0) {
            draw();
            continue;
        }
        const double share = top > bottom ? double(value - bottom) / double(top - bottom) : 0;
        line[size_t(points++)] = {left + i * step, box.bottom() - share * box.height()};
    }
    draw();
}

} // namespace Flotilla
