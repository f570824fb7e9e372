// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chat/appview.h"

#include "widgets/chat/appheader.h"
#include "widgets/chat/apptabbar.h"
#include "widgets/chat/chatpane.h"
#include "widgets/chat/composer.h"
#include "widgets/chat/logspage.h"
#include "widgets/chat/projectscreensession.h"
#include "widgets/chat/versionmodel.h"
#include "widgets/chat/versionspage.h"
#include "widgets/chat/versionstrip.h"
#include "widgets/code/codepane.h"
#include "widgets/common/controls.h"
#include "widgets/common/theme.h"
#include "widgets/preview/consolepanel.h"
#include "widgets/preview/previewpane.h"

#include <QPainter>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Flotilla {

namespace {
constexpr int MeasureMs = 2000;
}

AppView::AppView(AppServices services, QWidget *parent)
    : AppView(std::make_unique<ProjectScreenSession>(services.projects, services.previewUrl), services, parent)
{
}

AppView::AppView(std::unique_ptr<ScreenSession> session, AppServices services, QWidget *parent)
    : QWidget(parent)
    , m_services(std::move(services))
    , m_session(std::move(session))
    , m_drafts(new DraftStore(m_services.dataDir, this))
    , m_versions(new VersionModel(this))
{
    setObjectName(QStringLiteral("appView"));
    setupUi();
    setupShortcuts();
    connectSession();
    connectChat();
    connectHeader();
    connectPreview();
    connectVersions();
    connect(&m_measure, &QTimer::timeout, this, &AppView::measure);
    m_measure.setInterval(MeasureMs);
    restoreWidth();
    loadModels();
}

AppView::~AppView() = default;

void AppView::setupUi()
{
    // From the outside in: a widget that gets another parent is styled again with all its children.
    m_header = new AppHeader(this);
    m_splitter = new QSplitter(this);
    m_chat = new ChatPane(m_splitter);
    m_splitter->setObjectName(QStringLiteral("appSplitter"));
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_chat);
    m_splitter->addWidget(makeRight());
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(makeLine());
    column->addWidget(m_splitter, 1);
}

QWidget *AppView::makeRight()
{
    auto *right = new QWidget(m_splitter);
    m_tabs = new AppTabBar(right);
    m_pages = new QStackedWidget(right);
    m_pages->setObjectName(QStringLiteral("appPages"));
    auto *previewPage = makePreviewPage();
    m_code = new CodePane(m_pages);
    m_consolePanel = new ConsolePanel(m_preview->console(), m_pages);
    m_versionsPage = new VersionsPage(m_versions, m_pages);
    m_logs = new LogsPage(m_pages);
    m_terminal = new TerminalPane({}, m_pages);
    connectTerminal();
    for (QWidget *page :
         {previewPage, static_cast<QWidget *>(m_code), static_cast<QWidget *>(m_consolePanel),
          static_cast<QWidget *>(m_versionsPage), static_cast<QWidget *>(m_logs), static_cast<QWidget *>(m_terminal)})
        m_pages->addWidget(page);
    right->setMinimumWidth(Metric::windowMinWidth / 2);
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(m_pages, 1);
    return right;
}

void AppView::connectTerminal()
{
    m_terminal->setOpenShell([this](const AppId &app, int columns, int rows) {
        if (m_openShell)
            return m_openShell(app, columns, rows);
        return readyFuture<SandboxTerminalHandle>(Error{ErrorKind::Unavailable, tr("There is no terminal here."), {}});
    });
    connect(m_terminal, &TerminalPane::wakeRequested, this, [this] { m_session->wake(); });
}

AppViewState AppView::leave()
{
    const Composer *composer = m_chat->composer();
    m_drafts->setDraft(m_session->app(), composer->draft());
    m_drafts->setImages(m_session->app(), composer->draftImages());
    m_terminal->disconnect(this);
    m_pages->removeWidget(m_terminal);
    m_terminal->setParent(nullptr);
    return {m_session->app(), m_tabs->current(),  m_drafts->drafts(), composer->editing(),
            composer->text(), composer->images(), composer->picked(), std::unique_ptr<TerminalPane>(m_terminal)};
}

void AppView::goOn(AppViewState state)
{
    m_drafts->setDrafts(state.drafts);
    m_pages->removeWidget(m_terminal);
    delete std::exchange(m_terminal, state.terminal.release());
    m_pages->insertWidget(AppTabBar::Terminal, m_terminal);
    connectTerminal();
    if (state.app.isEmpty())
        return;
    openApp(state.app);
    showTab(state.tab);
    Composer *composer = m_chat->composer();
    if (state.editing > 0)
        composer->beginEditing(state.editing, state.text, state.images);
    if (!state.picked.selector.isEmpty())
        composer->setPicked(state.picked);
}

QWidget *AppView::makePreviewPage()
{
    auto *previewPage = new QWidget(m_pages);
    m_preview = new PreviewPane(m_services.dataDir, m_services.webViewProblem, previewPage);
    m_strip = new VersionStrip(m_versions, previewPage);
    auto *previewColumn = new QVBoxLayout(previewPage);
    previewColumn->setContentsMargins(0, 0, 0, 0);
    previewColumn->setSpacing(0);
    previewColumn->addWidget(m_preview, 1);
    previewColumn->addWidget(m_strip);
    return previewPage;
}

void AppView::setupShortcuts()
{
    const auto on = [this](const QKeySequence &keys, auto run, Qt::ShortcutContext context = Qt::WindowShortcut) {
        connect(new QShortcut(keys, this, nullptr, nullptr, context), &QShortcut::activated, this, run);
    };
    on(QKeySequence(QStringLiteral("Ctrl+L")), [this] { m_chat->composer()->focusField(); });
    on(QKeySequence(QStringLiteral("Ctrl+R")), [this] { m_preview->reload(); });
    on(QKeySequence(QStringLiteral("F5")), [this] { m_preview->reload(); });
    on(QKeySequence(QStringLiteral("Ctrl+F")), [this] { find(); });
    on(QKeySequence(QStringLiteral("F2")), [this] { m_header->startRename(); });
    on(QKeySequence(QStringLiteral("Ctrl+Shift+P")), [this] { Q_EMIT m_chat->composer()->pickRequested(true); });
    on(QKeySequence(QStringLiteral("Ctrl+Shift+O")), [this] { openInBrowser(); });
    constexpr auto inside = Qt::WidgetWithChildrenShortcut; // elsewhere these keys are the window's
    on(
        QKeySequence(QStringLiteral("Alt+Left")), [this] { m_preview->back(); }, inside);
    on(
        QKeySequence(Qt::Key_Escape), [this] { goBack(); }, inside);
    for (int tab = 0; tab < m_pages->count(); ++tab)
        on(
            QKeySequence(QStringLiteral("Ctrl+%1").arg(tab + 1)), [this, tab] { showTab(tab); }, inside);
}

void AppView::connectSession()
{
    ScreenSession *session = m_session.get();
    connect(session, &ScreenSession::summaryChanged, this, &AppView::showSummary);
    connect(session, &ScreenSession::conversationLoaded, m_chat->model(), &ConversationModel::setMessages);
    connect(session, &ScreenSession::messageChanged, m_chat->model(), &ConversationModel::put);
    connect(session, &ScreenSession::messageChanged, this, [this](const Message &message) {
        if (message.role == Role::Assistant)
            refreshFiles();
    });
    connect(session, &ScreenSession::versionsLoaded, this, [this](const QList<VersionSummary> &versions) {
        m_versions->setVersions(versions);
        showVersions();
    });
    connect(session, &ScreenSession::versionAdded, this, [this](const VersionSummary &version) {
        m_versions->put(version);
        showVersions();
        refreshFiles();
    });
    connect(session, &ScreenSession::previewChanged, m_preview, &PreviewPane::setStatus);
    connect(session, &ScreenSession::previewChanged, this,
            [this] { m_chat->composer()->setCanPick(m_preview->canPick()); });
    connect(session, &ScreenSession::logsLoaded, m_logs, &LogsPage::setLines);
    connect(session, &ScreenSession::logAdded, m_logs, &LogsPage::append);
    connect(session, &ScreenSession::thumbnailLoaded, m_versions, &VersionModel::setThumbnail);
    connect(session, &ScreenSession::filesLoaded, this, &AppView::filesArrived);
    connect(session, &ScreenSession::failed, this, &AppView::showError);
    connect(session, &ScreenSession::removed, this, &AppView::backRequested);
    connect(session, &ScreenSession::duplicated, this, &AppView::openAppRequested);
}

void AppView::openApp(const AppId &id)
{
    if (m_session->app() == id)
        return m_session->wake();
    m_drafts->setDraft(m_session->app(), m_chat->composer()->draft());
    m_drafts->setImages(m_session->app(), m_chat->composer()->draftImages());
    m_chat->composer()->clear();
    m_exportTo.clear();
    m_chat->model()->clear();
    m_chat->view()->restyle();
    m_chat->view()->jumpToEnd();
    m_versions->setVersions({});
    m_strip->setLooking(0);
    m_preview->reset();
    m_code->reset();
    m_logs->setLines({});
    m_header->setMemory(0);
    m_summary = {};
    m_filesStale = true;
    m_tabs->setCurrent(AppTabBar::Preview);
    m_session->open(id);
    m_chat->composer()->setDraft(m_drafts->draft(id));
    m_chat->composer()->setDraftImages(m_drafts->images(id));
    m_chat->composer()->focusField();
}

AppId AppView::app() const
{
    return m_session->app();
}

void AppView::showTab(int tab)
{
    m_tabs->setCurrent(AppTabBar::Tab(tab));
}

void AppView::warmUp()
{
    m_preview->ensureWeb();
}

void AppView::showSummary(const AppSummary &app)
{
    const bool first = m_summary.id != app.id;
    const bool woken = !first && app.running && !m_summary.running;
    m_summary = app;
    m_header->setSummary(app);
    m_chat->setSummary(app);
    m_preview->setLastGreen(app.lastGreen == app.version ? 0 : app.lastGreen);
    m_preview->setTurnRunning(!isEnd(app.turn) && app.turn != TurnState::Idle);
    m_chat->composer()->setCanPick(m_preview->canPick());
    if (!app.running)
        m_header->setMemory(0);
    if (woken && m_preview->status().state == PreviewState::Stopped)
        m_session->wake(); // another program woke it: it must not seem to sleep
    refreshTerminal();
    if (first && !app.model.isEmpty())
        m_chat->composer()->setModel(app.model);
}

void AppView::refreshTerminal()
{
    TerminalPane::Subject subject;
    subject.app = m_summary.id;
    subject.title = m_summary.title;
    subject.alive = m_summary.running;
    subject.canWake = !m_summary.running;
    subject.absence = tr("The app is asleep");
    subject.why = tr("Its files are kept. Wake the app to open a shell in its sandbox.");
    m_terminal->setSubject(subject);
}

void AppView::showVersions()
{
    m_tabs->setVersions(m_versions->rowCount());
    m_code->setVersions(m_versions->versions());
    m_chat->setVersions(m_versions->versions());
    if (m_strip->looking() > 0)
        look(0);
}

void AppView::goBack()
{
    if (m_strip->looking() > 0)
        return look(0);
    if (m_tabs->current() != AppTabBar::Preview)
        return showTab(AppTabBar::Preview);
    m_drafts->setDraft(m_session->app(), m_chat->composer()->draft());
    Q_EMIT backRequested();
}

void AppView::find()
{
    if (m_tabs->current() == AppTabBar::Code)
        m_code->openSearch();
    else if (m_tabs->current() == AppTabBar::Logs)
        m_logs->openSearch();
}

void AppView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    measure();
    m_measure.start();
}

void AppView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_measure.stop();
    m_preview->stopPicking();
    m_drafts->setDraft(m_session->app(), m_chat->composer()->draft());
}

void AppView::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), colors().surface);
}

} // namespace Flotilla
