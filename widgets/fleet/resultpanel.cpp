// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/resultpanel.h"

#include "widgets/common/controls.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace Flotilla {

namespace {
constexpr int mostVisible = 4;
constexpr int rowHeight = 34;
constexpr int mostListed = 500;
} // namespace

ResultPanel::ResultPanel(QWidget *parent)
    : QWidget(parent)
    , m_summary(makeLabel({}, TextSize::Base, Tone::Failed, QFont::Bold))
    , m_list(new QListWidget)
{
    setObjectName(QStringLiteral("resultPanel"));
    auto *retry = makeButton(tr("Retry failed"), QStringLiteral("retryFailedQPushButton"), ButtonKind::Primary);
    auto *close = makeIconButton(QStringLiteral("close"), tr("Dismiss"), QStringLiteral("resultCloseQToolButton"));
    m_list->setObjectName(QStringLiteral("resultQListWidget"));
    m_list->setAccessibleName(tr("What failed"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    setStyleProperty(m_list, "kind", QStringLiteral("bare"));
    m_summary->setObjectName(QStringLiteral("resultSummaryQLabel"));
    auto *top = new QHBoxLayout;
    top->addWidget(m_summary, 1);
    top->addWidget(retry);
    top->addWidget(close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::l, Space::s, Space::m, Space::s);
    layout->setSpacing(Space::xs);
    layout->addLayout(top);
    layout->addWidget(m_list);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(retry, &QPushButton::clicked, this, [this] {
        QList<AppId> apps;
        for (const FleetItemResult &item : std::as_const(m_failures.items))
            apps.append(item.app);
        hide();
        Q_EMIT retryRequested(m_failures.action, apps, m_failures.argument);
    });
    connect(m_list, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { Q_EMIT appClicked(AppId{item->data(Qt::UserRole).toString()}); });
    hide();
}

void ResultPanel::show(const FleetActions::Failures &failures)
{
    m_failures = failures;
    m_summary->setText(failures.summary);
    m_list->clear();
    for (const FleetItemResult &result : failures.items.mid(0, mostListed)) {
        auto *item = new QListWidgetItem(icon(QStringLiteral("error"), colors().failed),
                                         tr("%1: %2", "app and reason").arg(result.title, result.text), m_list);
        item->setData(Qt::UserRole, result.app.value);
        item->setToolTip(result.text);
        item->setSizeHint({0, rowHeight});
    }
    m_list->setFixedHeight(qMin(mostVisible, m_list->count()) * rowHeight + Space::xs);
    QWidget::show();
}

void ResultPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().surface);
    painter.fillRect(QRect(0, 0, width(), 1), colors().border);
}

} // namespace Flotilla
