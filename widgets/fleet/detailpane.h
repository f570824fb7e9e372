// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"

#include <QSet>
#include <QWidget>

#include <memory>

class QMenu;
class QStackedWidget;
class QToolButton;

namespace Flotilla {

class Chip;
class ElidedLabel;
class EventsTab;
class FilesTab;
class FleetModel;
class FleetSession;
struct FleetRow;
class LogFeed;
class OverviewTab;
class SegmentedControl;
class SnapshotsTab;
class TerminalPane;

/// Everything about one app of the board, beside the table.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    enum Tab { Overview, Logs, Terminal, Files, Events, Snapshots };
    DetailPane(FleetSession *session, FleetModel *model, QWidget *parent = nullptr);

    void setApp(const AppId &app);
    AppId app() const { return m_app; }
    TerminalPane *terminal() const { return m_terminal; }     ///< null until it was looked at
    std::unique_ptr<TerminalPane> takeTerminal();             ///< with its shell; null when it was never looked at
    void putTerminal(std::unique_ptr<TerminalPane> terminal); ///< of another pane; before one is looked at here
    void showTab(int tab);
    int tab() const;
    void followModel(const QSet<AppId> &changed);

Q_SIGNALS:
    void tabChanged(int tab);
    void menuRequested(const QPoint &globalPosition);
    void openRequested(const Flotilla::AppId &app);
    void wakeRequested(const Flotilla::AppId &app);
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void setupUi();
    QWidget *makeTab(int tab);
    QWidget *makeTerminal();
    void connectTerminal();
    void refreshTerminal(const FleetRow &row);
    void refresh();
    void updateFeed();

    FleetSession *m_session;
    FleetModel *m_model;
    AppId m_app;
    ElidedLabel *m_title;
    Chip *m_state;
    QToolButton *m_more;
    SegmentedControl *m_tabs;
    QStackedWidget *m_stack;
    LogFeed *m_feed;
    OverviewTab *m_overview = nullptr;
    TerminalPane *m_terminal = nullptr;
    FilesTab *m_files = nullptr;
    EventsTab *m_events = nullptr;
    SnapshotsTab *m_snapshots = nullptr;
    QList<QWidget *> m_made;
};

} // namespace Flotilla
