// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerprivate.h"

#include "backends/http/httpclient.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTimer>

namespace Flotilla {

namespace {

constexpr std::chrono::milliseconds launchTimeout{20'000};
constexpr std::chrono::milliseconds transferTimeout{150'000}; // of a snapshot
constexpr int startsAtOnce = 8;                               // more only makes the engine wait for its own locks

} // namespace

Error ContainerBackend::Private::closing()
{
    return {ErrorKind::Cancelled, QCoreApplication::translate("Sandbox", "The program is closing."), {}};
}

QString ContainerBackend::Private::name(const SandboxId &id) const
{
    return QLatin1String("flotilla-") + layout.owner + QLatin1Char('-') + id.value;
}

QString ContainerBackend::Private::root() const
{
    return host->runtimeDir() + (api->isPodman() ? QLatin1String("/podman") : QLatin1String("/docker"));
}

QString ContainerBackend::Private::socketPath(const SandboxId &id, QLatin1String socket) const
{
    return root() + QLatin1String("/sb/") + id.value + QLatin1Char('/') + socket;
}

StreamOpener ContainerBackend::Private::opener(const SandboxId &id, QLatin1String socket) const
{
    return [machine = QPointer(host), path = socketPath(id, socket)]() -> Future<std::shared_ptr<QIODevice>> {
        if (!machine)
            return readyFuture<std::shared_ptr<QIODevice>>(closing());
        return machine->connectTo(UnixPath{path});
    };
}

Future<EngineReply> ContainerBackend::Private::ask(const EngineCall &call)
{
    if (!q)
        return readyFuture<EngineReply>(closing());
    return continueOn(q, api->call(call), [this](const Result<EngineReply> &reply) {
        if (!reply && reply.error().kind != ErrorKind::Cancelled && !std::exchange(awaited, true))
            awaitEngine(q->d);
        return reply;
    });
}

Future<QJsonObject> ContainerBackend::Private::launch(const QStringList &args, const QByteArray &input)
{
    if (!q)
        return readyFuture<QJsonObject>(closing());
    if (host->state() != HostState::Ready)
        return readyFuture<QJsonObject>(Error{ErrorKind::Unavailable, host->stateText(), {}});
    CommandSpec command;
    command.program = layout.agent;
    command.args = QStringList{QStringLiteral("launch")} + args;
    command.stdinData = input;
    const QString &what = args.constFirst();
    const bool transfers = what == QLatin1String("--snapshot") || what == QLatin1String("--restore");
    command.timeout = transfers ? transferTimeout : launchTimeout;
    return continueOn(q, host->run(command), [label = host->label()](const Result<CommandResult> &ran) {
        return LaunchProtocol::parse(ran, label);
    });
}

QString ContainerBackend::Private::snapshotFolder() const
{
    return layout.snapshots.isEmpty() ? host->runtimeDir() + QLatin1String("/snapshots") : layout.snapshots;
}

QByteArray ContainerBackend::Private::specJson(const SandboxSpec &spec) const
{
    QJsonObject env;
    for (auto it = spec.env.cbegin(); it != spec.env.cend(); ++it)
        env.insert(it.key(), it.value());
    const QJsonObject json{{QStringLiteral("id"), spec.id.value},
                           {QStringLiteral("app"), spec.app.value},
                           {QStringLiteral("owner"), layout.owner},
                           {QStringLiteral("root"), root()},
                           {QStringLiteral("engine"), QString(root().section(QLatin1Char('/'), -1))},
                           {QStringLiteral("agent"), layout.agent},
                           {QStringLiteral("runtime"), layout.runtime},
                           {QStringLiteral("data"), spec.dataDir},
                           {QStringLiteral("network"), QStringLiteral("none")},
                           {QStringLiteral("limits"), LaunchProtocol::limitsJson(spec.limits)},
                           {QStringLiteral("from"), spec.from.value},
                           {QStringLiteral("env"), env}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

SandboxInfo ContainerBackend::Private::infoOf(const EngineContainer &container) const
{
    SandboxInfo info;
    info.id = container.id;
    info.app = container.app;
    info.host = host->id();
    info.backend = api->isPodman() ? QStringLiteral("podman") : QStringLiteral("docker");
    info.created = container.created;
    info.exitCode = container.runs() ? 0 : container.exitCode;
    if (container.runs())
        info.state = SandboxState::Running;
    else if (container.state == QLatin1String("created") || container.state == QLatin1String("configured"))
        info.state = SandboxState::Creating;
    else
        info.state = SandboxState::Failed;
    if (info.state == SandboxState::Failed) {
        info.reason = container.oomKilled         ? SandboxReason::OutOfMemory
                      : container.exitCode >= 128 ? SandboxReason::Killed
                                                  : SandboxReason::Exited;
        info.detail = describe(info.state, info.reason);
    }
    return info;
}

Future<void> ContainerBackend::Private::turnToStart()
{
    auto promise = std::make_shared<QPromise<Status>>();
    promise->start();
    if (starting < startsAtOnce) {
        ++starting;
        promise->addResult(Status());
        promise->finish();
    } else {
        waiting.push(promise);
    }
    return promise->future();
}

void ContainerBackend::Private::endOfTurn()
{
    if (waiting.empty()) {
        --starting;
        return;
    }
    const auto next = waiting.front();
    waiting.pop();
    next->addResult(Status());
    next->finish();
}

} // namespace Flotilla
