// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/sandbox/sandboxbackend.h"

#include <QMap>
#include <QSet>

namespace Flotilla {

/// What exists on the pretended machine; several WorldBackends (programs) share one.
struct World
{
    QMap<QString, SandboxInfo> alive;
    QHash<SandboxId, SandboxMetrics> metrics;
    QMap<QString, SnapshotInfo> snapshots;
    int created = 0;
    int reaped = 0;
};

/// One program's view of a World, with latency and failures to order. Like the real ones it can only use what it made
/// itself or adopted by reconcile().
class WorldBackend : public SandboxBackend
{
    Q_OBJECT

public:
    explicit WorldBackend(World *world, const QString &name = QStringLiteral("world"))
        : m_world(world)
        , m_name(name)
    {
    }

    int latencyMs = 0;
    bool hang = false; ///< create() never answers
    bool pull = false; ///< create() fetches an image until it is ended
    std::optional<Error> createError;
    std::optional<Error> terminateError;
    bool dieDuringCreate = false; ///< the death is told before create() answers
    int creations = 0;
    QStringList terminated;
    int metricsAsked = 0;
    QString missing; ///< what preflight() finds
    std::optional<Error> preflightError;
    SandboxSpec lastSpec;

    void kill(const SandboxId &id, SandboxReason reason);
    bool knows(const SandboxId &id) const { return m_known.contains(id); }

    SandboxBackendInfo info() const override
    {
        return {m_name, m_name + QStringLiteral(" 1.0"), {}, m_name != QLatin1String("world")};
    }
    Future<QList<PreflightCheck>> preflight() override
    {
        if (preflightError)
            return readyFuture<QList<PreflightCheck>>(*preflightError);
        PreflightCheck check;
        check.ok = missing.isEmpty();
        check.text = missing;
        return readyFuture<QList<PreflightCheck>>(QList<PreflightCheck>{check});
    }
    Future<SandboxInfo> create(const SandboxSpec &spec) override;
    Future<QList<SandboxInfo>> list() override;
    Future<SandboxInfo> get(const SandboxId &id) override;
    Future<void> terminate(const SandboxId &id) override;
    Future<QList<SandboxInfo>> reconcile(const QList<SandboxId> &known) override;
    Result<AgentClient *> agent(const SandboxId &id) override;
    Result<StreamOpener> appStream(const SandboxId &id) override;
    Future<SandboxMetrics> metrics(const SandboxId &id) override;
    Future<QHash<SandboxId, SandboxMetrics>> allMetrics() override;
    Future<SnapshotInfo> snapshot(const SandboxId &id, const SnapshotId &snapshot, const QString &label) override;
    Future<QList<SnapshotInfo>> snapshots() override;
    Future<void> removeSnapshot(const SnapshotId &id) override;

private:
    static StreamOpener closed();
    template <typename T>
    Future<T> later(std::function<Result<T>()> make);

    World *m_world;
    QString m_name;
    AgentClient m_agent{closed()}; ///< answers nothing
    QSet<SandboxId> m_known;
    QHash<SandboxId, std::shared_ptr<QPromise<Result<SandboxInfo>>>> m_pulling;
};

} // namespace Flotilla
