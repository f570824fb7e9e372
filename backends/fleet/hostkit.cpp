// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/hostkit.h"

#include "backends/hosts/local/localhost.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"

namespace Flotilla {

namespace {

class LocalConnection : public HostConnection
{
public:
    explicit LocalConnection(const QString &runtimeDir)
        : m_host(runtimeDir)
    {
    }
    Host *host() override { return &m_host; }
    Future<void> connectNow() override
    {
        if (m_host.state() == HostState::Ready)
            return readyFuture<void>(Status());
        return readyFuture<void>(
            Error{ErrorKind::Unavailable, m_host.stateText(), QStringLiteral("connect: runtime folder")});
    }
    std::optional<QDateTime> unreachableSince() const override { return {}; }
    int retrySeconds() const override { return 0; }

private:
    LocalHost m_host;
};

} // namespace

std::shared_ptr<const HostKit> HostKit::real(const Places &places, HttpClient *)
{
    auto kit = std::make_shared<HostKit>();
    kit->connect = [places](const HostConfig &config, const AskPerson &) -> std::unique_ptr<HostConnection> {
        if (config.target.isEmpty())
            return std::make_unique<LocalConnection>(places.runtimeDir);
        return nullptr;
    };
    kit->bubblewrap = [](Host *host, const QString &agent, const QString &runtime) {
        BubblewrapBackend::Layout layout;
        layout.agent = agent;
        layout.runtime = runtime;
        return std::make_shared<BubblewrapBackend>(host, layout);
    };
    kit->engines = [](Host *, const QString &, const QString &) { return readyFuture<Backends>(Backends()); };
    return kit;
}

} // namespace Flotilla
