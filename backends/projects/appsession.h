// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/projects/applock.h"
#include "backends/projects/previewmonitor.h"
#include "backends/projects/turnrunner.h"

#include <QObject>

#include <memory>

namespace Flotilla {

/// What runs for one app in this program: its turn, its sandbox, its preview. Service thread.
class AppSession : public QObject
{
    Q_OBJECT

public:
    AppSession(AppId app, std::unique_ptr<Workbench> bench, QObject *parent = nullptr);
    ~AppSession() override;

    const AppId &app() const { return m_app; }
    Workbench &bench() { return *m_bench; }
    PreviewMonitor &preview() { return m_preview; }
    /// The turn under way; null when none is.
    TurnRunner *turn() const { return m_turn.get(); }
    /// Starts a turn; the lock is held until it ends.
    void begin(TurnParts parts, TurnTask task, std::shared_ptr<AppLock> lock);
    /// When this returns no turn runs and what was made is a version.
    void stop();
    Future<void> whenTurnEnds();
    TurnState lastEnd() const { return m_lastEnd; }     ///< Idle: no turn ran yet
    QString lastNotice() const { return m_lastNotice; } ///< the last thing that turn said, also when it is not stored

Q_SIGNALS:
    void turnChanged(Flotilla::TurnState state);
    void turnMarked(Flotilla::TurnMark mark, const Flotilla::Status &outcome);
    void messageChanged(const Flotilla::Message &message);
    void turnEnded(Flotilla::TurnState state, const Flotilla::Message &message, const QByteArray &thumbnail,
                   const Flotilla::FileMap &files);
    void previewChanged(const Flotilla::PreviewStatus &status);
    void logAdded(const Flotilla::LogLine &line);

private:
    void onTurnState(TurnState state);
    void onFinished(TurnState state);
    void onLog(const AgentLogLine &line);

    AppId m_app;
    std::unique_ptr<Workbench> m_bench;
    PreviewMonitor m_preview;
    std::shared_ptr<AppLock> m_lock;
    std::unique_ptr<TurnRunner> m_turn;
    QList<std::shared_ptr<QPromise<Result<void>>>> m_waiting;
    TurnState m_lastEnd = TurnState::Idle;
    QString m_lastNotice;
    qint64 m_logSecond = 0;
    int m_logCount = 0;
};

LogLine logLineOf(const AgentLogLine &line);

} // namespace Flotilla
