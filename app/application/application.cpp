// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/application.h"

#include "app/application/services.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/fleetboard.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/loadtest/loadtestservice.h"
#include "backends/fleet/sandboxaccess.h"
#include "backends/hosts/local/runtimefolder.h"
#include "backends/http/httpclient.h"
#include "backends/llm/modelcatalog.h"
#include "backends/projects/projectservice.h"
#include "backends/sandbox/sandboxbackend.h"
#include "backends/secrets/secretstore.h"
#include "backends/storage/settingsservice.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSemaphore>
#include <QThread>

#include <cstdio>
#include <unistd.h>

namespace Flotilla {

struct Application::Private
{
    std::unique_ptr<RuntimeFolder> runtime;
    QThread thread;
    QObject context;              ///< moved to `thread`
    Services *services = nullptr; ///< lives and dies on `thread`
};

namespace {

constexpr int ParkMs = 500;
constexpr int LongestChangeMs = 2000;

struct OpenedStore
{
    Store *store = nullptr;
    QString language;
};

Result<OpenedStore> openStore(const QString &dir)
{
    auto store = Store::open(dir);
    if (!store)
        return store.error();
    const QString language = SettingsService(store->get()).string(Setting::Language);
    return OpenedStore{store->release(), language};
}

Result<Services *> makeServices(std::unique_ptr<Store> store, const Application::Options &options)
{
    auto origins = PreviewOrigins::open(options.paths.data + QLatin1String("/preview.key"));
    if (!origins)
        return origins.error();
    auto services = std::make_unique<Services>(std::move(store), std::move(*origins), options);
    if (const Status begun = services->begin(); !begun)
        return begun.error();
    if (options.connectHosts)
        services->hosts->connectAll();
    return services.release();
}

} // namespace

Application::Application()
    : d(std::make_unique<Private>())
{
}

Result<std::unique_ptr<Application>> Application::start(Options options)
{
    std::unique_ptr<Application> application(new Application);
    Private &p = *application->d;
    p.runtime = std::make_unique<RuntimeFolder>(options.paths.runtime);
    p.thread.setObjectName(QStringLiteral("services"));
    p.context.moveToThread(&p.thread);
    p.thread.start();
    if (!p.thread.isRunning())
        return Error{ErrorKind::Unavailable,
                     QCoreApplication::translate("Application", "Flotilla cannot start: this user may not start more "
                                                                "processes. End other programs, or raise the limit "
                                                                "(ulimit -u)."),
                     {}};
    auto opening = onThread(&p.context, [dir = options.paths.data] { return openStore(dir); });
    opening.waitForFinished(); // before the first window: nothing is waiting for this thread yet
    const Result<OpenedStore> opened = opening.result();
    if (!opened)
        return opened.error();
    options.paths.note();
    if (options.chooseLanguage)
        options.chooseLanguage(opened->language);
    auto made = onThread(
        &p.context, [options, store = opened->store] { return makeServices(std::unique_ptr<Store>(store), options); });
    made.waitForFinished();
    const Result<Services *> services = made.result();
    if (!services)
        return services.error();
    p.services = *services;
    return application;
}

void Application::leave(int exitCode)
{
    std::fflush(nullptr);
    ::_exit(exitCode);
}

bool Application::park()
{
    auto parked = std::make_shared<QSemaphore>();
    QMetaObject::invokeMethod(&d->context, [parked, services = d->services] {
        services->board->writeEvents();
        parked->release();
        for (;;)
            QThread::sleep(3600);
    });
    return parked->tryAcquire(1, ParkMs);
}

void Application::releaseRuntimeFolder()
{
    // Sockets of this program's own connections, and what the launcher shares between sandboxes.
    d->runtime->release(
        {QStringLiteral("ssh"), QStringLiteral("etc-*"), QStringLiteral("seccomp-*"), QStringLiteral("agent-*")});
}

Application::~Application()
{
    if (!d->thread.isRunning()) // it could not be started
        return;
    auto gone = onThread(&d->context, [services = d->services]() -> Status {
        delete services;
        QCoreApplication::removePostedEvents(nullptr); // of this thread: what was under way does not go on
        return {};
    });
    gone.waitForFinished();
    d->thread.quit();
    d->thread.wait();
    releaseRuntimeFolder();
}

ProjectService &Application::projects()
{
    return *d->services->projects;
}

ModelCatalog &Application::models()
{
    return *d->services->models;
}

SecretStore &Application::secrets()
{
    return *d->services->secrets;
}

SettingsService &Application::settings()
{
    return *d->services->settings;
}

Fleet &Application::fleet()
{
    return *d->services->fleet;
}

SandboxAccess &Application::sandboxAccess()
{
    return *d->services->access;
}

FleetBoard &Application::board()
{
    return *d->services->board;
}

HostService &Application::hostService()
{
    return *d->services->hosts;
}

LoadTestService &Application::loadTests()
{
    return *d->services->loadTests;
}

const OpenReport &Application::openReport() const
{
    return d->services->store->report();
}

QString Application::dataDir() const
{
    return d->services->store->dir();
}

QUrl Application::previewUrl(const AppId &app) const
{
    return d->services->previewUrl(app);
}

Future<QList<PreflightCheck>> Application::doctor()
{
    return onThread(&d->context, [services = d->services]() -> Future<QList<PreflightCheck>> {
        const QList<SandboxBackend *> open = services->hosts->openBackends();
        if (open.isEmpty())
            return readyFuture<QList<PreflightCheck>>(
                Error{ErrorKind::Unavailable, services->hosts->card({QStringLiteral("local")}).stateText, {}});
        return open.constFirst()->preflight();
    });
}

void Application::changeLanguage(QObject *gui, std::function<void()> choose)
{
    QMetaObject::invokeMethod(&d->context, [gui = QPointer(gui), choose = std::move(choose), services = d->services] {
        auto chosen = std::make_shared<QSemaphore>();
        if (!gui)
            return;
        QMetaObject::invokeMethod(gui, [chosen, choose] {
            choose();
            chosen->release();
        });
        static_cast<void>(chosen->tryAcquire(1, LongestChangeMs));
        services->hosts->retranslate();
    });
}

QObject *Application::serviceContext()
{
    return &d->context;
}

Future<HttpResponse> Application::fetch(const AppId &app, const QUrl &inside)
{
    return d->services->askApp(app, inside);
}

} // namespace Flotilla
