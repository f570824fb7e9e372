// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/id.h"
#include "backends/projects/projecttypes.h"

#include <QObject>
#include <QTimer>

namespace Flotilla {

class FleetSession;

/// The log of one app, asked for while somebody looks. Bounded. GUI thread.
class LogFeed : public QObject
{
    Q_OBJECT

public:
    static constexpr int mostLines = 5000;
    static constexpr int pollMs = 700;

    explicit LogFeed(FleetSession *session, QObject *parent = nullptr);
    void setApp(const AppId &app, bool alive);
    void setActive(bool active); ///< somebody looks
    const QList<LogLine> &lines() const { return m_lines; }
    QString problem() const { return m_problem; }

Q_SIGNALS:
    void reset();
    void added(const QList<Flotilla::LogLine> &lines);
    void problemChanged();

private:
    void poll();
    void take(const QList<LogLine> &lines);

    FleetSession *m_session;
    AppId m_app;
    QList<LogLine> m_lines;
    QString m_problem;
    QTimer m_timer;
    qint64 m_since = 0;
    int m_generation = 0;
    bool m_alive = false;
    bool m_active = false;
    bool m_asking = false;
};

} // namespace Flotilla
