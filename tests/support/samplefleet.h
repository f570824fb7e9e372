// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/fleet/fleetsession.h"
#include "widgets/hosts/hostsession.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTimer>

#include <functional>

namespace Flotilla {

/// A made-up shell: it has printed something and waits.
SandboxTerminalHandle sampleTerminal(const QByteArray &printed);

/// A made-up fleet for tests, benchmarks and pictures: the same one every time. What is asked of it is written down;
/// what it answers can be set. GUI thread.
class SampleFleet : public FleetSession
{
    Q_OBJECT

public:
    explicit SampleFleet(int count, QObject *parent = nullptr);

    /// `perSecond` rows get new figures, ten times a second as the board does it.
    void startTicking(int perSecond);
    void tick(int rows);
    void setHostReachable(const QString &label, bool reachable);
    FleetRow row(int index) const { return m_rows[index]; }
    int count() const { return int(m_rows.size()); }
    void change(int index, const std::function<void(FleetRow &)> &edit);

    struct Call
    {
        QString job;
        FleetAction action = FleetAction::Stop;
        QList<AppId> apps;
        QString argument;
    };
    QList<Call> calls;
    QStringList cancelled;
    QHash<AppId, QString> failing; ///< by app: why an action does not work there
    bool holdJobs = false;         ///< actions stay under way until finishJobs()
    void finishJobs();
    QList<AgentLogLine> logLines;
    QHash<QString, QByteArray> files;
    QList<FleetEvent> eventList;
    QList<SnapshotInfo> snapshotList;
    std::optional<Error> rowsError, restoreError;
    std::function<Future<SandboxTerminalHandle>()> terminal;
    bool watched = false;

    Future<QList<FleetRow>> rows() override;
    void setWatched(bool on) override { watched = on; }
    Future<QList<FleetItemResult>> apply(const QString &job, FleetAction action, const QList<AppId> &apps,
                                         const QString &argument) override;
    void cancel(const QString &job) override { cancelled.append(job); }
    Future<void> takeFromBin(const AppId &app) override;
    Future<QByteArray> thumbnail(const AppId &app) override;
    Future<QList<FleetEvent>> events(const AppId &app, int limit) override;
    Future<SnapshotInfo> snapshot(const AppId &app, const QString &label) override;
    Future<QList<SnapshotInfo>> snapshots(const AppId &app) override;
    Future<void> removeSnapshot(const SnapshotInfo &snapshot) override;
    Future<void> restoreSnapshot(const SnapshotInfo &) override
    {
        return readyFuture<void>(restoreError ? Status(*restoreError) : Status());
    }
    Future<QList<AppId>> fork(const AppId &app, const std::optional<SnapshotInfo> &snapshot, int count) override;
    Future<QList<AgentLogLine>> logs(const AppId &app, qint64 since) override;
    Future<QList<AgentEntry>> listFiles(const AppId &app) override;
    Future<QByteArray> readFile(const AppId &app, const QString &path) override;
    Future<void> putFiles(const AppId &app, const QHash<QString, QByteArray> &files) override;
    Future<SandboxTerminalHandle> openTerminal(const AppId &app, int columns, int rows) override;

private:
    FleetItemResult perform(FleetAction action, const AppId &app, const QString &argument);
    void wander(FleetRow &row);

    QList<FleetRow> m_rows;
    QHash<AppId, int> m_index;
    QHash<AppId, FleetRow> m_bin;
    QRandomGenerator m_random;
    QTimer m_ticks;
    int m_perTick = 0;
    int m_next = 0;
    QList<std::function<void()>> m_held;
};

/// Made-up hosts: this computer, two that work and one that cannot be reached.
class SampleHosts : public HostSession
{
    Q_OBJECT

public:
    explicit SampleHosts(int count = 4, QObject *parent = nullptr);
    void tick();
    HostCard card(const QString &label) const;
    void set(const HostCard &card);

    QList<HostConfig> added, updated;
    QStringList removed, reconnected;
    QList<QPair<quint64, HostAnswer>> answers;
    QStringList aliases{QStringLiteral("berlin-02"), QStringLiteral("gpu-box"), QStringLiteral("render-farm"),
                        QStringLiteral("studio-nas"), QStringLiteral("workshop-pi")};
    QString failAt; ///< id of the step of a test that fails; empty: all work
    std::optional<Error> removeError;
    QString staysThere; ///< what remove() says
    /// A build as it was asked for; ended by endBuild().
    struct Build
    {
        HostId host;
        QString backend;
        ImageBuild what;
        QString job;
        std::shared_ptr<QPromise<Result<BuiltImage>>> promise;
    };
    QList<Build> builds;
    void endBuild(int index, const Result<BuiltImage> &result);

    Future<QList<HostCard>> hosts() override;
    Future<void> add(const HostConfig &config) override;
    Future<void> update(const HostConfig &config) override;
    Future<QString> remove(const HostId &id, bool stopApps) override;
    Future<QStringList> sshConfigHosts() override { return readyFuture<QStringList>(aliases); }
    Future<QList<HostTestStep>> test(const HostConfig &config, const QString &test) override;
    void cancelTest(const QString &) override {}
    Future<BuiltImage> buildImage(const HostId &host, const QString &backend, const ImageBuild &build,
                                  const QString &job) override;
    void cancelBuild(const QString &job) override;
    void answer(quint64 question, const HostAnswer &answer) override { answers.append({question, answer}); }
    void reconnect(const HostId &id) override { reconnected.append(id.value); }

private:
    QList<HostCard> m_cards;
    QRandomGenerator m_random;
};

} // namespace Flotilla
