// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/fleet/worldhosts.h"

#include "backends/core/continuation.h"

#include <QTimer>

namespace Flotilla {

namespace {

class WorldConnection : public HostConnection
{
public:
    WorldConnection(WorldHosts *all, const HostConfig &config, AskPerson ask)
        : m_all(all)
        , m_id(config.id.value)
        , m_ask(std::move(ask))
        , m_host(config, all->worlds.value(config.id.value))
    {
        all->hosts[m_id] = &m_host;
        if (config.target.isEmpty())
            m_host.setState(HostState::Ready);
    }
    Host *host() override { return &m_host; }
    Future<void> connectNow() override
    {
        for (const HostQuestion &question : std::as_const(m_all->toAsk))
            whenDone(&m_host, m_ask(question), [this](const Result<HostAnswer> &answer) {
                if (answer)
                    m_all->answers.append(*answer);
            });
        const auto error = m_all->connectErrors.constFind(m_id);
        const bool fails = error != m_all->connectErrors.constEnd();
        m_host.setState(fails ? HostState::Unreachable : HostState::Ready);
        return readyFuture<void>(fails ? Status(*error) : Status());
    }
    std::optional<QDateTime> unreachableSince() const override { return m_host.since; }
    int retrySeconds() const override { return 0; }

private:
    WorldHosts *m_all;
    QString m_id;
    AskPerson m_ask;
    WorldHost m_host;
};

} // namespace

Future<CommandResult> WorldHost::run(const CommandSpec &command)
{
    CommandResult result;
    if (command.args.contains(QStringLiteral("--host-stats")))
        result.standardOutput = figures;
    else if (command.program == QLatin1String("find"))
        result.standardOutput = found;
    else if (command.args.value(2) == QLatin1String("rm")) {
        log.append(QStringLiteral("rm ") + command.args.constLast());
        if (beforeRemoval)
            beforeRemoval();
        if (removeError)
            return readyFuture<CommandResult>(*removeError);
    } else if (command.program == QLatin1String("/bin/sh"))
        result.standardOutput = "/home/user/.local/share/flotilla";
    return readyFuture<CommandResult>(result);
}

Future<void> WorldHost::put(const QString &, const QString &hostPath)
{
    log.append(QStringLiteral("put ") + hostPath);
    return readyFuture<void>(putError ? Status(*putError) : Status());
}

Future<void> WorldHost::get(const QString &hostPath, const QString &)
{
    log.append(QStringLiteral("get ") + hostPath);
    return readyFuture<void>(getError ? Status(*getError) : Status());
}

std::shared_ptr<const HostKit> WorldHosts::kit()
{
    auto kit = std::make_shared<HostKit>();
    kit->connect = [this](const HostConfig &config, const AskPerson &ask) -> std::unique_ptr<HostConnection> {
        return std::make_unique<WorldConnection>(this, config, ask);
    };
    const auto make = [this](Host *host, const QString &name) {
        auto backend = std::make_shared<WorldBackend>(worlds.value(host->id().value), name);
        backends[host->id().value].append(backend.get());
        return backend;
    };
    kit->bubblewrap = [this, make](Host *host, const HostKit::Installed &there) {
        snapshots.insert(host->id().value, there.snapshots);
        const auto backend = make(host, QStringLiteral("world"));
        if (withoutBubblewrap.contains(host->id().value))
            backend->missing = QStringLiteral("bubblewrap is not installed.");
        if (preflightErrors.contains(host->id().value))
            backend->preflightError = preflightErrors[host->id().value];
        return backend;
    };
    kit->engines = [this, make](Host *host, const HostKit::Installed &) {
        HostKit::Backends found;
        for (const QString &name : engines.value(host->id().value))
            found.append(make(host, name));
        return readyFuture<HostKit::Backends>(found);
    };
    return kit;
}

} // namespace Flotilla
