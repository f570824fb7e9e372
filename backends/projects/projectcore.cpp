// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/projectcore.h"

#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/llm/modelcatalog.h"
#include "backends/projects/appimport.h"
#include "backends/projects/apptitle.h"
#include "backends/projects/messagejson.h"
#include "backends/projects/useerrors.h"
#include "backends/sandbox/imagename.h"
#include "backends/sandbox/sandboxprovider.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QCoreApplication>

namespace Flotilla {

ProjectCore::ProjectCore(ProjectService::Parts parts)
    : m_parts(std::move(parts))
    , m_reader(m_parts.store, m_parts.sandboxes)
    , m_watch(m_parts.store)
    , m_prompts(Prompts::load(m_parts.promptDir))
{
    if (m_parts.sandboxes)
        connect(m_parts.sandboxes, &SandboxProvider::changed, this,
                [this](const SandboxInfo &info) { announce(info.app); });
    connectWatch();
}

/// What another program did to the store shows here as if it had been done here.
void ProjectCore::connectWatch()
{
    connect(&m_watch, &StoreWatch::appRemoved, this, &ProjectCore::appRemoved);
    connect(&m_watch, &StoreWatch::appChanged, this, [this](const AppId &id) {
        announceNewestVersions(id);
        announce(id);
    });
    connect(&m_watch, &StoreWatch::conversationChanged, this, [this](const AppId &id) {
        if (!isBusy(id))
            Q_EMIT conversationReset(id);
    });
}

ProjectCore::~ProjectCore() = default;

AppSession &ProjectCore::session(const AppId &id)
{
    AppSession *&session = m_sessions[id];
    if (!session) {
        auto bench =
            m_parts.makeBench ? m_parts.makeBench(id) : std::make_unique<SandboxWorkbench>(id, m_parts.sandboxes);
        session = new AppSession(id, std::move(bench), this);
        if (m_parts.previewUrl)
            session->preview().setUrl(m_parts.previewUrl(id));
        connectSession(session);
    }
    return *session;
}

void ProjectCore::connectSession(AppSession *session)
{
    const AppId id = session->app();
    connect(session, &AppSession::turnChanged, this, [this, id](TurnState state) {
        if (!isEnd(state)) // an end is announced when the turn is over
            announce(id);
    });
    connect(session, &AppSession::turnMarked, this,
            [this, id](TurnMark mark, const Status &outcome) { Q_EMIT turnMarked(id, mark, outcome); });
    connect(session, &AppSession::messageChanged, this, &ProjectCore::messageChanged);
    connect(session, &AppSession::turnEnded, this,
            [this, id](TurnState, const Message &message, const QByteArray &thumbnail, const FileMap &files) {
                onTurnEnded(id, message, thumbnail, files);
            });
    connect(session, &AppSession::previewChanged, this,
            [this, id](const PreviewStatus &status) { Q_EMIT previewChanged(id, status); });
    connect(session, &AppSession::logAdded, this, [this, id](const LogLine &line) { Q_EMIT logAdded(id, line); });
}

bool ProjectCore::isBusy(const AppId &id) const
{
    const AppSession *session = m_sessions.value(id);
    return session && session->turn();
}

void ProjectCore::announce(const AppId &id)
{
    const auto record = m_parts.store->apps().get(id);
    if (!record || record->deleted) // what is in the bin must not come back into the gallery
        return;
    if (const auto changed = app(id))
        Q_EMIT appChanged(*changed);
}

/// Another program may have made several since the last look.
void ProjectCore::announceNewestVersions(const AppId &id)
{
    constexpr qsizetype most = 10;
    const auto versions = m_reader.versions(id);
    if (!versions)
        return;
    for (const VersionSummary &version : versions->mid(std::max<qsizetype>(0, versions->size() - most)))
        Q_EMIT versionAdded(id, version);
}

void ProjectCore::announceVersion(const AppId &id, int number)
{
    if (const auto version = m_reader.version(id, number))
        Q_EMIT versionAdded(id, *version);
}

Status ProjectCore::change(const AppId &id, const std::function<void(AppRecord &)> &function)
{
    auto record = m_parts.store->apps().get(id);
    if (!record)
        return record.error();
    function(*record);
    const Status updated = m_parts.store->apps().update(*record);
    if (updated)
        announce(id);
    return updated;
}

Result<QList<AppSummary>> ProjectCore::apps()
{
    auto apps = m_reader.apps();
    if (apps)
        for (AppSummary &app : *apps)
            if (isBusy(app.id))
                app.turn = m_sessions.value(app.id)->turn()->state();
    return apps;
}

Result<AppSummary> ProjectCore::app(const AppId &id)
{
    auto app = m_reader.app(id);
    if (app && isBusy(id))
        app->turn = m_sessions.value(id)->turn()->state();
    return app;
}

Result<AppId> ProjectCore::create(const Wish &wish)
{
    const auto model = checkedModel(wish, {});
    if (!model)
        return model.error();
    if (const Status image = checkImageUse(wish.container, wish.backend); !image)
        return image.error();
    AppRecord record;
    record.id = wish.id.isEmpty() ? AppId{newId()} : wish.id;
    record.title = titleFromPrompt(wish.prompt);
    record.prompt = wish.prompt;
    record.model = *model;
    record.host = wish.host.isEmpty() ? QStringLiteral("local") : wish.host;
    record.backend = wish.backend;
    record.image = wish.container;
    record.created = m_parts.clock->now();
    record.updated = record.created;
    if (const Status inserted = m_parts.store->apps().insert(record); !inserted)
        return inserted.error();
    announce(record.id);
    if (const Status started = startTurn(record.id, wish, nullptr); !started) {
        forgetUnbegun(record.id);
        return started.error();
    }
    return record.id;
}

/// An app whose first turn could not begin holds nothing but the wish, which who asked still has.
void ProjectCore::forgetUnbegun(const AppId &id)
{
    if (const Status purged = m_parts.store->apps().purge(id); !purged)
        qCWarning(logCore, "an app without a turn stays: %s", qUtf8Printable(purged.error().text));
    Q_EMIT appRemoved(id);
}

Future<AppId> ProjectCore::createWithModel(Wish wish)
{
    if (!wish.model.isEmpty() || !m_parts.models)
        return readyFuture<AppId>(create(wish));
    auto promise = std::make_shared<QPromise<Result<AppId>>>();
    promise->start();
    whenDone(this, m_parts.models->findDefaultModel(), [this, wish, promise](const Result<ModelRef> &model) mutable {
        if (model)
            wish.model = model->toString();
        promise->addResult(create(wish));
        promise->finish();
    });
    return promise->future();
}

Result<AppId> ProjectCore::duplicate(const AppId &id)
{
    auto record = m_parts.store->apps().get(id);
    if (!record)
        return record.error();
    const auto files = this->files(id, 0);
    if (!files)
        return files.error();
    const auto source = m_parts.store->versions().get(id, 0);
    const QString original = record->title;
    record->id = {newId()};
    record->title = QCoreApplication::translate("Projects", "%1 copy").arg(original.left(35));
    record->starred = false;
    record->created = m_parts.clock->now();
    record->updated = record->created;
    if (const Status inserted = m_parts.store->apps().insert(*record); !inserted)
        return inserted.error();
    if (!files->isEmpty()) {
        VersionRecord version;
        version.app = record->id;
        version.state = source ? source->state : QStringLiteral("stopped");
        version.checks = source ? source->checks : QString();
        version.error = source ? source->error : QString();
        version.message = QCoreApplication::translate("Projects", "Copy of %1").arg(original);
        version.cost = 0.0;
        version.created = record->created;
        const auto number = m_parts.store->versions().commit(version, *files, {});
        if (!number)
            return number.error();
        copyThumbnail(id, source ? source->number : 0, record->id, *number);
    }
    announce(record->id);
    return record->id;
}

Result<AppId> ProjectCore::import(const ImportedApp &imported)
{
    const auto model = checkedModel(Wish{imported.source, {}, {}}, {});
    if (!model)
        return model.error();
    AppRecord record;
    record.id = AppId{newId()};
    record.title = imported.title;
    record.prompt = QCoreApplication::translate("Projects", "Imported from %1").arg(imported.source);
    record.model = *model;
    record.host = QStringLiteral("local");
    record.created = m_parts.clock->now();
    record.updated = record.created;
    if (const Status inserted = m_parts.store->apps().insert(record); !inserted)
        return inserted.error();
    announce(record.id);
    if (const Status started = startImport(record.id, imported); !started) {
        forgetUnbegun(record.id);
        return started.error();
    }
    return record.id;
}

Status ProjectCore::rename(const AppId &id, const QString &title)
{
    const QString clean = title.simplified().left(80);
    if (clean.isEmpty())
        return Error{ErrorKind::Invalid, QCoreApplication::translate("Projects", "An app needs a name."), {}};
    return change(id, [clean](AppRecord &record) { record.title = clean; });
}

Status ProjectCore::setStarred(const AppId &id, bool starred)
{
    return change(id, [starred](AppRecord &record) { record.starred = starred; });
}

Future<void> ProjectCore::moveToBin(const AppId &id)
{
    session(id).stop();
    if (const Status marked = m_parts.store->apps().markDeleted(id, m_parts.clock->now()); !marked)
        return readyFuture<void>(marked);
    Q_EMIT appRemoved(id);
    return m_parts.sandboxes->release(id);
}

Status ProjectCore::takeFromBin(const AppId &id)
{
    const Status taken = m_parts.store->apps().markDeleted(id, std::nullopt);
    if (taken)
        announce(id);
    return taken;
}

Future<void> ProjectCore::purge(const AppId &id)
{
    session(id).stop();
    if (const Status purged = m_parts.store->apps().purge(id); !purged)
        return readyFuture<void>(purged);
    m_sessions.take(id)->deleteLater();
    Q_EMIT appRemoved(id);
    return m_parts.sandboxes->release(id);
}

Status ProjectCore::purgeAll(const QList<AppId> &ids)
{
    for (const AppId &id : ids)
        if (AppSession *ended = m_sessions.take(id)) {
            ended->stop();
            ended->deleteLater();
        }
    if (const Status purged = m_parts.store->apps().purgeAll(ids); !purged)
        return purged;
    for (const AppId &id : ids)
        Q_EMIT appRemoved(id);
    return {};
}

Result<QList<Message>> ProjectCore::conversation(const AppId &id)
{
    auto messages = m_reader.conversation(id);
    if (!messages || !isBusy(id))
        return messages;
    const Message &growing = m_sessions.value(id)->turn()->message(); // newer than the store
    for (Message &message : *messages)
        if (message.id == growing.id)
            message = growing;
    return messages;
}

Result<FileMap> ProjectCore::files(const AppId &id, int version)
{
    if (version == 0 && isBusy(id))
        return m_sessions.value(id)->turn()->workspace().files();
    if (const auto settled = settle(id); !settled)
        return settled.error();
    return m_parts.store->versions().files(id, version);
}

/// The same files look the same.
void ProjectCore::copyThumbnail(const AppId &from, int version, const AppId &to, int copy)
{
    const auto picture = thumbnail(from, version);
    if (!picture || picture->isEmpty())
        return; // it never had one
    if (const Status kept = m_parts.store->thumbnails().put(to, copy, *picture); !kept)
        qCWarning(logCore, "the picture of a copy was not stored: %s", qPrintable(kept.error().detail));
}

Result<QByteArray> ProjectCore::thumbnail(const AppId &id, int version)
{
    return m_parts.store->thumbnails().get(id, version);
}

Status ProjectCore::keepThumbnail(const AppId &id, int version, const QByteArray &png)
{
    if (const auto record = m_parts.store->versions().get(id, version); !record)
        return record.error();
    const auto known = thumbnail(id, version);
    if (!known || !known->isEmpty())
        return known ? Status() : Status(known.error());
    const Status kept = m_parts.store->thumbnails().put(id, version, png);
    if (kept)
        Q_EMIT thumbnailChanged(id, version);
    return kept;
}

/// Another program that adds an error at this moment wins; the page will most likely throw again.
Status ProjectCore::noteUseError(const AppId &id, int version, const QString &error)
{
    const auto record = m_parts.store->versions().get(id, version);
    if (!record)
        return record.error();
    const auto checks = withUseError(summaryOf(*record), error);
    if (!checks)
        return {};
    const auto kept = m_parts.store->versions().replaceChecks(id, version, record->checks, checksToJson(*checks));
    if (!kept)
        return kept.error();
    announceVersion(id, version);
    announce(id);
    return {};
}

/// Never refused: a running turn is stopped (and kept as a version) first.
Result<int> ProjectCore::restore(const AppId &id, int version)
{
    session(id).stop();
    if (const auto settled = settle(id); !settled)
        return settled.error();
    const auto source = m_parts.store->versions().get(id, version);
    if (!source)
        return source.error();
    const auto newest = m_parts.store->versions().get(id, 0);
    const auto files = m_parts.store->versions().files(id, version);
    if (!files)
        return files.error();
    VersionRecord restored;
    restored.app = id;
    restored.parent = newest ? newest->number : 0;
    restored.state = source->state;
    restored.checks = source->checks;
    restored.error = source->error;
    restored.message = QCoreApplication::translate("Projects", "Restored version %1").arg(source->number);
    restored.cost = 0.0;
    restored.created = m_parts.clock->now();
    const auto number = m_parts.store->versions().commit(restored, *files, {});
    if (!number)
        return number;
    copyThumbnail(id, version, id, *number);
    nameAfterRestore(id, restored.parent, *files);
    announceVersion(id, *number);
    announce(id);
    if (const auto sandbox = m_parts.sandboxes->current(id); sandbox && sandbox->state == SandboxState::Running)
        session(id).preview().open(*files, *number);
    return number;
}

/// An app that is called what its files say goes on being called so; another name was a person's.
void ProjectCore::nameAfterRestore(const AppId &id, int before, const FileMap &files)
{
    const QString title = titleFromTheme(files);
    const auto old = m_parts.store->versions().files(id, before);
    if (title.isEmpty() || !old)
        return;
    const Status named = change(id, [&title, was = titleFromTheme(*old)](AppRecord &record) {
        if (record.title == was)
            record.title = title;
    });
    if (!named)
        qCWarning(logCore, "cannot name an app: %s", qUtf8Printable(named.error().text));
}

Future<PreviewStatus> ProjectCore::openPreview(const AppId &id)
{
    AppSession &opened = session(id);
    if (opened.turn())
        return readyFuture<PreviewStatus>(opened.preview().status());
    const auto files = this->files(id, 0);
    if (!files)
        return readyFuture<PreviewStatus>(files.error());
    const auto newest = m_parts.store->versions().get(id, 0);
    return opened.preview().open(*files, newest ? newest->number : 0);
}

Future<void> ProjectCore::sleep(const AppId &id)
{
    AppSession &asleep = session(id);
    asleep.stop();
    asleep.preview().show(PreviewState::Stopped);
    return m_parts.sandboxes->release(id);
}

Future<QList<LogLine>> ProjectCore::logs(const AppId &id)
{
    const auto agent = m_parts.sandboxes->agent(id);
    if (!agent)
        return readyFuture<QList<LogLine>>(QList<LogLine>()); // asleep: nothing is kept
    auto promise = std::make_shared<QPromise<Result<QList<LogLine>>>>();
    promise->start();
    const auto future = promise->future();
    whenDone(this, (*agent)->logs(), [promise](const Result<QList<AgentLogLine>> &lines) {
        QList<LogLine> shown;
        if (lines)
            for (const AgentLogLine &line : *lines)
                shown.append(logLineOf(line));
        promise->addResult(lines ? Result<QList<LogLine>>(shown) : Result<QList<LogLine>>(lines.error()));
        promise->finish();
    });
    return future;
}

} // namespace Flotilla
