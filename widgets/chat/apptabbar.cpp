// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/apptabbar.h"

#include "widgets/common/chip.h"
#include "widgets/common/controls.h"
#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

#include <utility>

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
    connect(m_zoom->menu(), &QMenu::aboutToShow, this, [this] {
        m_zoom->menu()->clear();
        addZooms(m_zoom->menu());
    });
    connect(m_more->menu(), &QMenu::aboutToShow, this, &AppTabBar::fillMenu);
    m_tabs->setCurrent(Preview);
    m_widths->setCurrent(2);
}

void AppTabBar::setupUi()
{
    m_tabs = new SegmentedControl;
    m_tabs->setObjectName(QStringLiteral("appTabs"));
    m_tabs->setAccessibleName(tr("Views of the app"));
    const QStringList names{tr("Preview"), tr("Code"), tr("Console"), tr("Versions"), tr("Logs"), tr("Terminal")};
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
    m_zoom->setMenu(new QMenu(m_zoom));
    m_zoom->setText(tr("%1 %").arg(m_percent));
    m_more = makeIconButton(QStringLiteral("more"), tr("More for the preview"), QStringLiteral("previewMoreButton"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(new QMenu(m_more));
    m_blocked = new Chip({});
    m_blocked->setObjectName(QStringLiteral("blockedChip"));
    m_blocked->setToolTip(tr("An app may only reach itself. Click to see what was blocked"));
    m_blocked->hide();
    auto *row = new QHBoxLayout(this);
    row->setSizeConstraint(QLayout::SetNoConstraint); // the tools give way
    row->setContentsMargins(Space::s, 0, Space::s, 0);
    row->setSpacing(Space::xs);
    row->addWidget(m_tabs);
    row->addStretch();
    for (QWidget *widget :
         {static_cast<QWidget *>(m_blocked), static_cast<QWidget *>(m_back), static_cast<QWidget *>(m_reload),
          static_cast<QWidget *>(m_widths), static_cast<QWidget *>(m_zoom), static_cast<QWidget *>(m_more)})
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
    updateTools();
}

void AppTabBar::setVersions(int count)
{
    m_tabs->setCount(Versions, count > 0 ? count : -1);
    updateTools();
}

void AppTabBar::setBlocked(int count)
{
    m_blockedCount = count;
    m_blocked->setText(tr("%n blocked", nullptr, count));
    updateTools();
}

void AppTabBar::setZoom(int percent)
{
    m_percent = percent;
    m_zoom->setText(tr("%1 %").arg(percent));
    Q_EMIT zoomChanged(percent / 100.0);
}

/// No tab may be out of reach: in a narrow pane they move together.
void AppTabBar::fitTabs()
{
    const int tools = m_more->sizeHint().width() + Space::xs + 2 * Space::s;
    const int squeezed = m_tight ? 2 * (Space::m - Space::s) * m_tabs->count() : 0;
    const bool tight = m_tabs->sizeHint().width() + squeezed + tools > width();
    if (std::exchange(m_tight, tight) != tight)
        m_tabs->setCompact(tight);
}

/// The tools of the preview by importance, as many as there is room for.
void AppTabBar::updateTools()
{
    fitTabs();
    const auto needed = [](const QWidget *tool) { return tool->sizeHint().width() + Space::xs; };
    QList<QWidget *> wanted;
    if (current() == Preview)
        wanted = {m_reload, m_widths, m_zoom, m_back};
    if (current() == Preview && m_blockedCount > 0)
        wanted.insert(1, m_blocked);
    int room = width() - m_tabs->sizeHint().width() - 3 * Space::s;
    int all = 0;
    for (const QWidget *tool : std::as_const(wanted))
        all += needed(tool);
    const bool fits = all <= room;
    room -= fits ? 0 : needed(m_more);
    m_more->setVisible(!fits);
    for (QWidget *tool :
         {static_cast<QWidget *>(m_reload), static_cast<QWidget *>(m_blocked), static_cast<QWidget *>(m_widths),
          static_cast<QWidget *>(m_zoom), static_cast<QWidget *>(m_back)}) {
        const bool shown = wanted.contains(tool) && room >= needed(tool);
        tool->setVisible(shown);
        room -= shown ? needed(tool) : 0;
    }
}

void AppTabBar::fillMenu()
{
    QMenu *menu = m_more->menu();
    menu->clear();
    const auto hidden = [](const QWidget *tool) { return tool->isHidden(); };
    if (hidden(m_blocked) && m_blockedCount > 0)
        menu->addAction(m_blocked->text(), this, &AppTabBar::blockedClicked);
    if (hidden(m_reload))
        menu->addAction(icon("reload"), tr("Reload"), QKeySequence(QStringLiteral("Ctrl+R")), this,
                        &AppTabBar::reloadRequested);
    if (hidden(m_back))
        menu->addAction(icon("back"), tr("Back in the app"), QKeySequence(QStringLiteral("Alt+Left")), this,
                        &AppTabBar::backRequested);
    if (hidden(m_widths))
        addWidths(menu->addMenu(tr("Width of the preview")));
    if (hidden(m_zoom))
        addZooms(menu->addMenu(tr("Zoom")));
}

void AppTabBar::addWidths(QMenu *menu)
{
    const QStringList names{tr("As wide as a phone"), tr("As wide as a tablet"), tr("All there is")};
    for (int i = 0; i < names.size(); ++i) {
        QAction *action = menu->addAction(names[i], this, [this, i] { m_widths->setCurrent(i); });
        action->setCheckable(true);
        action->setChecked(m_widths->current() == i);
    }
}

void AppTabBar::addZooms(QMenu *menu)
{
    for (const int percent : ZoomSteps) {
        QAction *action = menu->addAction(tr("%1 %").arg(percent), this, [this, percent] { setZoom(percent); });
        action->setCheckable(true);
        action->setChecked(m_percent == percent);
    }
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
