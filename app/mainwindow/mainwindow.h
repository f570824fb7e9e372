// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/appservices.h"
#include "widgets/common/tokens.h"
#include "widgets/settings/settingspage.h"

#include <QMainWindow>

class QShortcut;
class QStackedWidget;
class QVBoxLayout;

namespace Flotilla {

class AppListModel;
class CommandPalette;
class FleetPage;
class FleetSession;
class HomeController;
class HomePage;
class HostSession;
class HostsPage;
class QuitFlow;
class Rail;
class ScalePage;
enum class Setting;
struct AppViewState;

/// The App screen as the window sees it. Made by warmUp() or when an app is opened for the first time, because a web
/// engine is slow to start.
struct AppPage
{
    QWidget *widget = nullptr;
    std::function<void(const AppId &)> open;
    std::function<void()> warmUp;                         ///< what else is slow the first time
    std::function<std::shared_ptr<AppViewState>()> leave; ///< for retranslate(): what the next one goes on with
    std::function<void(AppViewState &)> goOn;
};

/// The window: the rail, one page at a time, the palette, banners, quitting.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    enum Page { Home, App, Settings, Fleet, Hosts, Scale };
    using AppPageFactory = std::function<AppPage(MainWindow *, QWidget *parent)>;
    using ScaleFactory = std::function<ScalePage *()>;

    MainWindow(AppServices services, AppPageFactory makeAppPage);
    ~MainWindow() override;

    /// Gives the window the fleet and its hosts; without them these screens are not there. Both outlive the window.
    /// Call before one of their screens is shown.
    void setFleet(FleetSession *fleet, HostSession *hosts);
    bool hasFleet() const { return m_fleetSession != nullptr; }
    FleetPage *fleetPage(); ///< makes it when there is none yet
    HostsPage *hostsPage();
    /// Gives the window its Scale screen, made when it is first shown; without it that screen is not there.
    void setScale(ScaleFactory makeScalePage);
    bool hasScale() const { return bool(m_makeScalePage); }
    ScalePage *scalePage(); ///< makes it when there is none yet

    /// Reads apps and models. Call after the first paint.
    void load();
    /// Makes the App screen now, in two steps of the event loop. Call when nobody waits for the window.
    void warmUp();
    /// Makes all screens anew, in the language that was installed, where they were: what is being written, chosen and
    /// looked at stays. Call from the event loop.
    void retranslate();
    bool hasBanners() const;
    void addBanner(StatusKind kind, const QString &text, const QString &action = {}, std::function<void()> run = {});

    HomePage *homePage() const { return m_home; }
    AppListModel *apps() const { return m_apps; }
    Page page() const { return m_page; }

public Q_SLOTS:
    void showPage(int page);
    void openApp(const Flotilla::AppId &id);
    void openSettings(Flotilla::SettingsPage::Section section);
    void openHosts(const Flotilla::HostId &host); ///< empty: all of them; else its test
    void goBack();                                ///< one step: from the App page to where it was opened, else Home
    void leaveApp();                              ///< from the App screen to Home; does nothing on others
    void openPalette();
    void toggleFullScreen();

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct Left;
    void makeScreens();
    QWidget *makeCentral();
    void setupRail();
    Left leaveScreens();
    void goOn(Left left);
    void setupHomeShortcuts();
    void connectScreens();
    void setupShortcuts();
    void connectSignals();
    void applySetting(Setting setting);
    void restoreWindow();
    void saveWindow();
    void updateTitle();
    void newApp();
    QWidget *ensurePage(int page);
    void makeFleetPage();
    void makeHostsPage();
    void openInBrowser(const AppId &id);
    void showHostChoices();
    void showStage(bool stage);

    AppServices m_services;
    AppPageFactory m_makeAppPage;
    AppListModel *m_apps;
    HomePage *m_home = nullptr;
    HomeController *m_controller = nullptr;
    SettingsPage *m_settings = nullptr;
    AppPage m_appPage;
    FleetSession *m_fleetSession = nullptr;
    HostSession *m_hostSession = nullptr;
    FleetPage *m_fleet = nullptr;
    HostsPage *m_hosts = nullptr;
    ScaleFactory m_makeScalePage;
    ScalePage *m_scale = nullptr;
    bool m_onStage = false; ///< show mode of the Scale screen
    bool m_wasFullScreen = false;
    Page m_appFrom = Home;       ///< where one step back from the App page leads
    bool m_appFromStage = false; ///< and the show goes on there
    AppId m_openApp;
    Rail *m_rail = nullptr;
    QStackedWidget *m_stack = nullptr;
    QVBoxLayout *m_banners = nullptr;
    CommandPalette *m_palette = nullptr;
    QuitFlow *m_quit;
    QList<QShortcut *> m_pageKeys; ///< Ctrl+1.. and Alt+Left; off on the App page, which has these keys itself
    QShortcut *m_escape = nullptr; ///< off on the App page, which has steps of its own to go back
    Page m_page = Home;
};

} // namespace Flotilla
