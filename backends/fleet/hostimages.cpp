// SPDX-License-Identifier: GPL-3.0-or-later
// Container images of the hosts' engines.
#include "backends/core/continuation.h"
#include "backends/fleet/hostservice.h"
#include "backends/fleet/hostserviceprivate.h"
#include "backends/sandbox/imagename.h"

namespace Flotilla {

namespace {

Error cancelledBuild()
{
    return {ErrorKind::Cancelled, HostService::tr("The build was cancelled."), {}};
}

/// Who wants an image wants an engine.
QString engineFor(const QString &backend)
{
    return backend.isEmpty() ? QString::fromLatin1(anyEngine) : backend;
}

} // namespace

Future<BuiltImage> HostService::Private::startBuild(const HostId &host, const QString &backend, const ImageBuild &build,
                                                    const QString &job)
{
    if (builds.contains(job))
        return readyFuture<BuiltImage>(Error{ErrorKind::Conflict, HostService::tr("That is under way already."), job});
    if (const Status good = checkImageTag(build.tag); !good)
        return readyFuture<BuiltImage>(good.error());
    if (const Status good = checkImageUse(build.tag, backend); !good)
        return readyFuture<BuiltImage>(good.error());
    const auto promise = std::make_shared<QPromise<Result<BuiltImage>>>();
    promise->start();
    builds.insert(job, {std::make_shared<QObject>(), promise});
    const Future<BuiltImage> built = toFuture(Private::build(q, host, backend, build, job));
    whenDone(q, built, [this, job, promise](const Result<BuiltImage> &result) {
        if (builds.value(job).promise == promise) // else it was cancelled, and another one has its name
            endBuild(job, result);
    });
    return promise->future();
}

void HostService::Private::endBuild(const QString &job, const Result<BuiltImage> &result)
{
    const Build ended = builds.take(job);
    if (!ended.promise)
        return;
    ended.promise->addResult(result);
    ended.promise->finish();
}

QCoro::Task<Result<BuiltImage>> HostService::Private::build(QPointer<HostService> q, HostId host, QString backend,
                                                            ImageBuild build, QString job)
{
    const std::weak_ptr<QObject> wish = q->d->builds.value(job).wish;
    Future<SandboxBackend *> opened = q->backend(host, engineFor(backend));
    const Result<SandboxBackend *> engine = co_await outcome(opened);
    QObject *wanted = wish.lock().get(); // nobody but the table may hold it
    if (!q || !wanted)
        co_return cancelledBuild();
    if (!engine)
        co_return engine.error();
    const auto listener = [q, job](const BuildProgress &progress) {
        if (q && q->d->builds.contains(job))
            Q_EMIT q->buildProgress(job, progress);
    };
    Future<BuiltImage> building = (*engine)->buildImage(build, listener, wanted);
    const Result<BuiltImage> built = co_await outcome(building);
    co_return built;
}

QCoro::Task<Result<QList<EngineImage>>> HostService::Private::images(QPointer<HostService> q, HostId host,
                                                                     QString backend)
{
    Future<SandboxBackend *> opened = q->backend(host, engineFor(backend));
    const Result<SandboxBackend *> engine = co_await outcome(opened);
    if (!engine)
        co_return engine.error();
    Future<QList<EngineImage>> listed = (*engine)->images();
    const Result<QList<EngineImage>> images = co_await outcome(listed);
    co_return images;
}

Future<BuiltImage> HostService::buildImage(const HostId &host, const QString &backend, const ImageBuild &build,
                                           const QString &job)
{
    return onThread(this, [=, this] { return d->startBuild(host, backend, build, job); });
}

void HostService::cancelBuild(const QString &job)
{
    QMetaObject::invokeMethod(this, [this, job] { d->endBuild(job, cancelledBuild()); });
}

Future<QList<EngineImage>> HostService::images(const HostId &host, const QString &backend)
{
    return onThread(this, [=, this] { return Private::images(this, host, backend); });
}

} // namespace Flotilla
