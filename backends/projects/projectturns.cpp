// SPDX-License-Identifier: GPL-3.0-or-later
// ProjectCore: turns, from the wish to the version. After a crash: projectrecovery.cpp.
#include "backends/projects/projectcore.h"

#include "backends/core/clock.h"
#include "backends/core/continuation.h"
#include "backends/core/log.h"
#include "backends/llm/modelcatalog.h"
#include "backends/projects/appimport.h"
#include "backends/projects/apptitle.h"
#include "backends/projects/importanswer.h"
#include "backends/projects/messagejson.h"
#include "backends/projects/useerrors.h"
#include "backends/projects/wish.h"
#include "backends/sandbox/sandboxprovider.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

Error turnError(ErrorKind kind, const QString &text)
{
    return {kind, text, {}};
}

QStringList differingPaths(const FileMap &a, const FileMap &b)
{
    QStringList paths;
    for (auto file = a.cbegin(); file != a.cend(); ++file)
        if (const auto other = b.constFind(file.key()); other == b.constEnd() || *other != file.value())
            paths.append(file.key());
    for (auto file = b.keyBegin(); file != b.keyEnd(); ++file)
        if (!a.contains(*file))
            paths.append(*file);
    return paths;
}

QString importSentence(const ImportedApp &imported)
{
    return QCoreApplication::translate("Projects", "Imported from %1").arg(imported.source.left(120));
}

/// The plural is chosen here: flotillactl has no translations, which would do it.
QString answerSentence(const ImportedApp &imported)
{
    const qsizetype count = imported.files.size();
    const QString files = count == 1
                              ? QCoreApplication::translate("Projects", "One file is in the app now.")
                              : QCoreApplication::translate("Projects", "%1 files are in the app now.").arg(count);
    if (imported.leftOut == 0)
        return files;
    const QString tools = imported.leftOut == 1
                              ? QCoreApplication::translate(
                                    "Projects", "One file of tools was left out (.git, node_modules and the like).")
                              : QCoreApplication::translate(
                                    "Projects", "%1 files of tools were left out (.git, node_modules and the like).")
                                    .arg(imported.leftOut);
    return files + QLatin1Char(' ') + tools;
}

} // namespace

Result<QString> ProjectCore::checkedModel(const Wish &wish, const QString &fallback)
{
    if (const Status fine = checkWish(wish); !fine)
        return fine.error();
    QString model = wish.model.isEmpty() ? fallback : wish.model;
    if (model.isEmpty())
        model = m_parts.models ? m_parts.models->defaultModel().toString() : QStringLiteral("sampler");
    if (m_parts.openModel)
        return model;
    const auto ref = ModelRef::parse(model);
    if (!ref)
        return ref.error();
    return ref->toString();
}

Result<std::shared_ptr<LanguageModel>> ProjectCore::openModel(const AppId &id, const QString &ref)
{
    if (m_parts.substituteModel)
        if (auto model = m_parts.substituteModel(id))
            return model;
    if (m_parts.openModel)
        return m_parts.openModel(ref);
    const auto parsed = ModelRef::parse(ref);
    if (!parsed)
        return parsed.error();
    return m_parts.models->open(*parsed);
}

/// The newest version, or the newest one made before a moment: "edit and resend" goes on from what was there then.
Result<ProjectCore::Base> ProjectCore::baseAt(const AppId &id, const std::optional<QDateTime> &before)
{
    const auto versions = m_parts.store->versions().list(id);
    if (!versions)
        return versions.error();
    Base base;
    for (const VersionRecord &version : *versions) {
        if (!before || version.created <= *before) {
            base.version = version.number;
            base.state = version.state;
        }
        if (!useErrorsOf(checksOf(version.checks)).isEmpty())
            base.doubtful.insert(version.number);
    }
    const int newest = versions->isEmpty() ? 0 : versions->last().number;
    FileMap newestFiles;
    for (const int number : {base.version, newest}) {
        if (number == 0)
            continue;
        auto files = m_parts.store->versions().files(id, number);
        if (!files)
            return files.error();
        (number == base.version ? base.files : newestFiles) = *files;
        if (number == newest)
            newestFiles = *files;
    }
    base.differing = differingPaths(base.files, newestFiles);
    return base;
}

/// The wish and its answer, which is still empty. They take the place of an edited message and what came after it.
Result<Message> ProjectCore::storeMessages(const AppId &id, const Wish &wish, const QString &model,
                                           const Message *edited, bool imported)
{
    Message asked;
    asked.imported = imported;
    asked.app = id;
    asked.role = Role::User;
    asked.state = MessageState::Complete;
    asked.created = m_parts.clock->now();
    Message answer = asked;
    answer.imported = false;
    answer.role = Role::Assistant;
    answer.state = MessageState::Streaming;
    answer.model = model;
    asked.blocks.append(TextBlock{wish.prompt});
    for (const ImageBlock &image : wish.images)
        asked.blocks.append(image);
    const auto ids = m_parts.store->conversation().append(QList<MessageRecord>{recordOf(asked), recordOf(answer)},
                                                          edited ? edited->id : 0);
    if (!ids)
        return ids.error();
    if (edited)
        Q_EMIT conversationReset(id);
    asked.id = ids->first();
    answer.id = ids->last();
    Q_EMIT messageChanged(asked);
    Q_EMIT messageChanged(answer);
    return answer;
}

TurnParts ProjectCore::turnParts(AppSession &session, const Wish &wish)
{
    const AppId id = session.app();
    TurnParts parts;
    parts.store = m_parts.store;
    parts.clock = m_parts.clock;
    parts.bench = &session.bench();
    parts.prompts = &*m_prompts;
    parts.probe = wish.background ? nullptr : m_parts.probe;
    parts.background = wish.background;
    if (m_parts.previewUrl)
        parts.previewUrl = [url = m_parts.previewUrl(id)] { return url; };
    if (m_parts.served)
        parts.served = [served = m_parts.served, id] { return served(id); };
    parts.budget = m_parts.budgetPerTurn ? m_parts.budgetPerTurn() : 0;
    return parts;
}

/// `edited`: the message whose place the wish takes. It is hidden only when nothing can go wrong any more.
Status ProjectCore::startTurn(const AppId &id, const Wish &wish, const Message *edited)
{
    if (isBusy(id))
        return turnError(ErrorKind::Conflict, QCoreApplication::translate(
                                                  "Projects", "The app is being worked on. Wait, or stop it first."));
    if (!m_prompts)
        return m_prompts.error();
    auto record = m_parts.store->apps().get(id);
    if (!record)
        return record.error();
    const auto model = checkedModel(wish, record->model);
    if (!model)
        return model.error();
    if (const auto settled = settle(id); !settled)
        return settled.error();
    const auto lock = this->lock(id);
    if (!lock)
        return lock.error();
    auto earlier = m_reader.conversation(id);
    if (!earlier)
        return earlier.error();
    if (edited)
        earlier->removeIf([edited](const Message &message) { return message.id >= edited->id; });
    auto base = baseAt(id, edited ? std::optional(edited->created) : std::nullopt);
    if (!base)
        return base.error();
    for (Message &message : *earlier) // the model is not told that such a version works
        message.green = message.green && !base->doubtful.contains(message.version);
    if (record->model != *model) {
        record->model = *model;
        if (const Status updated = m_parts.store->apps().update(*record); !updated)
            return updated;
    }
    const auto answer = storeMessages(id, wish, *model, edited);
    if (!answer)
        return answer.error();
    AppSession &started = session(id);
    started.begin(turnParts(started, wish),
                  {openModel(id, *model), *earlier, wish.prompt, wish.images, base->files, base->version, base->state,
                   base->differing, *answer},
                  *lock);
    return {};
}

/// The first turn of an app whose files came from outside: as any other, but there is no model that could repair them.
Status ProjectCore::startImport(const AppId &id, const ImportedApp &imported)
{
    if (!m_prompts)
        return m_prompts.error();
    const auto lock = this->lock(id);
    if (!lock)
        return lock.error();
    Wish wish;
    wish.prompt = importSentence(imported);
    const auto answer = storeMessages(id, wish, {}, nullptr, true);
    if (!answer)
        return answer.error();
    AppSession &started = session(id);
    TurnParts parts = turnParts(started, wish);
    parts.limits.repairs = 0;
    TurnTask task;
    task.model = std::shared_ptr<LanguageModel>(std::make_shared<ImportAnswer>(answerSentence(imported)));
    task.prompt = wish.prompt;
    task.imported = imported.files;
    task.differing = imported.files.keys();
    task.answer = *answer;
    started.begin(std::move(parts), std::move(task), *lock);
    return {};
}

Result<std::shared_ptr<AppLock>> ProjectCore::lock(const AppId &id)
{
    if (std::shared_ptr<AppLock> reserved = m_reserved.value(id).lock())
        return reserved;
    auto taken = AppLock::take(m_parts.lockDir, id);
    if (!taken)
        return taken.error();
    return std::shared_ptr<AppLock>(std::move(*taken));
}

Result<std::shared_ptr<AppLock>> ProjectCore::reserve(const AppId &id)
{
    if (isBusy(id))
        return turnError(ErrorKind::Conflict,
                         QCoreApplication::translate("Fleet", "The app is being changed. Wait until that is done."));
    const auto reserved = lock(id);
    if (reserved)
        m_reserved.insert(id, *reserved);
    return reserved;
}

Status ProjectCore::submit(const AppId &id, const Wish &wish)
{
    return startTurn(id, wish, nullptr);
}

Status ProjectCore::retry(const AppId &id)
{
    const auto messages = m_reader.conversation(id);
    if (!messages)
        return messages.error();
    const auto last = std::find_if(messages->rbegin(), messages->rend(),
                                   [](const Message &message) { return message.role == Role::User; });
    if (last == messages->rend())
        return turnError(ErrorKind::NotFound,
                         QCoreApplication::translate("Projects", "There is no wish to try again."));
    return editAndResend(id, last->id, wishOf(*last));
}

Status ProjectCore::editAndResend(const AppId &id, qint64 messageId, const Wish &wish)
{
    const auto messages = m_reader.conversation(id);
    if (!messages)
        return messages.error();
    const auto edited = std::find_if(messages->begin(), messages->end(),
                                     [messageId](const Message &message) { return message.id == messageId; });
    if (edited == messages->end() || edited->role != Role::User)
        return turnError(ErrorKind::NotFound,
                         QCoreApplication::translate("Projects", "This message is not there any more."));
    if (edited->imported)
        return turnError(ErrorKind::Unsupported,
                         QCoreApplication::translate("Projects",
                                                     "An import cannot be asked for again. Write what is to "
                                                     "change, or import the file once more."));
    if (const Status fine = checkWish(wish); !fine)
        return fine;
    session(id).stop();
    return startTurn(id, wish, &*edited);
}

Status ProjectCore::stop(const AppId &id)
{
    if (isBusy(id))
        session(id).stop();
    if (m_parts.sandboxes)
        m_parts.sandboxes->giveUpStart(id);
    return {};
}

Future<AppSummary> ProjectCore::waitForTurn(const AppId &id)
{
    if (!isBusy(id))
        return readyFuture<AppSummary>(app(id));
    auto promise = std::make_shared<QPromise<Result<AppSummary>>>();
    promise->start();
    const auto future = promise->future();
    whenDone(this, session(id).whenTurnEnds(), [this, id, promise](const Status &) {
        auto ended = app(id);
        if (ended && !isBusy(id)) {
            ended->turn = session(id).lastEnd();
            if (ended->turn == TurnState::Failed)
                ended->problem = session(id).lastNotice();
        }
        promise->addResult(ended);
        promise->finish();
    });
    return future;
}

void ProjectCore::onTurnEnded(const AppId &id, const Message &message, const QByteArray &thumbnail,
                              const FileMap &files)
{
    if (message.version > 0)
        announceVersion(id, message.version);
    if (message.version > 0 && !thumbnail.isEmpty()) {
        if (m_parts.store->thumbnails().put(id, message.version, thumbnail))
            Q_EMIT thumbnailChanged(id, message.version);
    }
    if (const Status named = nameAfterTurn(id, message.version, files); !named)
        qCWarning(logCore, "cannot name an app: %s", qUtf8Printable(named.error().text));
    announce(id);
}

/// The first version names the app, unless a person has meanwhile; a later one only when the wish was to rename it.
Status ProjectCore::nameAfterTurn(const AppId &id, int number, const FileMap &files)
{
    if (number == 0)
        return {};
    if (number == 1) {
        const QString title = titleFromFiles(files);
        return title.isEmpty() ? Status() : change(id, [&title](AppRecord &record) {
            if (record.title == titleFromPrompt(record.prompt))
                record.title = title;
        });
    }
    const auto version = m_parts.store->versions().get(id, number);
    if (!version)
        return version.error();
    QString title = titleFromTheme(files);
    if (!title.isEmpty()) {
        const auto before = m_parts.store->versions().files(id, version->parent);
        if (!before)
            return before.error();
        if (titleFromTheme(*before) == title)
            title.clear();
    } else {
        title = titleFromRename(version->message);
    }
    return title.isEmpty() ? Status() : change(id, [&title](AppRecord &record) { record.title = title; });
}

} // namespace Flotilla
