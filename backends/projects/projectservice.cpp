// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/projectservice.h"

#include "backends/projects/appimport.h"
#include "backends/projects/projectcore.h"

namespace Flotilla {

struct ProjectService::Private
{
    explicit Private(Parts parts)
        : core(std::move(parts))
    {
    }
    ProjectCore core;
};

ProjectService::ProjectService(Parts parts, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(std::move(parts)))
{
    ProjectCore *core = &d->core;
    connect(core, &ProjectCore::appChanged, this, &ProjectService::appChanged);
    connect(core, &ProjectCore::appRemoved, this, &ProjectService::appRemoved);
    connect(core, &ProjectCore::turnMarked, this, &ProjectService::turnMarked);
    connect(core, &ProjectCore::messageChanged, this, &ProjectService::messageChanged);
    connect(core, &ProjectCore::conversationReset, this, &ProjectService::conversationReset);
    connect(core, &ProjectCore::versionAdded, this, &ProjectService::versionAdded);
    connect(core, &ProjectCore::previewChanged, this, &ProjectService::previewChanged);
    connect(core, &ProjectCore::logAdded, this, &ProjectService::logAdded);
    connect(core, &ProjectCore::thumbnailChanged, this, &ProjectService::thumbnailChanged);
}

ProjectService::~ProjectService() = default;

Future<int> ProjectService::recover()
{
    return onThread(this, [core = &d->core] { return core->recover(); });
}

Future<QList<AppSummary>> ProjectService::apps()
{
    return onThread(this, [core = &d->core] { return core->apps(); });
}

Future<AppSummary> ProjectService::app(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->app(id); });
}

Future<AppId> ProjectService::create(const Wish &wish)
{
    return onThread(this, [core = &d->core, wish] { return core->createWithModel(wish); });
}

Future<AppId> ProjectService::duplicate(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->duplicate(id); });
}

Future<AppId> ProjectService::import(const ImportedApp &imported)
{
    return onThread(this, [core = &d->core, imported] { return core->import(imported); });
}

Future<void> ProjectService::rename(const AppId &id, const QString &title)
{
    return onThread(this, [core = &d->core, id, title] { return core->rename(id, title); });
}

Future<void> ProjectService::setStarred(const AppId &id, bool starred)
{
    return onThread(this, [core = &d->core, id, starred] { return core->setStarred(id, starred); });
}

Future<void> ProjectService::moveToBin(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->moveToBin(id); });
}

Future<void> ProjectService::takeFromBin(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->takeFromBin(id); });
}

Future<void> ProjectService::purge(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->purge(id); });
}

Future<void> ProjectService::purgeAll(const QList<AppId> &ids)
{
    return onThread(this, [core = &d->core, ids] { return core->purgeAll(ids); });
}

Future<void> ProjectService::submit(const AppId &id, const Wish &wish)
{
    return onThread(this, [core = &d->core, id, wish] { return core->submit(id, wish); });
}

Future<void> ProjectService::retry(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->retry(id); });
}

Future<void> ProjectService::editAndResend(const AppId &id, qint64 messageId, const Wish &wish)
{
    return onThread(this, [core = &d->core, id, messageId, wish] { return core->editAndResend(id, messageId, wish); });
}

Future<void> ProjectService::stop(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->stop(id); });
}

Future<std::shared_ptr<void>> ProjectService::reserve(const AppId &id)
{
    return onThread(this, [core = &d->core, id]() -> Result<std::shared_ptr<void>> {
        const auto lock = core->reserve(id);
        return lock ? Result<std::shared_ptr<void>>(*lock) : lock.error();
    });
}

Future<AppSummary> ProjectService::waitForTurn(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->waitForTurn(id); });
}

Future<QList<Message>> ProjectService::conversation(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->conversation(id); });
}

Future<QList<VersionSummary>> ProjectService::versions(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->versions(id); });
}

Future<FileMap> ProjectService::files(const AppId &id, int version)
{
    return onThread(this, [core = &d->core, id, version] { return core->files(id, version); });
}

Future<int> ProjectService::restore(const AppId &id, int version)
{
    return onThread(this, [core = &d->core, id, version] { return core->restore(id, version); });
}

Future<QByteArray> ProjectService::thumbnail(const AppId &id, int version)
{
    return onThread(this, [core = &d->core, id, version] { return core->thumbnail(id, version); });
}

Future<void> ProjectService::keepThumbnail(const AppId &id, int version, const QByteArray &png)
{
    return onThread(this, [core = &d->core, id, version, png] { return core->keepThumbnail(id, version, png); });
}

Future<void> ProjectService::noteUseError(const AppId &id, int version, const QString &error)
{
    return onThread(this, [core = &d->core, id, version, error] { return core->noteUseError(id, version, error); });
}

Future<PreviewStatus> ProjectService::openPreview(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->openPreview(id); });
}

Future<void> ProjectService::sleep(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->sleep(id); });
}

Future<QList<LogLine>> ProjectService::logs(const AppId &id)
{
    return onThread(this, [core = &d->core, id] { return core->logs(id); });
}

} // namespace Flotilla
