// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/sandboxbackend.h"

#include <memory>

namespace Flotilla {

class Host;

/// Sandboxes made by bubblewrap: no daemon, no image, no root. Everything happens on the host through
/// `flotilla-agent launch`, so any Host will do. Sandboxes outlive this object and this program.
class BubblewrapBackend : public SandboxBackend
{
    Q_OBJECT

public:
    /// Paths on the host.
    struct Layout
    {
        QString agent;   ///< the static flotilla-agent
        QString runtime; ///< esbuild and the vendor modules; sandboxes see it read-only
        QString bwrap;   ///< empty: the system's
        QString owner;   ///< the installation; empty: the name of the host's runtime folder
        QString
            snapshots{}; ///< folder for snapshots, that survives a restart of the host; empty: in the runtime folder
    };

    /// `host` outlives this object.
    BubblewrapBackend(Host *host, Layout layout, QObject *parent = nullptr);
    ~BubblewrapBackend() override;

    SandboxBackendInfo info() const override;
    Future<QList<PreflightCheck>> preflight() override;
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
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
