// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"

#include "backends/agent/agentclient.h"
#include "backends/core/log.h"
#include "backends/hosts/host.h"
#include "backends/sandbox/bubblewrap/doctorreport.h"
#include "backends/sandbox/bubblewrap/launchprotocol.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTimer>

namespace Flotilla {

struct BubblewrapBackend::Private
{
    /// One sandbox that this object has seen. Dead ones stay until terminate(), so that their reason can be asked for.
    struct Entry
    {
        SandboxInfo info;
        std::unique_ptr<AgentClient> client; ///< while it runs
        SandboxReason hit = SandboxReason::None;
        QString hitText;
    };
    using Launched = Result<QJsonObject>;

    BubblewrapBackend *q;
    Host *host;
    Layout layout;
    std::map<QString, Entry> entries;
    QString limitsNote;

    Future<QJsonObject> launch(const QStringList &args, const QByteArray &input = {});
    QByteArray specJson(const SandboxSpec &spec) const;
    QString socketPath(const SandboxId &id, QLatin1String name) const;
    StreamOpener opener(const SandboxId &id, QLatin1String name) const;
    SandboxInfo infoOf(const LaunchedSandbox &sandbox) const;
    const SandboxInfo &adopt(const SandboxInfo &info);
    void attach(Entry &entry);
    QList<SandboxInfo> adoptAll(const QList<LaunchedSandbox> &sandboxes);
    void lost(const SandboxId &id);
    void ended(const SandboxId &id, const LaunchedSandbox &found);
    void noteLimits(const QString &cgroup);
};

namespace {

constexpr std::chrono::milliseconds launchTimeout{20'000};

Error notRunning(const SandboxId &id)
{
    return {ErrorKind::NotFound, QCoreApplication::translate("Sandbox", "The sandbox does not run."), id.value};
}

Status validate(const SandboxSpec &spec)
{
    const auto refuse = [](ErrorKind kind, const char *text) {
        return Error{kind, QCoreApplication::translate("Sandbox", text), {}};
    };
    if (!LaunchProtocol::isSafeId(spec.id.value) || !(spec.app.isEmpty() || LaunchProtocol::isSafeId(spec.app.value)))
        return refuse(ErrorKind::Invalid, QT_TRANSLATE_NOOP("Sandbox", "The name of the sandbox is not acceptable."));
    if (spec.network != NetworkPolicy::None)
        return refuse(ErrorKind::Unsupported,
                      QT_TRANSLATE_NOOP("Sandbox", "Only sandboxes without network are offered."));
    const SandboxLimits &l = spec.limits;
    const bool positive = l.memoryBytes > 0 && l.processes > 0 && l.cpus > 0 && l.workspaceBytes > 0 &&
                          l.dataBytes > 0 && l.fileBytes > 0 && l.openFiles > 0;
    if (!positive)
        return refuse(ErrorKind::Invalid,
                      QT_TRANSLATE_NOOP("Sandbox", "Every limit of a sandbox must be more than zero."));
    return {};
}

SandboxReason reasonFrom(const QString &text)
{
    return sandboxReasonFromString(text).value_or(SandboxReason::None);
}

} // namespace

Future<QJsonObject> BubblewrapBackend::Private::launch(const QStringList &args, const QByteArray &input)
{
    if (host->state() != HostState::Ready)
        return readyFuture<QJsonObject>(Error{ErrorKind::Unavailable, host->stateText(), {}});
    CommandSpec command;
    command.program = layout.agent;
    command.args = QStringList{QStringLiteral("launch")} + args;
    command.stdinData = input;
    command.timeout = launchTimeout;
    return host->run(command).then(
        q, [this](const Result<CommandResult> &ran) { return LaunchProtocol::parse(ran, host->label()); });
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
    if (!layout.bwrap.isEmpty())
        json.insert(QStringLiteral("bwrap"), layout.bwrap);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
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

void BubblewrapBackend::Private::attach(Entry &entry)
{
    const SandboxId id = entry.info.id;
    entry.client = std::make_unique<AgentClient>(opener(id, QLatin1String("control.sock")));
    AgentClient *client = entry.client.get();
    connect(client, &AgentClient::lost, q, [this, id] { lost(id); });
    connect(client, &AgentClient::limitHit, q, [this, id](const QString &reason, const QString &text) {
        if (const auto found = entries.find(id.value); found != entries.end()) {
            found->second.hit = reasonFrom(reason);
            found->second.hitText = text.left(500);
        }
    });
    client->watch();
}

const SandboxInfo &BubblewrapBackend::Private::adopt(const SandboxInfo &info)
{
    Entry &entry = entries[info.id.value];
    const bool died = entry.info.state == SandboxState::Failed && info.state == SandboxState::Failed;
    if (!died) // what we saw ourselves says more than what is left of it
        entry.info = info;
    if (info.state == SandboxState::Running && !entry.client)
        attach(entry);
    return entry.info;
}

QList<SandboxInfo> BubblewrapBackend::Private::adoptAll(const QList<LaunchedSandbox> &sandboxes)
{
    QList<SandboxInfo> infos;
    for (const LaunchedSandbox &sandbox : sandboxes) {
        if (sandbox.owner == layout.owner)
            infos.append(adopt(infoOf(sandbox)));
    }
    return infos;
}

/// The control connection closed. Dead, or a hiccup of the agent or the host?
void BubblewrapBackend::Private::lost(const SandboxId &id)
{
    launch({QStringLiteral("--list"), host->runtimeDir(), id.value}).then(q, [this, id](const Launched &answer) {
        const auto found = entries.find(id.value);
        if (found == entries.end() || found->second.info.state != SandboxState::Running)
            return;
        const auto list = answer ? LaunchProtocol::parseList(*answer) : QList<LaunchedSandbox>();
        if (answer && (list.isEmpty() || !list.constFirst().alive)) {
            ended(id, list.isEmpty() ? LaunchedSandbox{} : list.constFirst());
            return;
        }
        QTimer::singleShot(500, q, [this, id] {
            if (const auto again = entries.find(id.value); again != entries.end() && again->second.client)
                again->second.client->watch();
        });
    });
}

void BubblewrapBackend::Private::ended(const SandboxId &id, const LaunchedSandbox &found)
{
    Entry &entry = entries[id.value];
    entry.client.release()->deleteLater(); // we may be inside one of its signals
    SandboxInfo &info = entry.info;
    info.state = SandboxState::Failed;
    info.reason = found.oomKills > 0 ? SandboxReason::OutOfMemory : entry.hit;
    if (info.reason == SandboxReason::None)
        info.reason = SandboxReason::Killed;
    info.detail = entry.hitText.isEmpty() ? describe(info.state, info.reason) : entry.hitText;
    launch({QStringLiteral("--terminate"), host->runtimeDir(), id.value}); // its folder and group
    Q_EMIT q->sandboxChanged(info);
}

void BubblewrapBackend::Private::noteLimits(const QString &cgroup)
{
    limitsNote = cgroup.isEmpty()
                     ? tr("No cgroup v2 delegation on this computer: memory is watched and the app is stopped when it "
                          "takes too much; processes, files and disk have hard limits; processor time is not limited.")
                     : tr("Memory, processes and processor time have hard limits (cgroup v2).");
}

BubblewrapBackend::BubblewrapBackend(Host *host, Layout layout, QObject *parent)
    : SandboxBackend(parent)
    , d(new Private{this, host, std::move(layout), {}, {}})
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
    return d->launch({QStringLiteral("--doctor"), QStringLiteral("-")}, d->specJson(trial))
        .then(this, [this](const Private::Launched &answer) -> Result<QList<PreflightCheck>> {
            if (!answer)
                return QList<PreflightCheck>{DoctorReport::noLauncher(d->layout.agent, answer.error())};
            d->noteLimits((*answer)[QLatin1String("cgroup")].toString());
            return DoctorReport::checks(*answer, d->layout.runtime);
        });
}

Future<SandboxInfo> BubblewrapBackend::create(const SandboxSpec &spec)
{
    if (const Status valid = validate(spec); !valid)
        return readyFuture<SandboxInfo>(valid.error());
    return d->launch({QStringLiteral("--start"), QStringLiteral("-")}, d->specJson(spec))
        .then(this, [this, spec](const Private::Launched &answer) -> Result<SandboxInfo> {
            if (!answer)
                return answer.error();
            d->noteLimits((*answer)[QLatin1String("cgroup")].toString());
            LaunchedSandbox sandbox;
            sandbox.id = spec.id;
            sandbox.app = spec.app;
            sandbox.alive = true;
            sandbox.created =
                QDateTime::fromMSecsSinceEpoch((*answer)[QLatin1String("created_ms")].toInteger(), Qt::UTC);
            if (!(*answer)[QLatin1String("existed")].toBool())
                d->entries.erase(spec.id.value); // of an earlier life
            return d->adopt(d->infoOf(sandbox));
        });
}

Future<QList<SandboxInfo>> BubblewrapBackend::list()
{
    return d->launch({QStringLiteral("--list"), d->host->runtimeDir()})
        .then(this, [this](const Private::Launched &answer) -> Result<QList<SandboxInfo>> {
            if (!answer)
                return answer.error();
            QList<SandboxInfo> infos = d->adoptAll(LaunchProtocol::parseList(*answer));
            for (const auto &[id, entry] : d->entries) {
                const auto same = [&](const SandboxInfo &info) { return info.id == entry.info.id; };
                if (entry.info.state == SandboxState::Failed && std::none_of(infos.cbegin(), infos.cend(), same))
                    infos.append(entry.info);
            }
            return infos;
        });
}

Future<SandboxInfo> BubblewrapBackend::get(const SandboxId &id)
{
    if (!LaunchProtocol::isSafeId(id.value))
        return readyFuture<SandboxInfo>(notRunning(id));
    return d->launch({QStringLiteral("--list"), d->host->runtimeDir(), id.value})
        .then(this, [this, id](const Private::Launched &answer) -> Result<SandboxInfo> {
            if (!answer)
                return answer.error();
            const QList<SandboxInfo> infos = d->adoptAll(LaunchProtocol::parseList(*answer));
            if (!infos.isEmpty())
                return infos.constFirst();
            const auto found = d->entries.find(id.value);
            if (found != d->entries.end() && found->second.info.state == SandboxState::Failed)
                return found->second.info;
            return notRunning(id);
        });
}

Future<void> BubblewrapBackend::terminate(const SandboxId &id)
{
    if (!LaunchProtocol::isSafeId(id.value))
        return readyFuture<void>(Status()); // there can be none
    if (auto node = d->entries.extract(id.value); !node.empty() && node.mapped().client)
        node.mapped().client.release()->deleteLater(); // its `lost` finds no entry any more
    return d->launch({QStringLiteral("--terminate"), d->host->runtimeDir(), id.value})
        .then(this, [](const Private::Launched &answer) { return answer ? Status() : Status(answer.error()); });
}

Future<QList<SandboxInfo>> BubblewrapBackend::reconcile(const QList<SandboxId> &known)
{
    auto promise = std::make_shared<QPromise<Result<QList<SandboxInfo>>>>();
    promise->start();
    d->launch({QStringLiteral("--list"), d->host->runtimeDir()})
        .then(this, [this, known, promise](const Private::Launched &answer) {
            const auto finish = [promise](Result<QList<SandboxInfo>> result) {
                promise->addResult(std::move(result));
                promise->finish();
            };
            if (!answer)
                return finish(answer.error());
            QList<LaunchedSandbox> adopted;
            QStringList reaped;
            for (const LaunchedSandbox &sandbox : LaunchProtocol::parseList(*answer)) {
                if (!sandbox.owner.isEmpty() && sandbox.owner != d->layout.owner)
                    continue;
                if (sandbox.alive && known.contains(sandbox.id))
                    adopted.append(sandbox);
                else
                    reaped.append(sandbox.id.value);
            }
            const QList<SandboxInfo> infos = d->adoptAll(adopted);
            if (reaped.isEmpty())
                return finish(infos);
            d->launch(QStringList{QStringLiteral("--terminate"), d->host->runtimeDir()} + reaped)
                .then(this, [finish, infos](const Private::Launched &ended) {
                    finish(ended ? Result<QList<SandboxInfo>>(infos) : Result<QList<SandboxInfo>>(ended.error()));
                });
        });
    return promise->future();
}

Result<AgentClient *> BubblewrapBackend::agent(const SandboxId &id)
{
    const auto found = d->entries.find(id.value);
    if (found == d->entries.end() || !found->second.client)
        return notRunning(id);
    return found->second.client.get();
}

Result<StreamOpener> BubblewrapBackend::appStream(const SandboxId &id)
{
    const auto found = d->entries.find(id.value);
    if (found == d->entries.end() || !found->second.client)
        return notRunning(id);
    return d->opener(id, QLatin1String("app.sock"));
}

Future<SandboxMetrics> BubblewrapBackend::metrics(const SandboxId &id)
{
    if (!LaunchProtocol::isSafeId(id.value))
        return readyFuture<SandboxMetrics>(notRunning(id));
    return d->launch({QStringLiteral("--stats"), d->host->runtimeDir(), id.value})
        .then(this, [id](const Private::Launched &answer) -> Result<SandboxMetrics> {
            return answer ? LaunchProtocol::parseStats(*answer, id) : Result<SandboxMetrics>(answer.error());
        });
}

} // namespace Flotilla
