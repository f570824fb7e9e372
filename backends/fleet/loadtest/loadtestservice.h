// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadtypes.h"

#include <QObject>

#include <functional>
#include <memory>

namespace Flotilla {

class Clock;
class LoadTarget;

/// Load tests: one at a time, stored, replayed. Lives on the service thread; methods may be called from any thread.
/// Signals carry value snapshots; those about a running test come at most 10 times a second.
class LoadTestService : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        LoadTarget *target = nullptr;
        Clock *clock = nullptr;
        QString dir;                                         ///< of the stored runs
        QString program{};                                   ///< what this one is known by to others on the same store
        std::function<bool(const QString &program)> lives{}; ///< nothing: no other program is there
    };

    explicit LoadTestService(Parts parts, QObject *parent = nullptr);
    ~LoadTestService() override;

    /// For the start: takes away what runs left whose program died, and keeps those as interrupted. How many there
    /// were.
    Future<int> recover();
    /// When recover() has nothing more to take away, after 15 s at the latest: for a program that would end.
    Future<void> recovered();
    /// Which limits of this machine stand in the way of a plan, each with how to raise it. Empty: none.
    Future<QStringList> preflight(const LoadPlan &plan);
    /// The id of the run. Conflict while one is under way.
    Future<QString> start(const LoadPlan &plan);
    /// Plays a stored run as if it happened now, `speed` times as fast; its signals are those of a run and its snapshot
    /// says "replay". Conflict while one is under way.
    Future<QString> replay(const QString &run, double speed);
    Future<void> cancel();                  ///< fine when nothing runs
    Future<void> mark(const QString &text); ///< a note on the time axis
    Future<LoadRunInfo> waitForEnd();       ///< of the run under way, or the newest
    /// Of the run under way or the last one of this program; rows in order of submission.
    Future<LoadSnapshot> snapshot();
    Future<QList<LoadRow>> rows();
    Future<QList<LoadSample>> samples();

    Future<QList<LoadRunInfo>> runs(); ///< newest first
    Future<LoadRecord> run(const QString &id);
    Future<void> remove(const QString &id);

Q_SIGNALS:
    void started(const QString &run, const Flotilla::LoadPlan &plan); ///< fetch rows() now
    void progressed(const Flotilla::LoadSnapshot &snapshot);
    void rowsChanged(const QList<Flotilla::LoadRow> &rows);
    void sampled(const Flotilla::LoadSample &sample);
    void happened(const Flotilla::LoadEvent &event);
    void ended(const Flotilla::LoadRunInfo &run);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
