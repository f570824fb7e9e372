// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/core/id.h"
#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadtypes.h"

#include <QObject>

namespace Flotilla {

struct LoadWish
{
    AppId app; ///< chosen by the run
    QString prompt;
    QString host;  ///< empty: anywhere
    QString fault; ///< as LoadRow::fault
};

/// What a load test drives: makes apps, probes and ends them. Implemented in app/application over projects and fleet,
/// which this folder may not include, and by a fake in tests. Service thread only.
class LoadTarget : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// The plan with what it leaves to the target: the prompts of its recording. Blocks while it reads that.
    virtual Result<LoadPlan> complete(const LoadPlan &plan) { return plan; }
    /// Checks and opens what the plan names; answers what the model is called.
    virtual Future<QString> prepare(const LoadPlan &plan) = 0;
    /// Begins one app. Marks follow, and exactly one ended(), unless it is taken back by remove().
    virtual void start(const LoadWish &wish) = 0;
    /// One HTTP request for the start page of a running app.
    virtual Future<void> probe(const AppId &app) = 0;
    /// Ends what is under way, the sandboxes, and with `forget` the apps themselves. Answers when nothing is left.
    virtual Future<void> remove(const QList<AppId> &apps, bool forget) = 0;
    virtual QString title(const AppId &app) const = 0;
    virtual AppFace face(const AppId &) const { return {}; }
    /// What the report must tell of machine and versions.
    virtual QJsonObject environment() const = 0;
    /// One check per limit of the machine that the plan touches.
    virtual Future<QStringList> preflight(const LoadPlan &plan) = 0;

Q_SIGNALS:
    void reached(const Flotilla::AppId &app, Flotilla::LoadMoment moment);
    void placed(const Flotilla::AppId &app, const Flotilla::HostId &host);
    void retried(const Flotilla::AppId &app);
    /// The answers of this run are not all in the recording that its plan asks for.
    void notRecorded(const QString &sentence);
    /// The app is live (outcome LoadClass::Live, after Served), or is not going to be.
    void ended(const Flotilla::AppId &app, const QString &outcome, const QString &error);
    /// A live app died: LoadClass::Crashed, OutOfMemory, HostUnreachable.
    void died(const Flotilla::AppId &app, const QString &outcome, const QString &error);
};

} // namespace Flotilla
