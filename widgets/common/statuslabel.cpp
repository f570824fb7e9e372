// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/statuslabel.h"

#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

namespace Flotilla {

namespace {
constexpr int dotGap = 6;
}

StatusLabel::StatusLabel(QWidget *parent)
    : QWidget(parent)
{
    setFont(Theme::instance().font());
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void StatusLabel::setStatus(StatusKind kind, const QString &word)
{
    if (m_kind == kind && m_word == word)
        return;
    m_kind = kind;
    m_word = word;
    setAccessibleName(word);
    setToolTip(word);
    updateGeometry();
    update();
}

void StatusLabel::setColored(bool colored)
{
    m_colored = colored;
    update();
}

QSize StatusLabel::sizeHint() const
{
    return {Metric::dot + dotGap + fontMetrics().horizontalAdvance(m_word) + 1, fontMetrics().height() + 2};
}

QSize StatusLabel::minimumSizeHint() const
{
    return {Metric::dot + dotGap + fontMetrics().averageCharWidth() * 4, fontMetrics().height() + 2};
}

void StatusLabel::paintEvent(QPaintEvent *)
{
    const auto &c = colors();
    QPainter painter(this);
    drawDot(&painter, QRectF(rect()), c.status(m_kind));
    const QRect inner = rect().adjusted(Metric::dot + dotGap, 0, 0, 0);
    painter.setPen(m_colored ? c.status(m_kind) : c.muted);
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(m_word, Qt::ElideRight, inner.width()));
}

} // namespace Flotilla
