// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application/application.h"
#include "app/mainwindow/mainwindow.h"

#include <functional>
#include <memory>

class QApplication;

namespace Flotilla {

class ApiSwitch;
class ServiceFleetSession;
class ServiceHostSession;
class StallWatchdog;
class WebProbe;

/// Everything of the window program in one object, in the order in which it must come and go: probe, services, window.
class Shell
{
public:
    /// Opens the store, starts the services and makes the window, hidden. Blocking; once per process.
    static Result<std::unique_ptr<Shell>> start(const QString &dataDir);
    ~Shell();
    /// The way out of a program that ends with Application::leave(): the window and its web views go in order, the
    /// services stop where they are.
    static void abandon(std::unique_ptr<Shell> shell);

    /// Starts the web engine and makes the App screen, so that neither stops the window when the first app comes.
    /// Together about 150 ms of the GUI thread, in three steps.
    void warmUp();

    MainWindow &window() { return *m_window; }
    Application &application() { return *m_application; }
    const AppServices &services() const { return m_services; }
    StallWatchdog &watchdog() { return *m_watchdog; }

private:
    Shell();
    void makeServices(const QString &dataDir);
    void makeWindow();
    void addBanners();
    void changeLanguage();

    std::unique_ptr<WebProbe> m_probe;
    std::unique_ptr<Application> m_application;
    AppServices m_services;
    std::unique_ptr<ApiSwitch> m_api;
    std::unique_ptr<ServiceFleetSession> m_fleet;
    std::unique_ptr<ServiceHostSession> m_hosts;
    std::unique_ptr<StallWatchdog> m_watchdog;
    std::unique_ptr<MainWindow> m_window;
};

/// Call before the application is made: what the web engine needs. Without a graphics device a web view stays white
/// unless Qt Quick draws in software.
void prepareGraphics();
/// Shows the window and runs until it is closed. When the store cannot be opened, a window says why. `shown` is called
/// once, from the event loop. Afterwards let the QApplication go, which makes the web engine write down what apps
/// stored, and end with Application::leave().
int runShell(QApplication &application, const QString &dataDir, const std::function<void(Shell &)> &shown = {});

} // namespace Flotilla
