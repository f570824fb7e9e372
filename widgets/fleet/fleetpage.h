// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "backends/fleet/fleettypes.h"
#include "widgets/fleet/fleetstatus.h"

#include <QWidget>

#include <memory>

class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace Flotilla {

class DetailPane;
class EmptyState;
class FilterBox;
class FleetActions;
class FleetModel;
class FleetSession;
class FleetView;
class HostSession;
class HostStrip;
class ResultPanel;
class SegmentedControl;
class SelectionBar;
class TerminalPane;

/// What the Fleet screen hands to the one that takes its place, in another language.
struct FleetPageState
{
    QString filter;
    int bucket = 0;
    QList<AppId> checked;
    AppId current;
    int detailTab = 0;
    std::unique_ptr<TerminalPane> terminal; ///< with its shell
};

/// The Fleet screen: hosts on top, every app of every host in one table, one of them in detail beside it.
class FleetPage : public QWidget
{
    Q_OBJECT

public:
    FleetPage(FleetSession *session, HostSession *hosts, QWidget *parent = nullptr);
    ~FleetPage() override;

    void load();
    void focusFilter();
    void showApp(const AppId &app); ///< selects it
    void showBucket(FleetBucket bucket);
    void showDetail(int tab);
    void showHost(const QString &label); ///< filters by it
    FleetModel *model() const { return m_model; }
    FleetView *view() const { return m_view; }
    FilterBox *filter() const { return m_filter; }
    DetailPane *detail() const { return m_detail; }
    HostStrip *hostStrip() const { return m_strip; }
    FleetActions *actions() const { return m_actions; }
    void askImage(const QList<AppId> &apps); ///< for the container image that they run in

    FleetPageState leave();          ///< nothing may be asked of it afterwards
    void goOn(FleetPageState state); ///< of a screen that was left and is gone
    /// Columns, order, widths of the panes; one line of JSON.
    QString viewState() const;
    void restoreViewState(const QString &state);

Q_SIGNALS:
    void openRequested(const Flotilla::AppId &app);
    void openInBrowserRequested(const Flotilla::AppId &app);
    void newAppRequested();
    void hostsRequested(const Flotilla::HostId &host); ///< empty: all of them
    void viewStateChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeTop();
    QWidget *makeMiddle();
    void setupUi();
    void setupShortcuts();
    void connectModel();
    void connectFilter();
    void connectView();
    void connectDetail();
    void leaveEmpty();
    void connectHosts();
    void connectBar();
    void showRows(const Result<QList<FleetRow>> &rows);
    void setDetailShown(bool shown);
    void currentChanged(const AppId &app);
    void refreshTabs();
    void refreshBar();
    void refreshEmpty();
    void refreshFilterHosts();
    void chooseHost(const HostId &id);
    void showWhy(const HostId &id);
    void showMenu(const QPoint &position, const QList<AppId> &apps);
    void showColumnsMenu();
    void fillMoveMenu(QMenu *menu, const QList<AppId> &apps);
    void removeCurrentOrChecked();
    void fork(const AppId &app);
    void snapshot(const AppId &app);
    QList<AppId> chosen() const; ///< checked, or the current one

    FleetSession *m_session;
    HostSession *m_hosts;
    FleetModel *m_model;
    FleetView *m_view;
    HostStrip *m_strip;
    SegmentedControl *m_tabs;
    FilterBox *m_filter;
    QPushButton *m_columns;
    QLabel *m_filterError;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    DetailPane *m_detail;
    ResultPanel *m_results;
    SelectionBar *m_bar;
    FleetActions *m_actions;
    QString m_failure;
    QList<AppId> m_toCheck; ///< when the rows come
    bool m_loading = true;
    bool m_detailClosed = false;
    int m_detailWidth;
};

} // namespace Flotilla
