// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/eventlog.h"

#include "backends/core/clock.h"
#include "backends/core/log.h"
#include "backends/storage/repositories.h"
#include "backends/storage/store.h"

namespace Flotilla {

namespace {

constexpr int writeMs = 100;
constexpr int lookMs = 1'000;
constexpr int mostTold = 1'000; ///< at once; what is older can be listed

FleetEvent toEvent(const FleetEventRecord &record)
{
    return {record.id, record.time, record.host, record.app, record.sandbox, record.kind, record.text};
}

} // namespace

EventLog::EventLog(Store *store, Clock *clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
    m_write.setSingleShot(true);
    m_write.setInterval(writeMs);
    connect(&m_write, &QTimer::timeout, this, &EventLog::write);
    m_look.setInterval(lookMs);
    m_look.setTimerType(Qt::CoarseTimer);
    connect(&m_look, &QTimer::timeout, this, &EventLog::look);
}

EventLog::~EventLog()
{
    write();
}

void EventLog::add(FleetEvent event)
{
    m_waiting.append({.id = 0,
                      .time = m_clock->now(),
                      .host = event.host,
                      .app = event.app,
                      .sandbox = event.sandbox,
                      .kind = event.kind,
                      .text = event.text.left(500)});
    if (m_write.isActive())
        return;
    m_write.start();
    write(); // the first of a burst at once: a script may end right after
}

void EventLog::flush()
{
    write();
}

void EventLog::write()
{
    const QList<FleetEventRecord> waiting = std::exchange(m_waiting, {});
    if (waiting.isEmpty())
        return;
    if (const Status written = m_store->board().addEvents(waiting); !written)
        qCWarning(logCore, "events were not recorded: %s", qUtf8Printable(written.error().detail));
    m_seenVersion = -1;
    look();
}

Result<QList<FleetEvent>> EventLog::list(const AppId &app, int limit)
{
    write();
    const auto records = m_store->board().events(app, qBound(1, limit, BoardRepository::keptEvents));
    if (!records)
        return records.error();
    QList<FleetEvent> events;
    for (const FleetEventRecord &record : *records)
        events.append(toEvent(record));
    return events;
}

void EventLog::follow()
{
    if (m_told >= 0)
        return;
    const Result<qint64> last = m_store->board().lastEvent();
    m_told = last ? *last : 0;
    m_look.start();
}

void EventLog::look()
{
    if (m_told < 0)
        return;
    const Result<qint64> version = m_store->changesByOthers();
    if (!version || *version == m_seenVersion)
        return;
    m_seenVersion = *version;
    const auto records = m_store->board().eventsAfter(m_told, mostTold);
    if (!records)
        return;
    for (const FleetEventRecord &record : *records) {
        m_told = record.id;
        Q_EMIT added(toEvent(record));
    }
}

} // namespace Flotilla
