// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/hostkit.h"

#include "backends/core/continuation.h"
#include "backends/hosts/local/localhost.h"
#include "backends/hosts/ssh/sshhost.h"
#include "backends/sandbox/bubblewrap/bubblewrapbackend.h"
#include "backends/sandbox/container/containerbackend.h"

#include <algorithm>

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

class SshConnection : public HostConnection
{
public:
    SshConnection(const SshHostConfig &config, const AskPerson &ask)
        : m_host(config, ask)
    {
    }
    Host *host() override { return &m_host; }
    Future<void> connectNow() override { return m_host.connectNow(); }
    std::optional<QDateTime> unreachableSince() const override { return m_host.unreachableSince(); }
    int retrySeconds() const override { return m_host.retrySeconds(); }

private:
    SshHost m_host;
};

SshHostConfig sshConfigOf(const HostConfig &config, const HostKit::Places &places)
{
    SshHostConfig ssh;
    ssh.id = config.id;
    ssh.label = config.label;
    ssh.target = config.target;
    ssh.configFile = places.sshConfig;
    ssh.localDir = places.runtimeDir + QLatin1String("/ssh/") + config.id.value;
    ssh.installation = HostKit::installationOn(places.installation, config);
    ssh.helper = places.agent;
    return ssh;
}

/// Podman before Docker, and of one kind the rootless one: it needs no rights. One that cannot keep to limits comes
/// last.
HostKit::Backends makeBackends(Host *host, HttpClient *http, QList<ContainerEngine> engines,
                               const ContainerBackend::Layout &layout)
{
    std::stable_sort(engines.begin(), engines.end(), [](const ContainerEngine &a, const ContainerEngine &b) {
        const auto rank = [](const ContainerEngine &e) {
            return (e.enforces ? 0 : 4) + (e.kind == ContainerEngine::Kind::Podman ? 0 : 2) + (e.rootless ? 0 : 1);
        };
        return rank(a) < rank(b);
    });
    HostKit::Backends backends;
    for (const ContainerEngine &engine : std::as_const(engines)) {
        auto backend = std::make_shared<ContainerBackend>(host, http, engine, layout);
        const auto same = [&](const auto &other) { return other->info().name == backend->info().name; };
        if (std::none_of(backends.cbegin(), backends.cend(), same))
            backends.append(std::move(backend));
    }
    return backends;
}

} // namespace

QString HostKit::installationOn(const QString &installation, const HostConfig &host)
{
    const bool plain = installation.isEmpty() || host.suffix.isEmpty();
    return plain ? installation : installation + QLatin1Char('-') + host.suffix;
}

std::shared_ptr<const HostKit> HostKit::real(const Places &places, HttpClient *http)
{
    auto kit = std::make_shared<HostKit>();
    kit->connect = [places](const HostConfig &config, const AskPerson &ask) -> std::unique_ptr<HostConnection> {
        if (config.target.isEmpty())
            return std::make_unique<LocalConnection>(places.runtimeDir);
        return std::make_unique<SshConnection>(sshConfigOf(config, places), ask);
    };
    kit->bubblewrap = [](Host *host, const Installed &there) {
        BubblewrapBackend::Layout layout;
        layout.agent = there.agent;
        layout.runtime = there.runtime;
        layout.snapshots = there.snapshots;
        return std::make_shared<BubblewrapBackend>(host, layout);
    };
    kit->engines = [http](Host *host, const Installed &there) {
        return continueOn(
            host, ContainerBackend::find(host, http),
            [=](const Result<QList<ContainerEngine>> &engines) -> Result<Backends> {
                if (!engines)
                    return engines.error();
                return makeBackends(host, http, *engines, {there.agent, there.runtime, {}, there.snapshots});
            });
    };
    return kit;
}

} // namespace Flotilla
