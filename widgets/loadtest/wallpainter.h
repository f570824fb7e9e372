// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtypes.h"

#include <QImage>
#include <QPainter>

#include <array>

namespace Flotilla {

/// Paints cells of the wall. What a phase looks like is painted once per size and theme and then only copied.
class WallPainter
{
public:
    void prepare(const QSize &cell, double pixelRatio);
    void paintPhase(QPainter *painter, const QPoint &at, LoadPhase phase) const;
    void paintCard(QPainter *painter, const QPoint &at, const LoadRow &row) const; ///< instead of a picture
    void paintPicture(QPainter *painter, const QPoint &at, const QImage &picture) const;
    void forget() { m_cell = {}; } ///< the theme changed

private:
    QImage blank() const;
    QImage phaseSprite(LoadPhase phase) const;
    QImage frameSprite() const;
    double radius() const;
    QSize m_cell;
    double m_ratio = 1;
    std::array<QImage, loadPhases> m_phases;
    QImage m_frame; ///< the corners around a picture
};

} // namespace Flotilla
