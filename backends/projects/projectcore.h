// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/appsession.h"
#include "backends/projects/projectreader.h"
#include "backends/projects/projectservice.h"
#include "backends/projects/prompts.h"
#include "backends/projects/storewatch.h"

#include <QHash>

namespace Flotilla {

/// The work behind ProjectService, all on the service thread. Its signals are those of the service.
class ProjectCore : public QObject
{
    Q_OBJECT

public:
    explicit ProjectCore(ProjectService::Parts parts);
    ~ProjectCore() override;

    Result<int> recover();

    Result<QList<AppSummary>> apps();
    Result<AppSummary> app(const AppId &id);
    Result<AppId> create(const Wish &wish);
    /// create(), with the usual model when the wish names none.
    Future<AppId> createWithModel(Wish wish);
    Result<AppId> duplicate(const AppId &id);
    Result<AppId> import(const ImportedApp &imported);
    Status rename(const AppId &id, const QString &title);
    Status setStarred(const AppId &id, bool starred);
    Future<void> moveToBin(const AppId &id);
    Status takeFromBin(const AppId &id);
    Future<void> purge(const AppId &id);
    Status purgeAll(const QList<AppId> &ids);

    Status submit(const AppId &id, const Wish &wish);
    Status retry(const AppId &id);
    Status editAndResend(const AppId &id, qint64 messageId, const Wish &wish);
    Status stop(const AppId &id);
    Future<AppSummary> waitForTurn(const AppId &id);
    Result<std::shared_ptr<AppLock>> reserve(const AppId &id);

    Result<QList<Message>> conversation(const AppId &id);
    Result<QList<VersionSummary>> versions(const AppId &id) { return m_reader.versions(id); }
    Result<FileMap> files(const AppId &id, int version);
    Result<int> restore(const AppId &id, int version);
    Result<QByteArray> thumbnail(const AppId &id, int version);
    Status keepThumbnail(const AppId &id, int version, const QByteArray &png);
    Status noteUseError(const AppId &id, int version, const QString &error);

    Future<PreviewStatus> openPreview(const AppId &id);
    Future<void> sleep(const AppId &id);
    Future<QList<LogLine>> logs(const AppId &id);

Q_SIGNALS:
    void appChanged(const Flotilla::AppSummary &app);
    void appRemoved(const Flotilla::AppId &id);
    void turnMarked(const Flotilla::AppId &id, Flotilla::TurnMark mark, const Flotilla::Status &outcome);
    void messageChanged(const Flotilla::Message &message);
    void conversationReset(const Flotilla::AppId &id);
    void versionAdded(const Flotilla::AppId &id, const Flotilla::VersionSummary &version);
    void previewChanged(const Flotilla::AppId &id, const Flotilla::PreviewStatus &status);
    void logAdded(const Flotilla::AppId &id, const Flotilla::LogLine &line);
    void thumbnailChanged(const Flotilla::AppId &id, int version);

private:
    /// What a turn starts from.
    struct Base
    {
        int version = 0;
        QString state;
        FileMap files;
        QStringList differing; ///< from the newest version
        QSet<int> doubtful;    ///< versions that went wrong while they were used
    };
    AppSession &session(const AppId &id);
    void connectSession(AppSession *session);
    bool isBusy(const AppId &id) const;
    /// Of this program: a turn may begin while the app is reserved here.
    Result<std::shared_ptr<AppLock>> lock(const AppId &id);
    Result<Base> baseAt(const AppId &id, const std::optional<QDateTime> &before);
    void forgetUnbegun(const AppId &id);
    Status startTurn(const AppId &id, const Wish &wish, const Message *edited);
    Status startImport(const AppId &id, const ImportedApp &imported);
    Result<Message> storeMessages(const AppId &id, const Wish &wish, const QString &model, const Message *edited,
                                  bool imported = false);
    TurnParts turnParts(AppSession &session, const Wish &wish);
    Result<std::shared_ptr<LanguageModel>> openModel(const AppId &id, const QString &ref);
    Result<QString> checkedModel(const Wish &wish, const QString &fallback);
    void copyThumbnail(const AppId &from, int version, const AppId &to, int copy);
    void onTurnEnded(const AppId &id, const Message &message, const QByteArray &thumbnail, const FileMap &files);
    Status nameAfterTurn(const AppId &id, int number, const FileMap &files);
    void nameAfterRestore(const AppId &id, int before, const FileMap &files);
    Result<bool> settle(const AppId &id);
    Status recoverApp(const AppId &id, const QList<Message> &interrupted);
    Result<Base> readableBase(const AppId &id);
    Status recoverFiles(const AppId &id, const WorkingFiles &working, Message message);
    Status change(const AppId &id, const std::function<void(AppRecord &)> &function);
    void connectWatch();
    void announce(const AppId &id);
    void announceNewestVersions(const AppId &id);
    void announceVersion(const AppId &id, int number);

    ProjectService::Parts m_parts;
    ProjectReader m_reader;
    StoreWatch m_watch;
    Result<Prompts> m_prompts;
    QHash<AppId, AppSession *> m_sessions;
    QHash<AppId, std::weak_ptr<AppLock>> m_reserved;
};

} // namespace Flotilla
