// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/banner.h"

#include "widgets/common/controls.h"
#include "widgets/common/painting.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace Flotilla {

Banner::Banner(StatusKind kind, const QString &text, const QString &action, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Space::xl + Metric::dot, Space::xs, Space::m, Space::xs);
    auto *label = makeLabel(text);
    label->setObjectName(QStringLiteral("bannerTextQLabel"));
    label->setWordWrap(true);
    layout->addWidget(label, 1);
    if (!action.isEmpty()) {
        auto *button = makeButton(action, QStringLiteral("bannerActionQPushButton"));
        connect(button, &QPushButton::clicked, this, &Banner::actionTriggered);
        layout->addWidget(button);
    }
    auto *close = makeIconButton(QStringLiteral("close"), tr("Dismiss"), QStringLiteral("bannerCloseQToolButton"));
    connect(close, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT dismissed();
    });
    layout->addWidget(close);
    setMinimumHeight(Metric::bar);
}

void Banner::paintEvent(QPaintEvent *)
{
    const auto &c = colors();
    QPainter painter(this);
    painter.fillRect(rect(), c.raised);
    painter.fillRect(QRect(0, height() - 1, width(), 1), c.border);
    drawDot(&painter, QRectF(rect()).adjusted(Space::l, 0, 0, 0), c.status(m_kind));
}

} // namespace Flotilla
