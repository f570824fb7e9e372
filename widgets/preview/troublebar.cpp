// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/preview/troublebar.h"

#include "widgets/common/controls.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace Flotilla {

TroubleBar::TroubleBar(QWidget *parent)
    : QWidget(parent)
    , m_text(makeLabel({}))
{
    setObjectName(QStringLiteral("previewTroubleBar"));
    m_text->setObjectName(QStringLiteral("troubleText"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *fix = makeButton(tr("Fix it"), QStringLiteral("troubleFixButton"));
    auto *details = makeButton(tr("Console"), QStringLiteral("troubleConsoleButton"), ButtonKind::Quiet);
    auto *close = makeIconButton(QStringLiteral("close"), tr("Hide"), QStringLiteral("troubleCloseButton"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::l, Space::s, Space::s, Space::s);
    row->setSpacing(Space::s);
    row->addWidget(m_text, 1);
    for (QWidget *widget :
         {static_cast<QWidget *>(details), static_cast<QWidget *>(fix), static_cast<QWidget *>(close)})
        row->addWidget(widget);
    connect(fix, &QPushButton::clicked, this, &TroubleBar::fixRequested);
    connect(details, &QPushButton::clicked, this, &TroubleBar::detailsRequested);
    connect(close, &QToolButton::clicked, this, &TroubleBar::dismissed);
    hide();
}

void TroubleBar::setText(const QString &text)
{
    const QString plain = text.simplified();
    m_text->setText(plain.size() > MaxShown ? plain.left(MaxShown) + QChar(0x2026) : plain);
    m_text->setToolTip(text.left(10 * MaxShown));
    setVisible(!plain.isEmpty());
}

void TroubleBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor tint = colors().failed;
    tint.setAlpha(28);
    painter.fillRect(rect(), colors().surface);
    painter.fillRect(rect(), tint);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors().border);
}

} // namespace Flotilla
