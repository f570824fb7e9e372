// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/boardrows.h"
#include "backends/fleet/eventlog.h"
#include "backends/fleet/fleet.h"
#include "backends/fleet/fleetboard.h"
#include "backends/fleet/metricssampler.h"

#include <QPointer>
#include <QTimer>

#include <QCoroTask>

namespace Flotilla {

struct FleetBoard::Private
{
    using Perform = std::function<Future<void>(const AppId &)>;
    /// Items of one bulk action that wait, by host, and what became of the others.
    struct Job
    {
        QString id;
        Perform perform;
        QHash<HostId, QList<AppId>> waiting;
        QHash<AppId, QString> titles;
        QList<FleetItemResult> results;
        int running = 0;
        bool cancelled = false;
        QPromise<Result<QList<FleetItemResult>>> promise;
    };
    using JobPtr = std::shared_ptr<Job>;

    Private(FleetBoard *board, Parts boardParts);

    // rows (fleetboard.cpp)
    Status load();
    Status loadRows();
    Status readApp(const AppId &app);
    void noteMetrics(const SandboxId &id, const SandboxMetrics &metrics);
    void noteSandbox(const SandboxInfo &info);
    void noteHost(const HostCard &card);
    void scheduleFlush();
    void flush();
    void followStore();

    // actions (boardactions.cpp)
    Future<QList<FleetItemResult>> apply(const QString &id, FleetAction action, const QList<AppId> &apps,
                                         const QString &argument);
    Future<QList<FleetItemResult>> start(const QString &id, const QList<AppId> &apps, const Perform &perform);
    Future<QList<FleetItemResult>> drain(const QString &job, const HostId &host);
    Future<void> evict(const AppId &app);
    void startItems(const JobPtr &job);
    void startItem(const JobPtr &job, const HostId &host, const AppId &app);
    void itemEnded(const JobPtr &job, const AppId &app, const Status &status);
    Future<void> perform(const AppId &app, FleetAction action, const QString &argument);
    Status setLabel(const AppId &app, const QString &label, bool wanted);

    // snapshots (boardsnapshots.cpp)
    static QCoro::Task<Result<SnapshotInfo>> take(QPointer<FleetBoard> q, AppId app, QString label);
    static QCoro::Task<Status> drop(QPointer<FleetBoard> q, SnapshotInfo snapshot);
    static QCoro::Task<Status> isThere(QPointer<FleetBoard> q, SnapshotInfo snapshot);
    Status checkRestore(const SnapshotInfo &snapshot) const;
    bool isKnown(const SnapshotInfo &snapshot) const;
    static QCoro::Task<Status> restore(QPointer<FleetBoard> q, SnapshotInfo snapshot);
    static QCoro::Task<Result<AppId>> forkOne(QPointer<FleetBoard> q, AppId app, SnapshotInfo snapshot);
    static QCoro::Task<Status> fillFork(QPointer<FleetBoard> q, AppId copy, SnapshotInfo snapshot);
    static QCoro::Task<Result<QList<AppId>>> forkAll(QPointer<FleetBoard> q, AppId app, SnapshotInfo snapshot,
                                                     int count);
    static QCoro::Task<Result<QList<AppId>>> fork(QPointer<FleetBoard> q, AppId app,
                                                  std::optional<SnapshotInfo> snapshot, int count);
    void noteFork(const AppId &copy, const SnapshotInfo &snapshot);
    int versionOf(const SnapshotInfo &snapshot) const;
    void tell(const SnapshotInfo &info, const AppId &app, const QString &kind, const QString &text);

    FleetBoard *q;
    Parts parts;
    BoardRows rows;
    EventLog events;
    MetricsSampler sampler;
    QHash<QString, JobPtr> jobs;
    QSet<AppId> staleApps; ///< to be read from the store before the next flush
    QTimer flushTimer;
    QTimer followTimer;
    qint64 seenVersion = -1;
    bool loaded = false;
};

/// For what lets no turn run meanwhile.
Future<std::shared_ptr<void>> reserveApp(const FleetBoard::Parts &parts, const AppId &app);
QCoro::Task<Status> sleepSettled(FleetBoard::Parts parts, AppId app);
QCoro::Task<Status> moveApp(FleetBoard::Parts parts, AppId app, Fleet::Place place);
QCoro::Task<Status> restartApp(std::function<Future<void>(const AppId &)> sleep,
                               std::function<Future<void>(const AppId &)> wake, AppId app);

} // namespace Flotilla
