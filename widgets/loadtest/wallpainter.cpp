// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/wallpainter.h"

#include "widgets/common/theme.h"
#include "widgets/loadtest/appcard.h"
#include "widgets/loadtest/loadlook.h"

namespace Flotilla {

namespace {
constexpr int smallestGlyphCell = 9; // below, brightness and the notch of a failure tell the phases apart
}

void WallPainter::prepare(const QSize &cell, double pixelRatio)
{
    if (m_cell == cell && qFuzzyCompare(m_ratio, pixelRatio))
        return;
    m_cell = cell;
    m_ratio = pixelRatio;
    for (size_t i = 0; i < loadPhases; ++i)
        m_phases[i] = phaseSprite(LoadPhase(i));
    m_frame = frameSprite();
}

double WallPainter::radius() const
{
    const int side = std::min(m_cell.width(), m_cell.height());
    return side < 8 ? 0 : side < 14 ? 1.5 : side < 40 ? 2.5 : 6;
}

QImage WallPainter::blank() const
{
    QImage image(m_cell * m_ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(m_ratio);
    image.fill(colors().surface);
    return image;
}

QImage WallPainter::phaseSprite(LoadPhase phase) const
{
    QImage image = blank();
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing, radius() > 0);
    painter.setPen(Qt::NoPen);
    const QColor color = phaseColor(phase);
    painter.setBrush(color);
    painter.drawRoundedRect(QRectF(QPointF(), QSizeF(m_cell)), radius(), radius());
    const int side = std::min(m_cell.width(), m_cell.height());
    painter.setBrush(glyphColor(color));
    if (side < smallestGlyphCell) {
        if (phase == LoadPhase::Failed || phase == LoadPhase::Partial) // a notch: not by colour alone
            painter.drawRect(
                QRectF(m_cell.width() * 0.3, m_cell.height() * 0.3, m_cell.width() * 0.4, m_cell.height() * 0.4));
        return image;
    }
    const double size = std::min(side * 0.62, 28.0);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate((m_cell.width() - size) / 2, (m_cell.height() - size) / 2);
    painter.scale(size, size);
    painter.drawPath(phaseGlyph(phase));
    return image;
}

QImage WallPainter::frameSprite() const
{
    QImage image(m_cell * m_ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(m_ratio);
    image.fill(colors().surface);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setCompositionMode(QPainter::CompositionMode_DestinationOut);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::black);
    painter.drawRoundedRect(QRectF(QPointF(), QSizeF(m_cell)), radius(), radius());
    if (colors().dark)
        return image;
    painter.setCompositionMode(QPainter::CompositionMode_SourceOver); // white pages on a white card need an edge
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors().border, 1));
    painter.drawRoundedRect(QRectF(QPointF(), QSizeF(m_cell)).adjusted(0.5, 0.5, -0.5, -0.5), radius(), radius());
    return image;
}

void WallPainter::paintPhase(QPainter *painter, const QPoint &at, LoadPhase phase) const
{
    painter->drawImage(at, m_phases[size_t(phase)]);
}

void WallPainter::paintCard(QPainter *painter, const QPoint &at, const LoadRow &row) const
{
    const QRect cell(at, m_cell);
    AppCard::draw(painter, cell, row);
    if (radius() > 0)
        painter->drawImage(at, m_frame);
    AppCard::drawFold(painter, cell, AppCard::ground(row), colors().surface);
}

void WallPainter::paintPicture(QPainter *painter, const QPoint &at, const QImage &picture) const
{
    const double scale = std::max(double(m_cell.width()) / picture.width(), double(m_cell.height()) / picture.height());
    const QSizeF part(m_cell.width() / scale, m_cell.height() / scale);
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(QRectF(at, QSizeF(m_cell)), picture,
                       QRectF(QPointF((picture.width() - part.width()) / 2, 0), part));
    if (radius() > 0)
        painter->drawImage(at, m_frame);
}

} // namespace Flotilla
