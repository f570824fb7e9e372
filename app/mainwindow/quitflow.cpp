// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow/quitflow.h"

#include "backends/projects/projectservice.h"
#include "backends/storage/settingsservice.h"
#include "widgets/common/appstatus.h"
#include "widgets/common/async.h"
#include "widgets/common/toast.h"
#include "widgets/home/applistmodel.h"

#include <QTimer>

namespace Flotilla {

namespace {
constexpr int longestStopMs = 10'000;
}

QuitFlow::QuitFlow(AppServices services, AppListModel *apps, QWidget *window)
    : QObject(window)
    , m_services(std::move(services))
    , m_apps(apps)
    , m_window(window)
{
}

bool QuitFlow::mayClose()
{
    const int running = m_apps->runningCount();
    if (m_done || running == 0)
        return true;
    const QString policy = m_services.settings->string(Setting::QuitPolicy);
    if (policy == QLatin1String("keep"))
        return true;
    if (policy == QLatin1String("stop"))
        stopAll();
    else
        ask(running);
    return false;
}

void QuitFlow::ask(int running)
{
    if (m_stopping || m_window->findChild<QuitDialog *>())
        return;
    auto *dialog = new QuitDialog(running, m_window);
    connect(dialog, &QuitDialog::chosen, this, [this](QuitChoice choice, bool remember) {
        const bool stop = choice == QuitChoice::Stop;
        if (remember)
            m_services.settings->set(Setting::QuitPolicy, stop ? QStringLiteral("stop") : QStringLiteral("keep"));
        if (stop)
            stopAll();
        else
            finish();
    });
    dialog->open();
}

void QuitFlow::stopAll()
{
    if (std::exchange(m_stopping, true))
        return;
    Toast::show(m_window, tr("Stopping your apps…"));
    m_waiting = 0;
    const auto apps = m_apps->apps();
    for (const AppSummary &app : apps) {
        if (turnRuns(app.turn))
            m_services.projects->stop(app.id);
        if (!app.running)
            continue;
        ++m_waiting;
        whenDone(m_services.projects->sleep(app.id), this, [this](const Status &) {
            if (--m_waiting == 0)
                finish();
        });
    }
    if (m_waiting == 0)
        finish();
    QTimer::singleShot(longestStopMs, this, &QuitFlow::finish);
}

void QuitFlow::finish()
{
    if (!std::exchange(m_done, true))
        Q_EMIT finished();
}

} // namespace Flotilla
