// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/fleetpage.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/detailpane.h"
#include "widgets/fleet/filterbox.h"
#include "widgets/fleet/fleetactions.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetsession.h"
#include "widgets/fleet/fleetview.h"
#include "widgets/fleet/hoststrip.h"
#include "widgets/fleet/resultpanel.h"
#include "widgets/fleet/selectionbar.h"
#include "widgets/hosts/hostsession.h"
#include "widgets/terminal/terminalpane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>

namespace Flotilla {

namespace {
constexpr int filterWidth = 340;
constexpr int detailDefault = 436;
constexpr int tableMinimum = 360;
constexpr int tableWanted = 584; ///< names of some twenty letters, while the pane beside it has its least
} // namespace

FleetPage::FleetPage(FleetSession *session, HostSession *hosts, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_hosts(hosts)
    , m_model(new FleetModel(this))
    , m_view(new FleetView(m_model))
    , m_strip(new HostStrip)
    , m_tabs(new SegmentedControl)
    , m_filter(new FilterBox)
    , m_columns(makeButton(tr("Columns"), QStringLiteral("columnsQPushButton")))
    , m_filterError(makeLabel({}, TextSize::Base, Tone::Failed))
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_detail(new DetailPane(session, m_model))
    , m_results(new ResultPanel)
    , m_bar(new SelectionBar)
    , m_actions(new FleetActions(session, m_model, this))
    , m_detailWidth(detailDefault)
{
    setObjectName(QStringLiteral("fleetPage"));
    setSurface(this, "window");
    setupUi();
    setupShortcuts();
    connectModel();
    connectHosts();
    connectBar();
    refreshTabs();
    refreshEmpty();
}

FleetPage::~FleetPage() = default;

QWidget *FleetPage::makeTop()
{
    auto *top = new QWidget;
    auto *layout = new QVBoxLayout(top);
    layout->setContentsMargins(Space::l, Space::l, Space::l, Space::m);
    layout->setSpacing(Space::l);
    layout->addWidget(m_strip);
    m_tabs->setObjectName(QStringLiteral("fleetTabs"));
    m_tabs->setAccessibleName(tr("State"));
    m_tabs->setFont(Theme::instance().tabular());
    for (const QString &title : {tr("All"), tr("Live"), tr("Starting"), tr("Asleep"), tr("Needs a look")})
        m_tabs->addSegment(title);
    m_filter->setFixedWidth(filterWidth);
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::m);
    row->addWidget(m_tabs);
    row->addStretch();
    row->addWidget(m_filter);
    row->addWidget(m_columns);
    auto *rows = new QVBoxLayout;
    rows->setSpacing(Space::xs);
    rows->addLayout(row);
    m_filterError->setObjectName(QStringLiteral("filterErrorQLabel"));
    m_filterError->setAlignment(Qt::AlignRight);
    m_filterError->hide();
    rows->addWidget(m_filterError);
    layout->addLayout(rows);
    return top;
}

QWidget *FleetPage::makeMiddle()
{
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    m_stack->setMinimumWidth(tableMinimum);
    m_splitter->setObjectName(QStringLiteral("fleetQSplitter"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_detail->hide();
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        m_detailWidth = m_detail->width();
        Q_EMIT viewStateChanged();
    });
    return m_splitter;
}

void FleetPage::setupUi()
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeTop());
    layout->addWidget(makeLine());
    layout->addWidget(makeMiddle(), 1);
    layout->addWidget(m_results);
    layout->addWidget(m_bar);
}

void FleetPage::setupShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto run) {
        auto *shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, run);
    };
    add(QKeySequence(QStringLiteral("Ctrl+F")), &FleetPage::focusFilter);
    add(QKeySequence(QStringLiteral("/")), &FleetPage::focusFilter);
    add(QKeySequence(QStringLiteral("F5")), [this] { m_model->settle(); });
    for (int tab = 0; tab <= DetailPane::Snapshots; ++tab)
        add(QKeySequence(QStringLiteral("Alt+%1").arg(tab + 1)), [this, tab] { showDetail(tab); });
}

void FleetPage::connectModel()
{
    connect(m_session, &FleetSession::rowsChanged, m_model, &FleetModel::post);
    connect(m_model, &FleetModel::countsChanged, this, &FleetPage::refreshTabs);
    connect(m_model, &FleetModel::checksChanged, this, &FleetPage::refreshBar);
    connect(m_model, &FleetModel::flushed, this, [this](const QSet<AppId> &changed) {
        m_detail->followModel(changed);
        if (m_model->checkedCount() > 0)
            refreshBar();
        refreshEmpty();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &FleetPage::refreshEmpty);
    connectFilter();
    connectView();
    connectDetail();
}

void FleetPage::connectFilter()
{
    connect(m_tabs, &SegmentedControl::currentChanged, this, [this](int tab) {
        m_model->setTab(static_cast<FleetBucket>(tab));
        m_view->scrollToTop();
        refreshEmpty();
    });
    connect(m_filter, &FilterBox::filterChanged, this, [this](const FleetFilter &filter) {
        m_model->setFilter(filter);
        m_view->scrollToTop();
        m_strip->setChosen(m_filter->term(QStringLiteral("host:")));
        refreshEmpty();
    });
    connect(m_filter, &FilterBox::failed, this, [this](const QString &text) {
        m_filterError->setText(text);
        m_filterError->setVisible(!text.isEmpty());
    });
    connect(m_filter, &FilterBox::left, this, [this] {
        m_view->setFocus();
        if (m_model->rowOf(m_view->currentApp()) < 0 && m_model->rowCount() > 0)
            m_view->setCurrentApp(m_model->at(0).row.app);
    });
    connect(m_empty, &EmptyState::actionTriggered, this, &FleetPage::leaveEmpty);
}

void FleetPage::connectView()
{
    connect(m_columns, &QPushButton::clicked, this, &FleetPage::showColumnsMenu);
    connect(m_view, &FleetView::currentAppChanged, this, &FleetPage::currentChanged);
    connect(m_view, &FleetView::openRequested, this, &FleetPage::openRequested);
    connect(m_view, &FleetView::columnsChanged, this, &FleetPage::viewStateChanged);
    connect(m_view, &FleetView::deleteRequested, this, &FleetPage::removeCurrentOrChecked);
    connect(m_view, &FleetView::menuRequested, this, [this](const QPoint &at) {
        const bool onChecked = m_model->isChecked(m_view->currentApp());
        showMenu(at, onChecked ? m_model->checkedApps() : QList<AppId>{m_view->currentApp()});
    });
    connect(m_view->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, &FleetPage::viewStateChanged);
}

void FleetPage::connectDetail()
{
    connect(m_detail, &DetailPane::openRequested, this, &FleetPage::openRequested);
    connect(m_detail, &DetailPane::tabChanged, this, &FleetPage::viewStateChanged);
    connect(m_detail, &DetailPane::wakeRequested, this,
            [this](const AppId &app) { m_actions->run(FleetAction::Wake, {app}); });
    connect(m_detail, &DetailPane::menuRequested, this, [this](const QPoint &at) { showMenu(at, {m_detail->app()}); });
    connect(m_detail, &DetailPane::closeRequested, this, [this] {
        m_detailClosed = true;
        setDetailShown(false);
        m_view->setFocus();
    });
}

void FleetPage::leaveEmpty()
{
    if (!m_failure.isEmpty())
        return load();
    if (m_model->total() == 0)
        return Q_EMIT newAppRequested();
    m_tabs->setCurrent(0);
    m_filter->setFilterText({});
}

void FleetPage::connectHosts()
{
    connect(m_hosts, &HostSession::hostChanged, this, [this](const HostCard &card) {
        m_strip->upsert(card);
        refreshFilterHosts();
    });
    connect(m_hosts, &HostSession::hostRemoved, this, [this](const HostId &id) {
        m_strip->remove(id);
        refreshFilterHosts();
    });
    connect(m_strip, &HostStrip::hostClicked, this, &FleetPage::chooseHost);
    connect(m_strip, &HostStrip::whyClicked, this, &FleetPage::showWhy);
}

void FleetPage::connectBar()
{
    const auto run = [this](FleetAction action) {
        return [this, action] { m_actions->run(action, m_model->checkedApps()); };
    };
    connect(m_bar, &SelectionBar::stopRequested, this, run(FleetAction::Stop));
    connect(m_bar, &SelectionBar::restartRequested, this, run(FleetAction::Restart));
    connect(m_bar, &SelectionBar::wakeRequested, this, run(FleetAction::Wake));
    connect(m_bar, &SelectionBar::deleteRequested, this, run(FleetAction::Delete));
    connect(m_bar, &SelectionBar::labelRequested, this, [this] { m_actions->askLabel(m_model->checkedApps()); });
    connect(m_bar, &SelectionBar::clearRequested, m_model, &FleetModel::clearChecks);
    connect(m_bar, &SelectionBar::cancelRequested, m_actions, &FleetActions::cancelAll);
    connect(m_bar, &SelectionBar::moveRequested, this, [this] {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMoveMenu(menu, m_model->checkedApps());
        const QPoint above = m_bar->moveButton()->mapToGlobal(QPoint(0, -menu->sizeHint().height() - Space::xs));
        menu->popup(above);
    });
    connect(m_actions, &FleetActions::progress, m_bar, &SelectionBar::setProgress);
    connect(m_actions, &FleetActions::failed, m_results, &ResultPanel::show);
    connect(m_results, &ResultPanel::appClicked, this, &FleetPage::showApp);
    connect(m_results, &ResultPanel::retryRequested, this,
            [this](FleetAction action, const QList<AppId> &apps, const QString &argument) {
                m_actions->runAgain(action, apps, argument);
            });
}

FleetPageState FleetPage::leave()
{
    return {m_filter->text(),     m_tabs->current(), m_model->checkedApps(),
            m_view->currentApp(), m_detail->tab(),   m_detail->takeTerminal()};
}

void FleetPage::goOn(FleetPageState state)
{
    m_tabs->setCurrent(state.bucket);
    m_filter->setFilterText(state.filter);
    m_toCheck = state.checked;
    m_detail->putTerminal(std::move(state.terminal));
    m_detail->showTab(state.detailTab);
    whenDone(m_session->rows(), this, [this, current = state.current](const Result<QList<FleetRow>> &rows) {
        showRows(rows);
        m_view->setCurrentApp(current);
    });
}

void FleetPage::load()
{
    m_failure.clear();
    m_loading = m_model->total() == 0;
    refreshEmpty();
    whenDone(m_session->rows(), this, [this](const Result<QList<FleetRow>> &rows) { showRows(rows); });
    whenDone(m_hosts->hosts(), this, [this](const Result<QList<HostCard>> &hosts) {
        if (hosts)
            m_strip->setHosts(*hosts);
        refreshFilterHosts();
    });
}

void FleetPage::showRows(const Result<QList<FleetRow>> &rows)
{
    m_loading = false;
    if (!rows) {
        if (rows.error().kind != ErrorKind::Cancelled)
            m_failure = rows.error().text;
        return refreshEmpty();
    }
    m_model->setRows(*rows);
    for (const AppId &app : std::exchange(m_toCheck, {}))
        m_model->setChecked(app, true);
    if (m_view->currentApp().isEmpty() && m_model->rowCount() > 0 && isVisible())
        m_view->setCurrentApp(m_model->at(0).row.app);
    refreshBar();
    refreshEmpty();
    if (m_strip->hasFocus()) // it got it while there was no table
        m_view->setFocus();
}

void FleetPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_session->setWatched(true);
    m_view->setFocus();
    load();
}

void FleetPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_session->setWatched(false);
}

void FleetPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool wide = width() >= 1000;
    m_filter->setFixedWidth(wide ? filterWidth : 240);
    if (!m_detail->isHidden())
        setDetailShown(true);
}

void FleetPage::setDetailShown(bool shown)
{
    if (shown)
        m_detailClosed = false;
    m_detail->setVisible(shown && !m_detail->app().isEmpty());
    if (m_detail->isHidden())
        return;
    const int least = m_detail->minimumWidth();
    const int width = qBound(least, m_detailWidth, qMax(least, this->width() - tableWanted));
    m_splitter->setSizes({this->width() - width, width});
}

void FleetPage::currentChanged(const AppId &app)
{
    m_detail->setApp(app);
    if (app.isEmpty())
        m_detail->hide();
    else if (m_detail->isHidden() && !m_detailClosed)
        setDetailShown(true);
}

void FleetPage::showApp(const AppId &app)
{
    if (m_model->rowOf(app) < 0 && m_model->find(app)) {
        m_tabs->setCurrent(0);
        m_filter->setFilterText({});
    }
    m_detailClosed = false;
    m_view->setCurrentApp(app);
    m_view->scrollTo(m_view->currentIndex());
    setDetailShown(true);
}

void FleetPage::showBucket(FleetBucket bucket)
{
    m_tabs->setCurrent(int(bucket));
}

void FleetPage::showDetail(int tab)
{
    setDetailShown(true);
    m_detail->showTab(tab);
}

void FleetPage::showHost(const QString &label)
{
    m_filter->setTerm(QStringLiteral("host:"), label);
}

void FleetPage::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

void FleetPage::refreshTabs()
{
    for (int bucket = 0; bucket < fleetBuckets; ++bucket)
        m_tabs->setCount(bucket, m_model->count(static_cast<FleetBucket>(bucket)));
    const auto trouble = int(FleetBucket::NeedsLook);
    m_tabs->setAlert(trouble, m_model->count(FleetBucket::NeedsLook) > 0);
}

void FleetPage::refreshBar()
{
    const auto checked = m_model->checkedApps();
    int hidden = 0;
    for (const AppId &app : checked) {
        const BoardEntry *entry = m_model->find(app);
        hidden += entry && entry->position < 0;
    }
    QString where = m_actions->whereText(checked);
    if (hidden > 0)
        where += tr(" · %n of them not shown by the filter", nullptr, hidden);
    m_bar->setSelection(int(checked.size()), int(m_actions->running(checked).size()), where);
}

void FleetPage::refreshEmpty()
{
    const bool none = m_model->rowCount() == 0;
    m_stack->setCurrentIndex(none ? 1 : 0);
    if (!none)
        return;
    if (!m_failure.isEmpty())
        m_empty->show(QStringLiteral("warning"), tr("The fleet cannot be read"), m_failure, tr("Try again"));
    else if (m_loading)
        m_empty->show(QStringLiteral("fleet"), tr("Looking at the hosts"), {});
    else if (m_model->total() == 0)
        m_empty->show(QStringLiteral("fleet"), tr("No apps yet"),
                      tr("Every app gets a sandbox of its own, on this computer or on a host of yours. Here you see "
                         "all of them, with what they use, and can act on many at once."),
                      tr("Make an app"));
    else
        m_empty->show(QStringLiteral("search"), tr("Nothing matches"),
                      tr("None of %n app(s) fits the tab and the filter.", nullptr, m_model->total()), tr("Show all"));
}

} // namespace Flotilla
