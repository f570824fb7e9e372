// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/bubblewrap/bubblewrapprivate.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QPointer>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr std::chrono::milliseconds launchTimeout{20'000};
constexpr qsizetype mostEndings = 200;                        // per launcher
constexpr std::chrono::milliseconds transferTimeout{150'000}; // of a snapshot

} // namespace

Future<CommandResult> BubblewrapBackend::Private::run(const QStringList &args, const QByteArray &input)
{
    if (host->state() != HostState::Ready)
        return readyFuture<CommandResult>(Error{ErrorKind::Unavailable, host->stateText(), {}});
    CommandSpec command;
    command.program = layout.agent;
    command.args = QStringList{QStringLiteral("launch")} + args;
    command.stdinData = input;
    const bool transfers = args.contains(QStringLiteral("--snapshot")) || input.contains("\"from\"");
    command.timeout = transfers ? transferTimeout : launchTimeout;
    return host->run(command);
}

QByteArray BubblewrapBackend::Private::specJson(const SandboxSpec &spec) const
{
    QJsonObject env;
    for (auto it = spec.env.cbegin(); it != spec.env.cend(); ++it)
        env.insert(it.key(), it.value());
    QJsonObject json{{QStringLiteral("id"), spec.id.value},
                     {QStringLiteral("app"), spec.app.value},
                     {QStringLiteral("owner"), layout.owner},
                     {QStringLiteral("root"), host->runtimeDir()},
                     {QStringLiteral("agent"), layout.agent},
                     {QStringLiteral("runtime"), layout.runtime},
                     {QStringLiteral("data"), spec.dataDir},
                     {QStringLiteral("network"), QStringLiteral("none")},
                     {QStringLiteral("limits"), LaunchProtocol::limitsJson(spec.limits)},
                     {QStringLiteral("env"), env}};
    if (!spec.from.isEmpty()) {
        json.insert(QStringLiteral("from"), spec.from.value);
        json.insert(QStringLiteral("snapshots"), snapshotFolder());
    }
    if (host->id() == HostId{QStringLiteral("local")} && mayHaveLimits)
        json.insert(QStringLiteral("program"), QCoreApplication::applicationPid());
    if (!layout.bwrap.isEmpty())
        json.insert(QStringLiteral("bwrap"), layout.bwrap);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QString BubblewrapBackend::Private::snapshotFolder() const
{
    return layout.snapshots.isEmpty() ? host->runtimeDir() + QLatin1String("/snapshots") : layout.snapshots;
}

QJsonObject BubblewrapBackend::Private::snapshotMeta(const SandboxId &id, const QString &label) const
{
    const SeenSandbox *known = seen.find(id);
    return {{QStringLiteral("app"), known ? known->info.app.value : QString()},
            {QStringLiteral("backend"), QStringLiteral("bubblewrap")},
            {QStringLiteral("label"), label.left(500)}};
}

QString BubblewrapBackend::Private::socketPath(const SandboxId &id, QLatin1String name) const
{
    return host->runtimeDir() + QLatin1String("/sb/") + id.value + QLatin1Char('/') + name;
}

StreamOpener BubblewrapBackend::Private::opener(const SandboxId &id, QLatin1String name) const
{
    return [machine = QPointer(host), path = socketPath(id, name)]() -> Future<std::shared_ptr<QIODevice>> {
        if (!machine)
            return readyFuture<std::shared_ptr<QIODevice>>(
                Error{ErrorKind::Cancelled, QCoreApplication::translate("Sandbox", "The program is closing."), {}});
        return machine->connectTo(UnixPath{path});
    };
}

SandboxInfo BubblewrapBackend::Private::infoOf(const LaunchedSandbox &sandbox) const
{
    SandboxInfo info;
    info.id = sandbox.id;
    info.app = sandbox.app;
    info.host = host->id();
    info.backend = QStringLiteral("bubblewrap");
    info.created = sandbox.created;
    info.state = sandbox.alive ? SandboxState::Running : SandboxState::Failed;
    if (!sandbox.alive)
        info.reason = sandbox.oomKills > 0 ? SandboxReason::OutOfMemory : SandboxReason::Killed;
    return info;
}

QList<SandboxInfo> BubblewrapBackend::Private::adoptAll(const QList<LaunchedSandbox> &sandboxes)
{
    QList<SandboxInfo> infos;
    for (const LaunchedSandbox &sandbox : sandboxes) {
        if (sandbox.owner == layout.owner)
            infos.append(seen.adopt(infoOf(sandbox)));
    }
    return infos;
}

std::pair<QList<LaunchedSandbox>, QStringList> BubblewrapBackend::Private::divide(const QList<LaunchedSandbox> &found,
                                                                                  const QList<SandboxId> &known)
{
    QList<LaunchedSandbox> alive;
    QStringList reaped;
    for (const LaunchedSandbox &sandbox : found) {
        if (!sandbox.owner.isEmpty() && sandbox.owner != layout.owner)
            continue;
        if (sandbox.alive && known.contains(sandbox.id)) {
            alive.append(sandbox);
        } else {
            seen.forget(sandbox.id);
            reaped.append(sandbox.id.value);
        }
    }
    return {alive, reaped};
}

Result<SandboxInfo> BubblewrapBackend::Private::started(const SandboxSpec &spec, const QJsonObject &answer)
{
    noteLimits(answer[QLatin1String("cgroup")].toString());
    LaunchedSandbox sandbox;
    sandbox.id = spec.id;
    sandbox.app = spec.app;
    sandbox.alive = true;
    sandbox.created = QDateTime::fromMSecsSinceEpoch(answer[QLatin1String("created_ms")].toInteger(), Qt::UTC);
    if (!answer[QLatin1String("existed")].toBool()) {
        seen.forget(spec.id); // an earlier life
        mayHaveLimits = !answer[QLatin1String("cgroup")].toString().isEmpty();
    }
    return seen.adopt(infoOf(sandbox));
}

Future<void> BubblewrapBackend::Private::endSoon(const SandboxId &id)
{
    const Ending ending{id, std::make_shared<QPromise<Status>>()};
    ending.promise->start();
    toEnd.append(ending);
    if (!endingSome)
        endWaiting();
    return ending.promise->future();
}

/// One launcher for all that wait: a thousand sandboxes end with a handful of launchers.
void BubblewrapBackend::Private::endWaiting()
{
    endingSome = !toEnd.isEmpty();
    if (!endingSome)
        return;
    const QList<Ending> endings = toEnd.mid(0, mostEndings);
    toEnd.remove(0, endings.size());
    endTogether(endings);
}

void BubblewrapBackend::Private::endTogether(const QList<Ending> &endings)
{
    QStringList ids;
    for (const Ending &ending : endings)
        ids.append(ending.id.value);
    launchOn("--terminate", ids, [this, endings](const Launched &answer) { return endedTogether(endings, answer); });
}

Status BubblewrapBackend::Private::endedTogether(const QList<Ending> &endings, const Launched &answer)
{
    if (!answer && endings.size() > 1) { // which of them did not end?
        for (const Ending &ending : endings)
            endTogether({ending});
        return {};
    }
    for (const Ending &ending : endings) {
        if (seen.client(ending.id))
            seen.forget(ending.id); // a create that was under way
        ending.promise->addResult(answer ? Status() : Status(answer.error()));
        ending.promise->finish();
    }
    endWaiting();
    return {};
}

/// The control connection closed. Dead, or a hiccup of the agent or the host?
void BubblewrapBackend::Private::lost(const SandboxId &id)
{
    launchOn("--list", {id.value}, [this, id](const Launched &answer) {
        if (seen.client(id))
            lookFor(id, answer);
        return Status();
    });
}

void BubblewrapBackend::Private::lookFor(const SandboxId &id, const Launched &answer)
{
    const auto list = answer ? LaunchProtocol::parseList(*answer) : QList<LaunchedSandbox>();
    if (answer && list.isEmpty())
        return ended(id, {});
    if (answer && !list.constFirst().alive)
        return ended(id, list.constFirst());
    seen.watchAgain(id);
}

void BubblewrapBackend::Private::ended(const SandboxId &id, const LaunchedSandbox &found)
{
    SeenSandbox &entry = seen[id];
    entry.client.release()->deleteLater();
    SandboxInfo &info = entry.info;
    info.state = SandboxState::Failed;
    info.reason = found.oomKills > 0 ? SandboxReason::OutOfMemory : entry.hit;
    if (info.reason == SandboxReason::None)
        info.reason = SandboxReason::Killed;
    info.detail = entry.hitText.isEmpty() ? describe(info.state, info.reason) : entry.hitText;
    endSoon(id); // its folder and group
    Q_EMIT q->sandboxChanged(info);
}

void BubblewrapBackend::Private::noteLimits(const QString &cgroup)
{
    limitsNote = cgroup.isEmpty()
                     ? tr("No cgroup v2 delegation on this computer: memory is watched and the app is stopped when it "
                          "takes too much; processes, files and disk have hard limits; processor time is not limited.")
                     : tr("Memory, processes and processor time have hard limits (cgroup v2).");
}

} // namespace Flotilla
