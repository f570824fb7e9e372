// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fleet/logfeed.h"

#include "widgets/common/async.h"
#include "widgets/fleet/fleetsession.h"

namespace Flotilla {

namespace {

constexpr int mostOfALine = 8000;

LogLine lineOf(const AgentLogLine &line)
{
    return {QDateTime::fromMSecsSinceEpoch(line.timeMs), line.source, line.text.left(mostOfALine), line.error};
}

} // namespace

LogFeed::LogFeed(FleetSession *session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    m_timer.setInterval(pollMs);
    connect(&m_timer, &QTimer::timeout, this, &LogFeed::poll);
}

void LogFeed::setApp(const AppId &app, bool alive)
{
    if (app == m_app && alive == m_alive)
        return;
    const bool other = app != m_app || alive; // a sandbox that came counts its lines anew
    m_app = app;
    m_alive = alive;
    if (other) {
        ++m_generation;
        m_since = 0;
        m_asking = false;
        m_lines.clear();
        m_problem.clear();
        Q_EMIT reset();
    }
    setActive(m_active);
}

void LogFeed::setActive(bool active)
{
    m_active = active;
    if (!m_active || !m_alive)
        return m_timer.stop();
    if (!m_timer.isActive()) {
        m_timer.start();
        poll();
    }
}

void LogFeed::poll()
{
    if (m_asking)
        return;
    m_asking = true;
    whenDone(m_session->logs(m_app, m_since), this,
             [this, generation = m_generation](const Result<QList<AgentLogLine>> &lines) {
                 if (generation != m_generation)
                     return;
                 m_asking = false;
                 const QString problem = lines ? QString() : lines.error().text;
                 if (std::exchange(m_problem, problem) != problem)
                     Q_EMIT problemChanged();
                 if (!lines || lines->isEmpty())
                     return;
                 QList<LogLine> fresh;
                 for (const AgentLogLine &line : *lines) {
                     if (line.sequence > m_since)
                         fresh.append(lineOf(line));
                     m_since = qMax(m_since, line.sequence);
                 }
                 take(fresh);
             });
}

void LogFeed::take(const QList<LogLine> &lines)
{
    m_lines += lines;
    if (m_lines.size() > mostLines)
        m_lines = m_lines.mid(m_lines.size() - mostLines);
    if (!lines.isEmpty())
        Q_EMIT added(lines);
}

} // namespace Flotilla
