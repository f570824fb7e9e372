// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/mainwindow/quitdialog.h"
#include "widgets/common/appservices.h"

#include <QObject>

namespace Flotilla {

class AppListModel;

/// A normal quit: asks once what becomes of running apps, remembers, stops them when that was the answer, then is
/// finished. Never blocks; gives up waiting for a stop after ten seconds.
class QuitFlow : public QObject
{
    Q_OBJECT

public:
    QuitFlow(AppServices services, AppListModel *apps, QWidget *window);
    /// True: the window may close now. False: finished() follows, or the user stays.
    bool mayClose();

Q_SIGNALS:
    void finished();

private:
    void ask(int running);
    void stopAll();
    void finish();

    AppServices m_services;
    AppListModel *m_apps;
    QWidget *m_window;
    bool m_done = false;
    bool m_stopping = false;
    int m_waiting = 0;
};

} // namespace Flotilla
