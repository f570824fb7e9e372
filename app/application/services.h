// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/application/application.h"
#include "backends/preview/gateway.h"
#include "backends/storage/store.h"

#include <QObject>

#include <atomic>
#include <memory>

namespace Flotilla {

class FaultyProvider;
class Fleet;
class FleetBoard;
class GatewayLease;
class HostService;
class HttpClient;
class LoadTestService;
class ModelCatalog;
class ProjectService;
class ProjectTarget;
class SandboxAccess;
class SecretStore;
class SettingsService;
struct CheckResult;
struct HttpResponse;

/// Everything that lives on the service thread, in the order of dependence. Built and destroyed there.
class Services : public QObject
{
    Q_OBJECT

public:
    Services(std::unique_ptr<Store> store, PreviewOrigins origins, const Application::Options &options);
    ~Services() override;

    /// Opens the gateway, adopts or reaps sandboxes, recovers interrupted turns.
    Status begin();
    QUrl previewUrl(const AppId &app) const;                           ///< any thread
    Future<HttpResponse> askApp(const AppId &app, const QUrl &inside); ///< appAnswer(); `inside` is a relative address
    Future<CheckResult> checkServed(const AppId &app);

    std::unique_ptr<Store> store;
    std::unique_ptr<SettingsService> settings;
    std::unique_ptr<HttpClient> http;
    std::unique_ptr<SecretStore> secrets;
    std::unique_ptr<ModelCatalog> models;
    std::unique_ptr<HostService> hosts;
    std::unique_ptr<Fleet> fleet;
    std::unique_ptr<GatewayLease> lease;
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<FaultyProvider> sandboxes; ///< the fleet, with the faults of a load test
    std::unique_ptr<ProjectService> projects;
    std::unique_ptr<FleetBoard> board;
    std::unique_ptr<ProjectTarget> loadTarget;
    std::unique_ptr<LoadTestService> loadTests;
    std::unique_ptr<SandboxAccess> access;

private:
    void makeRuntime();
    void makeGateway();
    void makeProjects(PreviewProbe *probe);
    void makeBoard();
    Future<void> wake(const AppId &app);
    Future<void> restoreVersion(const AppId &app, int version);
    std::chrono::seconds idleAfter() const;
    Future<AppId> duplicate(const AppId &app, int version);
    void makeLoadTests();
    void applySettings();
    Future<std::optional<GatewayRoute>> resolve(const QString &secret);

    ApplicationPaths m_paths;
    PreviewOrigins m_origins;
    std::atomic<quint16> m_port{0};
    QHash<QString, AppId> m_appsBySecret; ///< filled from the store when a secret is not known yet
};

} // namespace Flotilla
