// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"

#include <QPixmap>
#include <QScrollArea>

class QLabel;
class QPushButton;

namespace Flotilla {

class FleetModel;
class FleetSession;
class LiveChart;
class LogFeed;
struct BoardEntry;

/// The app at a glance: its picture, what it uses, what it said last, where it runs.
class OverviewTab : public QScrollArea
{
    Q_OBJECT

public:
    OverviewTab(FleetSession *session, FleetModel *model, LogFeed *feed, QWidget *parent = nullptr);
    void setApp(const AppId &app);
    void refresh(bool newSample); ///< its row changed

Q_SIGNALS:
    void logsRequested();
    void wakeRequested(const Flotilla::AppId &app);

private:
    void setupUi();
    void loadPicture();
    void showLog();
    void showFacts(const BoardEntry &entry);
    void fillCharts(const BoardEntry &entry);

    FleetSession *m_session;
    FleetModel *m_model;
    LogFeed *m_feed;
    AppId m_app;
    QWidget *m_picture;
    QLabel *m_problem;
    QPushButton *m_wake;
    LiveChart *m_cpu;
    LiveChart *m_memory;
    LiveChart *m_processes;
    QLabel *m_log;
    QWidget *m_logCard;
    QLabel *m_facts;
};

} // namespace Flotilla
