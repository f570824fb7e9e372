// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/hostkit.h"
#include "backends/hosts/host.h"
#include "tests/unit/fleet/worldbackend.h"

#include <QPointer>

namespace Flotilla {

/// A pretended machine that can be cut off. What was put there stays in `files` (hostPath -> localPath content is not
/// looked at).
class WorldHost : public Host
{
    Q_OBJECT

public:
    WorldHost(const HostConfig &config, World *hostWorld)
        : world(hostWorld)
        , m_config(config)
    {
    }
    HostId id() const override { return m_config.id; }
    QString label() const override { return m_config.label; }
    HostState state() const override { return m_state; }
    QString stateText() const override
    {
        return m_state == HostState::Ready ? QString() : m_config.label + QStringLiteral(" cannot be reached.");
    }
    Future<CommandResult> run(const CommandSpec &command) override;
    Future<std::shared_ptr<QIODevice>> connectTo(const ConnectTarget &) override
    {
        return readyFuture<std::shared_ptr<QIODevice>>(Error{ErrorKind::Unavailable, {}, {}});
    }
    Future<void> put(const QString &localPath, const QString &hostPath) override;
    Future<void> get(const QString &hostPath, const QString &localPath) override;
    QString runtimeDir() const override { return QStringLiteral("/run/flotilla/") + m_config.id.value; }
    Future<QString> provide(const QString &localPath) override
    {
        ++provided;
        if (m_held)
            return std::exchange(m_held, {})->future();
        if (provideError)
            return readyFuture<QString>(*provideError);
        return readyFuture<QString>(localPath);
    }
    Future<QString> localSocket(const QString &hostPath) override { return readyFuture<QString>(hostPath); }

    /// The next copy ends when the test says so.
    std::shared_ptr<QPromise<Result<QString>>> holdProvide()
    {
        m_held = std::make_shared<QPromise<Result<QString>>>();
        m_held->start();
        return m_held;
    }

    void setState(HostState state)
    {
        m_state = state;
        since = state == HostState::Unreachable ? std::optional(QDateTime::currentDateTimeUtc()) : std::nullopt;
        Q_EMIT stateChanged();
    }

    World *world;
    int provided = 0;
    std::optional<Error> provideError;
    std::optional<Error> connectError;
    std::optional<Error> removeError;
    std::optional<Error> getError;
    std::optional<Error> putError;
    std::function<void()> beforeRemoval;
    std::optional<QDateTime> since;
    QStringList log; ///< "get PATH", "put PATH", "rm PATH"
    QByteArray figures;
    QByteArray found; ///< by `find`

private:
    HostConfig m_config;
    HostState m_state = HostState::Connecting;
    std::shared_ptr<QPromise<Result<QString>>> m_held;
};

/// Machines by name. Each has bubblewrap ("world") unless told otherwise.
struct WorldHosts
{
    std::shared_ptr<const HostKit> kit();

    QHash<QString, World *> worlds; ///< by host id
    QHash<QString, QPointer<WorldHost>> hosts;
    QHash<QString, QList<QPointer<WorldBackend>>> backends;
    QHash<QString, Error> connectErrors;
    QHash<QString, QStringList> engines; ///< names of what is found beside bubblewrap
    QSet<QString> withoutBubblewrap;
    QHash<QString, Error> preflightErrors;
    QHash<QString, QString> snapshots; ///< the folder for them, by host id
    QList<HostQuestion> toAsk;         ///< while connecting
    QList<HostAnswer> answers;
};

} // namespace Flotilla
