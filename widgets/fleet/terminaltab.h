// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/sandboxaccess.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace Flotilla {

class EmptyState;
class FleetSession;
class TerminalView;

/// A shell in the sandbox. Opens when it is looked at, ends when another app is chosen, says when and why it ended.
class TerminalTab : public QWidget
{
    Q_OBJECT

public:
    explicit TerminalTab(FleetSession *session, QWidget *parent = nullptr);
    ~TerminalTab() override;
    void setApp(const AppId &app, bool alive);
    TerminalView *view() const { return m_view; }

protected:
    void showEvent(QShowEvent *event) override;

private:
    void open();
    void opened(const Result<SandboxTerminalHandle> &terminal);
    void ended(const QString &why);
    void close();

    FleetSession *m_session;
    AppId m_app;
    SandboxTerminalHandle m_terminal;
    TerminalView *m_view;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QWidget *m_endBar;
    QLabel *m_endText;
    int m_generation = 0;
    bool m_alive = false;
    bool m_opening = false;
};

} // namespace Flotilla
