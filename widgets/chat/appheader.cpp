// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/appheader.h"

#include "widgets/chat/messagetext.h"
#include "widgets/common/chip.h"
#include "widgets/common/controls.h"
#include "widgets/common/format.h"
#include "widgets/common/icons.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace Flotilla {

namespace {
constexpr int MaxTitle = 80;
constexpr int TitleWidth = 280; ///< of the field that renames
constexpr int TitleLeast = 160, TitleMost = 560;
constexpr int TitleFrame = 12;  ///< what the button has around its text
constexpr int ShareFrom = 1100; ///< narrower headers have what may be shared in the menu of the three dots
} // namespace

AppHeader::AppHeader(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("appHeader"));
    setFixedHeight(Metric::bar);
    setupUi();
    connect(&Theme::instance(), &Theme::changed, this, &AppHeader::styleTitle);
    styleTitle();
    connect(m_title, &QPushButton::clicked, this, &AppHeader::startRename);
    connect(m_titleEdit, &QLineEdit::returnPressed, this, [this] { finishRename(true); });
    connect(m_fix, &QPushButton::clicked, this, &AppHeader::fixRequested);
    connect(m_browser, &QPushButton::clicked, this, &AppHeader::openInBrowserRequested);
}

void AppHeader::setupUi()
{
    m_title = makeButton({}, QStringLiteral("appTitleButton"), ButtonKind::Quiet);
    m_title->setToolTip(tr("Rename"));
    m_titleEdit = new QLineEdit;
    m_titleEdit->setObjectName(QStringLiteral("appTitleEdit"));
    m_titleEdit->setAccessibleName(tr("Title of the app"));
    m_titleEdit->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_titleEdit->setMaxLength(MaxTitle);
    m_titleEdit->installEventFilter(this);
    m_titleStack = new QStackedWidget;
    m_titleStack->addWidget(m_title);
    m_titleStack->addWidget(m_titleEdit);
    m_titleStack->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_titleStack->setFixedHeight(Metric::control);
    m_state = new Chip({});
    m_state->setObjectName(QStringLiteral("appStateChip"));
    m_state->setStatic(true);
    m_fix = makeButton(tr("Fix it"), QStringLiteral("appFixButton"));
    m_fix->setToolTip(tr("Sends the error to the model"));
    m_fix->hide();
    m_place = new Chip({});
    m_place->setObjectName(QStringLiteral("appPlaceChip"));
    m_place->setStatic(true);
    m_cost = makeLabel({}, TextSize::Base, Tone::Muted);
    m_cost->setObjectName(QStringLiteral("appCostLabel"));
    m_cost->setFont(Theme::instance().tabular());
    m_browser = makeButton(tr("Open in browser"), QStringLiteral("openInBrowserButton"));
    m_share = makeButton(tr("Share"), QStringLiteral("appShareButton"));
    m_share->setToolTip(tr("Copy the link, or take the files with you"));
    m_share->setMenu(makeShareMenu());
    m_more = makeIconButton(QStringLiteral("more"), tr("More"), QStringLiteral("appMoreButton"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(makeMenu());
    setStyleProperty(m_more, "kind", QStringLiteral("button"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(Space::m, 0, Space::l, 0);
    row->setSpacing(Space::s);
    for (QWidget *widget : {static_cast<QWidget *>(m_titleStack), static_cast<QWidget *>(m_state),
                            static_cast<QWidget *>(m_fix), static_cast<QWidget *>(m_place)})
        row->addWidget(widget);
    row->addStretch();
    for (QWidget *widget : {static_cast<QWidget *>(m_cost), static_cast<QWidget *>(m_browser),
                            static_cast<QWidget *>(m_share), static_cast<QWidget *>(m_more)})
        row->addWidget(widget);
}

void AppHeader::styleTitle()
{
    const QString style = QStringLiteral(
        "QPushButton { text-align: left; padding: 0 4px; color: %1; font-size: %2px; font-weight: 600; }");
    m_title->setStyleSheet(style.arg(colors().text.name()).arg(int(TextSize::Large)));
}

QMenu *AppHeader::makeMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("appMenu"));
    menu->addAction(icon("rename"), tr("Rename"), QKeySequence(Qt::Key_F2), this, &AppHeader::startRename);
    menu->addAction(icon("versions"), tr("Duplicate"), this, &AppHeader::duplicateRequested);
    menu->addSeparator();
    for (QAction *action : m_shareActions)
        menu->addAction(action);
    menu->addSeparator();
    menu->addAction(icon("reload"), tr("Restart the sandbox"), this, &AppHeader::restartRequested);
    menu->addAction(icon("sleep"), tr("Put to sleep"), this, &AppHeader::sleepRequested);
    return menu;
}

QMenu *AppHeader::makeShareMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("appShareMenu"));
    m_shareActions = {menu->addAction(icon("copy"), tr("Copy link"), this, &AppHeader::copyLinkRequested),
                      menu->addAction(icon("folder"), tr("Export as folder…"), this, &AppHeader::exportFolderRequested),
                      menu->addAction(icon("download"), tr("Export as zip…"), this, &AppHeader::exportZipRequested)};
    return menu;
}

void AppHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_share->setVisible(width() >= ShareFrom);
    fitTitle();
}

// The title has what the others leave; where that is little, the cost goes and then the place.
void AppHeader::fitTitle()
{
    const QFontMetrics metrics(Theme::instance().font(TextSize::Large, QFont::DemiBold));
    const auto needed = [](const QWidget *widget) { return widget->sizeHint().width() + Space::s; };
    const int wanted = qMin(metrics.horizontalAdvance(m_app.title), TitleLeast);
    int room = width() - Space::m - Space::l - 2 * Space::s - TitleFrame;
    for (const QWidget *widget : std::initializer_list<const QWidget *>{m_state, m_fix, m_browser, m_share, m_more})
        room -= widget->isHidden() ? 0 : needed(widget);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_place, m_cost}) {
        const bool fits = room - needed(widget) >= wanted;
        widget->setVisible(fits);
        room -= fits ? needed(widget) : 0;
    }
    m_title->setText(metrics.elidedText(m_app.title, Qt::ElideRight, qBound(wanted, room, TitleMost)));
}

namespace {

bool isTrouble(PreviewState preview)
{
    return preview == PreviewState::BuildError || preview == PreviewState::Crashed || preview == PreviewState::Empty ||
           preview == PreviewState::Failed;
}

/// Nothing is wrong with it: somebody stopped before it was looked at.
bool isStopped(const AppSummary &app)
{
    return !app.green && app.problem.isEmpty();
}

} // namespace

StatusKind AppHeader::statusOf(const AppSummary &app, PreviewState preview)
{
    if (!isEnd(app.turn) && app.turn != TurnState::Idle)
        return app.turn == TurnState::Streaming || app.turn == TurnState::Applying ? StatusKind::Working
                                                                                   : StatusKind::Building;
    if (app.version == 0)
        return app.problem.isEmpty() ? StatusKind::Idle : StatusKind::Failed;
    if (isTrouble(preview) || (!app.green && !isStopped(app)))
        return StatusKind::Failed;
    if (isStopped(app))
        return StatusKind::Idle;
    return app.useErrors.isEmpty() ? StatusKind::Live : StatusKind::Partial;
}

QString AppHeader::stateText(const AppSummary &app, PreviewState preview)
{
    if (const QString activity = MessageText::activity(app.turn); !activity.isEmpty())
        return activity;
    if (app.version == 0)
        return app.problem.isEmpty() ? tr("New") : tr("Needs a look");
    if (isTrouble(preview) || (!app.green && !isStopped(app)))
        return tr("Needs a look · v%1").arg(app.version);
    if (isStopped(app))
        return tr("Stopped · v%1").arg(app.version);
    return app.useErrors.isEmpty() ? tr("Green · v%1").arg(app.version)
                                   : tr("Green, error while used · v%1").arg(app.version);
}

void AppHeader::setSummary(const AppSummary &app)
{
    m_app = app;
    m_title->setAccessibleName(tr("Title: %1. Rename").arg(app.title));
    updateState();
    QStringList money;
    if (const QString cost = formatMoney(app.cost); !cost.isEmpty())
        money.append(cost);
    if (app.usage.inputTokens + app.usage.outputTokens > 0)
        money.append(formatTokens(app.usage.total()));
    m_cost->setText(money.join(QStringLiteral(" · ")));
    m_cost->setToolTip(tr("What all turns of this app have cost"));
    m_browser->setEnabled(app.version > 0 || app.running);
    updatePlace();
}

void AppHeader::setPreview(PreviewState preview)
{
    m_preview = preview;
    updateState();
}

void AppHeader::updateState()
{
    m_state->setText(stateText(m_app, m_preview));
    m_state->setStatus(statusOf(m_app, m_preview));
    m_state->setToolTip(m_app.problem.isEmpty() ? m_app.useErrors.join(QLatin1Char('\n')) : m_app.problem);
    m_fix->setVisible(statusOf(m_app, m_preview) == StatusKind::Partial && !m_app.useErrors.isEmpty());
    fitTitle();
}

void AppHeader::setMemory(qint64 bytes)
{
    m_memory = bytes;
    updatePlace();
}

void AppHeader::updatePlace()
{
    const bool local = m_app.host.isEmpty() || m_app.host == QLatin1String("local");
    const QString host = local ? tr("This computer") : m_app.host;
    m_place->setText(!m_app.running ? tr("%1 · asleep").arg(host)
                     : m_memory > 0 ? QStringLiteral("%1 · %2").arg(host, formatBytes(m_memory))
                                    : host);
    fitTitle();
}

void AppHeader::startRename()
{
    m_titleEdit->setText(m_app.title);
    m_titleEdit->setMinimumWidth(TitleWidth);
    m_titleStack->setCurrentWidget(m_titleEdit);
    m_titleEdit->setFocus();
    m_titleEdit->selectAll();
}

void AppHeader::finishRename(bool keep)
{
    if (m_titleStack->currentWidget() != m_titleEdit)
        return;
    m_titleStack->setCurrentWidget(m_title);
    m_titleEdit->setMinimumWidth(0);
    const QString title = m_titleEdit->text().simplified();
    if (keep && !title.isEmpty() && title != m_app.title)
        Q_EMIT renamed(title);
}

bool AppHeader::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        finishRename(true);
    } else if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    } else if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        finishRename(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Flotilla
