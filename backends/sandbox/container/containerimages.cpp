// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/sandbox/container/containerprivate.h"

#include "backends/sandbox/sandboxwords.h"

#include <QCryptographicHash>
#include <QJsonArray>

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

ImageProgress progressOf(const QJsonObject &object)
{
    const QJsonObject detail = object[QLatin1String("progressDetail")].toObject();
    return {object[QLatin1String("status")].toString().left(200), detail[QLatin1String("current")].toInteger(),
            detail[QLatin1String("total")].toInteger()};
}

/// The id in the answer of an import: {"status":"sha256:..."} on both engines.
QString importedId(const QJsonObject &object)
{
    const QString status = object[QLatin1String("status")].toString();
    return status.startsWith(QLatin1String("sha256:")) && status.size() == 71 ? status : QString();
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
    Future<EngineReply> looked = self->ask(imageCall("GET", QStringLiteral("/images/%1/json").arg(wanted)));
    const Result<EngineReply> there = co_await outcome(looked);
    if (!there)
        co_return there.error();
    if (there->done())
        co_return wanted;
    EngineCall call = imageCall("POST", QStringLiteral("/images/create"));
    const auto [repository, tag] = splitTag(wanted);
    call.query = {{QStringLiteral("fromImage"), repository}};
    if (!tag.isEmpty())
        call.query.append({QStringLiteral("tag"), tag});
    call.timeout = pullSilence;
    Future<EngineReply> sent = self->api->stream(call, [self, wanted](const QJsonObject &object) {
        if (self->q)
            Q_EMIT self->q->imageProgress(wanted, progressOf(object));
    });
    const Result<EngineReply> pulled = co_await outcome(sent);
    const QString sentence =
        SandboxWords::tr("The image %1 could not be fetched. Check its name and the network of %2.")
            .arg(wanted, self->q ? self->host->label() : QString());
    if (!pulled)
        co_return pulled.error().kind == ErrorKind::Cancelled
            ? pulled.error()
            : Error{pulled.error().kind, sentence, pulled.error().text + QLatin1Char(' ') + pulled.error().detail};
    if (!pulled->done())
        co_return self->api->failure(sentence, *pulled);
    Future<EngineReply> checked = self->ask(imageCall("GET", QStringLiteral("/images/%1/json").arg(wanted)));
    const Result<EngineReply> present = co_await outcome(checked);
    if (!present)
        co_return present.error();
    co_return present->done() ? Result<QString>(wanted) : Result<QString>(self->api->failure(sentence, *present));
}

} // namespace Flotilla
