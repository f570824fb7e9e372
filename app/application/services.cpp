// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application/services.h"

#include "app/application/appanswer.h"
#include "app/application/faultyprovider.h"
#include "app/application/projecttarget.h"
#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/fleetboard.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/loadtest/loadtestservice.h"
#include "backends/fleet/sandboxaccess.h"
#include "backends/fleet/sandboxrecords.h"
#include "backends/http/httpclient.h"
#include "backends/llm/modelcatalog.h"
#include "backends/llm/sampler/sampler.h"
#include "backends/preview/gatewaylease.h"
#include "backends/projects/projectservice.h"
#include "backends/secrets/secretstore.h"
#include "backends/storage/repositories.h"
#include "backends/storage/settingsservice.h"

#include <QCoreApplication>
#include <QCoroFuture>
#include <QCoroTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

SandboxLimits limitsOf(const SettingsService &settings)
{
    SandboxLimits limits;
    limits.memoryBytes = qBound(64ll, settings.value(Setting::SandboxMemoryMiB).toLongLong(), 65536ll) * 1024 * 1024;
    limits.processes = qBound(16, settings.value(Setting::SandboxProcesses).toInt(), 4096);
    limits.cpus = qBound(0.1, settings.value(Setting::SandboxCpus).toDouble(), 256.0);
    return limits;
}

/// Random, made once per store: two computers with the same folders must not take each other's sandboxes for orphans.
QString installationOf(Store &store)
{
    const QString key = QStringLiteral("installation");
    const Result<QString> known = store.settings().get(key);
    if (known && !known->isEmpty())
        return *known;
    const QString made = newId();
    if (const Status kept = store.settings().set(key, made); !kept)
        qCWarning(logCore, "the installation has no name: %s", qUtf8Printable(kept.error().detail));
    return made;
}

Endpoint endpoint(const QString &id, const QString &label, ModelRef::Kind kind, const QString &baseUrl)
{
    Endpoint result;
    result.id = id;
    result.label = label;
    result.kind = kind;
    result.baseUrl = QUrl(baseUrl);
    return result;
}

QList<Endpoint> endpointsOf(const SettingsService &settings)
{
    QList<Endpoint> endpoints;
    if (const QString url = settings.string(Setting::AnthropicBaseUrl); !url.isEmpty())
        endpoints.append(
            endpoint(QStringLiteral("anthropic"), QStringLiteral("Anthropic"), ModelRef::Kind::Anthropic, url));
    if (const QString url = settings.string(Setting::OpenAiBaseUrl); !url.isEmpty())
        endpoints.append(endpoint(QStringLiteral("openai"), QStringLiteral("OpenAI"), ModelRef::Kind::OpenAi, url));
    const QJsonArray custom = QJsonDocument::fromJson(settings.string(Setting::CustomEndpoints).toUtf8()).array();
    for (const QJsonValue &value : custom) {
        const QJsonObject row = value.toObject();
        const bool anthropic = row[QLatin1String("kind")].toString() == QLatin1String("anthropic");
        endpoints.append(endpoint(row[QLatin1String("id")].toString(), row[QLatin1String("label")].toString(),
                                  anthropic ? ModelRef::Kind::Anthropic : ModelRef::Kind::OpenAi,
                                  row[QLatin1String("baseUrl")].toString()));
    }
    return endpoints;
}

CheckResult servedCheck(const Result<HttpResponse> &response)
{
    CheckResult check{QStringLiteral("served"), false, {}};
    check.ok = response && response->status >= 200 && response->status < 400;
    check.text = response ? QStringLiteral("HTTP %1.").arg(response->status) : response.error().text;
    return check;
}

} // namespace

Services::Services(std::unique_ptr<Store> opened, PreviewOrigins origins, const Application::Options &options)
    : store(std::move(opened))
    , settings(std::make_unique<SettingsService>(store.get()))
    , http(std::make_unique<HttpClient>())
    , secrets(makeKeychainSecretStore())
    , m_paths(options.paths)
    , m_origins(std::move(origins))
{
    models = std::make_unique<ModelCatalog>(http.get(), secrets.get(), &Clock::system());
    makeRuntime();
    makeGateway();
    makeProjects(options.probe);
    makeBoard();
    makeLoadTests();
    connect(settings.get(), &SettingsService::changed, this, &Services::applySettings);
    applySettings();
}

Services::~Services() = default;

void Services::makeRuntime()
{
    HostService::Parts parts;
    parts.store = store.get();
    parts.clock = &Clock::system();
    parts.http = http.get();
    parts.runtimeDir = m_paths.runtime;
    parts.installation = installationOf(*store);
    parts.agent = m_paths.agent;
    parts.runtime = m_paths.resources + QLatin1String("/runtime");
    parts.dataDir = m_paths.data + QLatin1String("/appdata");
    parts.snapshotDir = m_paths.data + QLatin1String("/snapshots");
    parts.sshConfig = qEnvironmentVariable("FLOTILLA_SSH_CONFIG");
    parts.stopApp = [this](const AppId &app) { return projects->sleep(app); };
    parts.bringHome = [this](const HostId &host) { return fleet->bringHome(host); };
    hosts = std::make_unique<HostService>(std::move(parts));
    fleet = std::make_unique<Fleet>(Fleet::Parts{
        store.get(),
        {},
        &Clock::system(),
        {},
        [this](const AppId &) { return limitsOf(*settings); },
        hosts.get(),
        [this] { return idleAfter(); },
        [this](const AppId &app) { projects->openPreview(app); },
    });
}

void Services::makeGateway()
{
    GatewayUse use;
    use.used = [this](const QString &secret) {
        if (const auto app = m_appsBySecret.constFind(secret); app != m_appsBySecret.constEnd())
            fleet->touch(*app);
    };
    gateway = std::make_unique<Gateway>([this](const QString &secret) { return resolve(secret); }, std::move(use));
    lease = std::make_unique<GatewayLease>(m_paths.data, gateway.get());
}

void Services::makeProjects(PreviewProbe *probe)
{
    ProjectService::Parts parts;
    parts.store = store.get();
    parts.models = models.get();
    sandboxes = std::make_unique<FaultyProvider>(fleet.get());
    parts.sandboxes = sandboxes.get();
    parts.substituteModel = [this](const AppId &app) { return loadTarget->modelFor(app); };
    parts.clock = &Clock::system();
    parts.previewUrl = [this](const AppId &app) { return previewUrl(app); };
    parts.served = [this](const AppId &app) { return checkServed(app); };
    parts.budgetPerTurn = [this] { return settings->value(Setting::BudgetPerTurn).toDouble(); };
    parts.probe = probe;
    parts.lockDir = m_paths.data + QLatin1String("/locks");
    parts.promptDir = m_paths.resources + QLatin1String("/prompts");
    projects = std::make_unique<ProjectService>(std::move(parts));
}

void Services::makeBoard()
{
    FleetBoard::Parts parts;
    parts.store = store.get();
    parts.fleet = fleet.get();
    parts.hosts = hosts.get();
    parts.clock = &Clock::system();
    parts.wake = [this](const AppId &app) { return wake(app); };
    parts.sleep = [this](const AppId &app) { return projects->sleep(app); };
    parts.moveToBin = [this](const AppId &app) { return projects->moveToBin(app); };
    parts.reserve = [this](const AppId &app) { return projects->reserve(app); };
    parts.restoreVersion = [this](const AppId &app, int version) { return restoreVersion(app, version); };
    parts.duplicate = [this](const AppId &app, int version) { return duplicate(app, version); };
    board = std::make_unique<FleetBoard>(std::move(parts));
    access = std::make_unique<SandboxAccess>(fleet.get());
    connect(projects.get(), &ProjectService::appChanged, board.get(),
            [this](const AppSummary &app) { board->noteApp(app.id); });
    connect(projects.get(), &ProjectService::appRemoved, board.get(), &FleetBoard::noteAppRemoved);
    connect(fleet.get(), &Fleet::changed, hosts.get(), &HostService::noteSandboxes);
}

Future<void> Services::wake(const AppId &app)
{
    return continueOn(projects.get(), projects->openPreview(app), [](const Result<PreviewStatus> &status) -> Status {
        if (!status)
            return status.error();
        if (status->state == PreviewState::Failed)
            return Error{ErrorKind::Unavailable, status->text, status->detail};
        return {};
    });
}

/// Whoever answers for the previews knows whether somebody looks at them.
std::chrono::seconds Services::idleAfter() const
{
    if (!lease->isOwner())
        return 0s;
    return std::chrono::minutes(qBound(0, settings->value(Setting::SandboxIdleMinutes).toInt(), 100'000));
}

Future<void> Services::restoreVersion(const AppId &app, int version)
{
    const auto newest = store->versions().get(app, 0);
    if (version == 0 || (newest && newest->number == version))
        return readyFuture<void>(Status());
    return continueOn(projects.get(), projects->restore(app, version),
                      [](const Result<int> &made) { return made ? Status() : Status(made.error()); });
}

/// A copy, and on top of it the files of the version that was asked for.
Future<AppId> Services::duplicate(const AppId &app, int version)
{
    return continueOn(projects.get(), projects->duplicate(app), [this, app, version](const Result<AppId> &copy) {
        if (!copy || version == 0)
            return copy;
        auto source = store->versions().get(app, version);
        const auto newest = store->versions().get(app, 0);
        if (!source || !newest || newest->number == source->number)
            return copy;
        const auto files = store->versions().files(app, version);
        if (!files)
            return Result<AppId>(files.error());
        source->app = *copy;
        source->parent = 1;
        source->cost = 0.0;
        source->created = Clock::system().now();
        const auto number = store->versions().commit(*source, *files, {});
        return number ? copy : Result<AppId>(number.error());
    });
}

void Services::makeLoadTests()
{
    ProjectTarget::Parts parts;
    parts.projects = projects.get();
    parts.sandboxes = sandboxes.get();
    parts.models = models.get();
    parts.http = http.get();
    parts.previewUrl = [this](const AppId &app) { return previewUrl(app); };
    parts.release = [this](const QList<AppId> &apps) { return fleet->releaseAll(apps); };
    parts.forgetData = [this](const QList<AppId> &apps) { return fleet->forgetData(apps); };
    parts.knowsHost = [this](const HostId &host) { return hosts->card(host).config.id == host; };
    loadTarget = std::make_unique<ProjectTarget>(std::move(parts));
    loadTests = std::make_unique<LoadTestService>(LoadTestService::Parts{
        loadTarget.get(), &Clock::system(), m_paths.data + QLatin1String("/runs"), processMark(), processLives});
}

Status Services::begin()
{
    const Result<quint16> port = lease->begin();
    if (!port)
        return port.error();
    m_port = *port;
    connect(lease.get(), &GatewayLease::portChanged, this, [this](quint16 changed) { m_port = changed; });
    projects->recover();
    whenDone(this, fleet->reconcile(), [this](const Result<int> &adopted) {
        if (!adopted && adopted.error().kind != ErrorKind::Cancelled)
            qCWarning(logCore, "sandboxes could not be reconciled: %s", qPrintable(adopted.error().detail));
        loadTests->recover();
    });
    return {};
}

void Services::applySettings()
{
    models->setEndpoints(endpointsOf(*settings));
    SamplerPace pace;
    pace.tokensPerSecond = settings->value(Setting::SamplerTokensPerSecond).toDouble();
    pace.firstTokenMs = settings->value(Setting::SamplerFirstTokenMs).toInt();
    models->setSamplerPace(pace);
}

QUrl Services::previewUrl(const AppId &app) const
{
    return m_origins.url(app, m_port);
}

Future<HttpResponse> Services::askApp(const AppId &app, const QUrl &inside)
{
    m_appsBySecret.insert(m_origins.secret(app), app); // so that a new app is not looked for among all of them
    return appAnswer(
        http.get(), [this, app, inside] { return previewUrl(app).resolved(inside); }, [this] { lease->look(); });
}

Future<CheckResult> Services::checkServed(const AppId &app)
{
    return continueOn(this, askApp(app, {}), [](const Result<HttpResponse> &response) -> Result<CheckResult> {
        return servedCheck(response);
    });
}

Future<std::optional<GatewayRoute>> Services::resolve(const QString &secret)
{
    if (!m_appsBySecret.contains(secret)) {
        const Result<QList<AppRecord>> apps = store->apps().list();
        if (!apps)
            return readyFuture<std::optional<GatewayRoute>>(apps.error());
        for (const AppRecord &app : *apps)
            m_appsBySecret.insert(m_origins.secret(app.id), app.id);
    }
    const auto found = m_appsBySecret.constFind(secret);
    if (found == m_appsBySecret.constEnd())
        return readyFuture<std::optional<GatewayRoute>>(std::optional<GatewayRoute>());
    return fleet->route(*found);
}

} // namespace Flotilla
