// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/fleet/fleettypes.h"
#include "backends/hosts/hostquestion.h"
#include "backends/sandbox/sandboxbackend.h"

#include <functional>
#include <memory>

namespace Flotilla {

class HttpClient;

/// A host with what only some kinds of it can do.
class HostConnection
{
public:
    virtual ~HostConnection() = default;
    virtual Host *host() = 0;
    /// The Error of a failure says in the prefix of its detail which step it was ("resolve: ", "connect: ",
    /// "host-key: ", "authenticate: ").
    virtual Future<void> connectNow() = 0;
    virtual std::optional<QDateTime> unreachableSince() const = 0;
    virtual int retrySeconds() const = 0;
};

/// How hosts and their backends are made. Tests put others in.
struct HostKit
{
    using Backends = QList<std::shared_ptr<SandboxBackend>>;
    /// Where our things are on the host.
    struct Installed
    {
        QString agent;
        QString runtime;
        QString snapshots; ///< a folder that survives a restart of the host
    };
    std::function<std::unique_ptr<HostConnection>(const HostConfig &, const AskPerson &)> connect;
    std::function<std::shared_ptr<SandboxBackend>(Host *, const Installed &)> bubblewrap;
    /// Those of container engines that answer, the preferred one first.
    std::function<Future<Backends>(Host *, const Installed &)> engines;

    struct Places
    {
        QString runtimeDir;   ///< of this computer
        QString sshConfig;    ///< empty: the person's own
        QString installation; ///< [a-z0-9-], tells our folders on a host from those of other installations
        QString agent;        ///< flotilla-agent of this computer
    };
    /// What our folders and labels there are called: of its own for each host, so that two that turn out to be one
    /// machine do not take each other's sandboxes for strays.
    static QString installationOn(const QString &installation, const HostConfig &host);
    static std::shared_ptr<const HostKit> real(const Places &places, HttpClient *http);
};

} // namespace Flotilla
