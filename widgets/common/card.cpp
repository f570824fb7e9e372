// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/card.h"

#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QVBoxLayout>

namespace Flotilla {

Card::Card(QWidget *parent, Fill fill)
    : QWidget(parent)
    , m_fill(fill)
{
}

/// QWidget gives up the focus of a proxy when it goes: the field would still tell us.
Card::~Card()
{
    setFocusProxy(nullptr);
}

void Card::setFill(Fill fill)
{
    m_fill = fill;
    update();
}

void Card::setHighlighted(bool highlighted)
{
    m_highlighted = highlighted;
    update();
}

void Card::setField(QWidget *field)
{
    setFocusProxy(field);
    setFocusPolicy(Qt::ClickFocus);
}

void Card::paintEvent(QPaintEvent *)
{
    const auto &c = colors();
    QPainter painter(this);
    const QColor fills[] = {c.surface, c.window, c.raised, c.accentSoft};
    const QColor fill = fills[static_cast<int>(m_fill)];
    const QColor edge = m_highlighted ? c.accent : m_fill == Fill::Accent ? fill : c.border;
    drawRounded(&painter, QRectF(rect()), Metric::cardRadius, fill, edge);
}

ShadowFrame::ShadowFrame(QWidget *content, int radius, QWidget *parent)
    : QWidget(parent)
    , m_content(content)
    , m_radius(radius)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spread, spread, spread, spread);
    layout->addWidget(content);
}

void ShadowFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawShadow(&painter, QRectF(m_content->geometry()), m_radius, spread - Space::xs);
}

} // namespace Flotilla
