// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chip.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QEvent>
#include <QMenu>
#include <QPainter>

namespace Flotilla {

namespace {
constexpr int chipPadding = 11;
constexpr int chipArrow = 14;
} // namespace

Chip::Chip(const QString &text, QWidget *parent)
    : QAbstractButton(parent)
{
    setText(text);
    setFont(Theme::instance().font(TextSize::Base));
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setIconSize(QSize(Metric::smallIcon, Metric::smallIcon));
}

void Chip::setMenu(QMenu *menu)
{
    delete std::exchange(m_menu, menu);
    menu->setParent(this, menu->windowFlags());
    disconnect(this, &QAbstractButton::clicked, this, nullptr);
    connect(this, &QAbstractButton::clicked, this, [this] { m_menu->popup(mapToGlobal(QPoint(0, height() + 4))); });
    updateGeometry();
}

void Chip::setStatus(std::optional<StatusKind> status)
{
    m_status = status;
    updateGeometry();
    update();
}

void Chip::setStatic(bool isStatic)
{
    m_static = isStatic;
    setCursor(isStatic ? Qt::ArrowCursor : Qt::PointingHandCursor);
    setFocusPolicy(isStatic ? Qt::NoFocus : Qt::TabFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, isStatic && toolTip().isEmpty());
}

void Chip::setMaximumTextWidth(int width)
{
    m_maximumTextWidth = width;
    updateGeometry();
}

QString Chip::shownText() const
{
    return fontMetrics().elidedText(text(), Qt::ElideRight, m_maximumTextWidth);
}

QSize Chip::sizeHint() const
{
    int width = fontMetrics().horizontalAdvance(shownText()) + 2 * chipPadding;
    if (m_menu)
        width += chipArrow;
    if (m_status)
        width += Metric::dot + 6;
    if (!icon().isNull())
        width += Metric::smallIcon + Space::xs;
    return {width, std::max(Metric::chip, fontMetrics().height() + Space::xs) + 2};
}

void Chip::paintEvent(QPaintEvent *)
{
    const auto &c = colors();
    QPainter painter(this);
    const bool hovered = underMouse() && isEnabled() && !m_static;
    const QRectF box(rect());
    drawRounded(&painter, box, box.height() / 2 - 0.5, isChecked() ? c.accentSoft : c.raised,
                hovered ? c.faint : c.border);
    QRect inner = rect().adjusted(chipPadding, 0, -chipPadding, 0);
    if (m_status) {
        drawDot(&painter, QRectF(inner), c.status(*m_status));
        inner.adjust(Metric::dot + 6, 0, 0, 0);
    }
    if (!icon().isNull()) {
        icon().paint(&painter,
                     QRect(inner.left() - 2, (height() - Metric::smallIcon) / 2, Metric::smallIcon, Metric::smallIcon));
        inner.adjust(Metric::smallIcon + 2, 0, 0, 0);
    }
    const QColor quiet = hovered || isChecked() ? c.text : c.muted;
    painter.setPen(!isEnabled() ? c.faint : m_status && *m_status != StatusKind::Idle ? c.status(*m_status) : quiet);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, shownText());
    if (m_menu) {
        const QRect arrow(rect().right() - chipPadding - 8, (height() - 12) / 2 + 1, 12, 12);
        painter.drawPixmap(arrow.topLeft(),
                           iconPixmap(QStringLiteral("chevron-down"), c.muted, 12, devicePixelRatioF()));
    }
    if (hasFocus())
        drawFocusRing(&painter, box, box.height() / 2 - 1);
}

bool Chip::event(QEvent *event)
{
    if (event->type() == QEvent::DynamicPropertyChange || event->type() == QEvent::FontChange)
        updateGeometry();
    return QAbstractButton::event(event);
}

} // namespace Flotilla
