// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerbackend.h"

#include "backends/sandbox/container/containerprivate.h"
#include "backends/sandbox/imagename.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

Future<void> nothingBefore()
{
    return readyFuture<void>(Status());
}

Status validate(const SandboxSpec &spec)
{
    if (const Status good = validateSandboxSpec(spec); !good)
        return good;
    return checkImageName(spec.image);
}

} // namespace

ContainerBackend::ContainerBackend(Host *host, HttpClient *http, ContainerEngine engine, Layout layout, QObject *parent)
    : SandboxBackend(parent)
    , d(std::make_shared<Private>())
{
    d->q = this;
    d->host = host;
    d->http = http;
    d->layout = std::move(layout);
    d->seen = std::make_unique<SeenSandboxes>(SeenSandboxes::Watch{
        this, host, [p = d.get()](const SandboxId &id) { return p->opener(id, QLatin1String("control.sock")); },
        [p = d.get()](const SandboxId &id) { p->lost(id); }, [p = d.get()](const SandboxId &id) { p->reached(id); }});
    if (engine.apiVersion.isEmpty())
        engine.apiVersion = QStringLiteral("1.41");
    d->api = std::make_unique<EngineApi>(host, http, std::move(engine));
    if (d->layout.owner.isEmpty())
        d->layout.owner = host->runtimeDir().section(QLatin1Char('/'), -1).toLower();
    d->limitsNote = tr("Memory, processes and processor time are capped by the engine.");
}

ContainerBackend::~ContainerBackend()
{
    d->q = nullptr;
    d->api->close();
    const QStringList waiting = d->imageWaits.keys();
    for (const QString &sandbox : waiting)
        d->answerWait(sandbox, Private::closing());
    d->pulls.clear();
    d->seen->clear();
}

SandboxBackendInfo ContainerBackend::info() const
{
    const QString label = d->api->engine().rootless ? tr("%1, rootless (same kernel)") : tr("%1 (same kernel)");
    return {d->api->isPodman() ? QStringLiteral("podman") : QStringLiteral("docker"), label.arg(d->api->label()),
            d->limitsNote, true};
}

Future<QList<PreflightCheck>> ContainerBackend::preflight()
{
    return toFuture(Private::examine(d));
}

Future<SandboxInfo> ContainerBackend::create(const SandboxSpec &spec)
{
    if (const Status valid = validate(spec); !valid)
        return readyFuture<SandboxInfo>(valid.error());
    const QString id = spec.id.value;
    if (const auto underWay = d->creating.constFind(id); underWay != d->creating.cend() && !d->cancelled.contains(id))
        return *underWay;
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    const Future<void> before = std::exchange(d->queue[id], promise->future());
    const Future<SandboxInfo> made =
        toFuture(Private::createInTurn(d, spec, before.isValid() ? before : nothingBefore()));
    if (!made.isFinished())
        d->creating.insert(id, made);
    whenDone(this, made, [this, id, promise](const Result<SandboxInfo> &) {
        d->cancelled.remove(id);
        if (d->creating.value(id).isFinished())
            d->creating.remove(id);
        promise->addResult(Status());
        promise->finish();
        if (d->queue.value(id).isFinished())
            d->queue.remove(id);
    });
    return made;
}

Future<QList<SandboxInfo>> ContainerBackend::list()
{
    return toFuture(Private::list(d));
}

Future<SandboxInfo> ContainerBackend::get(const SandboxId &id)
{
    if (!isSafeSandboxName(id.value))
        return readyFuture<SandboxInfo>(sandboxNotRunning(id));
    return toFuture(Private::get(d, id));
}

Future<void> ContainerBackend::terminate(const SandboxId &id)
{
    if (!isSafeSandboxName(id.value))
        return readyFuture<void>(Status()); // there can be none
    if (d->creating.contains(id.value))
        d->cancelled.insert(id.value);
    d->giveUpWait(id);
    d->seen->forget(id);
    const Future<void> before = d->queue.value(id.value);
    const Future<void> ending = toFuture(Private::terminate(d, id, before.isValid() ? before : nothingBefore()));
    if (!ending.isFinished())
        d->queue.insert(id.value, ending);
    whenDone(this, ending, [this, id](const Status &) {
        if (d->queue.value(id.value).isFinished())
            d->queue.remove(id.value);
    });
    return ending;
}

Future<QList<SandboxInfo>> ContainerBackend::reconcile(const QList<SandboxId> &known)
{
    return toFuture(Private::reconcile(d, known));
}

Result<AgentClient *> ContainerBackend::agent(const SandboxId &id)
{
    AgentClient *client = d->seen->client(id);
    return client ? Result<AgentClient *>(client) : Result<AgentClient *>(sandboxNotRunning(id));
}

Result<StreamOpener> ContainerBackend::appStream(const SandboxId &id)
{
    if (!d->seen->client(id))
        return sandboxNotRunning(id);
    return d->opener(id, QLatin1String("app.sock"));
}

Future<SandboxMetrics> ContainerBackend::metrics(const SandboxId &id)
{
    if (!isSafeSandboxName(id.value))
        return readyFuture<SandboxMetrics>(sandboxNotRunning(id));
    return continueOn(
        this, d->launch({QStringLiteral("--stats"), d->root(), id.value}), [id](const Result<QJsonObject> &answer) {
            return answer ? LaunchProtocol::parseStats(*answer, id) : Result<SandboxMetrics>(answer.error());
        });
}

Future<QHash<SandboxId, SandboxMetrics>> ContainerBackend::allMetrics()
{
    using All = QHash<SandboxId, SandboxMetrics>;
    return continueOn(this, d->launch({QStringLiteral("--stats"), d->root()}), [](const Result<QJsonObject> &answer) {
        return answer ? Result<All>(LaunchProtocol::parseAllStats(*answer)) : Result<All>(answer.error());
    });
}

Future<SnapshotInfo> ContainerBackend::snapshot(const SandboxId &id, const SnapshotId &snapshot, const QString &label)
{
    if (!isSafeSandboxName(id.value) || !isSafeSandboxName(snapshot.value))
        return readyFuture<SnapshotInfo>(sandboxNotRunning(id));
    const SeenSandbox *known = d->seen->find(id);
    const QJsonObject meta{{QStringLiteral("app"), known ? known->info.app.value : QString()},
                           {QStringLiteral("backend"), info().name},
                           {QStringLiteral("label"), label.left(500)}};
    const QByteArray request = LaunchProtocol::snapshotRequest(d->root(), id, d->snapshotFolder(), snapshot, meta);
    return continueOn(this, d->launch({QStringLiteral("--snapshot"), QStringLiteral("-")}, request),
                      [hostId = d->host->id()](const Result<QJsonObject> &answer) {
                          return answer ? LaunchProtocol::parseSnapshot((*answer)[QLatin1String("snapshot")].toObject(),
                                                                        hostId)
                                        : Result<SnapshotInfo>(answer.error());
                      });
}

Future<QList<SnapshotInfo>> ContainerBackend::snapshots()
{
    using All = QList<SnapshotInfo>;
    return continueOn(this, d->launch({QStringLiteral("--snapshots"), d->snapshotFolder()}),
                      [hostId = d->host->id()](const Result<QJsonObject> &answer) {
                          return answer ? Result<All>(LaunchProtocol::parseSnapshots(*answer, hostId))
                                        : Result<All>(answer.error());
                      });
}

Future<void> ContainerBackend::removeSnapshot(const SnapshotId &id)
{
    if (!isSafeSandboxName(id.value))
        return readyFuture<void>(Status()); // there can be none
    return continueOn(this, d->launch({QStringLiteral("--remove-snapshot"), d->snapshotFolder(), id.value}),
                      [](const Result<QJsonObject> &answer) { return answer ? Status() : Status(answer.error()); });
}

} // namespace Flotilla
