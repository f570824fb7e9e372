// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow/rail.h"

#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int railButton = 40;

class RailLogo : public QWidget
{
public:
    RailLogo() { setFixedSize(railButton, railButton); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const QRectF box = squareIn(QRectF(rect()), 22);
        painter.drawPixmap(box.topLeft(), iconPixmap(QStringLiteral("boat"), colors().accent, 22, devicePixelRatioF()));
    }
};
} // namespace

RailButton::RailButton(const QString &iconName, const QString &text, const QString &shortcut)
    : m_iconName(iconName)
{
    setCheckable(true);
    setAccessibleName(text);
    setToolTip(shortcut.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, formatShortcut(shortcut)));
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::TabFocus);
    setFixedSize(sizeHint());
}

QSize RailButton::sizeHint() const
{
    return {railButton, railButton};
}

void RailButton::paintEvent(QPaintEvent *)
{
    const auto &c = colors();
    QPainter painter(this);
    if (isChecked())
        drawRounded(&painter, QRectF(rect()), Metric::radius, c.accentSoft);
    else if (underMouse())
        drawRounded(&painter, QRectF(rect()), Metric::radius, c.hover);
    const QRectF box = squareIn(QRectF(rect()), Metric::icon);
    const QColor tint = isChecked() ? c.accent : underMouse() ? c.text : c.muted;
    painter.drawPixmap(box.topLeft(), iconPixmap(m_iconName, tint, Metric::icon, devicePixelRatioF()));
    if (hasFocus())
        drawFocusRing(&painter, QRectF(rect()), Metric::radius);
}

Rail::Rail(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("rail"));
    setFixedWidth(Metric::rail);
    m_layout->setContentsMargins(Space::s, Space::s, Space::s, Space::m);
    m_layout->setSpacing(6);
    m_layout->addWidget(new RailLogo);
    m_layout->addSpacing(0);
    m_layout->addStretch(1);
}

void Rail::addPage(int page, const QString &iconName, const QString &text, const QString &shortcut, Place place)
{
    auto *button = new RailButton(iconName, text, shortcut);
    button->setObjectName(QStringLiteral("rail%1RailButton").arg(page));
    m_buttons.insert(page, button);
    if (place == Place::Top)
        m_layout->insertWidget(m_topCount++, button);
    else
        m_layout->addWidget(button);
    connect(button, &QAbstractButton::clicked, this, [this, page] { Q_EMIT pageRequested(page); });
}

void Rail::setPageVisible(int page, bool visible)
{
    m_buttons.value(page)->setVisible(visible);
}

void Rail::setCurrent(int page)
{
    for (auto it = m_buttons.cbegin(); it != m_buttons.cend(); ++it)
        it.value()->setChecked(it.key() == page);
}

void Rail::paintEvent(QPaintEvent *)
{
    const auto &c = colors();
    QPainter painter(this);
    painter.fillRect(rect(), c.surface);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), c.border);
}

} // namespace Flotilla
