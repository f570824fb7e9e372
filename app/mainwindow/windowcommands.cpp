// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow/windowcommands.h"

#include "app/mainwindow/mainwindow.h"
#include "backends/storage/settingsservice.h"
#include "widgets/common/icons.h"
#include "widgets/fleet/detailpane.h"
#include "widgets/fleet/fleetmodel.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/homepage.h"
#include "widgets/home/promptbox.h"
#include "widgets/hosts/hostspage.h"
#include "widgets/loadtest/scalepage.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

constexpr int mostApps = 2000;

QList<Command> goCommands(MainWindow *window)
{
    const QString go = QCoreApplication::translate("Commands", "Go to");
    const auto settings = [window](SettingsPage::Section section) {
        return [window, section] { window->openSettings(section); };
    };
    return {
        {QCoreApplication::translate("Commands", "Home"),
         go,
         QStringLiteral("home"),
         {},
         [window] { window->showPage(MainWindow::Home); }},
        {QCoreApplication::translate("Commands", "Settings"), go, QStringLiteral("settings"), QStringLiteral("Ctrl+,"),
         settings(SettingsPage::Models)},
        {QCoreApplication::translate("Commands", "Models and keys"),
         go,
         QStringLiteral("key"),
         {},
         settings(SettingsPage::Models)},
        {QCoreApplication::translate("Commands", "Appearance"),
         go,
         QStringLiteral("palette"),
         {},
         settings(SettingsPage::Appearance)},
        {QCoreApplication::translate("Commands", "Budget and quitting"),
         go,
         QStringLiteral("coin"),
         {},
         settings(SettingsPage::Budget)},
        {QCoreApplication::translate("Commands", "Sandboxes and doctor"),
         go,
         QStringLiteral("shield"),
         {},
         settings(SettingsPage::Sandboxes)},
        {QCoreApplication::translate("Commands", "Control API for scripts"),
         go,
         QStringLiteral("terminal"),
         {},
         settings(SettingsPage::Api)},
        {QCoreApplication::translate("Commands", "Privacy: what leaves this computer"),
         go,
         QStringLiteral("eye-off"),
         {},
         settings(SettingsPage::Privacy)},
        {QCoreApplication::translate("Commands", "About Flotilla"),
         go,
         QStringLiteral("info"),
         {},
         settings(SettingsPage::About)},
    };
}

QList<Command> viewCommands(MainWindow *window, SettingsService *settings)
{
    const QString view = QCoreApplication::translate("Commands", "View");
    const auto theme = [settings](const char *name) {
        return [settings, value = QString::fromLatin1(name)] { settings->set(Setting::Theme, value); };
    };
    return {
        {QCoreApplication::translate("Commands", "Light theme"), view, QStringLiteral("settings"), {}, theme("light")},
        {QCoreApplication::translate("Commands", "Dark theme"), view, QStringLiteral("moon"), {}, theme("dark")},
        {QCoreApplication::translate("Commands", "Theme like the desktop"),
         view,
         QStringLiteral("computer"),
         {},
         theme("system")},
        {QCoreApplication::translate("Commands", "Full screen"), view, QStringLiteral("app"), QStringLiteral("F11"),
         [window] { window->toggleFullScreen(); }},
        {QCoreApplication::translate("Commands", "Quit"), view, QStringLiteral("quit"), QStringLiteral("Ctrl+Q"),
         [window] { window->close(); }},
    };
}

QList<Command> fleetCommands(MainWindow *window)
{
    if (!window->hasFleet())
        return {};
    const QString go = QCoreApplication::translate("Commands", "Go to");
    const QString fleet = QCoreApplication::translate("Commands", "Fleet");
    const auto onFleet = [window](auto run) {
        return [window, run] {
            window->showPage(MainWindow::Fleet);
            run(window->fleetPage());
        };
    };
    return {
        {QCoreApplication::translate("Commands", "Fleet: every sandbox on every host"), go, QStringLiteral("fleet"),
         QStringLiteral("Ctrl+3"), onFleet([](FleetPage *) {})},
        {QCoreApplication::translate("Commands", "Hosts"), go, QStringLiteral("hosts"), QStringLiteral("Ctrl+5"),
         [window] { window->showPage(MainWindow::Hosts); }},
        {QCoreApplication::translate("Commands", "Filter the fleet"), fleet, QStringLiteral("search"),
         QStringLiteral("Ctrl+F"), onFleet([](FleetPage *page) { page->focusFilter(); })},
        {QCoreApplication::translate("Commands", "Show what needs a look"),
         fleet,
         QStringLiteral("warning"),
         {},
         onFleet([](FleetPage *page) { page->showBucket(FleetBucket::NeedsLook); })},
        {QCoreApplication::translate("Commands", "Choose all that match"), fleet, QStringLiteral("check"),
         QStringLiteral("Ctrl+A"), onFleet([](FleetPage *page) { page->model()->checkAll(); })},
        {QCoreApplication::translate("Commands", "Add a host"),
         QCoreApplication::translate("Commands", "Hosts"),
         QStringLiteral("plus"),
         {},
         [window] {
             window->showPage(MainWindow::Hosts);
             window->hostsPage()->addHost();
         }},
    };
}

QList<Command> scaleCommands(MainWindow *window)
{
    if (!window->hasScale())
        return {};
    const QString go = QCoreApplication::translate("Commands", "Go to");
    const QString group = QCoreApplication::translate("Commands", "Scale");
    const auto onScale = [window](auto run) {
        return [window, run] {
            window->showPage(MainWindow::Scale);
            run(window->scalePage());
        };
    };
    const auto view = [&onScale](ScalePage::View which) {
        return onScale([which](ScalePage *page) { page->showView(which); });
    };
    return {
        {QCoreApplication::translate("Commands", "Scale"), go, QStringLiteral("scale"), QStringLiteral("Ctrl+4"),
         onScale([](ScalePage *) {})},
        {QCoreApplication::translate("Commands", "Scale: set up a load test"),
         group,
         QStringLiteral("plus"),
         {},
         view(ScalePage::Setup)},
        {QCoreApplication::translate("Commands", "Scale: the wall"),
         group,
         QStringLiteral("scale"),
         {},
         view(ScalePage::Run)},
        {QCoreApplication::translate("Commands", "Scale: runs to compare and replay"),
         group,
         QStringLiteral("scale"),
         {},
         view(ScalePage::Runs)},
        {QCoreApplication::translate("Commands", "Scale: show for an audience"), group, QStringLiteral("app"),
         QStringLiteral("F11"), onScale([](ScalePage *page) { page->isShow() ? void() : page->toggleShow(); })},
        {QCoreApplication::translate("Commands", "Scale: end the run"),
         group,
         QStringLiteral("stop"),
         {},
         onScale([](ScalePage *page) { page->endRun(); })},
    };
}

QList<Command> appCommands(MainWindow *window)
{
    QList<Command> commands;
    const auto &apps = window->apps()->apps();
    for (const AppSummary &app : apps.mid(0, mostApps))
        commands.append({app.title,
                         QCoreApplication::translate("Commands", "Open app"),
                         app.starred ? QStringLiteral("star-filled") : QStringLiteral("app"),
                         {},
                         [window, id = app.id] { window->openApp(id); }});
    return commands;
}

} // namespace

QList<Command> windowCommands(MainWindow *window, const AppServices &services)
{
    HomePage *home = window->homePage();
    QList<Command> commands{
        {QCoreApplication::translate("Commands", "New app"), QCoreApplication::translate("Commands", "App"),
         QStringLiteral("plus"), QStringLiteral("Ctrl+N"),
         [window, home] {
             window->showPage(MainWindow::Home);
             home->prompt()->focusField();
         }},
        {QCoreApplication::translate("Commands", "Import an app"),
         QCoreApplication::translate("Commands", "App"),
         QStringLiteral("download"),
         {},
         [window, home] {
             window->showPage(MainWindow::Home);
             Q_EMIT home->importRequested();
         }},
        {QCoreApplication::translate("Commands", "Search your apps"), QCoreApplication::translate("Commands", "App"),
         QStringLiteral("search"), QStringLiteral("Ctrl+F"),
         [window, home] {
             window->showPage(MainWindow::Home);
             home->focusSearch();
         }},
    };
    return commands + goCommands(window) + fleetCommands(window) + scaleCommands(window) +
           viewCommands(window, services.settings) + appCommands(window);
}

} // namespace Flotilla
