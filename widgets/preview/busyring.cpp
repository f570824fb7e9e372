// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/busyring.h"

#include "widgets/common/theme.h"

#include <QPainter>

namespace Flotilla {

namespace {
constexpr int FrameMs = 33;
constexpr int DegreesPerFrame = 10;
} // namespace

BusyRing::BusyRing(QWidget *parent)
    : QWidget(parent)
{
    setFixedSize(sizeHint());
    m_timer.setInterval(FrameMs);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_angle = (m_angle + DegreesPerFrame) % 360;
        update();
    });
}

QSize BusyRing::sizeHint() const
{
    return {Metric::control, Metric::control};
}

void BusyRing::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF ring = QRectF(rect()).adjusted(3, 3, -3, -3);
    painter.setPen(QPen(colors().border, 3));
    painter.drawEllipse(ring);
    painter.setPen(QPen(colors().accent, 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, (90 - m_angle) * 16, -90 * 16);
}

void BusyRing::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!Theme::instance().reducedMotion())
        m_timer.start();
}

void BusyRing::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_timer.stop();
}

} // namespace Flotilla
