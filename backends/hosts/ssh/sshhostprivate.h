// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/continuation.h"
#include "backends/hosts/ssh/hosthelper.h"
#include "backends/hosts/ssh/localforward.h"
#include "backends/hosts/ssh/remotefiles.h"
#include "backends/hosts/ssh/sshconnector.h"
#include "backends/hosts/ssh/sshhost.h"

#include <QTimer>

namespace Flotilla {

struct SshHost::Private
{
    using Link = std::shared_ptr<SshLink>;

    /// A call that waits for the connection.
    struct Waiting
    {
        std::function<void(const Link &)> go;
        std::function<void(const Error &)> fail;
    };

    Private(SshHost *host, SshHostConfig settings, AskPerson person);

    SshHost *q;
    SshHostConfig config;
    AskPerson ask;
    std::shared_ptr<Mailbox> mailbox;
    std::shared_ptr<SshThread> thread;
    std::shared_ptr<SshKeyring> keyring = std::make_shared<SshKeyring>();
    std::shared_ptr<ConnectJob> job; ///< the attempt that is under way
    Link link;
    HostState state = HostState::Connecting;
    std::optional<Error> problem;
    std::optional<QDateTime> since;
    QString runtimeDir;
    QString cacheDir;
    QList<std::shared_ptr<Waiting>> waiting;
    QHash<QString, Future<QString>> provided; ///< on this connection
    std::unique_ptr<LocalForwards> forwards;
    std::unique_ptr<HostHelper> helper; ///< of this connection
    QTimer retry;
    int failures = 0;
    quint64 generation = 0; ///< of the attempt; what an older one reports does not count

    void begin(bool interactive);
    void forwardQuestion(const HostQuestion &question, const std::shared_ptr<ConnectJob> &from);
    void connected(quint64 attempt, const Result<Link> &result);
    void setUp(quint64 attempt, const Link &fresh);
    Status takeSetUp(const Result<CommandResult> &ran);
    void ready(const Link &fresh);
    void failed(const Error &error);
    void lost(quint64 attempt, const Error &error);
    void planRetry(const Error &error);
    void become(HostState next);
    Error unreachable() const;
    CommandSpec setUpSpec() const;
    RemoteFiles::Context context(const Link &with) const { return {with, config.label, {}}; }
    Future<CommandResult> start(const Link &with, const CommandSpec &command);
    Future<QString> provideNow(const QString &localPath, const Link &with);

    /// Makes the call now, when there is a connection, or when there will be one. Calls `call` with the link.
    template <typename T, typename Call>
    Future<T> withLink(std::chrono::milliseconds deadline, Call call)
    {
        if (state == HostState::Ready)
            return call(link);
        if (state == HostState::Unreachable)
            return readyFuture<T>(unreachable());
        return later<T>(deadline, std::move(call));
    }

    template <typename T, typename Call>
    Future<T> later(std::chrono::milliseconds deadline, Call call)
    {
        auto promise = std::make_shared<QPromise<Result<T>>>();
        promise->start();
        auto entry = std::make_shared<Waiting>();
        const auto finish = [promise](const Result<T> &result) {
            promise->addResult(result);
            promise->finish();
        };
        entry->go = [this, call, finish](const Link &with) { whenDone(q, call(with), finish); };
        entry->fail = [finish](const Error &error) { finish(error); };
        waiting.append(entry);
        QTimer::singleShot(deadline, q, [this, entry] {
            if (waiting.removeOne(entry))
                entry->fail({ErrorKind::Timeout, SshHost::tr("%1 is still being connected to.").arg(config.label),
                             QStringLiteral("connect: deadline of the call")});
        });
        begin(true);
        return promise->future();
    }
};

} // namespace Flotilla
