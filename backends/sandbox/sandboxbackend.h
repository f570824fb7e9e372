// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/core/stream.h"
#include "backends/sandbox/imagebuild.h"
#include "backends/sandbox/sandboxtypes.h"

#include <QObject>

namespace Flotilla {

class AgentClient;

/// Creates and destroys sandboxes on one host. All implementations pass tests/conformance/sandbox.
/// Lives on the service thread; methods on the service thread only. Every call has a deadline. A policy that cannot be
/// enforced is refused with ErrorKind::Unsupported, never weakened. terminate() is legal in every state and idempotent.
/// Everything created carries the installation's owner label, so that reconcile() can adopt or reap it.
class SandboxBackend : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual SandboxBackendInfo info() const = 0;
    /// The doctor: one entry per thing this backend needs, each with its exact remedy.
    virtual Future<QList<PreflightCheck>> preflight() = 0;

    /// Running and its agent ready. The same id twice returns the same sandbox.
    virtual Future<SandboxInfo> create(const SandboxSpec &spec) = 0;
    virtual Future<QList<SandboxInfo>> list() = 0;
    virtual Future<SandboxInfo> get(const SandboxId &id) = 0;
    virtual Future<void> terminate(const SandboxId &id) = 0;
    /// After a restart: `known` are adopted when alive (returned with their present state), everything else that
    /// carries our owner label is terminated and its folders removed.
    virtual Future<QList<SandboxInfo>> reconcile(const QList<SandboxId> &known) = 0;

    /// A client for the control socket of a running sandbox; owned by the backend, valid until its sandbox ends.
    virtual Result<AgentClient *> agent(const SandboxId &id) = 0;
    /// Opens connections to the sandbox's app socket (what the gateway forwards to).
    virtual Result<StreamOpener> appStream(const SandboxId &id) = 0;
    virtual Future<SandboxMetrics> metrics(const SandboxId &id) = 0;
    /// Of every running sandbox in one request (one process, one channel): what the board samples.
    virtual Future<QHash<SandboxId, SandboxMetrics>> allMetrics() = 0;

    /// Of a running sandbox, consistent with what its files are now. The same id twice returns the same snapshot.
    virtual Future<SnapshotInfo> snapshot(const SandboxId &id, const SnapshotId &snapshot, const QString &label) = 0;
    virtual Future<QList<SnapshotInfo>> snapshots() = 0;
    virtual Future<void> removeSnapshot(const SnapshotId &id) = 0; ///< fine when there is none

    /// Builds a container image from a folder of this computer; its name leads to the new one only when all went well.
    /// With `wish`, which has to live on this thread, it is cancelled when that goes. Unsupported without images.
    virtual Future<BuiltImage> buildImage(const ImageBuild &build, const BuildListener &listener,
                                          QObject *wish = nullptr);
    /// Those that have a name, the newest first.
    virtual Future<QList<EngineImage>> images();

Q_SIGNALS:
    /// A sandbox changed state by itself (its death with the reason). Running with HostLost: neither it nor the engine
    /// answers, `detail` says since when; told again when one of them does.
    void sandboxChanged(const Flotilla::SandboxInfo &info);
    /// What runs the sandboxes was silent, so that things may have been left undone, and answers again.
    void answersAgain();
};

} // namespace Flotilla
