// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"
#include "backends/hosts/hostquestion.h"

#include <QDateTime>

#include <memory>
#include <optional>

namespace Flotilla {

struct SshHostConfig
{
    HostId id;
    QString label;
    QString target;       ///< what `ssh TARGET` takes; resolved with `ssh -G`, so the person's config counts
    QString configFile;   ///< empty: the person's own (~/.ssh/config)
    QString localDir;     ///< private folder on this computer for forwarded sockets
    QString installation; ///< [a-z0-9-], tells our folders on the host from those of other installations
    QString remoteDir;    ///< the runtime folder on the host; empty: chosen there
    QString cacheDir;     ///< where provided files go on the host; empty: ~/.cache/flotilla
    QString helper;       ///< flotilla-agent here; once provided it starts the programs there
    std::chrono::milliseconds heartbeat{5'000};  ///< three of them without an answer: unreachable
    std::chrono::milliseconds firstRetry{1'000}; ///< doubled each time, up to a minute
};

/// A machine behind sshd: one connection, shared by all its sandboxes; streams to Unix sockets are direct-streamlocal
/// channels, so MaxSessions does not limit them. Programs are started by a helper on the host, which costs no login
/// shell; without it they wait for one of the sessions that the server allows.
/// Connects by itself at the first call, watches with a heartbeat, reconnects with back-off unless a person has to do
/// something first. While unreachable every call fails at once with a sentence. libssh runs on threads of its own.
class SshHost : public Host
{
    Q_OBJECT

public:
    SshHost(SshHostConfig config, AskPerson ask, QObject *parent = nullptr);
    ~SshHost() override;

    HostId id() const override;
    QString label() const override;
    HostState state() const override;
    QString stateText() const override;
    Future<CommandResult> run(const CommandSpec &command) override;
    Future<std::shared_ptr<QIODevice>> connectTo(const ConnectTarget &target) override;
    Future<void> put(const QString &localPath, const QString &hostPath) override;
    Future<void> get(const QString &hostPath, const QString &localPath) override;
    QString runtimeDir() const override; ///< empty before the first connection
    Future<QString> provide(const QString &localPath) override;
    Future<QString> localSocket(const QString &hostPath) override;

    /// Connects now; the Error of a failure says which step it was in its `detail` prefix ("resolve: ", "connect: ",
    /// "host-key: ", "authenticate: ", "set-up: ") and the remedy in its text.
    Future<void> connectNow();
    std::optional<QDateTime> unreachableSince() const;
    int retrySeconds() const; ///< until the next attempt; 0 when none is planned
    bool hasHelper() const;   ///< programs are started without a login shell

Q_SIGNALS:
    /// A provided file on the host was not what we had put there, and was replaced.
    void tampered(const QString &text);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Flotilla
