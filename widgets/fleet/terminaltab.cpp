// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/terminaltab.h"

#include "widgets/common/async.h"
#include "widgets/common/controls.h"
#include "widgets/common/emptystate.h"
#include "widgets/fleet/fleetsession.h"
#include "widgets/fleet/terminalview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

namespace Flotilla {

TerminalTab::TerminalTab(FleetSession *session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_view(new TerminalView)
    , m_empty(new EmptyState)
    , m_stack(new QStackedWidget)
    , m_endBar(new QWidget)
    , m_endText(makeLabel({}, TextSize::Base, Tone::Muted))
{
    setObjectName(QStringLiteral("terminalTab"));
    auto *again = makeButton(tr("Open a new one"), QStringLiteral("terminalAgainQPushButton"));
    auto *row = new QHBoxLayout(m_endBar);
    row->setContentsMargins(Space::l, Space::xs, Space::l, Space::s);
    m_endText->setWordWrap(true);
    row->addWidget(m_endText, 1);
    row->addWidget(again);
    m_endBar->hide();
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_endBar);
    layout->addWidget(m_stack, 1);
    connect(again, &QPushButton::clicked, this, &TerminalTab::open);
    connect(m_empty, &EmptyState::actionTriggered, this, &TerminalTab::open);
    connect(m_view, &TerminalView::typed, this, [this](const QByteArray &bytes) {
        if (m_terminal)
            m_terminal->write(bytes);
    });
    connect(m_view, &TerminalView::resized, this, [this](int columns, int rows) {
        if (m_terminal)
            m_terminal->resize(columns, rows);
    });
    connect(m_view, &TerminalView::shown, this, [this](qint64 bytes) {
        if (m_terminal)
            m_terminal->acknowledge(bytes);
    });
}

TerminalTab::~TerminalTab() = default;

void TerminalTab::setApp(const AppId &app, bool alive)
{
    if (app == m_app && alive == m_alive)
        return;
    if (app != m_app) {
        close();
        m_view->clear();
        m_endBar->hide();
    }
    m_app = app;
    m_alive = alive;
    if (isVisible())
        open();
}

void TerminalTab::close()
{
    ++m_generation;
    m_opening = false;
    m_terminal.reset();
}

void TerminalTab::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_terminal && m_endBar->isHidden())
        open();
}

void TerminalTab::open()
{
    m_endBar->hide();
    if (!m_alive && !m_terminal) {
        m_empty->show(QStringLiteral("terminal"), tr("The app is asleep"),
                      tr("Wake the app to open a shell in its sandbox."));
        return m_stack->setCurrentIndex(1);
    }
    if (m_terminal || m_opening)
        return;
    m_opening = true;
    m_stack->setCurrentIndex(0);
    const QSize grid = m_view->gridSize();
    whenDone(m_session->openTerminal(m_app, grid.width(), grid.height()), this,
             [this, generation = m_generation](const Result<SandboxTerminalHandle> &terminal) {
                 if (generation == m_generation)
                     opened(terminal);
             });
}

void TerminalTab::opened(const Result<SandboxTerminalHandle> &terminal)
{
    m_opening = false;
    if (!terminal) {
        m_empty->show(QStringLiteral("warning"), tr("No terminal"), terminal.error().text, tr("Try again"));
        m_empty->setDetails(terminal.error().detail);
        return m_stack->setCurrentIndex(1);
    }
    m_terminal = *terminal;
    m_view->clear();
    m_view->setInputEnabled(true);
    const int generation = m_generation;
    connect(m_terminal.get(), &SandboxTerminal::output, this, [this, generation](const QByteArray &bytes) {
        if (generation == m_generation)
            m_view->write(bytes);
    });
    connect(m_terminal.get(), &SandboxTerminal::ended, this, [this, generation](const QString &why) {
        if (generation == m_generation)
            ended(why);
    });
    const QSize grid = m_view->gridSize(); // it may have changed since
    m_terminal->resize(grid.width(), grid.height());
    m_view->setFocus();
}

void TerminalTab::ended(const QString &why)
{
    close();
    m_view->setInputEnabled(false);
    m_endText->setText(why);
    m_endBar->show();
}

} // namespace Flotilla
