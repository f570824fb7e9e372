// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/loadtest/runview.h"

#include "widgets/common/card.h"
#include "widgets/common/chip.h"
#include "widgets/common/commandpalette.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/sheet.h"
#include "widgets/common/theme.h"
#include "widgets/loadtest/chartdeck.h"
#include "widgets/loadtest/counterstrip.h"
#include "widgets/loadtest/endcard.h"
#include "widgets/loadtest/herorow.h"
#include "widgets/loadtest/honestystrip.h"
#include "widgets/loadtest/keysheet.h"
#include "widgets/loadtest/loadboard.h"
#include "widgets/loadtest/loadlook.h"
#include "widgets/loadtest/walllegend.h"
#include "widgets/loadtest/wallpictures.h"
#include "widgets/loadtest/wallview.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int manyApps = 2000; ///< above, the wall begins as a heat grid
}

RunView::RunView(LoadBoard *board, WallPictures *pictures, HeroFactory makeHeroes, QWidget *parent)
    : QWidget(parent)
    , m_board(board)
    , m_makeHeroes(std::move(makeHeroes))
    , m_stack(new QStackedWidget(this))
    , m_counter(new CounterStrip(board))
    , m_state(new Chip({}))
    , m_frozen(new Chip(tr("VIEW FROZEN")))
    , m_actions(nullptr)
    , m_wallCard(new Card)
    , m_wallColumn(new QVBoxLayout)
    , m_wall(new WallView(board, pictures))
    , m_legend(new WallLegend(board, m_wall))
    , m_deck(new ChartDeck(board))
    , m_honesty(new HonestyStrip(board))
    , m_endCard(new EndCard(board))
    , m_none(new EmptyState)
    , m_body(new QVBoxLayout)
{
    setObjectName(QStringLiteral("runView"));
    setSurface(this, "window");
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    setupBody();
    m_stack->addWidget(m_endCard);
    m_stack->addWidget(m_none);
    m_none->show(QStringLiteral("scale"), tr("The wall is empty"),
                 tr("Every app of a run has a place here and lights up as it comes alive."), tr("New run"));
    setFocusPolicy(Qt::ClickFocus);
    connectBoard();
    refresh();
}

void RunView::setupBody()
{
    auto *body = new QWidget;
    body->setLayout(m_body);
    m_body->setContentsMargins(Space::l, Space::m, Space::l, Space::s);
    m_body->setSpacing(Space::m);
    m_body->addWidget(makeTop());
    auto *middle = new QHBoxLayout;
    middle->setSpacing(Space::m);
    m_wallColumn->setSpacing(Space::m);
    auto *wall = new QVBoxLayout(m_wallCard);
    wall->setContentsMargins(Space::m, Space::m, Space::m, Space::s);
    wall->setSpacing(Space::s);
    wall->addWidget(m_wall, 1);
    wall->addWidget(m_legend);
    m_wallColumn->addWidget(m_wallCard, 1);
    middle->addLayout(m_wallColumn, 57);
    middle->addWidget(m_deck, 43);
    m_body->addLayout(middle, 1);
    m_body->addWidget(m_honesty);
    m_stack->addWidget(body);
}

QWidget *RunView::makeTop()
{
    m_actions = makeActions();
    m_state->setObjectName(QStringLiteral("stateChip"));
    m_state->setStatic(true);
    m_frozen->setObjectName(QStringLiteral("frozenChip"));
    m_frozen->setStatic(true);
    m_frozen->setStatus(StatusKind::Building);
    auto *top = new QWidget;
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::s);
    layout->addWidget(m_counter, 1);
    auto *right = new QHBoxLayout; // chips stand on the middle of the buttons
    right->setSpacing(Space::s);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_frozen, m_state, m_actions})
        right->addWidget(widget, 0, Qt::AlignVCenter);
    layout->addLayout(right);
    layout->setAlignment(right, Qt::AlignTop);
    return top;
}

QWidget *RunView::makeActions()
{
    auto *actions = new QWidget;
    auto *layout = new QHBoxLayout(actions);
    layout->setContentsMargins(Space::s, 0, 0, 0);
    layout->setSpacing(Space::s);
    m_cancel = makeButton(tr("Cancel run"), QStringLiteral("cancelRunQPushButton"), ButtonKind::Danger);
    m_endButton = makeButton(tr("End card"), QStringLiteral("endCardQPushButton"));
    m_export = makeButton(tr("Export"), QStringLiteral("exportRunQPushButton"));
    m_report = makeButton(tr("Report"), QStringLiteral("reportQPushButton"));
    auto *show = makeButton(tr("Show"), QStringLiteral("showModeQPushButton"), ButtonKind::Primary);
    show->setToolTip(tr("Full screen, for an audience (F11)"));
    auto *formats = new QMenu(m_export);
    formats->addAction(tr("Apps as CSV…"), this, [this] { Q_EMIT exportRequested(QStringLiteral("csv")); });
    formats->addAction(tr("Everything as JSON…"), this, [this] { Q_EMIT exportRequested(QStringLiteral("json")); });
    m_export->setMenu(formats);
    for (QPushButton *button : {m_cancel, m_endButton, m_export, m_report, show}) {
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    connect(m_cancel, &QPushButton::clicked, this, &RunView::cancelRequested);
    connect(m_report, &QPushButton::clicked, this, &RunView::reportRequested);
    connect(m_endButton, &QPushButton::clicked, this, [this] { showEndCard(true); });
    connect(show, &QPushButton::clicked, this, [this] { Q_EMIT showRequested(true); });
    return actions;
}

void RunView::connectBoard()
{
    connect(m_board, &LoadBoard::progressed, this, &RunView::refresh);
    connect(m_board, &LoadBoard::frozenChanged, this, &RunView::refresh);
    connect(m_board, &LoadBoard::reset, this, [this] {
        showEndCard(false);
        setZoom(m_board->rows().size() > manyApps ? 1 : 2);
        refresh();
    });
    connect(m_board, &LoadBoard::ended, this, [this] {
        refresh();
        if (m_show)
            showEndCard(true);
    });
    connect(&Theme::instance(), &Theme::changed, this, &RunView::fitStage);
    connect(m_endCard, &EndCard::closeRequested, this, [this] { showEndCard(false); });
    connect(m_endCard, &EndCard::reportRequested, this, &RunView::reportRequested);
    connect(m_honesty, &HonestyStrip::keysRequested, this, &RunView::showKeys);
    connect(m_none, &EmptyState::actionTriggered, this, &RunView::newRunRequested);
    connect(m_wall, &WallView::openRequested, this, [this](int index) {
        const AppId app = m_board->rows().value(index).app;
        if (!app.isEmpty())
            Q_EMIT openRequested(app);
    });
}

void RunView::refresh()
{
    const bool running = m_board->isRunning();
    m_cancel->setVisible(running);
    m_report->setVisible(!running && m_board->hasRun());
    m_export->setVisible(!running && m_board->hasRun());
    m_endButton->setVisible(!running && m_board->hasRun());
    m_frozen->setVisible(m_board->isFrozen());
    if (!m_board->hasRun())
        m_stack->setCurrentWidget(m_none);
    else if (m_stack->currentWidget() == m_none)
        m_stack->setCurrentIndex(0);
    updateChips();
}

void RunView::updateChips()
{
    const LoadSnapshot &now = m_board->snapshot();
    const auto say = [this](const QString &word, StatusKind kind) {
        m_state->setText(word);
        m_state->setStatus(kind);
    };
    if (now.replay)
        return say(m_board->replaySpeed() > 1 ? tr("REPLAY %1×").arg(QLocale().toString(m_board->replaySpeed()))
                                              : tr("REPLAY"),
                   StatusKind::Building);
    switch (now.state) {
    case LoadRunState::Preparing:
        return say(tr("Preparing"), StatusKind::Working);
    case LoadRunState::Running:
        return say(tr("LIVE"), StatusKind::Live);
    case LoadRunState::Holding:
        return say(tr("HOLDING"), StatusKind::Live);
    case LoadRunState::Ending:
        return say(tr("Cleaning up"), StatusKind::Working);
    case LoadRunState::Done:
        return say(tr("Done"), StatusKind::Live);
    case LoadRunState::Cancelled:
        return say(tr("Cancelled"), StatusKind::Idle);
    case LoadRunState::Interrupted:
        return say(tr("Interrupted"), StatusKind::Failed);
    }
}

void RunView::setShow(bool show)
{
    if (std::exchange(m_show, show) == show)
        return;
    m_bare = false;
    m_honesty->setHintsShown(true);
    m_actions->setVisible(!show);
    fitStage();
    m_body->setContentsMargins(show ? Space::xl : Space::l, show ? Space::l : Space::m, show ? Space::xl : Space::l,
                               Space::s);
    if (show)
        takeFocus();
}

// Also after a change of the theme: a new style sheet takes back fonts that were set.
void RunView::fitStage()
{
    const double scale = m_show ? stageScale(size()) : 0;
    m_counter->setStage(scale);
    m_deck->setStage(scale);
    m_legend->setStage(scale);
    m_honesty->setStage(scale);
    m_wall->setStage(scale);
    if (m_heroes)
        m_heroes->setStage(scale);
    m_endCard->setStage(scale);
    m_state->setFont(scaled(Theme::instance().font(m_show ? TextSize::Large : TextSize::Base), scale));
    m_frozen->setFont(m_state->font());
}

void RunView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_show && event->size() != event->oldSize())
        fitStage();
}

void RunView::setZoom(int zoom)
{
    const auto wanted = static_cast<WallView::Zoom>(std::clamp(zoom, 1, 3));
    if (wanted == WallView::Zoom::Heroes)
        ensureHeroes();
    if (m_heroes)
        m_heroes->setVisible(wanted == WallView::Zoom::Heroes);
    m_wall->setZoom(wanted);
}

void RunView::ensureHeroes()
{
    if (m_heroes || !m_makeHeroes)
        return;
    m_heroes = m_makeHeroes(m_board);
    if (!m_heroes)
        return;
    m_heroes->setStage(m_show ? stageScale(size()) : 0);
    m_wallColumn->insertWidget(0, m_heroes);
}

void RunView::showEndCard(bool shown)
{
    if (shown)
        m_endCard->take();
    m_stack->setCurrentIndex(shown ? 1 : 0);
    refresh();
    takeFocus();
}

// What is open over the page keeps it.
void RunView::takeFocus()
{
    for (QWidget *at = QApplication::focusWidget(); at; at = at->parentWidget())
        if (at->isVisible() && (qobject_cast<Sheet *>(at) || qobject_cast<CommandPalette *>(at)))
            return;
    if (m_stack->currentIndex() == 0)
        m_wall->setFocus();
    else
        setFocus();
}

bool RunView::showsEndCard() const
{
    return m_stack->currentIndex() == 1;
}

void RunView::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier));
    if (!plain || !handleKey(event->key()))
        QWidget::keyPressEvent(event);
}

bool RunView::handleKey(int key)
{
    switch (key) {
    case Qt::Key_Space:
        m_board->setFrozen(!m_board->isFrozen());
        return true;
    case Qt::Key_1:
    case Qt::Key_2:
    case Qt::Key_3:
        setZoom(key - Qt::Key_0);
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_wall->magnify(m_wall->magnification() * 1.25);
        return true;
    case Qt::Key_Minus:
        m_wall->magnify(m_wall->magnification() / 1.25);
        return true;
    case Qt::Key_M:
        Q_EMIT markRequested();
        return true;
    case Qt::Key_H:
        m_bare = !m_bare;
        m_actions->setVisible(!m_bare && !m_show);
        m_honesty->setHintsShown(!m_bare);
        return true;
    case Qt::Key_C:
        m_deck->showNext();
        return true;
    case Qt::Key_E:
        showEndCard(m_board->hasRun() && !showsEndCard());
        return true;
    case Qt::Key_X:
        Q_EMIT cancelRequested();
        return true;
    case Qt::Key_Question:
        showKeys();
        return true;
    case Qt::Key_Escape:
        goBack();
        return true;
    default:
        return false;
    }
}

void RunView::showKeys()
{
    auto *sheet = new KeySheet(this);
    connect(sheet, &KeySheet::rejected, this, &RunView::takeFocus);
    sheet->open();
}

void RunView::goBack()
{
    if (showsEndCard())
        showEndCard(false);
    else if (m_show)
        Q_EMIT showRequested(false);
    else
        Q_EMIT backRequested();
}

} // namespace Flotilla
