// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/future.h"
#include "backends/fleet/loadtest/loadplan.h"
#include "backends/fleet/loadtest/loadtypes.h"

#include <QObject>

namespace Flotilla {

/// Where the Scale screen gets its runs from: the load test service, or a fake. Methods and signals on the GUI thread.
class LoadSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Which limits of this machine stand in the way, each with how to raise it. Empty: none.
    virtual Future<QStringList> preflight(const LoadPlan &plan) = 0;
    virtual Future<QString> start(const LoadPlan &plan) = 0;
    virtual Future<QString> replay(const QString &run, double speed) = 0;
    virtual Future<void> cancel() = 0;
    virtual Future<void> mark(const QString &text) = 0;
    /// Of the run under way or the last one of this program; an empty `run` when there was none.
    virtual Future<LoadSnapshot> snapshot() = 0;
    virtual Future<QList<LoadRow>> rows() = 0;
    virtual Future<QList<LoadSample>> samples() = 0;

    virtual Future<QList<LoadRunInfo>> runs() = 0; ///< newest first
    virtual Future<LoadRecord> run(const QString &id) = 0;
    virtual Future<void> remove(const QString &id) = 0;
    /// The report as one HTML file.
    virtual QByteArray report(const LoadRecord &record) const = 0;
    virtual QByteArray csv(const LoadRecord &record) const = 0;
    virtual QByteArray json(const LoadRecord &record) const = 0;

Q_SIGNALS:
    void started(const QString &run, const Flotilla::LoadPlan &plan);
    void progressed(const Flotilla::LoadSnapshot &snapshot);
    void rowsChanged(const QList<Flotilla::LoadRow> &rows);
    void sampled(const Flotilla::LoadSample &sample);
    void happened(const Flotilla::LoadEvent &event);
    void ended(const Flotilla::LoadRunInfo &run);
};

} // namespace Flotilla
