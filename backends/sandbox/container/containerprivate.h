// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/agentclient.h"
#include "backends/core/continuation.h"
#include "backends/hosts/host.h"
#include "backends/sandbox/bubblewrap/launchprotocol.h"
#include "backends/sandbox/container/containerbackend.h"
#include "backends/sandbox/container/containerbody.h"
#include "backends/sandbox/container/engineapi.h"
#include "backends/sandbox/sandboxrules.h"
#include "backends/sandbox/seensandboxes.h"

#include <queue>

namespace Flotilla {

class BuildJob;

/// Coroutines hold it by shared_ptr; `q` is cleared when the backend goes, and every step then ends with Cancelled.
struct ContainerBackend::Private
{
    using Self = std::shared_ptr<Private>;
    template <typename T>
    using Task = QCoro::Task<Result<T>>;
    /// What is asked of a host and its engine once.
    struct Ground
    {
        ContainerFacts facts;
        int cpus = 1;
    };

    ContainerBackend *q;
    Host *host;
    HttpClient *http;
    Layout layout;
    std::unique_ptr<EngineApi> api;
    std::unique_ptr<SeenSandboxes> seen;
    std::optional<Ground> ground;
    /// A sandbox that waits for its image.
    struct ImageWait
    {
        SandboxSpec spec;
        QPromise<Result<QString>> promise;
    };
    QHash<QString, Future<QString>> images;                ///< that are being made ready, or are
    QHash<QString, ImageFacts> imageFacts;                 ///< of those that somebody named
    QSet<QString> proven;                                  ///< of these, whose shell ran
    QHash<QString, std::shared_ptr<ImageWait>> imageWaits; ///< by sandbox
    QHash<QString, std::shared_ptr<QObject>> pulls;        ///< by image: a pull ends with it
    QHash<QString, Future<SandboxInfo>> creating;          ///< callers at the same time share one
    QHash<QString, Future<void>> queue;                    ///< the last thing asked of a sandbox: one after the other
    QSet<QString> cancelled;
    std::queue<std::shared_ptr<QPromise<Status>>> waiting; ///< for their turn to start
    int starting = 0;
    bool awaited = false; ///< the engine is silent, and asked until it answers
    QString limitsNote;

    // containerprivate.cpp: small steps
    QString name(const SandboxId &id) const;
    QString root() const;
    QString socketPath(const SandboxId &id, QLatin1String socket) const;
    StreamOpener opener(const SandboxId &id, QLatin1String socket) const;
    static Error closing();
    Future<EngineReply> ask(const EngineCall &call);
    Future<QJsonObject> launch(const QStringList &args, const QByteArray &input = {});
    SandboxInfo infoOf(const EngineContainer &container) const;
    const SandboxInfo &adopt(const SandboxInfo &info) { return seen->adopt(info); }
    QString snapshotFolder() const;
    QByteArray specJson(const SandboxSpec &spec) const;
    Future<void> turnToStart();
    void endOfTurn();

    // containercreate.cpp
    static Task<SandboxInfo> create(Self self, SandboxSpec spec);
    static Task<SandboxInfo> createInTurn(Self self, SandboxSpec spec, Future<void> before);
    static Task<SandboxInfo> start(Self self, SandboxSpec spec, QString image);
    static Task<void> makeContainer(Self self, SandboxSpec spec, ContainerPlan plan);
    static Task<void> fill(Self self, SandboxSpec spec);
    static Task<void> waitForAgent(Self self, SandboxSpec spec);
    static Task<Ground> findGround(Self self);
    static Task<void> discard(Self self, SandboxId id);
    static Task<QString> lastWords(Self self, SandboxId id);

    // containerimages.cpp
    Future<QString> imageFor(const SandboxSpec &spec);
    void answerWait(const QString &sandbox, const Result<QString> &image);
    bool isElsewhere() const { return host->id().value != QLatin1String("local"); } ///< the engine
    void giveUpWait(const SandboxId &id);
    void tell(const QString &image, const ImageProgress &progress);
    static Task<void> lookAtImage(Self self, QString wanted);
    static Task<void> proveImage(Self self, SandboxSpec spec);
    static Task<QString> image(Self self, QString wanted);
    static Task<QString> baseImage(Self self, QString nothing);
    static Task<QString> pull(Self self, QString wanted);

    // containerbuild.cpp
    static Task<BuiltImage> build(Self self, ImageBuild what, std::shared_ptr<BuildJob> job);
    static Task<BuiltImage> inspectBuilt(Self self, QString tag);
    static Task<QList<EngineImage>> listImages(Self self);
    void forgetImage(const QString &name);

    // containerlife.cpp
    static Task<void> terminate(Self self, SandboxId id, Future<void> before);
    static Task<void> removeContainer(Self self, SandboxId id);
    static Task<QList<EngineContainer>> containers(Self self);
    static Task<SandboxInfo> look(Self self, SandboxId id);
    static Task<QList<SandboxInfo>> list(Self self);
    static Task<SandboxInfo> get(Self self, SandboxId id);
    static Task<QList<SandboxInfo>> reconcile(Self self, QList<SandboxId> known);
    static Task<void> find(Self self, SandboxId id);
    void lost(const SandboxId &id);
    void unanswered(const SandboxId &id);
    void reached(const SandboxId &id);
    static Task<void> awaitEngine(Self self);
    void ended(const SandboxId &id, const EngineContainer &container);

    // containerdoctor.cpp
    static Task<QList<PreflightCheck>> examine(Self self);
};

} // namespace Flotilla
