// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/mainwindow/mainwindow.h"

#include "app/mainwindow/quitflow.h"
#include "app/mainwindow/rail.h"
#include "app/mainwindow/windowcommands.h"
#include "backends/projects/projectservice.h"
#include "backends/storage/settingsservice.h"
#include "widgets/common/banner.h"
#include "widgets/common/controls.h"
#include "widgets/common/growingtextedit.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/fleetpage.h"
#include "widgets/home/applistmodel.h"
#include "widgets/home/homecontroller.h"
#include "widgets/home/homepage.h"
#include "widgets/home/importflow.h"
#include "widgets/home/promptbox.h"
#include "widgets/hosts/hostspage.h"
#include "widgets/loadtest/scalepage.h"

#include <QApplication>
#include <QCloseEvent>
#include <QScreen>
#include <QShortcut>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace Flotilla {

MainWindow::MainWindow(AppServices services, AppPageFactory makeAppPage)
    : m_services(std::move(services))
    , m_makeAppPage(std::move(makeAppPage))
    , m_apps(new AppListModel(this))
    , m_quit(new QuitFlow(m_services, m_apps, this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    setMinimumSize(Metric::windowMinWidth, Metric::windowMinHeight);
    makeScreens();
    setupShortcuts();
    connectSignals();
    restoreWindow();
    updateTitle();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeScreens()
{
    m_home =
        new HomePage(m_apps, [projects = m_services.projects](const AppId &id) { return projects->thumbnail(id); });
    m_controller = new HomeController(m_services, m_apps, m_home, this);
    m_rail = new Rail;
    m_stack = new QStackedWidget;
    m_banners = new QVBoxLayout;
    setCentralWidget(makeCentral());
    m_stack->addWidget(m_home);
    setupRail();
    m_home->setLoading(true);
    m_palette = new CommandPalette(this);
    setupHomeShortcuts();
    connectScreens();
}

QWidget *MainWindow::makeCentral()
{
    auto *central = new QWidget;
    setSurface(central, "window");
    auto *columns = new QHBoxLayout(central);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(0);
    columns->addWidget(m_rail);
    auto *pages = new QVBoxLayout;
    pages->setSpacing(0);
    m_banners->setSpacing(0);
    pages->addLayout(m_banners);
    pages->addWidget(m_stack, 1);
    columns->addLayout(pages, 1);
    return central;
}

void MainWindow::setupRail()
{
    m_rail->addPage(Home, QStringLiteral("home"), tr("Home"), QStringLiteral("Ctrl+1"));
    m_rail->addPage(App, QStringLiteral("app"), tr("App"), QStringLiteral("Ctrl+2"));
    m_rail->addPage(Fleet, QStringLiteral("fleet"), tr("Fleet"), QStringLiteral("Ctrl+3"));
    m_rail->addPage(Scale, QStringLiteral("scale"), tr("Scale"), QStringLiteral("Ctrl+4"));
    m_rail->addPage(Hosts, QStringLiteral("hosts"), tr("Hosts"), QStringLiteral("Ctrl+5"));
    m_rail->addPage(Settings, QStringLiteral("settings"), tr("Settings"), QStringLiteral("Ctrl+,"),
                    Rail::Place::Bottom);
    m_rail->setPageVisible(App, false); // until there is an app to show
    m_rail->setPageVisible(Fleet, false);
    m_rail->setPageVisible(Scale, false);
    m_rail->setPageVisible(Hosts, false);
    m_rail->setCurrent(Home);
}

void MainWindow::setupShortcuts()
{
    const auto add = [this](const QKeySequence &keys, auto run) {
        connect(new QShortcut(keys, this), &QShortcut::activated, this, run);
    };
    add(QKeySequence(QStringLiteral("Ctrl+K")), &MainWindow::openPalette);
    add(QKeySequence(QStringLiteral("Ctrl+N")), &MainWindow::newApp);
    add(QKeySequence(QStringLiteral("Ctrl+,")), [this] { showPage(Settings); });
    add(QKeySequence(QStringLiteral("F11")), &MainWindow::toggleFullScreen);
    add(QKeySequence(QStringLiteral("Ctrl+Q")), &QWidget::close);
    m_escape = new QShortcut(QKeySequence(QStringLiteral("Esc")), this);
    connect(m_escape, &QShortcut::activated, this, &MainWindow::goBack);
    m_pageKeys.append(new QShortcut(QKeySequence(QStringLiteral("Alt+Left")), this));
    connect(m_pageKeys.last(), &QShortcut::activated, this, &MainWindow::goBack);
    const auto toPage = [this](const char *keys, Page page) {
        auto *shortcut = new QShortcut(QKeySequence(QString::fromLatin1(keys)), this);
        m_pageKeys.append(shortcut);
        connect(shortcut, &QShortcut::activated, this, [this, page] {
            if (page != App || !m_openApp.isEmpty())
                showPage(page);
        });
    };
    toPage("Ctrl+1", Home);
    toPage("Ctrl+2", App);
    toPage("Ctrl+3", Fleet);
    toPage("Ctrl+4", Scale);
    toPage("Ctrl+5", Hosts);
}

void MainWindow::setupHomeShortcuts()
{
    const auto atHome = [this](const char *keys, auto run) {
        auto *shortcut = new QShortcut(QKeySequence(QString::fromLatin1(keys)), m_home); // while it is seen
        connect(shortcut, &QShortcut::activated, m_home, run);
    };
    atHome("Ctrl+L", [this] { m_home->prompt()->focusField(); });
    atHome("Ctrl+Z", [this] { m_controller->undoRemove(); }); // in a text field it is the field's
    atHome("Ctrl+F", [this] { m_home->focusSearch(); });
}

void MainWindow::connectScreens()
{
    connect(m_rail, &Rail::pageRequested, this, &MainWindow::showPage);
    connect(m_controller, &HomeController::openRequested, this, &MainWindow::openApp);
    connect(m_home, &HomePage::addModelRequested, this, [this] { openSettings(SettingsPage::Models); });
}

void MainWindow::connectSignals()
{
    connect(m_services.settings, &SettingsService::changed, this, &MainWindow::applySetting);
    connect(m_apps, &AppListModel::dataChanged, this, &MainWindow::updateTitle);
    connect(m_apps, &AppListModel::rowsRemoved, this, [this] {
        if (m_page == App && m_apps->rowOf(m_openApp) < 0)
            showPage(Home);
        if (m_apps->rowOf(m_openApp) < 0)
            m_rail->setPageVisible(App, false);
    });
    connect(m_quit, &QuitFlow::finished, this, &QWidget::close);
}

void MainWindow::load()
{
    m_controller->load();
    m_controller->loadModels();
    m_home->prompt()->focusField();
}

void MainWindow::warmUp()
{
    if (ensurePage(App) && m_appPage.warmUp)
        QTimer::singleShot(0, m_appPage.widget, m_appPage.warmUp);
}

void MainWindow::addBanner(StatusKind kind, const QString &text, const QString &action, std::function<void()> run)
{
    auto *banner = new Banner(kind, text, action);
    banner->setObjectName(QStringLiteral("banner"));
    m_banners->addWidget(banner);
    connect(banner, &Banner::dismissed, banner, &QObject::deleteLater);
    if (run)
        connect(banner, &Banner::actionTriggered, this, std::move(run));
}

QWidget *MainWindow::ensurePage(int page)
{
    if (page == Settings && !m_settings) {
        m_settings = new SettingsPage(m_services);
        connect(m_settings, &SettingsPage::modelsChanged, m_controller, &HomeController::loadModels);
        m_stack->addWidget(m_settings);
    }
    if (page == App && !m_appPage.widget && m_makeAppPage) {
        m_appPage = m_makeAppPage(this, m_stack);
        if (m_appPage.widget)
            m_stack->addWidget(m_appPage.widget);
    }
    if (page == Fleet && m_fleetSession)
        return fleetPage();
    if (page == Hosts && m_hostSession)
        return hostsPage();
    if (page == Fleet || page == Hosts)
        return nullptr;
    if (page == Scale)
        return scalePage();
    return page == Home ? m_home : page == App ? m_appPage.widget : m_settings;
}

void MainWindow::showPage(int page)
{
    QWidget *widget = ensurePage(page);
    if (!widget)
        return;
    if (page == App && m_page != App) {
        m_appFrom = m_page == Scale || m_page == Fleet ? m_page : Home;
        m_appFromStage = m_appFrom == Scale && m_onStage;
    }
    m_page = static_cast<Page>(page);
    m_stack->setCurrentWidget(widget);
    m_rail->setCurrent(page);
    m_escape->setEnabled(page != App && page != Scale); // they have steps of their own
    for (QShortcut *shortcut : std::as_const(m_pageKeys))
        shortcut->setEnabled(page != App);
    if (page == Home)
        m_home->prompt()->focusField();
    updateTitle();
}

void MainWindow::openApp(const AppId &id)
{
    if (!ensurePage(App))
        return;
    m_openApp = id;
    m_rail->setPageVisible(App, true);
    m_appPage.open(id);
    showPage(App);
}

void MainWindow::openSettings(SettingsPage::Section section)
{
    showPage(Settings);
    m_settings->open(section);
}

void MainWindow::goBack()
{
    if (m_page == App)
        leaveApp();
    else if (m_page != Home)
        showPage(Home);
}

void MainWindow::leaveApp()
{
    if (m_page != App) // an app that was open may be removed while another screen shows
        return;
    showPage(m_appFrom);
    if (m_appFromStage)
        m_scale->toggleShow();
}

void MainWindow::newApp()
{
    showPage(Home);
    m_home->prompt()->focusField();
}

void MainWindow::openPalette()
{
    m_palette->open(windowCommands(this, m_services));
}

void MainWindow::toggleFullScreen()
{
    if (m_page == Scale)
        m_scale->toggleShow();
    else
        setWindowState(windowState() ^ Qt::WindowFullScreen);
}

void MainWindow::applySetting(Setting setting)
{
    if (setting == Setting::Theme)
        Theme::instance().setMode(Theme::modeFromString(m_services.settings->string(Setting::Theme)));
    if (setting == Setting::ReducedMotion)
        Theme::instance().setReducedMotion(m_services.settings->value(Setting::ReducedMotion).toBool());
}

void MainWindow::updateTitle()
{
    const AppSummary *app = m_page == App ? m_apps->find(m_openApp) : nullptr;
    const QString title = app ? tr("%1 — Flotilla").arg(app->title) : tr("Flotilla");
    if (windowTitle() != title)
        setWindowTitle(title);
}

void MainWindow::restoreWindow()
{
    const QByteArray geometry = QByteArray::fromBase64(m_services.settings->string(Setting::WindowGeometry).toLatin1());
    if (!geometry.isEmpty() && restoreGeometry(geometry))
        return;
    const QSize available = screen()->availableSize();
    resize(QSize(Metric::windowWidth, Metric::windowHeight).boundedTo(available));
}

void MainWindow::saveWindow()
{
    m_services.settings->set(Setting::WindowGeometry, QString::fromLatin1(saveGeometry().toBase64()));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveWindow();
    event->setAccepted(m_quit->mayClose());
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const bool wanted = holdsImages(event->mimeData()) || !ImportFlow::pathIn(event->mimeData()).isEmpty();
    if (m_page == Home && wanted)
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    if (const QString path = ImportFlow::pathIn(event->mimeData()); !path.isEmpty())
        m_controller->importFlow()->start(path);
    else
        m_home->prompt()->addImages(imagesOf(event->mimeData()));
    event->acceptProposedAction();
}

} // namespace Flotilla
