// SPDX-License-Identifier: GPL-3.0-or-later
// Images that are built from a folder of this computer, and those that the engine has.
#include "backends/sandbox/container/buildjob.h"
#include "backends/sandbox/container/containerprivate.h"
#include "backends/sandbox/container/registrylogins.h"
#include "backends/sandbox/sandboxwords.h"

#include <QJsonArray>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr std::chrono::hours buildSilence{2}; ///< a command may work for long without a word
constexpr qsizetype mostImages = 2000;
constexpr qint64 largestImage = 1ll << 50;

EngineCall buildCall(const ImageBuild &what, const BuildContext &context, const std::shared_ptr<HttpUpload> &upload)
{
    EngineCall call;
    call.method = "POST";
    call.path = QStringLiteral("/build");
    call.query = {{QStringLiteral("t"), what.tag},
                  {QStringLiteral("dockerfile"), context.file},
                  {QStringLiteral("rm"), QStringLiteral("1")},
                  {QStringLiteral("forcerm"), QStringLiteral("1")}};
    call.upload = upload;
    call.contentType = "application/x-tar";
    call.timeout = buildSilence;
    return call;
}

qint64 sizeIn(const QJsonObject &image)
{
    return std::clamp(image[QLatin1String("Size")].toInteger(), qint64(0), largestImage);
}

QStringList tagsIn(const QJsonObject &image)
{
    QStringList names;
    const QJsonArray tags = image[QLatin1String("RepoTags")].toArray();
    for (const QJsonValue &tag : tags) {
        const QString name = tag.toString();
        if (!name.isEmpty() && names.size() < 50 && checkImageTag(name))
            names.append(name);
    }
    return names;
}

QList<EngineImage> imagesIn(const QJsonArray &answer)
{
    QList<EngineImage> images;
    for (const QJsonValue &value : answer) {
        const QJsonObject object = value.toObject();
        EngineImage image{tagsIn(object), object[QLatin1String("Id")].toString().left(80), sizeIn(object),
                          QDateTime::fromSecsSinceEpoch(object[QLatin1String("Created")].toInteger(), Qt::UTC)};
        if (!image.names.isEmpty() && images.size() < mostImages)
            images.append(image);
    }
    std::stable_sort(images.begin(), images.end(),
                     [](const EngineImage &a, const EngineImage &b) { return a.created > b.created; });
    return images;
}

} // namespace

ContainerBackend::Private::Task<BuiltImage> ContainerBackend::Private::build(Self self, ImageBuild what,
                                                                             std::shared_ptr<BuildJob> job)
{
    job->tell();
    Future<BuildContext> looked = job->look();
    const Result<BuildContext> context = co_await outcome(looked);
    if (!self->q)
        co_return closing();
    if (!context)
        co_return context.error();
    const Result<std::shared_ptr<HttpUpload>> upload = job->send(*context);
    if (!upload)
        co_return upload.error();
    if (!job->isWanted())
        co_return BuildJob::cancelled();
    const auto said = [job](const QJsonObject &object) { job->take(object); };
    EngineCall call = buildCall(what, *context, *upload);
    const RegistryLogins logins = RegistryLogins::read();
    if (const QByteArray login = logins.headerForBuild(context->text, self->isElsewhere()); !login.isEmpty())
        call.headers = {{"X-Registry-Config", login}};
    Future<EngineReply> sent = self->api->stream(call, said, job->wish());
    const Result<EngineReply> reply = co_await outcome(sent);
    if (!self->q)
        co_return closing();
    job->tell();
    if (!job->isWanted())
        co_return BuildJob::cancelled();
    if (const auto fault = job->sendingFault(); fault && !(reply && reply->done()))
        co_return *fault;
    if (!reply)
        co_return reply.error();
    if (!reply->done())
        co_return job->output().fault(what.tag, self->host->label(), reply->message(),
                                      logins.helperFor(job->output().baseImage()));
    const Result<BuiltImage> built = co_await inspectBuilt(self, what.tag);
    co_return built;
}

ContainerBackend::Private::Task<BuiltImage> ContainerBackend::Private::inspectBuilt(Self self, QString tag)
{
    self->forgetImage(tag);
    EngineCall call;
    call.path = QStringLiteral("/images/%1/json").arg(tag);
    Future<EngineReply> asked = self->ask(call);
    const Result<EngineReply> reply = co_await outcome(asked);
    if (!reply)
        co_return reply.error();
    if (!self->q)
        co_return closing();
    const Result<QJsonObject> image = reply->object();
    if (!reply->done() || !image)
        co_return self->api->failure(SandboxWords::tr("%1 was built, and is not there.").arg(tag), *reply);
    co_return BuiltImage{tag, (*image)[QLatin1String("Id")].toString().left(80), sizeIn(*image), self->q->info().name};
}

/// What was found out about the image that had the name before.
void ContainerBackend::Private::forgetImage(const QString &name)
{
    images.remove(name);
    imageFacts.remove(name);
    proven.remove(name);
}

ContainerBackend::Private::Task<QList<EngineImage>> ContainerBackend::Private::listImages(Self self)
{
    EngineCall call;
    call.path = QStringLiteral("/images/json");
    Future<EngineReply> asked = self->ask(call);
    const Result<EngineReply> reply = co_await outcome(asked);
    if (!reply)
        co_return reply.error();
    if (!self->q)
        co_return closing();
    if (!reply->done())
        co_return self->api->failure(SandboxWords::tr("The images could not be listed."), *reply);
    const Result<QJsonArray> answer = reply->array();
    if (!answer)
        co_return answer.error();
    co_return imagesIn(*answer);
}

Future<BuiltImage> ContainerBackend::buildImage(const ImageBuild &build, const BuildListener &listener, QObject *wish)
{
    if (const Status good = checkImageTag(build.tag); !good)
        return readyFuture<BuiltImage>(good.error());
    return toFuture(Private::build(d, build, std::make_shared<BuildJob>(build, listener, wish)));
}

Future<QList<EngineImage>> ContainerBackend::images()
{
    return toFuture(Private::listImages(d));
}

} // namespace Flotilla
