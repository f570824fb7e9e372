// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"

#include "backends/sandbox/bubblewrap/bubblewrapprivate.h"
#include "backends/sandbox/bubblewrap/doctorreport.h"
#include "backends/sandbox/imagename.h"
#include "backends/sandbox/sandboxrules.h"

namespace Flotilla {

BubblewrapBackend::BubblewrapBackend(Host *host, Layout layout, QObject *parent)
    : SandboxBackend(parent)
    , d(new Private{this, host, std::move(layout)})
{
    if (d->layout.owner.isEmpty())
        d->layout.owner = host->runtimeDir().section(QLatin1Char('/'), -1).toLower();
    d->limitsNote = tr("Checked when the first sandbox starts.");
}

BubblewrapBackend::~BubblewrapBackend() = default;

SandboxBackendInfo BubblewrapBackend::info() const
{
    return {QStringLiteral("bubblewrap"), tr("Bubblewrap (same kernel)"), d->limitsNote};
}

Future<QList<PreflightCheck>> BubblewrapBackend::preflight()
{
    SandboxSpec trial;
    trial.id.value = QStringLiteral("trial");
    const auto report = [this](const Private::Launched &answer) -> Result<QList<PreflightCheck>> {
        if (!answer)
            return QList<PreflightCheck>{DoctorReport::noLauncher(d->layout.agent, answer.error())};
        d->noteLimits((*answer)[QLatin1String("cgroup")].toString());
        return DoctorReport::checks(*answer, d->layout.runtime);
    };
    return d->launch({QStringLiteral("--doctor"), QStringLiteral("-")}, report, d->specJson(trial));
}

Future<SandboxInfo> BubblewrapBackend::create(const SandboxSpec &spec)
{
    if (const Status valid = validateSandboxSpec(spec); !valid)
        return readyFuture<SandboxInfo>(valid.error());
    if (!spec.image.isEmpty())
        return readyFuture<SandboxInfo>(imagesNeedAnEngine());
    const auto made = [this, spec](const Private::Launched &answer) -> Result<SandboxInfo> {
        if (!answer)
            return answer.error();
        return d->started(spec, *answer);
    };
    return d->launch({QStringLiteral("--start"), QStringLiteral("-")}, made, d->specJson(spec));
}

Future<QList<SandboxInfo>> BubblewrapBackend::list()
{
    return d->launchOn("--list", {}, [this](const Private::Launched &answer) -> Result<QList<SandboxInfo>> {
        if (!answer)
            return answer.error();
        return d->seen.withDead(d->adoptAll(LaunchProtocol::parseList(*answer)));
    });
}

Future<SandboxInfo> BubblewrapBackend::get(const SandboxId &id)
{
    if (!isSafeSandboxName(id.value))
        return readyFuture<SandboxInfo>(sandboxNotRunning(id));
    return d->launchOn("--list", {id.value}, [this, id](const Private::Launched &answer) -> Result<SandboxInfo> {
        if (!answer)
            return answer.error();
        const QList<SandboxInfo> infos = d->seen.withDead(d->adoptAll(LaunchProtocol::parseList(*answer)));
        for (const SandboxInfo &info : infos) {
            if (info.id == id)
                return info;
        }
        return sandboxNotRunning(id);
    });
}

Future<void> BubblewrapBackend::terminate(const SandboxId &id)
{
    if (!isSafeSandboxName(id.value))
        return readyFuture<void>(Status()); // there can be none
    d->seen.forget(id);
    return d->endSoon(id);
}

Future<QList<SandboxInfo>> BubblewrapBackend::reconcile(const QList<SandboxId> &known)
{
    auto promise = std::make_shared<QPromise<Result<QList<SandboxInfo>>>>();
    promise->start();
    const auto finish = [promise](Result<QList<SandboxInfo>> result) {
        promise->addResult(std::move(result));
        promise->finish();
        return Status();
    };
    d->launchOn("--list", {}, [this, known, finish](const Private::Launched &answer) {
        if (!answer)
            return finish(answer.error());
        const auto [alive, reaped] = d->divide(LaunchProtocol::parseList(*answer), known);
        const QList<SandboxInfo> adopted = d->adoptAll(alive);
        if (reaped.isEmpty())
            return finish(adopted);
        d->launchOn("--terminate", reaped, [finish, adopted](const Private::Launched &ended) {
            return finish(ended ? Result<QList<SandboxInfo>>(adopted) : Result<QList<SandboxInfo>>(ended.error()));
        });
        return Status();
    });
    return promise->future();
}

Result<AgentClient *> BubblewrapBackend::agent(const SandboxId &id)
{
    AgentClient *client = d->seen.client(id);
    return client ? Result<AgentClient *>(client) : Result<AgentClient *>(sandboxNotRunning(id));
}

Result<StreamOpener> BubblewrapBackend::appStream(const SandboxId &id)
{
    if (!d->seen.client(id))
        return sandboxNotRunning(id);
    return d->opener(id, QLatin1String("app.sock"));
}

Future<SandboxMetrics> BubblewrapBackend::metrics(const SandboxId &id)
{
    if (!isSafeSandboxName(id.value))
        return readyFuture<SandboxMetrics>(sandboxNotRunning(id));
    return d->launchOn("--stats", {id.value}, [id](const Private::Launched &answer) {
        return answer ? LaunchProtocol::parseStats(*answer, id) : Result<SandboxMetrics>(answer.error());
    });
}

Future<QHash<SandboxId, SandboxMetrics>> BubblewrapBackend::allMetrics()
{
    using All = QHash<SandboxId, SandboxMetrics>;
    return d->launchOn("--stats", {}, [](const Private::Launched &answer) {
        return answer ? Result<All>(LaunchProtocol::parseAllStats(*answer)) : Result<All>(answer.error());
    });
}

Future<SnapshotInfo> BubblewrapBackend::snapshot(const SandboxId &id, const SnapshotId &snapshot, const QString &label)
{
    if (!isSafeSandboxName(id.value) || !isSafeSandboxName(snapshot.value))
        return readyFuture<SnapshotInfo>(sandboxNotRunning(id));
    const auto taken = [hostId = d->host->id()](const Private::Launched &answer) {
        return answer ? LaunchProtocol::parseSnapshot((*answer)[QLatin1String("snapshot")].toObject(), hostId)
                      : Result<SnapshotInfo>(answer.error());
    };
    return d->launch({QStringLiteral("--snapshot"), QStringLiteral("-")}, taken,
                     LaunchProtocol::snapshotRequest(d->host->runtimeDir(), id, d->snapshotFolder(), snapshot,
                                                     d->snapshotMeta(id, label)));
}

Future<QList<SnapshotInfo>> BubblewrapBackend::snapshots()
{
    return d->launch({QStringLiteral("--snapshots"), d->snapshotFolder()},
                     [hostId = d->host->id()](const Private::Launched &answer) {
                         return answer ? Result<QList<SnapshotInfo>>(LaunchProtocol::parseSnapshots(*answer, hostId))
                                       : Result<QList<SnapshotInfo>>(answer.error());
                     });
}

Future<void> BubblewrapBackend::removeSnapshot(const SnapshotId &id)
{
    if (!isSafeSandboxName(id.value))
        return readyFuture<void>(Status()); // there can be none
    return d->launch({QStringLiteral("--remove-snapshot"), d->snapshotFolder(), id.value},
                     [](const Private::Launched &answer) { return answer ? Status() : Status(answer.error()); });
}

} // namespace Flotilla
