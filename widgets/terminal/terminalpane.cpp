// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalpane.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/sheet.h"
#include "widgets/common/toast.h"
#include "widgets/terminal/droppedfiles.h"
#include "widgets/terminal/terminalbridge.h"
#include "widgets/terminal/terminalview.h"

#include <QApplication>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>
#include <QUrl>

namespace Flotilla {

namespace {

bool isTyping(const QWidget *focused)
{
    return qobject_cast<const QLineEdit *>(focused) || (focused && focused->inherits("QTextEdit"));
}

} // namespace

TerminalPane::TerminalPane(OpenShell openShell, QWidget *parent)
    : QWidget(parent)
    , m_openShell(std::move(openShell))
    , m_body(new QWidget)
    , m_cover(new QWidget)
    , m_empty(new EmptyState)
    , m_line(new QWidget)
    , m_lineText(makeLabel({}, TextSize::Base, Tone::Muted))
    , m_again(makeButton(tr("Open again"), QStringLiteral("terminalAgainQPushButton")))
{
    setObjectName(QStringLiteral("terminalPane"));
    setupUi();
    connect(m_empty, &EmptyState::actionTriggered, this, &TerminalPane::act);
    showState();
}

TerminalPane::~TerminalPane() = default;

void TerminalPane::setupUi()
{
    connect(m_again, &QPushButton::clicked, this, &TerminalPane::act);
    m_lineText->setObjectName(QStringLiteral("terminalEndQLabel"));
    m_lineText->setWordWrap(true);
    auto *row = new QHBoxLayout(m_line);
    row->setContentsMargins(Space::l, 0, Space::l, Space::s);
    row->addWidget(m_lineText, 1);
    row->addWidget(m_again);
    m_line->hide();
    setSurface(m_cover, "surface");
    auto *inside = new QVBoxLayout(m_cover);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->addWidget(m_empty);
    // the cover lies on the view, which needs its size before it can be shown
    auto *stack = new QStackedLayout(m_body);
    stack->setStackingMode(QStackedLayout::StackAll);
    stack->addWidget(m_cover);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_line);
    column->addWidget(m_body, 1);
}

void TerminalPane::makeView()
{
    m_view = new TerminalView;
    m_body->layout()->addWidget(m_view);
    m_cover->raise();
    connect(m_view, &TerminalView::ready, this, &TerminalPane::pageIsReady);
    connect(m_view, &TerminalView::crashed, this, &TerminalPane::viewFailed);
    connect(m_view, &TerminalView::lost, this, &TerminalPane::viewFailed);
    const TerminalBridge *bridge = m_view->bridge();
    connect(bridge, &TerminalBridge::pageReady, this, [this](int columns, int rows) { m_size = {columns, rows}; });
    connect(bridge, &TerminalBridge::sizeChanged, this, [this](int columns, int rows) {
        m_size = {columns, rows};
        resizeShell();
    });
    connect(bridge, &TerminalBridge::keys, this, [this](const QByteArray &bytes) {
        if (m_shell)
            m_shell->write(bytes);
    });
    connect(bridge, &TerminalBridge::acknowledged, this, [this](qint64 bytes) {
        if (m_shell)
            m_shell->acknowledge(bytes);
    });
    connect(bridge, &TerminalBridge::linkAsked, this, &TerminalPane::askToOpen);
    connect(m_view, &TerminalView::filesDropped, this, &TerminalPane::takeFiles);
    m_view->load();
}

bool TerminalPane::isHeld() const
{
    return m_shell || m_phase == State::Connecting;
}

TerminalPane::State TerminalPane::state() const
{
    if (!TerminalView::problem().isEmpty())
        return State::NoView;
    if (m_owner.app.isEmpty())
        return State::Asleep;
    return m_owner.app == m_subject.app ? m_phase : State::Elsewhere;
}

void TerminalPane::setSubject(const Subject &subject)
{
    const bool woke = subject.alive && !m_subject.alive;
    m_subject = subject;
    if (!isHeld() && (m_owner.app != subject.app || (woke && m_phase == State::Failed)))
        release();
    refresh();
}

void TerminalPane::refresh()
{
    if (isVisible() && m_subject.alive && state() == State::Asleep)
        open();
    showState();
}

void TerminalPane::open()
{
    m_owner = m_subject;
    m_phase = State::Connecting;
    if (!m_view)
        makeView();
    else if (m_view->isReady())
        askForShell();
    else
        m_view->load();
}

void TerminalPane::askForShell()
{
    const int attempt = ++m_attempt;
    whenDone(m_openShell(m_owner.app, m_size.width(), m_size.height()), this,
             [this, attempt](const Result<SandboxTerminalHandle> &shell) {
                 if (attempt == m_attempt)
                     take(shell);
             });
}

void TerminalPane::take(const Result<SandboxTerminalHandle> &shell)
{
    if (!shell) {
        m_error = shell.error();
        m_phase = State::Failed;
        return showState();
    }
    m_shell = *shell;
    m_view->bridge()->beginShell();
    connectShell();
    resizeShell();
    if (m_phase == State::Connecting)
        m_phase = State::Open;
    showState();
    if (isVisible() && m_view->isVisible() && !isTyping(QApplication::focusWidget()))
        m_view->setFocus();
}

void TerminalPane::connectShell()
{
    const auto *shell = m_shell.get();
    connect(shell, &SandboxTerminal::output, this, [this, shell](const QByteArray &bytes) {
        if (shell == m_shell.get())
            m_view->bridge()->feed(bytes);
    });
    connect(shell, &SandboxTerminal::ended, this, [this, shell](const QString &why) {
        if (shell == m_shell.get())
            end(why);
    });
    m_shell->start();
}

void TerminalPane::end(const QString &why)
{
    m_shell.reset();
    m_lineText->setText(why);
    if (m_phase != State::Crashed)
        m_phase = State::Ended;
    if (m_owner.app != m_subject.app)
        release();
    refresh();
}

void TerminalPane::release()
{
    ++m_attempt; // what is on its way belongs to nobody
    m_shell.reset();
    m_owner = {};
    m_phase = State::Asleep;
}

void TerminalPane::pageIsReady()
{
    if (m_phase != State::Connecting)
        return;
    if (!m_shell)
        return askForShell();
    m_phase = State::Open;
    m_shell->resize(m_size.width(), m_size.height() - 1); // a change of size makes programs draw themselves anew
    resizeShell();
    showState();
}

void TerminalPane::viewFailed()
{
    if (m_owner.app.isEmpty())
        return;
    m_phase = State::Crashed;
    showState();
}

/// What the page had not shown yet is lost with it; the shell goes on.
void TerminalPane::restartView()
{
    if (!m_shell) {
        release();
        return refresh();
    }
    m_shell->acknowledge(m_view->bridge()->unshown());
    m_view->bridge()->beginShell();
    m_phase = State::Connecting;
    m_view->load();
    showState();
}

void TerminalPane::resizeShell()
{
    if (m_shell)
        m_shell->resize(m_size.width(), m_size.height());
}

void TerminalPane::act()
{
    switch (state()) {
    case State::Asleep:
        return Q_EMIT wakeRequested(m_subject.app);
    case State::Crashed:
        return restartView();
    default:
        release();
        refresh();
    }
}

void TerminalPane::showState()
{
    const State now = state();
    m_line->setVisible(now == State::Ended);
    const bool seen = now == State::Open || now == State::Ended;
    m_cover->setVisible(!seen);
    if (now == State::Failed) {
        m_empty->show(QStringLiteral("warning"), tr("The terminal cannot be opened"), m_error.text, tr("Try again"));
        m_empty->setDetails(m_error.detail);
    } else if (now == State::Crashed) {
        m_empty->show(QStringLiteral("warning"), tr("The terminal's view crashed"),
                      m_shell ? tr("The shell and what runs in it go on.") : QString(), tr("Start again"));
    } else if (!seen) {
        showWaiting();
    }
}

void TerminalPane::showWaiting()
{
    const QString sign = QStringLiteral("terminal");
    switch (state()) {
    case State::NoView:
        return m_empty->show(QStringLiteral("shield"), tr("No terminal here"), TerminalView::problem());
    case State::Connecting:
        return m_empty->show(sign, tr("Opening a shell in %1").arg(m_owner.title), {});
    case State::Elsewhere:
        return m_empty->show(
            sign, tr("A terminal is open in %1").arg(m_owner.title),
            tr("It goes on there. To open one here instead, that shell is ended with what runs in it."),
            m_subject.alive ? tr("Open one here") : QString());
    default:
        m_empty->show(m_subject.canWake ? QStringLiteral("sleep") : sign, m_subject.absence, m_subject.why,
                      m_subject.canWake ? tr("Wake it") : QString());
    }
}

void TerminalPane::askToOpen(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || (url.scheme() != QLatin1String("https") && url.scheme() != QLatin1String("http")))
        return;
    auto *sheet = new Sheet(window(), tr("Open this address in your browser?"));
    sheet->addText(url.toDisplayString(QUrl::FullyEncoded), Tone::Text);
    sheet->addText(tr("A program in the sandbox printed it. Open it only if you expected it."));
    QPushButton *go = sheet->addButton(tr("Open"), QStringLiteral("openAddressQPushButton"));
    connect(go, &QPushButton::clicked, sheet, [sheet, url] {
        sheet->close();
        QDesktopServices::openUrl(url);
    });
    sheet->open(sheet->cancelButton());
}

void TerminalPane::takeFiles(const QStringList &paths)
{
    if (!m_shell || !m_putFiles)
        return;
    whenDone(readDroppedFiles(paths), this, [this, app = m_owner.app](const Result<DroppedFiles> &files) {
        if (!files)
            return Toast::show(this, files.error().text, Toast::Kind::Error);
        put(app, *files);
    });
}

void TerminalPane::put(const AppId &app, const DroppedFiles &files)
{
    whenDone(m_putFiles(app, files.contents), this, [this, app, typed = files.typed()](const Status &stored) {
        if (!stored)
            return Toast::show(this, stored.error().text, Toast::Kind::Error);
        if (!m_shell || m_owner.app != app)
            return;
        Q_EMIT m_view->bridge()->pasted(typed);
        m_view->setFocus();
    });
}

/// The pane goes on in a window that is made anew in another language.
void TerminalPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_again->setText(tr("Open again"));
        showState();
    }
    QWidget::changeEvent(event);
}

void TerminalPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void TerminalPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_cover->raise();
}

} // namespace Flotilla
