// SPDX-License-Identifier: GPL-3.0-or-later
// The Fleet and Hosts screens in the window.
#include "app/mainwindow/mainwindow.h"

#include "app/mainwindow/rail.h"
#include "backends/projects/projectservice.h"
#include "backends/storage/settingsservice.h"
#include "widgets/common/async.h"
#include "widgets/common/toast.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/home/homepage.h"
#include "widgets/home/promptbox.h"
#include "widgets/hosts/hostquestions.h"
#include "widgets/hosts/hostsession.h"
#include "widgets/hosts/hostspage.h"

#include <QDesktopServices>
#include <QStackedWidget>

namespace Flotilla {

void MainWindow::setFleet(FleetSession *fleet, HostSession *hosts)
{
    m_fleetSession = fleet;
    m_hostSession = hosts;
    m_rail->setPageVisible(Fleet, true);
    m_rail->setPageVisible(Hosts, true);
    new HostQuestions(hosts, centralWidget());
}

FleetPage *MainWindow::fleetPage()
{
    if (!m_fleet)
        makeFleetPage();
    return m_fleet;
}

HostsPage *MainWindow::hostsPage()
{
    if (!m_hosts)
        makeHostsPage();
    return m_hosts;
}

void MainWindow::makeFleetPage()
{
    m_fleet = new FleetPage(m_fleetSession, m_hostSession);
    m_fleet->restoreViewState(m_services.settings->string(Setting::FleetView));
    m_stack->addWidget(m_fleet);
    connect(m_fleet, &FleetPage::openRequested, this, &MainWindow::openApp);
    connect(m_fleet, &FleetPage::openInBrowserRequested, this, &MainWindow::openInBrowser);
    connect(m_fleet, &FleetPage::newAppRequested, this, &MainWindow::newApp);
    connect(m_fleet, &FleetPage::hostsRequested, this, &MainWindow::openHosts);
    connect(m_fleet, &FleetPage::viewStateChanged, this,
            [this] { m_services.settings->set(Setting::FleetView, m_fleet->viewState()); });
}

void MainWindow::makeHostsPage()
{
    m_hosts = new HostsPage(m_hostSession);
    m_stack->addWidget(m_hosts);
    connect(m_hosts, &HostsPage::fleetRequested, this, [this](const QString &hostLabel) {
        showPage(Fleet);
        fleetPage()->showHost(hostLabel);
    });
}

void MainWindow::openHosts(const HostId &host)
{
    showPage(Hosts);
    if (m_hosts && !host.isEmpty())
        m_hosts->testHost(host);
}

void MainWindow::openInBrowser(const AppId &id)
{
    whenDone(m_services.projects->openPreview(id), this, [this, id](const Result<PreviewStatus> &status) {
        if (!status)
            return Toast::show(this, status.error().text, Toast::Kind::Error);
        QDesktopServices::openUrl(m_services.previewUrl(id));
    });
}

} // namespace Flotilla
