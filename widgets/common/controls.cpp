// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/controls.h"

#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVariant>

namespace Flotilla {

namespace {
QString toneName(Tone tone)
{
    switch (tone) {
    case Tone::Muted:
        return QStringLiteral("muted");
    case Tone::Faint:
        return QStringLiteral("faint");
    case Tone::Accent:
        return QStringLiteral("accent");
    case Tone::Live:
        return QStringLiteral("live");
    case Tone::Building:
        return QStringLiteral("building");
    case Tone::Failed:
        return QStringLiteral("failed");
    case Tone::Text:
        break;
    }
    return QStringLiteral("text");
}

QString kindName(ButtonKind kind)
{
    switch (kind) {
    case ButtonKind::Primary:
        return QStringLiteral("primary");
    case ButtonKind::Danger:
        return QStringLiteral("danger");
    case ButtonKind::Quiet:
        return QStringLiteral("quiet");
    case ButtonKind::Link:
        return QStringLiteral("link");
    case ButtonKind::Normal:
        break;
    }
    return QStringLiteral("normal");
}
void collectTabStops(const QLayout *layout, QList<QWidget *> &stops)
{
    for (int i = 0; layout && i < layout->count(); ++i) {
        if (const QLayout *inner = layout->itemAt(i)->layout())
            collectTabStops(inner, stops);
        QWidget *widget = layout->itemAt(i)->widget();
        if (widget && widget->focusPolicy() & Qt::TabFocus)
            stops.append(widget);
        if (widget)
            collectTabStops(widget->layout(), stops);
    }
}
} // namespace

void setTabOrderByLayout(QWidget *root, QWidget *next)
{
    QList<QWidget *> stops;
    collectTabStops(root->layout(), stops);
    stops.append(next);
    for (int i = 1; i < stops.size(); ++i)
        QWidget::setTabOrder(stops[i - 1], stops[i]);
}

void setStyleProperty(QWidget *widget, const char *name, const QVariant &value)
{
    if (widget->property(name) == value)
        return;
    widget->setProperty(name, value);
    if (!widget->testAttribute(Qt::WA_WState_Polished))
        return; // the first polish will read it; one more before it would lose a font set by hand
    const QFont font = widget->font();
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
    if (widget->font() != font && !qobject_cast<QPushButton *>(widget)) // a button has its weight from its kind
        widget->setFont(font);
    widget->update();
}

QLabel *makeLabel(const QString &text, TextSize size, Tone tone, QFont::Weight weight)
{
    auto *label = new QLabel(text);
    label->setFont(Theme::instance().font(size, weight));
    setTone(label, tone);
    return label;
}

void setTone(QWidget *label, Tone tone)
{
    setStyleProperty(label, "tone", toneName(tone));
}

QPushButton *makeButton(const QString &text, const QString &objectName, ButtonKind kind, const QString &iconName)
{
    auto *button = new QPushButton(text);
    button->setObjectName(objectName);
    button->setCursor(Qt::PointingHandCursor);
    setKind(button, kind);
    if (!iconName.isEmpty())
        button->setIcon(icon(iconName));
    button->setIconSize(QSize(Metric::smallIcon, Metric::smallIcon));
    return button;
}

void setKind(QPushButton *button, ButtonKind kind)
{
    setStyleProperty(button, "kind", kindName(kind));
    QEvent changed(QEvent::StyleChange); // a button keeps its size otherwise, and cuts bold text
    QCoreApplication::sendEvent(button, &changed);
    button->updateGeometry();
}

QToolButton *makeIconButton(const QString &iconName, const QString &text, const QString &objectName)
{
    auto *button = new QToolButton;
    button->setObjectName(objectName);
    button->setIcon(icon(iconName));
    button->setIconSize(QSize(Metric::icon, Metric::icon));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setCursor(Qt::PointingHandCursor);
    return button;
}

void addSearchIcon(QLineEdit *field)
{
    field->addAction(icon(QStringLiteral("search")), QLineEdit::LeadingPosition);
    setStyleProperty(field, "leading", QStringLiteral("icon"));
}

QFrame *makeLine(Qt::Orientation orientation)
{
    auto *line = new QFrame;
    setStyleProperty(line, "kind", orientation == Qt::Horizontal ? QStringLiteral("line") : QStringLiteral("vline"));
    return line;
}

void setSurface(QWidget *widget, const char *surface)
{
    widget->setAttribute(Qt::WA_StyledBackground);
    setStyleProperty(widget, "surface", QString::fromLatin1(surface));
}

} // namespace Flotilla
