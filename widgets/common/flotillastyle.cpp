// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/flotillastyle.h"

#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>

namespace Flotilla {

namespace {

void drawCheckMark(const QStyleOption *option, QPainter *painter)
{
    const auto &c = colors();
    const bool on = option->state & QStyle::State_On;
    const bool half = option->state & QStyle::State_NoChange;
    const bool enabled = option->state & QStyle::State_Enabled;
    const QRectF box = squareIn(option->rect, 16);
    const QColor fill = on || half ? (enabled ? c.accentFill : c.faint) : c.surface;
    const QColor edge = on || half ? fill : (option->state & QStyle::State_MouseOver ? c.muted : c.faint);
    drawRounded(painter, box, 4, fill, edge);
    painter->setPen(QPen(c.onAccent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF o = box.topLeft();
    if (half)
        painter->drawLine(o + QPointF(4.5, 8), o + QPointF(11.5, 8));
    else if (on)
        painter->drawPolyline(QPolygonF{o + QPointF(4, 8.4), o + QPointF(7, 11.2), o + QPointF(12, 5.2)});
    if (option->state & QStyle::State_HasFocus)
        drawFocusRing(painter, box.adjusted(-2, -2, 2, 2), 6);
}

void drawRadioMark(const QStyleOption *option, QPainter *painter)
{
    const auto &c = colors();
    const bool on = option->state & QStyle::State_On;
    const QRectF box = squareIn(option->rect, 16);
    drawRounded(painter, box, 8, on ? c.accentFill : c.surface, on ? c.accentFill : c.faint);
    if (on) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(c.onAccent);
        painter->drawEllipse(box.center(), 3, 3);
    }
    if (option->state & QStyle::State_HasFocus)
        drawFocusRing(painter, box.adjusted(-2, -2, 2, 2), 10);
}

void drawArrow(QPainter *painter, const QRectF &rect, int quarterTurns, const QColor &color)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.center());
    painter->rotate(90.0 * quarterTurns);
    painter->setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter->drawPolyline(QPolygonF{QPointF(-3.5, -1.75), QPointF(0, 1.75), QPointF(3.5, -1.75)});
    painter->restore();
}

void drawField(const QStyleOption *option, QPainter *painter, const QColor &fill)
{
    const auto &c = colors();
    const bool focus = option->state & QStyle::State_HasFocus;
    const bool hover = option->state & QStyle::State_MouseOver && option->state & QStyle::State_Enabled;
    drawRounded(painter, QRectF(option->rect), Metric::radius, fill, hover ? c.faint : c.border);
    if (focus)
        drawFocusRing(painter, QRectF(option->rect), Metric::radius);
}

} // namespace

FlotillaStyle::FlotillaStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void FlotillaStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    const PainterState keep(painter);
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawCheckMark(option, painter);
    case PE_IndicatorRadioButton:
        return drawRadioMark(option, painter);
    case PE_IndicatorArrowDown:
        return drawArrow(painter, option->rect, 0, colors().muted);
    case PE_IndicatorArrowLeft:
        return drawArrow(painter, option->rect, 1, colors().muted);
    case PE_IndicatorArrowUp:
        return drawArrow(painter, option->rect, 2, colors().muted);
    case PE_IndicatorArrowRight:
        return drawArrow(painter, option->rect, 3, colors().muted);
    case PE_IndicatorBranch:
        if (option->state & State_Children)
            drawArrow(painter, option->rect, option->state & State_Open ? 0 : 3, colors().muted);
        return;
    case PE_FrameFocusRect:
        if (!qobject_cast<const QAbstractButton *>(widget)) // the mark or the frame has it
            drawFocusRing(painter, QRectF(option->rect), 6);
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void FlotillaStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                       const QWidget *widget) const
{
    const PainterState keep(painter);
    const auto &c = colors();
    if (control == CC_ComboBox) {
        drawField(option, painter, c.raised);
        const QRect arrow = option->rect.adjusted(option->rect.width() - 26, 0, -6, 0);
        return drawArrow(painter, arrow, 0, option->state & State_Enabled ? c.muted : c.faint);
    }
    if (control == CC_SpinBox) {
        drawField(option, painter, c.surface);
        drawArrow(painter, subControlRect(control, option, SC_SpinBoxUp, widget), 2, c.muted);
        return drawArrow(painter, subControlRect(control, option, SC_SpinBoxDown, widget), 0, c.muted);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect FlotillaStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                    const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    const bool field = (control == CC_ComboBox && part == SC_ComboBoxEditField) ||
                       (control == CC_SpinBox && part == SC_SpinBoxEditField);
    return field ? rect.adjusted(Space::s, 0, 0, 0) : rect;
}

QSize FlotillaStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                      const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_ComboBox || type == CT_SpinBox)
        result.setHeight(qMax(result.height(), Metric::control));
    if (type == CT_ComboBox || type == CT_SpinBox)
        result.rwidth() += Space::xl;
    return result;
}

int FlotillaStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return 20;
    case PM_SmallIconSize:
        return Metric::smallIcon;
    case PM_ButtonIconSize:
    case PM_ToolBarIconSize:
        return Metric::icon;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    case PM_TextCursorWidth:
        return 2;
    case PM_SplitterWidth:
        return 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FlotillaStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    case SH_ToolTip_WakeUpDelay:
        return 450;
    case SH_Widget_Animation_Duration:
        return Theme::instance().duration();
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QIcon FlotillaStyle::standardIcon(StandardPixmap pixmap, const QStyleOption *option, const QWidget *widget) const
{
    if (pixmap == SP_LineEditClearButton)
        return icon("close");
    return QProxyStyle::standardIcon(pixmap, option, widget);
}

void FlotillaStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    // Titles, file names and logs come from elsewhere, also into tool tips: tags in them are letters like all others.
    if (auto *label = qobject_cast<QLabel *>(widget); label && label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
    if (qobject_cast<QComboBox *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if (qobject_cast<QMenu *>(widget)) { // the rounded corners of the style sheet need a see-through window
        widget->setWindowFlag(Qt::FramelessWindowHint);
        widget->setWindowFlag(Qt::NoDropShadowWindowHint);
        widget->setAttribute(Qt::WA_TranslucentBackground);
    }
}

} // namespace Flotilla
