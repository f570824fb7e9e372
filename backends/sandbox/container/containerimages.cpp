// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerprivate.h"

#include "backends/sandbox/container/imagepull.h"
#include "backends/sandbox/container/registrylogins.h"
#include "backends/sandbox/sandboxwords.h"

#include <QCryptographicHash>
#include <QJsonArray>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr std::chrono::milliseconds pullSilence{120'000};

EngineCall imageCall(const QByteArray &method, const QString &path)
{
    EngineCall call;
    call.method = method;
    call.path = path;
    return call;
}

/// The part after the last ':' that is no port: "host:5000/app:2" -> {"host:5000/app", "2"}.
std::pair<QString, QString> splitTag(const QString &image)
{
    const qsizetype colon = image.lastIndexOf(QLatin1Char(':'));
    if (colon < 0 || image.indexOf(QLatin1Char('/'), colon) >= 0 || image.contains(QLatin1Char('@')))
        return {image, image.contains(QLatin1Char('@')) ? QString() : QStringLiteral("latest")};
    return {image.left(colon), image.mid(colon + 1)};
}

/// The id in the answer of an import: {"status":"sha256:..."} on both engines.
QString importedId(const QJsonObject &object)
{
    const QString status = object[QLatin1String("status")].toString();
    return status.startsWith(QLatin1String("sha256:")) && status.size() == 71 ? status : QString();
}

constexpr int notWritable = 70;

/// Whether it can do what every app needs.
QStringList trialOfShell()
{
    return {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
            QStringLiteral("test -w /app || exit %1").arg(notWritable)};
}

} // namespace

/// The name of an image that is there. Shared by everybody who wants it; a failure is tried again by the next.
ContainerBackend::Private::Task<QString> ContainerBackend::Private::image(Self self, QString wanted)
{
    Future<QString> ready = self->images.value(wanted);
    const bool usable =
        self->images.contains(wanted) && (!ready.isFinished() || (ready.resultCount() > 0 && ready.result().ok()));
    if (!usable) {
        ready = toFuture(wanted.isEmpty() ? baseImage(self, wanted) : pull(self, wanted));
        self->images.insert(wanted, ready);
    }
    co_return co_await outcome(ready);
}

/// Imports the skeleton when the engine does not have this one yet.
ContainerBackend::Private::Task<QString> ContainerBackend::Private::baseImage(Self self, QString)
{
    const Result<Ground> ground = co_await findGround(self);
    if (!ground)
        co_return ground.error();
    const QByteArray tar = ContainerBody::skeleton(ground->facts);
    const QString tag = QString::fromLatin1(QCryptographicHash::hash(tar, QCryptographicHash::Sha256).toHex().left(12));
    const QString repository = QStringLiteral("localhost/flotilla-base");
    const QString name = repository + QLatin1Char(':') + tag;
    Future<EngineReply> looked = self->ask(imageCall("GET", QStringLiteral("/images/%1/json").arg(name)));
    const Result<EngineReply> there = co_await outcome(looked);
    if (!there)
        co_return there.error();
    if (there->done())
        co_return name;
    EngineCall import = imageCall("POST", QStringLiteral("/images/create"));
    import.query = {{QStringLiteral("fromSrc"), QStringLiteral("-")},
                    {QStringLiteral("repo"), repository},
                    { QStringLiteral("tag"),
                      tag }};
    import.body = tar;
    import.contentType = "application/x-tar";
    QString id;
    Future<EngineReply> sent = self->api->stream(import, [&id](const QJsonObject &object) {
        if (const QString found = importedId(object); !found.isEmpty())
            id = found;
    });
    const Result<EngineReply> imported = co_await outcome(sent);
    if (!imported)
        co_return imported.error();
    if (!imported->done() || id.isEmpty())
        co_return self->api->failure(SandboxWords::tr("The base image of the sandboxes could not be made."), *imported);
    EngineCall tagging = imageCall("POST", QStringLiteral("/images/%1/tag").arg(id)); // Podman's import ignores the tag
    tagging.query = {{QStringLiteral("repo"), repository}, {QStringLiteral("tag"), tag}};
    Future<EngineReply> named = self->ask(tagging);
    const Result<EngineReply> tagged = co_await outcome(named);
    if (!tagged)
        co_return tagged.error();
    if (!tagged->done())
        co_return self->api->failure(SandboxWords::tr("The base image of the sandboxes could not be made."), *tagged);
    co_return name;
}

ContainerBackend::Private::Task<QString> ContainerBackend::Private::pull(Self self, QString wanted)
{
    const Status there = co_await lookAtImage(self, wanted);
    if (there)
        co_return wanted;
    if (there.error().kind != ErrorKind::NotFound)
        co_return there.error();
    if (!self->q)
        co_return closing();
    EngineCall call = imageCall("POST", QStringLiteral("/images/create"));
    const auto [repository, tag] = splitTag(wanted);
    call.query = {{QStringLiteral("fromImage"), repository}};
    if (!tag.isEmpty())
        call.query.append({QStringLiteral("tag"), tag});
    call.timeout = pullSilence;
    const RegistryLogins logins = RegistryLogins::read();
    if (const QByteArray login = logins.headerForImage(wanted, self->isElsewhere()); !login.isEmpty())
        call.headers = {{"X-Registry-Auth", login}};
    self->pulls.insert(wanted, std::make_shared<QObject>());
    QObject *wish = self->pulls.value(wanted).get();
    self->tell(wanted, {});
    const auto said = [self, wanted, pull = std::make_shared<ImagePull>()](const QJsonObject &object) {
        if (pull->take(object) && self->q)
            self->tell(wanted, pull->progress());
    };
    Future<EngineReply> sent = self->api->stream(call, said, wish);
    const Result<EngineReply> pulled = co_await outcome(sent);
    if (self->pulls.value(wanted).get() == wish)
        self->pulls.remove(wanted);
    if (!pulled)
        co_return pulled.error();
    if (!self->q)
        co_return closing();
    if (!pulled->done())
        co_return pullFault(wanted, self->host->label(), pulled->message(), logins.helperFor(wanted));
    const Status present = co_await lookAtImage(self, wanted);
    co_return present ? Result<QString>(wanted) : Result<QString>(present.error());
}

/// NotFound: the engine does not have it.
ContainerBackend::Private::Task<void> ContainerBackend::Private::lookAtImage(Self self, QString wanted)
{
    Future<EngineReply> asked = self->ask(imageCall("GET", QStringLiteral("/images/%1/json").arg(wanted)));
    const Result<EngineReply> reply = co_await outcome(asked);
    if (!reply)
        co_return reply.error();
    if (!self->q)
        co_return closing();
    const bool absent = reply->verdict() == EngineVerdict::NotFound;
    if (!reply->done())
        co_return absent ? Error{ErrorKind::NotFound, pullFault(wanted, {}, QStringLiteral("not found")).text, {}}
                         : pullFault(wanted, self->host->label(), reply->message());
    const Result<QJsonObject> answer = reply->object();
    if (!answer)
        co_return answer.error();
    self->imageFacts.insert(wanted, ContainerBody::parseImage(*answer));
    co_return Status();
}

/// Apps are run by the image's shell: tried once for each image.
ContainerBackend::Private::Task<void> ContainerBackend::Private::proveImage(Self self, SandboxSpec spec)
{
    if (self->proven.contains(spec.image))
        co_return Status();
    if (!self->q)
        co_return closing();
    const auto client = std::make_unique<AgentClient>(self->opener(spec.id, QLatin1String("control.sock")));
    ExecSpec shell;
    shell.argv = trialOfShell();
    Future<std::pair<ExecResult, QByteArray>> trial = client->run(shell);
    const Result<std::pair<ExecResult, QByteArray>> ran = co_await outcome(trial);
    if (!self->q)
        co_return closing();
    if (ran && ran->first.exitCode == 0) {
        self->proven.insert(spec.image);
        co_return Status();
    }
    if (ran && ran->first.exitCode == notWritable)
        co_return Error{ErrorKind::Unsupported,
                        SandboxWords::tr("The image %1 has a folder /app of its own, which apps cannot write with %2. "
                                         "Name an image without one, or use another engine.")
                            .arg(spec.image, self->api->label()),
                        {}};
    const QString made = self->imageFacts.value(spec.image).processor;
    const bool foreign = !made.isEmpty() && made != self->ground->facts.processor;
    const QString sentence =
        foreign ? SandboxWords::tr("The image %1 is made for %2 and does not run on %3, which is %4. Name one for %4.")
                      .arg(spec.image, made, self->host->label(), self->ground->facts.processor)
                : SandboxWords::tr("The image %1 has no /bin/sh that runs. Name one with a shell and its libraries, "
                                   "like debian:12-slim or node:20.")
                      .arg(spec.image);
    co_return Error{ErrorKind::Unsupported, sentence,
                    ran ? QString::fromUtf8(ran->second.left(300)) : ran.error().text};
}

/// For one sandbox, which may give up.
Future<QString> ContainerBackend::Private::imageFor(const SandboxSpec &spec)
{
    const auto wait = std::make_shared<ImageWait>();
    wait->spec = spec;
    wait->promise.start();
    const QString id = spec.id.value;
    imageWaits.insert(id, wait);
    const Future<QString> answer = wait->promise.future();
    whenDone(q, toFuture(image(q->d, spec.image)), [this, id, wait](const Result<QString> &image) {
        if (imageWaits.value(id) == wait)
            answerWait(id, image);
    });
    return answer;
}

void ContainerBackend::Private::answerWait(const QString &sandbox, const Result<QString> &image)
{
    const auto wait = imageWaits.take(sandbox);
    if (!wait)
        return;
    wait->promise.addResult(image);
    wait->promise.finish();
}

/// The last that gives up ends the pull.
void ContainerBackend::Private::giveUpWait(const SandboxId &id)
{
    const auto wait = imageWaits.value(id.value);
    if (!wait || !pulls.contains(wait->spec.image))
        return;
    const QString wanted = wait->spec.image;
    answerWait(id.value, Error{ErrorKind::Cancelled, SandboxWords::tr("The sandbox was ended while it started."), {}});
    const bool others = std::any_of(imageWaits.cbegin(), imageWaits.cend(),
                                    [&wanted](const auto &other) { return other->spec.image == wanted; });
    if (others)
        return;
    images.remove(wanted);
    pulls.remove(wanted);
}

void ContainerBackend::Private::tell(const QString &image, const ImageProgress &progress)
{
    Q_EMIT q->imageProgress(image, progress);
    const auto waiting = imageWaits.values();
    for (const auto &wait : waiting) {
        if (!q || wait->spec.image != image)
            continue;
        EngineContainer container;
        container.id = wait->spec.id;
        container.app = wait->spec.app;
        container.state = QStringLiteral("created");
        SandboxInfo info = infoOf(container);
        info.detail = toText(image, progress);
        Q_EMIT q->sandboxChanged(info);
    }
}

} // namespace Flotilla
