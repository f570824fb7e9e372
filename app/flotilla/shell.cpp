// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/flotilla/shell.h"

#include "app/flotilla/apiswitch.h"
#include "app/flotilla/scaleparts.h"
#include "app/flotilla/translator.h"
#include "app/flotilla/webviewcheck.h"
#include "backends/core/continuation.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/sandboxaccess.h"
#include "backends/projects/projectservice.h"
#include "backends/storage/settingsservice.h"
#include "backends/storage/store.h"
#include "widgets/chat/appview.h"
#include "widgets/common/emptystate.h"
#include "widgets/common/stallwatchdog.h"
#include "widgets/common/theme.h"
#include "widgets/fleet/servicefleetsession.h"
#include "widgets/hosts/servicehostsession.h"
#include "widgets/preview/dialogscheme.h"
#include "widgets/preview/webprobe.h"
#include "widgets/terminal/terminalpane.h"
#include "widgets/terminal/terminalscheme.h"
#include "widgets/terminal/terminalzoom.h"

#include <QApplication>
#include <QDir>
#include <QTimer>

#include <unistd.h>

namespace Flotilla {

namespace {

AppPage makeAppPage(const AppServices &services, SandboxAccess *access, MainWindow *window, QWidget *parent)
{
    auto *view = new AppView(services, parent);
    view->setOpenShell(
        [access](const AppId &app, int columns, int rows) { return access->openTerminal(app, columns, rows); });
    view->terminal()->setPutFiles(
        [access](const AppId &app, const QHash<QString, QByteArray> &files) { return access->putFiles(app, files); });
    QObject::connect(view, &AppView::backRequested, window, &MainWindow::leaveApp);
    QObject::connect(view, &AppView::openAppRequested, window, &MainWindow::openApp);
    QObject::connect(view, &AppView::settingsRequested, window,
                     [window] { window->openSettings(SettingsPage::Models); });
    AppPage page{view, [view](const AppId &id) { view->openApp(id); }, [view] { view->warmUp(); }, {}, {}};
    page.leave = [view] { return std::make_shared<AppViewState>(view->leave()); };
    page.goOn = [view](AppViewState &state) { view->goOn(std::move(state)); };
    return page;
}

// Runs something once, when the window has been drawn.
class FirstPaint : public QObject
{
public:
    FirstPaint(QWidget *window, std::function<void()> then)
        : QObject(window)
        , m_then(std::move(then))
    {
        window->installEventFilter(this);
    }

    bool eventFilter(QObject *window, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            window->removeEventFilter(this);
            QTimer::singleShot(0, this, [this] {
                m_then();
                deleteLater();
            });
        }
        return false;
    }

private:
    std::function<void()> m_then;
};

/// What this computer needs, and what the web view of this window needs besides. As root a banner says that it has
/// none.
Future<QList<PreflightCheck>> doctorOfWindow(Application *application)
{
    QObject *context = application->serviceContext();
    return onThread(context, [application, context]() -> Future<QList<PreflightCheck>> {
        return continueOn(context, application->doctor(), [](Result<QList<PreflightCheck>> checks) {
            if (checks && geteuid() != 0)
                checks->append(webViewCheck(mayMakeNamespaces()));
            return checks;
        });
    });
}

// The store cannot be opened: nothing else works, so this is all there is.
int runFailure(const Error &error)
{
    EmptyState failure;
    failure.setWindowTitle(QStringLiteral("Flotilla"));
    failure.show(QStringLiteral("warning"), QCoreApplication::translate("Shell", "Flotilla cannot start"), error.text,
                 QCoreApplication::translate("Shell", "Quit"));
    failure.setDetails(error.detail);
    QObject::connect(&failure, &EmptyState::actionTriggered, &failure, &QWidget::close);
    failure.resize(640, 420);
    failure.show();
    QApplication::exec();
    return 1;
}

} // namespace

Shell::Shell() = default;

Shell::~Shell()
{
    m_window.reset();
    m_fleet.reset();
    m_hosts.reset();
    m_api.reset();
    m_watchdog.reset();
    m_application.reset(); // no more questions to the probe
}

void Shell::abandon(std::unique_ptr<Shell> shell)
{
    shell->m_window.reset();
    shell->m_api.reset();
    shell->m_watchdog.reset();
    Application *application = shell->m_application.release(); // goes with the process
    if (!application->park())
        static_cast<void>(shell->m_probe.release()); // may still be asked
    application->releaseRuntimeFolder();
}

Result<std::unique_ptr<Shell>> Shell::start(const QString &dataDir)
{
    std::unique_ptr<Shell> shell(new Shell);
    Application::Options options;
    options.paths = ApplicationPaths::resolve(dataDir);
    options.connectHosts = true;
    options.chooseLanguage = installTranslations;
    if (WebProbe::problem().isEmpty()) {
        shell->m_probe = std::make_unique<WebProbe>();
        options.probe = shell->m_probe.get();
    }
    auto application = Application::start(options);
    if (!application)
        return application.error();
    shell->m_application = std::move(*application);
    shell->makeServices(options.paths.data);
    shell->makeWindow();
    shell->addBanners();
    return shell;
}

void Shell::makeServices(const QString &dataDir)
{
    Application *application = m_application.get();
    m_services.projects = &application->projects();
    m_services.models = &application->models();
    m_services.secrets = &application->secrets();
    m_services.settings = &application->settings();
    m_services.board = &application->board();
    m_services.hosts = &application->hostService();
    m_api = std::make_unique<ApiSwitch>(application, m_services.settings, m_services.secrets);
    m_services.api = m_api.get();
    m_services.previewUrl = [application](const AppId &id) { return application->previewUrl(id); };
    m_services.doctor = [application] { return doctorOfWindow(application); };
    m_services.metrics = [application](const AppId &id) { return application->fleet().metrics(id); };
    m_services.dataDir = dataDir;
    m_services.webViewProblem = WebProbe::problem();
}

void Shell::makeWindow()
{
    const SettingsService &settings = *m_services.settings;
    Theme &theme = Theme::instance();
    theme.setReducedMotion(settings.value(Setting::ReducedMotion).toBool());
    theme.setMode(Theme::modeFromString(settings.string(Setting::Theme)));
    TerminalZoom &zoom = TerminalZoom::instance();
    zoom.setSteps(settings.value(Setting::TerminalZoom).toInt());
    QObject::connect(&zoom, &TerminalZoom::changed, m_services.settings,
                     [service = m_services.settings](int steps) { service->set(Setting::TerminalZoom, steps); });
    m_watchdog = std::make_unique<StallWatchdog>();
    m_window = std::make_unique<MainWindow>(m_services, [this](MainWindow *window, QWidget *parent) {
        return makeAppPage(m_services, &m_application->sandboxAccess(), window, parent);
    });
    m_fleet =
        std::make_unique<ServiceFleetSession>(m_services.board, &m_application->sandboxAccess(), m_services.projects);
    m_hosts = std::make_unique<ServiceHostSession>(m_services.hosts);
    m_window->setFleet(m_fleet.get(), m_hosts.get());
    m_window->setScale([this] { return makeScalePage(m_services, &m_application->loadTests()); });
    QObject::connect(m_services.settings, &SettingsService::changed, m_window.get(), [this](Setting setting) {
        if (setting == Setting::Language)
            changeLanguage();
    });
}

void Shell::changeLanguage()
{
    m_application->changeLanguage(m_window.get(), [this] {
        installTranslations(m_services.settings->string(Setting::Language));
        QTimer::singleShot(0, m_window.get(), [this] {
            const bool told = m_window->hasBanners();
            m_window->retranslate();
            if (told)
                addBanners();
        });
    });
}

void Shell::addBanners()
{
    const OpenReport &report = m_application->openReport();
    if (!report.damagedSetAside.isEmpty())
        m_window->addBanner(StatusKind::Failed,
                            MainWindow::tr("The store was damaged. It was set aside at %1 and a new one begun; nothing "
                                           "was overwritten.")
                                .arg(report.damagedSetAside));
    if (report.migratedFrom >= 0)
        m_window->addBanner(
            StatusKind::Idle,
            MainWindow::tr("The store was brought up to date. A copy of the old one is at %1.").arg(report.backup));
    if (!m_services.webViewProblem.isEmpty())
        m_window->addBanner(StatusKind::Partial, m_services.webViewProblem);
}

void Shell::warmUp()
{
    if (!m_probe)
        return;
    m_probe->warmUp();
    QTimer::singleShot(0, m_window.get(), &MainWindow::warmUp);
}

void prepareGraphics()
{
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    const bool device =
        !QDir(QStringLiteral("/dev/dri")).entryList({QStringLiteral("renderD*")}, QDir::System).isEmpty();
    if (!device && !qEnvironmentVariableIsSet("QT_QUICK_BACKEND"))
        qputenv("QT_QUICK_BACKEND", "software");
    DialogScheme::registerScheme();
    TerminalScheme::registerScheme();
}

int runShell(QApplication &application, const QString &dataDir, const std::function<void(Shell &)> &shown)
{
    Theme::instance().install(application);
    installTranslations(QStringLiteral("system")); // until the store says which one; it may fail to open
    auto shell = Shell::start(dataDir);
    if (!shell)
        return runFailure(shell.error());
    MainWindow &window = (*shell)->window();
    window.show();
    QTimer::singleShot(0, &window, &MainWindow::load);
    new FirstPaint(&window, [running = shell->get()] { running->warmUp(); });
    if (shown)
        QTimer::singleShot(0, &window, [&shown, running = shell->get()] { shown(*running); });
    const int code = QApplication::exec();
    Shell::abandon(std::move(*shell));
    return code;
}

} // namespace Flotilla
