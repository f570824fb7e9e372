// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerprivate.h"

#include "backends/sandbox/sandboxwords.h"

#include <QCoroTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>
#include <QTime>

#include <algorithm>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr auto silence = 5s;   ///< of an engine that is only asked whether it is there
constexpr int silentAfter = 2; ///< such questions
constexpr auto lookAgain = 500ms;

EngineCall about(const QByteArray &method, const QString &path)
{
    EngineCall call;
    call.method = method;
    call.path = path;
    return call;
}

} // namespace

/// Kills and removes; done when it is gone, whoever removed it.
ContainerBackend::Private::Task<void> ContainerBackend::Private::removeContainer(Self self, SandboxId id)
{
    EngineCall removal = about("DELETE", QStringLiteral("/containers/%1").arg(self->name(id)));
    removal.query = {{QStringLiteral("force"), QStringLiteral("1")}, {QStringLiteral("v"), QStringLiteral("1")}};
    for (int attempt = 0;; ++attempt) {
        Future<EngineReply> asked = self->ask(removal);
        const Result<EngineReply> reply = co_await outcome(asked);
        if (!reply)
            co_return reply.error();
        if (reply->done() || reply->verdict() == EngineVerdict::NotFound)
            co_return Status();
        if (attempt == 40) // "removal in progress" and other passing states
            co_return self->api->failure(SandboxWords::tr("The sandbox could not be ended."), *reply);
        co_await QCoro::sleepFor(100ms);
    }
}

ContainerBackend::Private::Task<void> ContainerBackend::Private::terminate(Self self, SandboxId id, Future<void> before)
{
    co_await outcome(before);
    self->seen->forget(id);
    const Status gone = co_await discard(self, id);
    self->seen->forget(id);
    co_return gone;
}

/// Everything of this installation, as far as a list tells.
ContainerBackend::Private::Task<QList<EngineContainer>> ContainerBackend::Private::containers(Self self)
{
    EngineCall call = about("GET", QStringLiteral("/containers/json"));
    const QString label = QLatin1String(EngineLabel::owner) + QLatin1Char('=') + self->layout.owner;
    const QJsonObject filters{{QStringLiteral("label"), QJsonArray{label}}};
    call.query = {
        {QStringLiteral("all"), QStringLiteral("1")},
        {QStringLiteral("filters"), QString::fromUtf8(QJsonDocument(filters).toJson(QJsonDocument::Compact))}};
    Future<EngineReply> asked = self->ask(call);
    const Result<EngineReply> reply = co_await outcome(asked);
    if (!reply)
        co_return reply.error();
    if (!reply->done())
        co_return self->api->failure(SandboxWords::tr("The sandboxes could not be listed."), *reply);
    const Result<QJsonArray> entries = reply->array();
    if (!entries)
        co_return entries.error();
    QList<EngineContainer> ours = EngineParse::list(*entries);
    ours.removeIf([&](const EngineContainer &one) { return one.owner != self->layout.owner; });
    co_return ours;
}

/// One sandbox, closely: the list does not tell who ran out of memory.
ContainerBackend::Private::Task<SandboxInfo> ContainerBackend::Private::look(Self self, SandboxId id)
{
    Future<EngineReply> asked = self->ask(about("GET", QStringLiteral("/containers/%1/json").arg(self->name(id))));
    const Result<EngineReply> reply = co_await outcome(asked);
    if (!reply)
        co_return reply.error();
    if (reply->verdict() == EngineVerdict::NotFound)
        co_return sandboxNotRunning(id);
    const Result<QJsonObject> answer = reply->object();
    if (!reply->done() || !answer)
        co_return self->api->failure(SandboxWords::tr("The sandbox could not be looked at."), *reply);
    const EngineContainer container = EngineParse::inspect(*answer);
    if (container.owner != self->layout.owner || container.id != id)
        co_return sandboxNotRunning(id);
    co_return self->infoOf(container);
}

ContainerBackend::Private::Task<QList<SandboxInfo>> ContainerBackend::Private::list(Self self)
{
    const Result<QList<EngineContainer>> found = co_await containers(self);
    if (!found)
        co_return found.error();
    QList<SandboxInfo> infos;
    for (const EngineContainer &container : *found) {
        const bool known = self->seen->find(container.id) != nullptr;
        if (!self->q)
            co_return closing();
        if (container.runs() || known) {
            infos.append(self->creating.contains(container.id.value) && !known ? self->infoOf(container)
                                                                               : self->adopt(self->infoOf(container)));
            continue;
        }
        const Result<SandboxInfo> closer = co_await look(self, container.id);
        if (closer && self->q)
            infos.append(closer->state == SandboxState::Failed ? self->adopt(*closer) : *closer);
    }
    co_return self->seen->withDead(infos);
}

ContainerBackend::Private::Task<SandboxInfo> ContainerBackend::Private::get(Self self, SandboxId id)
{
    const Result<SandboxInfo> info = co_await look(self, id);
    const SeenSandbox *known = self->seen->find(id);
    if (info && self->q && !self->creating.contains(id.value))
        co_return self->adopt(*info);
    if (!info && info.error().kind == ErrorKind::NotFound && known && known->info.state == SandboxState::Failed) {
        const SandboxInfo last = known->info;
        co_return last;
    }
    co_return info;
}

ContainerBackend::Private::Task<QList<SandboxInfo>> ContainerBackend::Private::reconcile(Self self,
                                                                                         QList<SandboxId> known)
{
    const Result<QList<EngineContainer>> found = co_await containers(self);
    if (!found)
        co_return found.error();
    Future<QJsonObject> asked = self->launch({QStringLiteral("--list"), self->root()});
    const Result<QJsonObject> folders = co_await outcome(asked);
    if (!folders)
        co_return folders.error();
    QList<SandboxId> strays;
    QList<SandboxInfo> adopted;
    for (const EngineContainer &container : *found) {
        if (container.runs() && known.contains(container.id) && self->q)
            adopted.append(self->adopt(self->infoOf(container)));
        else
            strays.append(container.id);
    }
    const QList<LaunchedSandbox> prepared = LaunchProtocol::parseList(*folders);
    for (const LaunchedSandbox &folder : prepared) {
        const auto same = [&](const SandboxInfo &info) { return info.id == folder.id; };
        const bool ours = folder.owner.isEmpty() || folder.owner == self->layout.owner;
        if (ours && !strays.contains(folder.id) && std::none_of(adopted.cbegin(), adopted.cend(), same))
            strays.append(folder.id);
    }
    QList<Future<void>> endings;
    for (const SandboxId &id : std::as_const(strays)) {
        if (self->q)
            endings.append(self->q->terminate(id));
    }
    for (const Future<void> &ending : std::as_const(endings)) {
        const Status ended = co_await outcome(ending);
        if (!ended)
            co_return ended.error();
    }
    co_return adopted;
}

/// The control connection closed. Dead, or a hiccup of the agent, the engine or the host?
void ContainerBackend::Private::lost(const SandboxId &id)
{
    find(q->d, id).then([](const Status &) {});
}

ContainerBackend::Private::Task<void> ContainerBackend::Private::find(Self self, SandboxId id)
{
    EngineCall call = about("GET", QStringLiteral("/containers/%1/json").arg(self->name(id)));
    call.timeout = silence;
    Future<EngineReply> asked = self->ask(call);
    const Result<EngineReply> reply = co_await outcome(asked);
    if (!self->q || !self->seen->client(id))
        co_return Status();
    EngineContainer container;
    container.exitCode = 137; // removed by somebody else
    if (!reply) {
        self->unanswered(id);
        co_return Status();
    }
    if (const Result<QJsonObject> answer = reply->object(); reply->done() && answer)
        container = EngineParse::inspect(*answer);
    else if (reply->verdict() != EngineVerdict::NotFound) {
        self->unanswered(id);
        co_return Status();
    }
    if (!container.runs()) {
        self->ended(id, container);
        co_return Status();
    }
    self->reached(id);
    self->seen->watchAgain(id);
    co_return Status();
}

/// Asks again. Who is silent says nothing of its sandboxes: what runs there is out of reach, not lost.
void ContainerBackend::Private::unanswered(const SandboxId &id)
{
    SeenSandbox &entry = (*seen)[id];
    if (host->state() == HostState::Ready && ++entry.unanswered == silentAfter) {
        entry.info.reason = SandboxReason::HostLost;
        entry.info.detail =
            SandboxWords::tr("%1 on %2 has not answered since %3.")
                .arg(api->label(), host->label(), QLocale().toString(QTime::currentTime(), QLocale::ShortFormat));
        const SandboxInfo told = entry.info;
        Q_EMIT q->sandboxChanged(told);
    }
    seen->watchAgain(id);
}

void ContainerBackend::Private::reached(const SandboxId &id)
{
    SeenSandbox *entry = seen->find(id);
    if (!entry)
        return;
    entry->unanswered = 0;
    if (entry->info.state != SandboxState::Running || entry->info.reason != SandboxReason::HostLost)
        return;
    entry->info.reason = SandboxReason::None;
    entry->info.detail.clear();
    const SandboxInfo told = entry->info;
    Q_EMIT q->sandboxChanged(told);
}

/// Something was asked of the engine in vain. When its host is away, that one's return is told by the host.
ContainerBackend::Private::Task<void> ContainerBackend::Private::awaitEngine(Self self)
{
    EngineCall ping = about("GET", QStringLiteral("/version"));
    ping.timeout = silence;
    while (self->q && self->host->state() == HostState::Ready) {
        co_await QCoro::sleepFor(lookAgain);
        if (!self->q)
            break;
        Future<EngineReply> asked = self->api->call(ping);
        const Result<EngineReply> reply = co_await outcome(asked);
        if (!reply || !reply->done() || !self->q)
            continue;
        self->awaited = false;
        Q_EMIT self->q->answersAgain();
        co_return Status();
    }
    self->awaited = false;
    co_return Status();
}

void ContainerBackend::Private::ended(const SandboxId &id, const EngineContainer &container)
{
    SeenSandbox &entry = (*seen)[id];
    entry.client.release()->deleteLater();
    const SandboxInfo found = infoOf(container);
    SandboxInfo &info = entry.info;
    info.state = SandboxState::Failed;
    info.exitCode = container.exitCode;
    info.reason = container.oomKilled                ? SandboxReason::OutOfMemory
                  : entry.hit != SandboxReason::None ? entry.hit
                                                     : found.reason;
    info.detail = entry.hitText.isEmpty() ? describe(info.state, info.reason) : entry.hitText;
    const SandboxInfo told = info;
    Q_EMIT q->sandboxChanged(told);
}

} // namespace Flotilla
