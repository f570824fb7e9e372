// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerprivate.h"

#include "backends/sandbox/sandboxwords.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace Flotilla {

namespace {

using Coro = QCoro::Task<Status>;

EngineCall post(const QString &path, const QByteArray &body = {})
{
    EngineCall call;
    call.method = "POST";
    call.path = path;
    call.body = body;
    return call;
}

} // namespace

/// Asks the host and the engine once what containers need to know.
ContainerBackend::Private::Task<ContainerBackend::Private::Ground> ContainerBackend::Private::findGround(Self self)
{
    if (self->ground) {
        const Ground known = *self->ground; // co_return would move out of the original
        co_return known;
    }
    Future<QJsonObject> asked = self->launch({QStringLiteral("--container-facts"), self->root()});
    const Result<QJsonObject> answer = co_await outcome(asked);
    if (!answer)
        co_return answer.error();
    const Result<ContainerFacts> facts = ContainerBody::parseFacts(*answer);
    if (!facts)
        co_return facts.error();
    Future<QJsonObject> inquiry = self->api->info();
    const Result<QJsonObject> info = co_await outcome(inquiry);
    if (!info)
        co_return info.error();
    if (const Status able = EngineParse::canEnforce(*info); !able)
        co_return able.error();
    Ground ground{*facts, qMax(1, (*info)[QLatin1String("NCPU")].toInt())};
    self->ground = ground;
    co_return ground;
}

ContainerBackend::Private::Task<SandboxInfo> ContainerBackend::Private::createInTurn(Self self, SandboxSpec spec,
                                                                                     Future<void> before)
{
    co_await outcome(before);
    co_return co_await create(self, spec);
}

ContainerBackend::Private::Task<SandboxInfo> ContainerBackend::Private::create(Self self, SandboxSpec spec)
{
    const Result<Ground> ground = co_await findGround(self);
    if (!ground)
        co_return ground.error();
    for (bool again = false;; again = true) {
        if (!self->q)
            co_return closing();
        Future<QString> wanted = self->imageFor(spec);
        const Result<QString> image = co_await outcome(wanted);
        if (!image)
            co_return image.error();
        Future<void> turn = self->turnToStart();
        co_await outcome(turn);
        const Result<SandboxInfo> made = co_await start(self, spec, *image);
        self->endOfTurn();
        const bool imageGone = !made && made.error().kind == ErrorKind::NotFound; // removed since we looked for it
        if (!imageGone || again)
            co_return made;
        self->images.remove(spec.image);
    }
}

ContainerBackend::Private::Task<SandboxInfo> ContainerBackend::Private::start(Self self, SandboxSpec spec,
                                                                              QString image)
{
    if (self->cancelled.contains(spec.id.value))
        co_return Error{ErrorKind::Cancelled, SandboxWords::tr("The sandbox was ended while it started."), {}};
    Future<QJsonObject> prepared =
        self->launch({QStringLiteral("--container"), QStringLiteral("-")}, self->specJson(spec));
    const Result<QJsonObject> place = co_await outcome(prepared);
    if (!place)
        co_return place.error();
    ContainerPlan plan{self->api->engine(),
                       self->ground->facts,
                       image,
                       spec.image.isEmpty(),
                       self->imageFacts.value(spec.image).volumes,
                       self->layout.agent,
                       self->layout.runtime,
                       self->layout.owner,
                       (*place)[QLatin1String("folder")].toString(),
                       (*place)[QLatin1String("user")].toInteger(),
                       (*place)[QLatin1String("created_ms")].toInteger(),
                       self->ground->cpus};
    const bool existed = (*place)[QLatin1String("existed")].toBool();
    Status done;
    if (!existed)
        done = co_await makeContainer(self, spec, plan);
    if (done)
        done = co_await waitForAgent(self, spec);
    if (done && !existed && !spec.image.isEmpty())
        done = co_await proveImage(self, spec);
    if (done && !existed && !spec.from.isEmpty())
        done = co_await fill(self, spec);
    if (!done) {
        co_await discard(self, spec.id);
        co_return done.error();
    }
    EngineContainer container;
    container.id = spec.id;
    container.app = spec.app;
    container.state = QStringLiteral("running");
    container.created = QDateTime::fromMSecsSinceEpoch(plan.createdMs, Qt::UTC);
    co_return self->adopt(self->infoOf(container));
}

ContainerBackend::Private::Task<void> ContainerBackend::Private::makeContainer(Self self, SandboxSpec spec,
                                                                               ContainerPlan plan)
{
    const QString name = self->name(spec.id);
    EngineCall creation = post(QStringLiteral("/containers/create"),
                               QJsonDocument(ContainerBody::make(spec, plan)).toJson(QJsonDocument::Compact));
    creation.query = {{QStringLiteral("name"), name}};
    Future<EngineReply> asked = self->ask(creation);
    Result<EngineReply> reply = co_await outcome(asked);
    if (reply && reply->verdict() == EngineVerdict::Conflict) { // an earlier life, whose agent is gone
        const Status removed = co_await removeContainer(self, spec.id);
        if (!removed)
            co_return removed.error();
        Future<EngineReply> again = self->ask(creation);
        reply = co_await outcome(again);
    }
    if (!reply)
        co_return reply.error();
    if (!reply->done())
        co_return self->api->failure(SandboxWords::tr("The sandbox was not created."), *reply);
    if (self->cancelled.contains(spec.id.value))
        co_return Error{ErrorKind::Cancelled, SandboxWords::tr("The sandbox was ended while it started."), {}};
    Future<EngineReply> begun = self->ask(post(QStringLiteral("/containers/%1/start").arg(name)));
    const Result<EngineReply> started = co_await outcome(begun);
    if (!started)
        co_return started.error();
    if (!started->done())
        co_return self->api->failure(SandboxWords::tr("The sandbox could not be started."), *started);
    co_return Status();
}

ContainerBackend::Private::Task<void> ContainerBackend::Private::waitForAgent(Self self, SandboxSpec spec)
{
    if (!self->q)
        co_return closing();
    const auto client = std::make_unique<AgentClient>(self->opener(spec.id, QLatin1String("control.sock")));
    Future<QJsonObject> greeted = client->hello(std::chrono::milliseconds(20'000));
    const Result<QJsonObject> hello = co_await outcome(greeted);
    if (hello)
        co_return Status();
    const Result<QString> words = co_await lastWords(self, spec.id);
    if (!words && words.error().kind == ErrorKind::Unavailable) // not the sandbox is late, the host is gone
        co_return words.error();
    co_return Error{ErrorKind::Timeout, SandboxWords::tr("The sandbox did not start in time."),
                    words ? *words : hello.error().text + QLatin1Char(' ') + hello.error().detail};
}

/// With the files of its snapshot.
ContainerBackend::Private::Task<void> ContainerBackend::Private::fill(Self self, SandboxSpec spec)
{
    Future<QJsonObject> asked =
        self->launch({QStringLiteral("--restore"), QStringLiteral("-")},
                     LaunchProtocol::snapshotRequest(self->root(), spec.id, self->snapshotFolder(), spec.from));
    const Result<QJsonObject> filled = co_await outcome(asked);
    if (!filled)
        co_return filled.error();
    co_return Status();
}

/// What the container said before it ended, for the details of an error.
ContainerBackend::Private::Task<QString> ContainerBackend::Private::lastWords(Self self, SandboxId id)
{
    EngineCall call;
    call.path = QStringLiteral("/containers/%1/logs").arg(self->name(id));
    call.query = {{QStringLiteral("stderr"), QStringLiteral("1")}, {QStringLiteral("tail"), QStringLiteral("20")}};
    call.timeout = std::chrono::milliseconds(5000);
    Future<EngineReply> asked = self->ask(call);
    const Result<EngineReply> reply = co_await outcome(asked);
    if (!reply)
        co_return reply.error();
    QString text;
    for (const QChar c : QString::fromUtf8(reply->body.left(4000))) {
        if (c.isPrint() || c == QLatin1Char('\n'))
            text.append(c);
    }
    co_return text.simplified();
}

/// Of a creation that failed: nothing is left behind.
ContainerBackend::Private::Task<void> ContainerBackend::Private::discard(Self self, SandboxId id)
{
    const Status removed = co_await removeContainer(self, id);
    Future<QJsonObject> ended = self->launch({QStringLiteral("--terminate"), self->root(), id.value});
    const Result<QJsonObject> gone = co_await outcome(ended);
    co_return removed ? (gone ? Status() : Status(gone.error())) : removed;
}

} // namespace Flotilla
