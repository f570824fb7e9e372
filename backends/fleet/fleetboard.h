// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/fleet/fleettypes.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Flotilla {

class Clock;
class Fleet;
class HostService;
class Store;

/// Every app of every host as rows, and what can be done to many of them at once. Lives on the service thread; methods
/// may be called from any thread. Samples metrics once a second while somebody watches, every 15 s otherwise.
class FleetBoard : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        Store *store = nullptr;
        Fleet *fleet = nullptr;
        HostService *hosts = nullptr;
        // What the fleet cannot do by itself (projects are a sibling); composed in app/application.
        std::function<Future<void>(const AppId &)> wake;      ///< sandbox, files, build
        std::function<Future<void>(const AppId &)> sleep;     ///< ends a turn and the sandbox
        std::function<Future<void>(const AppId &)> moveToBin; ///< with undo
        /// A new app with the files of a version (0: the newest).
        std::function<Future<AppId>(const AppId &, int version)> duplicate;
        /// The app's files become those of that version (a new version, unless they are the same already).
        std::function<Future<void>(const AppId &, int version)> restoreVersion;
        /// While the result lives no other program changes the app. Conflict while a turn runs.
        std::function<Future<std::shared_ptr<void>>(const AppId &)> reserve;
        Clock *clock = nullptr;
    };

    explicit FleetBoard(Parts parts, QObject *parent = nullptr);
    ~FleetBoard() override;

    Future<QList<FleetRow>> rows();
    void setWatched(bool watched);

    /// A few at a time per host, several hosts at once; each item's result as it comes by itemDone, all of them at the
    /// end. `argument`: the label, or where to move to:
    /// HOST[/BACKEND[/IMAGE]], the container image last because it may have slashes; parts may be empty.
    Future<QList<FleetItemResult>> apply(const QString &job, FleetAction action, const QList<AppId> &apps,
                                         const QString &argument = {});
    void cancel(const QString &job); ///< items not begun yet are reported as cancelled

    /// Takes no new apps there, moves those of the pool elsewhere and stops the rest. Results as of apply().
    Future<QList<FleetItemResult>> drain(const QString &job, const HostId &host);

    /// Newest last, at most `limit`, of one app or all (empty).
    Future<QList<FleetEvent>> events(const AppId &app, int limit);
    Future<SnapshotInfo> snapshot(const AppId &app, const QString &label);
    Future<QList<SnapshotInfo>> snapshots(const AppId &app);
    Future<void> removeSnapshot(const SnapshotInfo &snapshot);
    Future<void> restoreSnapshot(const SnapshotInfo &snapshot); ///< the app's sandbox becomes what the snapshot holds
    /// New apps, each with the files and data of the app or snapshot.
    Future<QList<AppId>> fork(const AppId &app, const std::optional<SnapshotInfo> &snapshot, int count);

    // service thread: what projects did
    void noteApp(const AppId &app); ///< new, renamed, a new version, back from the bin
    void noteAppRemoved(const AppId &app);
    void writeEvents(); ///< those of the last moment, before the program ends

Q_SIGNALS:
    void rowsChanged(const QList<Flotilla::FleetRow> &changed, const QList<Flotilla::AppId> &removed); ///< <= 10/s
    void itemDone(const QString &job, const Flotilla::FleetItemResult &result);
    void eventAdded(const Flotilla::FleetEvent &event);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
