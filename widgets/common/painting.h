// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QRectF>

namespace Flotilla {

/// Saves a painter and restores it at the end of the scope.
class PainterState
{
public:
    explicit PainterState(QPainter *painter)
        : m_painter(painter)
    {
        m_painter->save();
    }
    ~PainterState() { m_painter->restore(); }
    Q_DISABLE_COPY_MOVE(PainterState)

private:
    QPainter *m_painter;
};

/// A square of `side` in the middle of `rect`, on whole pixels.
QRectF squareIn(const QRectF &rect, double side);
/// A rounded rectangle with a crisp edge of one pixel inside `rect`; an invalid `edge` draws none.
void drawRounded(QPainter *painter, const QRectF &rect, double radius, const QColor &fill, const QColor &edge = {});
/// The ring of the keyboard focus, two pixels in the accent, inside `rect`.
void drawFocusRing(QPainter *painter, const QRectF &rect, double radius);
/// A soft shadow around `rect` (drawn outside of it).
void drawShadow(QPainter *painter, const QRectF &rect, double radius, int spread);
/// A filled dot, vertically centred in `rect` at its left edge.
void drawDot(QPainter *painter, const QRectF &rect, const QColor &color);

} // namespace Flotilla
