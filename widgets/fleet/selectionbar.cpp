// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/selectionbar.h"

#include "widgets/common/controls.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>

namespace Flotilla {

namespace {
constexpr int progressWidth = 160;
}

SelectionBar::SelectionBar(QWidget *parent)
    : QWidget(parent)
    , m_count(makeLabel({}, TextSize::Base, Tone::Text, QFont::Bold))
    , m_where(new ElidedLabel)
    , m_progress(new QProgressBar)
    , m_wake(makeButton(tr("Wake"), QStringLiteral("barWakeQPushButton")))
    , m_restart(makeButton(tr("Restart"), QStringLiteral("barRestartQPushButton")))
    , m_move(makeButton(tr("Move…"), QStringLiteral("barMoveQPushButton")))
    , m_label(makeButton(tr("Label…"), QStringLiteral("barLabelQPushButton")))
    , m_delete(makeButton(tr("Delete…"), QStringLiteral("barDeleteQPushButton")))
    , m_stop(makeButton({}, QStringLiteral("barStopQPushButton"), ButtonKind::Danger))
    , m_cancel(makeButton(tr("Cancel the rest"), QStringLiteral("barCancelQPushButton")))
    , m_clear(makeIconButton(QStringLiteral("close"), tr("Choose none (Esc)"), QStringLiteral("barClearQToolButton")))
{
    setObjectName(QStringLiteral("selectionBar"));
    setupUi();
    connect(m_wake, &QPushButton::clicked, this, &SelectionBar::wakeRequested);
    connect(m_restart, &QPushButton::clicked, this, &SelectionBar::restartRequested);
    connect(m_move, &QPushButton::clicked, this, &SelectionBar::moveRequested);
    connect(m_label, &QPushButton::clicked, this, &SelectionBar::labelRequested);
    connect(m_delete, &QPushButton::clicked, this, &SelectionBar::deleteRequested);
    connect(m_stop, &QPushButton::clicked, this, &SelectionBar::stopRequested);
    connect(m_cancel, &QPushButton::clicked, this, &SelectionBar::cancelRequested);
    connect(m_clear, &QToolButton::clicked, this, &SelectionBar::clearRequested);
    connect(&m_motion, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &height) { setFixedHeight(height.toInt()); });
    connect(&m_motion, &QVariantAnimation::finished, this, [this] { setVisible(m_raised); });
    setFixedHeight(0);
    hide();
}

void SelectionBar::setupUi()
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::l, 0, Space::m, 0);
    row->setSpacing(Space::s);
    row->setSizeConstraint(QLayout::SetNoConstraint);
    m_count->setFont(Theme::instance().tabular(TextSize::Base, QFont::Bold));
    m_count->setObjectName(QStringLiteral("barCountQLabel"));
    setTone(m_where, Tone::Muted);
    m_where->setObjectName(QStringLiteral("barWhereQLabel"));
    m_progress->setFixedWidth(progressWidth);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress"));
    row->addWidget(m_count);
    row->addSpacing(Space::xs);
    row->addWidget(m_where, 1);
    row->addWidget(m_progress);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_wake, m_restart, m_move, m_label, m_delete, m_stop, m_cancel, m_clear})
        row->addWidget(widget);
}

void SelectionBar::setSelection(int chosen, int running, const QString &where)
{
    m_chosen = chosen;
    m_running = running;
    m_where->setText(where);
    refresh();
}

void SelectionBar::setProgress(const QString &text, int done, int total)
{
    m_text = text;
    m_total = total;
    m_progress->setRange(0, qMax(1, total));
    m_progress->setValue(done);
    refresh();
}

void SelectionBar::refresh()
{
    const bool busy = m_total > 0;
    m_count->setText(busy ? m_text : tr("%1 selected").arg(formatCount(m_chosen)));
    m_where->setVisible(!busy);
    m_progress->setVisible(busy);
    m_cancel->setVisible(busy);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_restart, m_move, m_label, m_delete, m_clear})
        widget->setVisible(!busy);
    m_stop->setText(tr("Stop %1").arg(formatCount(m_running)));
    m_stop->setVisible(!busy && m_running > 0);
    m_wake->setVisible(!busy && m_running < m_chosen);
    m_restart->setEnabled(m_running > 0);
    raiseTo(busy || m_chosen > 0);
}

void SelectionBar::raiseTo(bool raised)
{
    if (raised == m_raised)
        return;
    m_raised = raised;
    m_motion.stop();
    if (raised)
        show();
    m_motion.setDuration(Theme::instance().duration(Motion::quick));
    m_motion.setStartValue(height());
    m_motion.setEndValue(raised ? Metric::bar - Space::xs : 0);
    m_motion.start();
}

void SelectionBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().accentSoft);
}

} // namespace Flotilla
