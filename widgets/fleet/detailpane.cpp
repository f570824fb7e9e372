// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/detailpane.h"

#include "widgets/common/chip.h"
#include "widgets/common/controls.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/segmentedcontrol.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/eventstab.h"
#include "widgets/fleet/filestab.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetsession.h"
#include "widgets/fleet/logfeed.h"
#include "widgets/fleet/logtab.h"
#include "widgets/fleet/overviewtab.h"
#include "widgets/fleet/snapshotstab.h"
#include "widgets/terminal/terminalpane.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QStackedWidget>
#include <QToolButton>

namespace Flotilla {

namespace {
constexpr int detailMinimum = 380;
}

DetailPane::DetailPane(FleetSession *session, FleetModel *model, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(model)
    , m_title(new ElidedLabel)
    , m_state(new Chip({}))
    , m_more(makeIconButton(QStringLiteral("more"), tr("More"), QStringLiteral("detailMoreQToolButton")))
    , m_tabs(new SegmentedControl)
    , m_stack(new QStackedWidget)
    , m_feed(new LogFeed(session, this))
{
    setObjectName(QStringLiteral("detailPane"));
    m_made.resize(Snapshots + 1);
    setupUi();
    connect(m_tabs, &SegmentedControl::currentChanged, this, &DetailPane::showTab);
    connect(m_more, &QToolButton::clicked, this,
            [this] { Q_EMIT menuRequested(m_more->mapToGlobal(QPoint(0, m_more->height() + Space::xs))); });
    showTab(Overview);
}

void DetailPane::setupUi()
{
    m_title->setFont(Theme::instance().font(TextSize::Large, QFont::Bold));
    m_title->setObjectName(QStringLiteral("detailTitleQLabel"));
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_state->setStatic(true);
    m_state->setObjectName(QStringLiteral("detailStateChip"));
    setStyleProperty(m_more, "kind", QStringLiteral("button"));
    auto *close =
        makeIconButton(QStringLiteral("close"), tr("Close the pane"), QStringLiteral("detailCloseQToolButton"));
    connect(close, &QToolButton::clicked, this, &DetailPane::closeRequested);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Space::l, Space::m, Space::m, 0);
    row->setSpacing(Space::m - 2);
    row->addWidget(m_title);
    row->addWidget(m_state);
    row->addStretch(1);
    row->addWidget(m_more);
    row->addWidget(close);
    m_tabs->setObjectName(QStringLiteral("detailTabs"));
    m_tabs->setAccessibleName(tr("Details"));
    m_tabs->setCompact(true);
    for (const QString &title :
         {tr("Overview"), tr("Logs"), tr("Terminal"), tr("Files"), tr("Events"), tr("Snapshots")})
        m_tabs->addSegment(title);
    setMinimumWidth(qMax(detailMinimum, m_tabs->minimumSizeHint().width() + Space::l + Space::s));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(Space::m - 2);
    layout->addLayout(row);
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(Space::l, 0, 0, 0);
    tabs->addWidget(m_tabs);
    tabs->addStretch();
    layout->addLayout(tabs);
    layout->addWidget(m_stack, 1);
}

QWidget *DetailPane::makeTab(int tab)
{
    switch (tab) {
    case Overview:
        m_overview = new OverviewTab(m_session, m_model, m_feed);
        connect(m_overview, &OverviewTab::wakeRequested, this, &DetailPane::wakeRequested);
        return m_overview;
    case Logs:
        return new LogTab(m_feed);
    case Terminal:
        return makeTerminal();
    case Files:
        return m_files = new FilesTab(m_session);
    case Events:
        return m_events = new EventsTab(m_session);
    default:
        m_snapshots = new SnapshotsTab(m_session);
        connect(m_snapshots, &SnapshotsTab::openRequested, this, &DetailPane::openRequested);
        return m_snapshots;
    }
}

QWidget *DetailPane::makeTerminal()
{
    m_terminal = new TerminalPane([session = m_session](const AppId &app, int columns, int rows) {
        return session->openTerminal(app, columns, rows);
    });
    m_terminal->setPutFiles([session = m_session](const AppId &app, const QHash<QString, QByteArray> &files) {
        return session->putFiles(app, files);
    });
    connectTerminal();
    return m_terminal;
}

void DetailPane::connectTerminal()
{
    connect(m_terminal, &TerminalPane::wakeRequested, this, &DetailPane::wakeRequested);
}

std::unique_ptr<TerminalPane> DetailPane::takeTerminal()
{
    if (!m_terminal)
        return nullptr;
    m_terminal->disconnect(this);
    m_stack->removeWidget(m_terminal);
    m_terminal->setParent(nullptr);
    m_made[Terminal] = nullptr;
    return std::unique_ptr<TerminalPane>(std::exchange(m_terminal, nullptr));
}

void DetailPane::putTerminal(std::unique_ptr<TerminalPane> terminal)
{
    if (!terminal || m_terminal)
        return;
    m_terminal = terminal.release();
    m_made[Terminal] = m_terminal;
    m_stack->addWidget(m_terminal);
    connectTerminal();
    refresh();
}

void DetailPane::showTab(int tab)
{
    if (!m_made[tab]) {
        m_made[tab] = makeTab(tab);
        m_stack->addWidget(m_made[tab]);
        if (m_overview && tab == Overview && !m_app.isEmpty())
            m_overview->setApp(m_app);
        refresh();
    }
    m_tabs->setCurrent(tab);
    const bool other = m_stack->currentWidget() != m_made[tab];
    m_stack->setCurrentWidget(m_made[tab]);
    updateFeed();
    if (other)
        Q_EMIT tabChanged(tab);
}

int DetailPane::tab() const
{
    return m_tabs->current();
}

void DetailPane::setApp(const AppId &app)
{
    if (app == m_app)
        return;
    m_app = app;
    refresh();
    if (m_overview)
        m_overview->setApp(app);
}

void DetailPane::followModel(const QSet<AppId> &changed)
{
    if (!changed.contains(m_app))
        return;
    refresh();
    if (m_overview)
        m_overview->refresh(true);
}

void DetailPane::refresh()
{
    const BoardEntry *entry = m_model->find(m_app);
    if (!entry)
        return;
    const FleetRow &row = entry->row;
    const bool alive = row.state == SandboxState::Running && row.hostReachable;
    const QString up = uptimeOf(row, QDateTime::currentDateTimeUtc());
    m_title->setText(row.title);
    m_state->setStatus(entry->status.kind);
    m_state->setText(up.isEmpty() ? entry->status.word : QStringLiteral("%1 %2").arg(entry->status.word, up));
    m_feed->setApp(m_app, alive);
    if (m_files)
        m_files->setApp(m_app, absenceOf(row));
    if (m_terminal)
        refreshTerminal(row);
    if (m_events)
        m_events->setApp(m_app);
    if (m_snapshots)
        m_snapshots->setApp(m_app, alive);
}

void DetailPane::refreshTerminal(const FleetRow &row)
{
    const Absence absence = absenceOf(row);
    m_terminal->setSubject({row.app, row.title, absence.title.isEmpty(), absence.canWake, absence.title, absence.why});
}

void DetailPane::updateFeed()
{
    m_feed->setActive(isVisible() && (tab() == Overview || tab() == Logs));
}

void DetailPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateFeed();
}

void DetailPane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_feed->setActive(false);
}

void DetailPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colors().surface);
    painter.fillRect(QRect(0, 0, 1, height()), colors().border);
}

} // namespace Flotilla
