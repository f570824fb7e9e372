// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/painting.h"

#include "widgets/common/theme.h"

namespace Flotilla {

QRectF squareIn(const QRectF &rect, double side)
{
    const QPointF center = rect.center();
    return {qRound(center.x() - side / 2) * 1.0, qRound(center.y() - side / 2) * 1.0, side, side};
}

void drawRounded(QPainter *painter, const QRectF &rect, double radius, const QColor &fill, const QColor &edge)
{
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->setPen(edge.isValid() ? QPen(edge, 1) : QPen(Qt::NoPen));
    const double inset = edge.isValid() ? 0.5 : 0;
    painter->drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
}

void drawFocusRing(QPainter *painter, const QRectF &rect, double radius)
{
    const PainterState keep(painter);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colors().accent, 2));
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius);
}

void drawShadow(QPainter *painter, const QRectF &rect, double radius, int spread)
{
    const PainterState keep(painter);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    QColor color = colors().shadow;
    const double alpha = color.alphaF() / spread * 1.6;
    for (int i = spread; i > 0; --i) {
        const double fall = 1.0 - static_cast<double>(i) / spread;
        color.setAlphaF(static_cast<float>(alpha * fall * fall + 0.002));
        painter->setBrush(color);
        painter->drawRoundedRect(rect.adjusted(-i, -i + spread / 4.0, i, i + spread / 4.0), radius + i, radius + i);
    }
}

void drawDot(QPainter *painter, const QRectF &rect, const QColor &color)
{
    const PainterState keep(painter);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    const double radius = Metric::dot / 2.0;
    painter->drawEllipse(QPointF(rect.left() + radius, rect.center().y()), radius, radius);
}

} // namespace Flotilla
