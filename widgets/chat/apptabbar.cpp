// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/apptabbar.h"

#include "widgets/common/chip.h"
#include "widgets/common/controls.h"
#include "widgets/common/format.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace Flotilla {

namespace {
constexpr int DeviceWidths[] = {390, 820, 0};
constexpr int ZoomSteps[] = {50, 67, 80, 100, 125, 150};
} // namespace

AppTabBar::AppTabBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("appTabBar"));
    setFixedHeight(Metric::bar - Space::xs);
    setupUi();
    connect(m_tabs, &SegmentedControl::currentChanged, this, [this](int tab) {
        updateTools();
        Q_EMIT tabChanged(tab);
    });
    connect(m_widths, &SegmentedControl::currentChanged, this,
            [this](int index) { Q_EMIT widthChanged(DeviceWidths[index]); });
    connect(m_reload, &QToolButton::clicked, this, &AppTabBar::reloadRequested);
    connect(m_back, &QToolButton::clicked, this, &AppTabBar::backRequested);
    connect(m_blocked, &Chip::clicked, this, &AppTabBar::blockedClicked);
    m_tabs->setCurrent(Preview);
    m_widths->setCurrent(2);
}

void AppTabBar::setupUi()
{
    m_tabs = new SegmentedControl;
    m_tabs->setObjectName(QStringLiteral("appTabs"));
    m_tabs->setAccessibleName(tr("Views of the app"));
    const QStringList names{tr("Preview"), tr("Code"), tr("Console"), tr("Versions"), tr("Logs")};
    for (int i = 0; i < names.size(); ++i)
        m_tabs->addSegment(names[i], formatShortcut(QStringLiteral("Ctrl+%1").arg(i + 1)));
    m_widths = new SegmentedControl(nullptr, SegmentedControl::Look::Framed);
    m_widths->setObjectName(QStringLiteral("deviceWidths"));
    m_widths->setAccessibleName(tr("Width of the preview"));
    m_widths->addSegment(QStringLiteral("390"), tr("As wide as a phone"));
    m_widths->addSegment(QStringLiteral("820"), tr("As wide as a tablet"));
    m_widths->addSegment(tr("Full"), tr("All there is"));
    m_back = makeIconButton(QStringLiteral("back"),
                            tr("Back in the app (%1)").arg(formatShortcut(QStringLiteral("Alt+Left"))),
                            QStringLiteral("previewBackButton"));
    m_reload = makeIconButton(QStringLiteral("reload"), tr("Reload (%1)").arg(formatShortcut(QStringLiteral("Ctrl+R"))),
                              QStringLiteral("previewReloadButton"));
    m_zoom = makeButton({}, QStringLiteral("zoomButton"), ButtonKind::Quiet);
    m_zoom->setToolTip(tr("Zoom"));
    auto *menu = new QMenu(m_zoom);
    for (const int percent : ZoomSteps)
        menu->addAction(tr("%1 %").arg(percent), this, [this, percent] { setZoom(percent); });
    m_zoom->setMenu(menu);
    m_zoom->setText(tr("%1 %").arg(100));
    m_blocked = new Chip({});
    m_blocked->setObjectName(QStringLiteral("blockedChip"));
    m_blocked->setToolTip(tr("An app may only reach itself. Click to see what was blocked"));
    m_blocked->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::s, 0, Space::s, 0);
    row->setSpacing(Space::xs);
    row->addWidget(m_tabs);
    row->addStretch();
    for (QWidget *widget :
         {static_cast<QWidget *>(m_blocked), static_cast<QWidget *>(m_back), static_cast<QWidget *>(m_reload),
          static_cast<QWidget *>(m_widths), static_cast<QWidget *>(m_zoom)})
        row->addWidget(widget);
}

AppTabBar::Tab AppTabBar::current() const
{
    return Tab(m_tabs->current());
}

void AppTabBar::setCurrent(Tab tab)
{
    m_tabs->setCurrent(tab);
}

void AppTabBar::setConsoleProblems(int count)
{
    m_tabs->setCount(Console, count > 0 ? count : -1);
    m_tabs->setAlert(Console, count > 0);
}

void AppTabBar::setVersions(int count)
{
    m_tabs->setCount(Versions, count > 0 ? count : -1);
}

void AppTabBar::setBlocked(int count)
{
    m_blockedCount = count;
    m_blocked->setText(tr("%n blocked", nullptr, count));
    updateTools();
}

void AppTabBar::setZoom(int percent)
{
    m_zoom->setText(tr("%1 %").arg(percent));
    Q_EMIT zoomChanged(percent / 100.0);
}

/// The tools of the preview by importance, as many as there is room for.
void AppTabBar::updateTools()
{
    int room = width() - m_tabs->sizeHint().width() - 3 * Space::s;
    const auto offer = [&room, this](QWidget *tool, bool wanted) {
        const int needed = tool->sizeHint().width() + Space::xs;
        const bool fits = wanted && current() == Preview && room >= needed;
        tool->setVisible(fits);
        room -= fits ? needed : 0;
    };
    offer(m_widths, true);
    offer(m_reload, true);
    offer(m_blocked, m_blockedCount > 0);
    offer(m_zoom, true);
    offer(m_back, true);
}

void AppTabBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateTools();
}

void AppTabBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().window);
    painter.fillRect(QRect(0, height() - 1, width(), 1), colors().border);
}

} // namespace Flotilla
