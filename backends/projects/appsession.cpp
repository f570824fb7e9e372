// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/projects/appsession.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

constexpr int logLinesPerSecond = 200; ///< a crashing loop must not flood the window

} // namespace

LogLine logLineOf(const AgentLogLine &line)
{
    return {QDateTime::fromMSecsSinceEpoch(line.timeMs, Qt::UTC), line.source, line.text, line.error};
}

AppSession::AppSession(AppId app, std::unique_ptr<Workbench> bench, QObject *parent)
    : QObject(parent)
    , m_app(std::move(app))
    , m_bench(std::move(bench))
    , m_preview(m_bench.get())
{
    connect(&m_preview, &PreviewMonitor::changed, this, &AppSession::previewChanged);
    connect(m_bench.get(), &Workbench::logAdded, this, &AppSession::onLog);
}

AppSession::~AppSession() = default;

void AppSession::begin(TurnParts parts, TurnTask task, std::shared_ptr<AppLock> lock)
{
    m_lock = std::move(lock);
    m_bench->distrust();
    m_preview.beginTurn();
    m_turn = std::make_unique<TurnRunner>(std::move(parts), std::move(task));
    connect(m_turn.get(), &TurnRunner::stateChanged, this, &AppSession::onTurnState);
    connect(m_turn.get(), &TurnRunner::marked, this, &AppSession::turnMarked);
    connect(m_turn.get(), &TurnRunner::messageChanged, this, &AppSession::messageChanged);
    connect(m_turn.get(), &TurnRunner::finished, this, &AppSession::onFinished);
    m_turn->start();
}

void AppSession::stop()
{
    if (m_turn)
        m_turn->stop();
}

Future<void> AppSession::whenTurnEnds()
{
    if (!m_turn)
        return readyFuture<void>({});
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    m_waiting.append(promise);
    return promise->future();
}

void AppSession::onTurnState(TurnState state)
{
    if (state == TurnState::Building)
        m_preview.show(m_bench->isReady() ? PreviewState::Building : PreviewState::Starting);
    Q_EMIT turnChanged(state);
}

void AppSession::onFinished(TurnState state)
{
    const Message message = m_turn->message();
    const QByteArray thumbnail = m_turn->lastProbe().thumbnail;
    const FileMap files = m_turn->workspace().files();
    if (const int version = m_turn->filesVersion(); message.version > 0 || (version > 0 && !m_preview.status().version))
        m_preview.endTurn(version);
    m_turn->disconnect(this);
    m_turn.release()->deleteLater();
    m_lock.reset();
    m_lastEnd = state;
    m_lastNotice.clear();
    for (const Block &block : message.blocks)
        if (const auto *notice = std::get_if<NoticeBlock>(&block))
            m_lastNotice = notice->text;
    Q_EMIT turnEnded(state, message, thumbnail, files);
    const bool unbuilt = message.version > 0 && message.checks.isEmpty();
    if (unbuilt && m_bench->isReady())
        m_preview.open(files, message.version);
    else
        m_preview.endWaiting(m_lastNotice);
    for (const auto &promise : std::exchange(m_waiting, {})) {
        promise->addResult(Result<void>());
        promise->finish();
    }
}

void AppSession::onLog(const AgentLogLine &line)
{
    const qint64 second = line.timeMs / 1000;
    m_logCount = second == m_logSecond ? m_logCount + 1 : 1;
    m_logSecond = second;
    if (m_logCount < logLinesPerSecond)
        Q_EMIT logAdded(logLineOf(line));
    else if (m_logCount == logLinesPerSecond)
        Q_EMIT logAdded({QDateTime::fromMSecsSinceEpoch(line.timeMs, Qt::UTC), QStringLiteral("agent"),
                         QCoreApplication::translate("Projects", "More lines of this second are left out."), false});
}

} // namespace Flotilla
