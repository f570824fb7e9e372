// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "backends/storage/records.h"

#include <QObject>
#include <QTimer>

namespace Flotilla {

class Clock;
class Store;

/// What happened to sandboxes and hosts, kept in the store. Collects for a moment, so that a burst is one transaction.
/// Tells what this and other programs added once it follows. Service thread.
class EventLog : public QObject
{
    Q_OBJECT

public:
    EventLog(Store *store, Clock *clock, QObject *parent = nullptr);
    ~EventLog() override; ///< writes what is waiting

    /// `kind` and `text` as in FleetEvent; the time is now.
    void add(FleetEvent event);
    Result<QList<FleetEvent>> list(const AppId &app, int limit);
    void follow(); ///< from now on
    void flush();

Q_SIGNALS:
    void added(const Flotilla::FleetEvent &event);

private:
    void write();
    void look();

    Store *m_store;
    Clock *m_clock;
    QList<FleetEventRecord> m_waiting;
    QTimer m_write;
    QTimer m_look;
    qint64 m_told = -1; ///< the last event that was told; -1: does not follow
    qint64 m_seenVersion = -1;
};

} // namespace Flotilla
