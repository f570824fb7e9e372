// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/fleet/worldbackend.h"

#include <QTimer>

namespace Flotilla {

StreamOpener WorldBackend::closed()
{
    return [] { return readyFuture<std::shared_ptr<QIODevice>>(Error{ErrorKind::Unavailable, {}, {}}); };
}

template <typename T>
Future<T> WorldBackend::later(std::function<Result<T>()> make)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    QTimer::singleShot(latencyMs, this, [promise, make] {
        promise->addResult(make());
        promise->finish();
    });
    return promise->future();
}

void WorldBackend::kill(const SandboxId &id, SandboxReason reason)
{
    SandboxInfo info = m_world->alive.take(id.value);
    m_known.remove(id);
    info.state = SandboxState::Failed;
    info.reason = reason;
    Q_EMIT sandboxChanged(info);
}

Future<SandboxInfo> WorldBackend::create(const SandboxSpec &spec)
{
    ++creations;
    lastSpec = spec;
    if (hang) {
        auto promise = std::make_shared<QPromise<Result<SandboxInfo>>>();
        promise->start();
        auto future = promise->future();
        QTimer::singleShot(3'600'000, this, [promise] {}); // keeps it open
        return future;
    }
    if (pull) {
        const auto promise = std::make_shared<QPromise<Result<SandboxInfo>>>();
        promise->start();
        m_pulling.insert(spec.id, promise);
        SandboxInfo info;
        info.id = spec.id;
        info.state = SandboxState::Creating;
        info.detail = QStringLiteral("Pulling ") + spec.image;
        QTimer::singleShot(0, this, [this, info] { Q_EMIT sandboxChanged(info); });
        return promise->future();
    }
    return later<SandboxInfo>([this, spec]() -> Result<SandboxInfo> {
        if (createError)
            return *createError;
        SandboxInfo info;
        info.id = spec.id;
        info.app = spec.app;
        info.state = SandboxState::Running;
        m_known.insert(spec.id);
        m_world->alive.insert(spec.id.value, info);
        ++m_world->created;
        if (dieDuringCreate)
            kill(spec.id, SandboxReason::OutOfMemory);
        return info;
    });
}

Future<QList<SandboxInfo>> WorldBackend::list()
{
    return later<QList<SandboxInfo>>([this]() -> Result<QList<SandboxInfo>> { return m_world->alive.values(); });
}

Future<SandboxInfo> WorldBackend::get(const SandboxId &id)
{
    return later<SandboxInfo>([this, id]() -> Result<SandboxInfo> {
        if (!m_known.contains(id) || !m_world->alive.contains(id.value))
            return Error{ErrorKind::NotFound, QStringLiteral("no such sandbox"), {}};
        return m_world->alive[id.value];
    });
}

Future<void> WorldBackend::terminate(const SandboxId &id)
{
    return later<void>([this, id]() -> Status {
        if (terminateError)
            return *terminateError;
        if (const auto pulling = m_pulling.take(id)) {
            pulling->addResult(Result<SandboxInfo>(Error{ErrorKind::Cancelled, QStringLiteral("ended"), {}}));
            pulling->finish();
        }
        terminated.append(id.value);
        if (m_known.remove(id))
            m_world->alive.remove(id.value);
        return {};
    });
}

Future<QList<SandboxInfo>> WorldBackend::reconcile(const QList<SandboxId> &known)
{
    return later<QList<SandboxInfo>>([this, known]() -> Result<QList<SandboxInfo>> {
        QList<SandboxInfo> adopted;
        for (const QString &id : m_world->alive.keys()) {
            if (known.contains(SandboxId{id})) {
                m_known.insert({id});
                adopted.append(m_world->alive[id]);
            } else {
                m_world->alive.remove(id);
                ++m_world->reaped;
            }
        }
        return adopted;
    });
}

Result<AgentClient *> WorldBackend::agent(const SandboxId &id)
{
    if (!m_known.contains(id))
        return Error{ErrorKind::NotFound, QStringLiteral("not adopted"), {}};
    return &m_agent;
}

Result<StreamOpener> WorldBackend::appStream(const SandboxId &id)
{
    if (!m_known.contains(id))
        return Error{ErrorKind::NotFound, QStringLiteral("not adopted"), {}};
    return closed();
}

Future<QHash<SandboxId, SandboxMetrics>> WorldBackend::allMetrics()
{
    ++metricsAsked;
    return later<QHash<SandboxId, SandboxMetrics>>([this]() -> Result<QHash<SandboxId, SandboxMetrics>> {
        auto all = m_world->metrics;
        for (const QString &id : m_world->alive.keys()) {
            if (!all.contains({id}))
                all.insert({id}, {1'000'000, 0.5, 2});
        }
        return all;
    });
}

Future<SnapshotInfo> WorldBackend::snapshot(const SandboxId &id, const SnapshotId &snapshot, const QString &label)
{
    return later<SnapshotInfo>([=, this]() -> Result<SnapshotInfo> {
        if (!m_world->alive.contains(id.value))
            return Error{ErrorKind::NotFound, QStringLiteral("no such sandbox"), {}};
        SnapshotInfo info;
        info.id = snapshot;
        info.sandbox = id;
        info.app = m_world->alive[id.value].app;
        info.backend = m_name;
        info.label = label;
        info.bytes = 42;
        info.created = QDateTime::currentDateTimeUtc();
        m_world->snapshots.insert(snapshot.value, info);
        return info;
    });
}

Future<QList<SnapshotInfo>> WorldBackend::snapshots()
{
    return later<QList<SnapshotInfo>>([this]() -> Result<QList<SnapshotInfo>> { return m_world->snapshots.values(); });
}

Future<void> WorldBackend::removeSnapshot(const SnapshotId &id)
{
    return later<void>([this, id]() -> Status {
        m_world->snapshots.remove(id.value);
        return {};
    });
}

Future<SandboxMetrics> WorldBackend::metrics(const SandboxId &)
{
    return later<SandboxMetrics>([]() -> Result<SandboxMetrics> { return SandboxMetrics{1'000'000, 0.5, 2}; });
}

} // namespace Flotilla
