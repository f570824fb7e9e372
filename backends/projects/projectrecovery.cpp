// SPDX-License-Identifier: GPL-3.0-or-later
// ProjectCore: turns that died with their program. What they had made becomes a version.
#include "backends/projects/projectcore.h"

#include "backends/core/clock.h"
#include "backends/core/log.h"
#include "backends/projects/messagejson.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

FileMap changedBy(const WorkingFiles &working, const FileMap &files)
{
    Workspace workspace(files);
    for (auto file = working.cbegin(); file != working.cend(); ++file) {
        const Status changed = file.value() ? workspace.write(file.key(), *file.value()) : workspace.remove(file.key());
        if (!changed && changed.error().kind != ErrorKind::NotFound)
            qCWarning(logCore, "a working file is not usable: %s", qUtf8Printable(changed.error().text));
    }
    return workspace.files();
}

Message endedByCrash(Message message)
{
    message.state = MessageState::Interrupted;
    for (Block &block : message.blocks)
        if (auto *tool = std::get_if<ToolBlock>(&block); tool && tool->state < ToolBlock::State::Done)
            tool->state = ToolBlock::State::Failed;
    const QString text = QCoreApplication::translate("Turn", "The program ended during this turn. What was "
                                                             "made until then is kept.");
    message.blocks.append(NoticeBlock{NoticeBlock::Severity::Warning, text, {}, {}, 0});
    return message;
}

NoticeBlock damagedNewest(int newest, int base)
{
    const QString text = QCoreApplication::translate("Turn", "Version %1 is damaged in the store and cannot be read. "
                                                             "What was made is kept on top of version %2.")
                             .arg(newest)
                             .arg(base);
    return {NoticeBlock::Severity::Warning, text, {}, {}, 0};
}

} // namespace

/// Whether a turn of the app was found that died with its program, and was made a version. Every call that goes on from
/// the newest files comes here first, so that nothing depends on recover() having run.
Result<bool> ProjectCore::settle(const AppId &id)
{
    if (isBusy(id))
        return false;
    const auto messages = m_reader.conversation(id);
    if (!messages)
        return messages.error();
    QList<Message> interrupted;
    for (const Message &message : *messages)
        if (message.state == MessageState::Streaming)
            interrupted.append(message);
    if (interrupted.isEmpty())
        return false;
    const auto lock = this->lock(id);
    if (!lock)
        return false; // its turn is alive in another program
    if (const Status recovered = recoverApp(id, interrupted); !recovered)
        return recovered.error();
    announce(id);
    return true;
}

Result<int> ProjectCore::recover()
{
    m_watch.start();
    const auto records = m_parts.store->conversation().streaming();
    if (!records)
        return records.error();
    QSet<AppId> apps;
    for (const MessageRecord &record : *records)
        apps.insert(record.app);
    int count = 0;
    for (const AppId &app : std::as_const(apps)) {
        const auto recovered = settle(app);
        if (!recovered) // it is told when the app is used; the others are not kept waiting
            qCWarning(logCore, "a turn was not recovered: %s", qUtf8Printable(recovered.error().detail));
        count += recovered && *recovered ? 1 : 0;
    }
    return count;
}

/// The last of the messages made the working files; the others are only ended.
Status ProjectCore::recoverApp(const AppId &id, const QList<Message> &interrupted)
{
    const auto working = m_parts.store->versions().workingFiles(id);
    if (!working)
        return working.error();
    const qsizetype makers = working->isEmpty() ? 0 : 1;
    for (const Message &message : interrupted.first(interrupted.size() - makers))
        if (const Status kept = m_parts.store->conversation().update(recordOf(endedByCrash(message))); !kept)
            return kept;
    return makers == 0 ? Status() : recoverFiles(id, *working, endedByCrash(interrupted.last()));
}

/// The newest version whose files can be read: a damaged one must not keep a turn from being kept. Without versions:
/// none.
Result<ProjectCore::Base> ProjectCore::readableBase(const AppId &id)
{
    const auto versions = m_parts.store->versions().list(id);
    if (!versions)
        return versions.error();
    Result<Base> base = Base();
    for (auto version = versions->rbegin(); version != versions->rend(); ++version) {
        auto files = m_parts.store->versions().files(id, version->number);
        if (files)
            return Base{version->number, version->state, *std::move(files), {}, {}};
        if (base) // of the newest
            base = files.error();
        if (files.error().kind != ErrorKind::Storage)
            break;
    }
    return base;
}

Status ProjectCore::recoverFiles(const AppId &id, const WorkingFiles &working, Message message)
{
    const auto base = readableBase(id);
    if (!base)
        return base.error();
    const auto newest = m_parts.store->versions().get(id, 0);
    if (newest && newest->number != base->version)
        message.blocks.append(damagedNewest(newest->number, base->version));
    VersionRecord version = versionOf(message);
    version.parent = base->version;
    version.state = QStringLiteral("stopped");
    version.message = QCoreApplication::translate("Projects", "Interrupted");
    version.created = m_parts.clock->now();
    const auto number = m_parts.store->versions().commit(version, changedBy(working, base->files), recordOf(message));
    if (!number)
        return number.error();
    announceVersion(id, *number);
    return {};
}

} // namespace Flotilla
