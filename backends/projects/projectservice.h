// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/projects/projecttypes.h"
#include "backends/storage/records.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Flotilla {

class Clock;
struct ImportedApp;
class ModelCatalog;
class PreviewProbe;
class SandboxProvider;
class Store;
class Workbench;

struct Wish
{
    QString prompt;
    QString model; ///< ModelRef as text; empty: the app's last one, or the default
    QList<ImageBlock> images;
    AppId id{};              ///< of the app to make, chosen by the caller; empty: a new one
    QString host{};          ///< where a new app is to run: a HostId, or "any"; empty: this computer
    QString backend{};       ///< in what; empty: the host's choice
    QString container{};     ///< image that a new app is to run in; empty: the host's choice
    bool background = false; ///< nobody watches: no browser probe, and what is under way is stored less often
};

/// Everything a person or a script does with apps: the only door to turns, versions and files.
/// Lives on the service thread; methods may be called from any thread. Signals carry value snapshots, at most 10 a
/// second per app while a turn streams.
class ProjectService : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Store *store = nullptr;
        ModelCatalog *models = nullptr;
        SandboxProvider *sandboxes = nullptr;
        Clock *clock = nullptr;
        std::function<QUrl(const AppId &)> previewUrl;
        /// One request for the app's start page through the gateway; none: that check is left out.
        std::function<Future<CheckResult>(const AppId &)> served;
        std::function<double()> budgetPerTurn; ///< US dollars, 0: none; a turn that passes it ends as stopped
        /// Instead of `models`, for tests and simulations: opens a model by its reference.
        std::function<Result<std::shared_ptr<LanguageModel>>(const QString &)> openModel;
        /// Asked first: a model for this app only (a simulation), or null.
        std::function<std::shared_ptr<LanguageModel>(const AppId &)> substituteModel;
        /// Instead of the provider's sandbox, for tests and simulations.
        std::function<std::unique_ptr<Workbench>(const AppId &)> makeBench;
        PreviewProbe *probe = nullptr; ///< none without a window
        QString lockDir;               ///< of AppLock: a second program cannot run a turn on the same app
        QString promptDir;             ///< folder with the system prompts
    };

    explicit ProjectService(Parts parts, QObject *parent = nullptr);
    ~ProjectService() override;

    /// Turns that a crash interrupted become versions in the state "stopped". Call once after construction.
    Future<int> recover();

    // apps
    Future<QList<AppSummary>> apps();
    Future<AppSummary> app(const AppId &id);
    Future<AppId> create(const Wish &wish); ///< stores the app and starts its first turn
    Future<AppId> duplicate(const AppId &id);
    /// A new app with these files; its first turn builds and checks them. See AppImport.
    Future<AppId> import(const ImportedApp &imported);
    Future<void> rename(const AppId &id, const QString &title);
    Future<void> setStarred(const AppId &id, bool starred);
    Future<void> moveToBin(const AppId &id); ///< stops it; undo takes it back with everything
    Future<void> takeFromBin(const AppId &id);
    Future<void> purge(const AppId &id);
    Future<void> purgeAll(const QList<AppId> &ids); ///< at once; those that are gone already are fine

    // turns
    Future<void> submit(const AppId &id, const Wish &wish); ///< Conflict while a turn runs
    Future<void> retry(const AppId &id);                    ///< the last wish again
    Future<void> editAndResend(const AppId &id, qint64 messageId, const Wish &wish);
    Future<void> stop(const AppId &id); ///< fine when nothing runs
    /// The finished turn: green, red, stopped or failed. Answers at once when none runs.
    /// While the result lives no other program works on the app; a turn of this one waits for its sandbox. Conflict
    /// while a turn runs, here or elsewhere.
    Future<std::shared_ptr<void>> reserve(const AppId &id);
    Future<AppSummary> waitForTurn(const AppId &id);

    // content
    Future<QList<Message>> conversation(const AppId &id);
    Future<QList<VersionSummary>> versions(const AppId &id);
    Future<FileMap> files(const AppId &id, int version = 0); ///< 0: newest, with what the running turn wrote
    Future<int> restore(const AppId &id, int version);       ///< a new version with the old files; never refused
    Future<QByteArray> thumbnail(const AppId &id, int version = 0);
    /// A picture for a version that has none, such as one that flotillactl made; thumbnailChanged tells it.
    Future<void> keepThumbnail(const AppId &id, int version, const QByteArray &png);
    /// An error that nobody caught while somebody used this version. Kept when the version is green (see useerrors.h);
    /// appChanged and versionAdded tell it then.
    Future<void> noteUseError(const AppId &id, int version, const QString &error);

    // running
    Future<PreviewStatus> openPreview(const AppId &id); ///< wakes the sandbox; states follow by previewChanged
    Future<void> sleep(const AppId &id);                ///< terminates the sandbox
    Future<QList<LogLine>> logs(const AppId &id);

Q_SIGNALS:
    void appChanged(const Flotilla::AppSummary &app); ///< also for a new one
    void appRemoved(const Flotilla::AppId &id);
    /// Emitted directly on the service thread, as it happens.
    void turnMarked(const Flotilla::AppId &id, Flotilla::TurnMark mark, const Flotilla::Status &outcome);
    void messageChanged(const Flotilla::Message &message); ///< new, or grown
    void conversationReset(const Flotilla::AppId &id);
    void versionAdded(const Flotilla::AppId &id, const Flotilla::VersionSummary &version); ///< or it changed
    void previewChanged(const Flotilla::AppId &id, const Flotilla::PreviewStatus &status);
    void logAdded(const Flotilla::AppId &id, const Flotilla::LogLine &line);
    void thumbnailChanged(const Flotilla::AppId &id, int version);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
