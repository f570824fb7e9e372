// SPDX-License-Identifier: GPL-3.0-or-later
// Another language while the window is open: every screen is made anew and goes on where it was. Turns, load tests and
// sandboxes are the services' and notice nothing; shells move over with their terminals.
#include "app/mainwindow/mainwindow.h"

#include "app/mainwindow/rail.h"
#include "widgets/chat/appview.h"
#include "widgets/common/commandpalette.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/homecontroller.h"
#include "widgets/home/homepage.h"
#include "widgets/loadtest/scalepage.h"
#include "widgets/loadtest/setuppanel.h"
#include "widgets/terminal/terminalpane.h"

#include <QApplication>
#include <QVBoxLayout>

#include <optional>

namespace Flotilla {

struct MainWindow::Left
{
    QString focus; ///< name of the widget that has it
    int page = Home;
    int section = -1; ///< of Settings; below 0: they were not opened
    HomePage::State home;
    QList<AppId> removed;
    std::shared_ptr<AppViewState> app;
    std::optional<FleetPageState> fleet;
    std::optional<LoadPlan> plan; ///< of the Scale screen's form
    int scaleView = -1;           ///< below 0: it was not opened
};

void MainWindow::retranslate()
{
    if (m_scale)
        showStage(false);
    Left left = leaveScreens();
    makeScreens();
    centralWidget()->show(); // now, not with the next layout: one of its widgets gets the focus
    if (m_fleetSession)
        setFleet(m_fleetSession, m_hostSession);
    setScale(m_makeScalePage);
    m_controller->setRemoved(left.removed);
    m_controller->load();
    m_controller->loadModels();
    goOn(std::move(left));
    updateTitle();
}

/// Nothing of the old screens is left afterwards: two of them must not share one web profile.
MainWindow::Left MainWindow::leaveScreens()
{
    Left left;
    left.focus = QApplication::focusWidget() ? QApplication::focusWidget()->objectName() : QString();
    left.page = m_page;
    left.section = m_settings ? m_settings->section() : -1;
    left.home = m_home->state();
    left.removed = m_controller->removed();
    left.app = m_appPage.widget && m_appPage.leave ? m_appPage.leave() : nullptr;
    if (m_fleet)
        left.fleet = m_fleet->leave();
    if (m_scale) {
        if (const auto plan = m_scale->setup()->plan())
            left.plan = *plan;
        left.scaleView = m_scale->view();
    }
    delete std::exchange(m_controller, nullptr);
    delete std::exchange(m_palette, nullptr);
    delete takeCentralWidget();
    m_appPage = {};
    m_settings = nullptr;
    m_fleet = nullptr;
    m_hosts = nullptr;
    m_scale = nullptr;
    return left;
}

void MainWindow::goOn(Left left)
{
    m_home->goOn(left.home);
    if (left.app && ensurePage(App) && m_appPage.goOn)
        m_appPage.goOn(*left.app);
    m_rail->setPageVisible(App, m_apps->rowOf(m_openApp) >= 0);
    if (left.fleet)
        fleetPage()->goOn(std::move(*left.fleet));
    if (left.scaleView >= 0 && scalePage()) {
        if (left.plan)
            m_scale->setup()->setPlan(*left.plan);
        m_scale->showView(left.scaleView);
    }
    if (left.section >= 0) {
        ensurePage(Settings);
        m_settings->open(static_cast<SettingsPage::Section>(left.section));
    }
    const Page appFrom = m_appFrom;
    m_page = Home;
    showPage(left.page);
    m_appFrom = appFrom;
    if (auto *focused = left.focus.isEmpty() ? nullptr : findChild<QWidget *>(left.focus))
        focused->setFocus();
}

bool MainWindow::hasBanners() const
{
    return m_banners->count() > 0;
}

} // namespace Flotilla
