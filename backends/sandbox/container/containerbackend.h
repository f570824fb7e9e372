// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/sandbox/sandboxbackend.h"

#include <memory>

namespace Flotilla {

class Host;
class HttpClient;

struct ContainerEngine
{
    enum class Kind { Docker, Podman };
    Kind kind = Kind::Docker;
    QString socket; ///< Unix socket on the host
    QString version;
    QString apiVersion; ///< that we speak with it; empty: not asked yet
    bool rootless = false;
    bool enforces = true; ///< limits; without them it takes no sandboxes
};

struct ImageProgress
{
    enum class Step { Pulling, Unpacking };
    Step step = Step::Pulling;
    qint64 done = 0, total = 0; ///< bytes, as far as they are known
};

/// Sandboxes as containers of Docker or Podman, through the Engine REST API over the host. Sockets of the agent come
/// through a bind mount; no network, no published ports.
class ContainerBackend : public SandboxBackend
{
    Q_OBJECT

public:
    /// Paths on the host.
    struct Layout
    {
        QString agent;
        QString runtime;
        QString owner; ///< label of the installation; empty: the name of the host's runtime folder
        QString
            snapshots{}; ///< folder for snapshots, that survives a restart of the host; empty: in the runtime folder
    };

    /// `host` and `http` outlive this object.
    ContainerBackend(Host *host, HttpClient *http, ContainerEngine engine, Layout layout, QObject *parent = nullptr);
    ~ContainerBackend() override;

    /// Engines that answer on the host: DOCKER_HOST, contexts, the usual sockets, rootless and rootful.
    static Future<QList<ContainerEngine>> find(Host *host, HttpClient *http);

    SandboxBackendInfo info() const override; ///< name "docker" or "podman"
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
    Future<BuiltImage> buildImage(const ImageBuild &build, const BuildListener &listener,
                                  QObject *wish = nullptr) override;
    Future<QList<EngineImage>> images() override;

Q_SIGNALS:
    void imageProgress(const QString &image, const Flotilla::ImageProgress &progress);

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace Flotilla
