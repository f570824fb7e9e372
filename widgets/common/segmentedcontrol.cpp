// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/segmentedcontrol.h"

#include "widgets/common/format.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>

namespace Flotilla {

SegmentedControl::SegmentedControl(QWidget *parent, Look look)
    : QWidget(parent)
    , m_look(look)
    , m_padding(Space::m)
{
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(Theme::instance().font());
}

int SegmentedControl::addSegment(const QString &text, const QString &toolTip)
{
    m_segments.append({text, toolTip, -1, false});
    if (m_current < 0)
        m_current = 0;
    updateGeometry();
    return count() - 1;
}

void SegmentedControl::setText(int index, const QString &text)
{
    m_segments[index].text = text;
    updateGeometry();
    update();
}

void SegmentedControl::setCount(int index, int count)
{
    if (std::exchange(m_segments[index].count, count) == count)
        return;
    updateGeometry();
    update();
}

void SegmentedControl::setAlert(int index, bool alert)
{
    m_segments[index].alert = alert;
    update();
}

void SegmentedControl::setCompact(bool compact)
{
    m_compact = compact;
    m_padding = compact ? Space::s : Space::m;
    setSizePolicy(compact ? QSizePolicy::Maximum : QSizePolicy::Fixed, QSizePolicy::Fixed);
    updateGeometry();
    update();
}

void SegmentedControl::setCurrent(int index)
{
    if (index < 0 || index >= count() || index == m_current)
        return;
    m_current = index;
    update();
    Q_EMIT currentChanged(index);
}

int SegmentedControl::segmentWidth(const Segment &segment, int padding) const
{
    int width = fontMetrics().horizontalAdvance(segment.text) + 2 * padding;
    if (segment.count >= 0)
        width += fontMetrics().horizontalAdvance(formatCount(segment.count)) + Space::xs + 1;
    return width;
}

QRect SegmentedControl::segmentRect(int index) const
{
    const int gap = m_look == Look::Plain ? Space::xs : 0;
    int left = m_look == Look::Framed ? 1 : 0;
    for (int i = 0; i < index; ++i)
        left += segmentWidth(m_segments[i], m_padding) + gap;
    const int inset = m_look == Look::Framed ? 1 : 0;
    return {left, inset, segmentWidth(m_segments[index], m_padding), height() - 2 * inset};
}

int SegmentedControl::segmentAt(const QPoint &point) const
{
    for (int i = 0; i < count(); ++i) {
        if (segmentRect(i).contains(point))
            return i;
    }
    return -1;
}

int SegmentedControl::widthWith(int padding) const
{
    const int gap = m_look == Look::Plain ? Space::xs : 0;
    int width = m_look == Look::Framed ? 2 : 0;
    for (const auto &segment : m_segments)
        width += segmentWidth(segment, padding) + gap;
    return qMax(0, width - gap);
}

QSize SegmentedControl::sizeHint() const
{
    return {widthWith(m_compact ? Space::s : Space::m), Metric::control};
}

QSize SegmentedControl::minimumSizeHint() const
{
    return {widthWith(m_compact ? Space::xs : Space::m), Metric::control};
}

void SegmentedControl::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (!m_compact)
        return;
    m_padding = Space::s;
    while (m_padding > Space::xs && widthWith(m_padding) > width())
        --m_padding;
    update();
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    const auto &c = colors();
    QPainter painter(this);
    if (m_look == Look::Framed)
        drawRounded(&painter, QRectF(rect()), Metric::radius, {}, c.border);
    for (int i = 0; i < count(); ++i) {
        const auto &segment = m_segments[i];
        const QRect box = segmentRect(i);
        if (i == m_current)
            drawRounded(&painter, QRectF(box), Metric::radius - (m_look == Look::Framed ? 1 : 0), c.raised);
        QRect inner = box.adjusted(m_padding, 0, -m_padding, 0);
        painter.setPen(segment.alert ? c.failed : i == m_current || i == m_hovered ? c.text : c.muted);
        painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, segment.text);
        if (segment.count >= 0) {
            painter.setPen(segment.alert ? c.failed : c.muted);
            painter.drawText(inner, Qt::AlignVCenter | Qt::AlignRight, formatCount(segment.count));
        }
        if (hasFocus() && m_byKeyboard && i == m_current)
            drawFocusRing(&painter, QRectF(box), Metric::radius - 1);
    }
}

void SegmentedControl::mousePressEvent(QMouseEvent *event)
{
    const int index = segmentAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index >= 0)
        setCurrent(index);
}

void SegmentedControl::mouseMoveEvent(QMouseEvent *event)
{
    const int index = segmentAt(event->position().toPoint());
    if (std::exchange(m_hovered, index) != index)
        update();
}

void SegmentedControl::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void SegmentedControl::focusInEvent(QFocusEvent *event)
{
    const Qt::FocusReason reason = event->reason();
    if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
        m_byKeyboard = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason;
    QWidget::focusInEvent(event);
}

void SegmentedControl::keyPressEvent(QKeyEvent *event)
{
    m_byKeyboard = true;
    update();
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0)
        return QWidget::keyPressEvent(event);
    setCurrent(qBound(0, m_current + step, count() - 1));
}

bool SegmentedControl::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = segmentAt(help->pos());
        QToolTip::showText(help->globalPos(), index >= 0 ? m_segments[index].toolTip : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace Flotilla
