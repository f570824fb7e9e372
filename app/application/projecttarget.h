// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/loadtest/loadtarget.h"
#include "backends/projects/projectservice.h"

#include <QHash>

namespace Flotilla {

class FaultyProvider;
class HttpClient;
class ModelCatalog;
class SandboxProvider;
struct SandboxInfo;

/// What load tests drive here: real apps of this store, written by the model, in sandboxes of the fleet.
class ProjectTarget : public LoadTarget
{
    Q_OBJECT

public:
    struct Parts
    {
        ProjectService *projects = nullptr;
        FaultyProvider *sandboxes = nullptr;
        ModelCatalog *models = nullptr;
        HttpClient *http = nullptr;
        std::function<QUrl(const AppId &)> previewUrl;
        /// Ends the sandboxes of these apps, all at once.
        std::function<Future<void>(const QList<AppId> &)> release;
        /// Removes what they stored on other hosts.
        std::function<Future<void>(const QList<AppId> &)> forgetData;
        std::function<bool(const HostId &)> knowsHost;
    };

    explicit ProjectTarget(Parts parts);

    /// For ProjectService::Parts::substituteModel.
    std::shared_ptr<LanguageModel> modelFor(const AppId &app);

    Result<LoadPlan> complete(const LoadPlan &plan) override;
    Future<QString> prepare(const LoadPlan &plan) override;
    void start(const LoadWish &wish) override;
    Future<void> probe(const AppId &app) override;
    Future<void> remove(const QList<AppId> &apps, bool forget) override;
    QString title(const AppId &app) const override { return m_apps.value(app).title; }
    AppFace face(const AppId &app) const override { return m_apps.value(app).face; }
    QJsonObject environment() const override;
    Future<QStringList> preflight(const LoadPlan &plan) override;

private:
    struct Progress
    {
        bool live = false;
        QString fault;
        QString title;
        AppFace face;
        std::optional<std::pair<TurnMark, Error>> failure; ///< the last one
    };
    Status checkPlaces(const LoadPlan &plan) const;
    static Status checkFiles(const LoadPlan &plan);
    Result<std::shared_ptr<LanguageModel>> openModel(const LoadPlan &plan) const;
    QString modelText(const LoadPlan &plan) const;
    void onMarked(const AppId &app, TurnMark mark, const Status &outcome);
    void takeFace(const AppId &app);
    void onTurnEnded(const AppId &app, const Result<AppSummary> &summary);
    void onSandbox(const SandboxInfo &info);
    void crash(const AppId &app);
    QCoro::Task<Status> doRemove(QList<AppId> apps, bool forget);
    QCoro::Task<Status> purge(QList<AppId> apps);

    Parts m_parts;
    LoadPlan m_plan;
    std::shared_ptr<LanguageModel> m_model;
    std::shared_ptr<LanguageModel> m_replay; ///< of the plan's recording
    QHash<AppId, Progress> m_apps;
};

} // namespace Flotilla
