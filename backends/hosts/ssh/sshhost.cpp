// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshhost.h"

#include "backends/core/log.h"
#include "backends/hosts/ssh/helperrun.h"
#include "backends/hosts/ssh/remoterun.h"
#include "backends/hosts/ssh/sshhostprivate.h"
#include "backends/hosts/ssh/sshstream.h"

#include <QPointer>
#include <QThreadPool>

namespace Flotilla {

namespace {

constexpr std::chrono::seconds streamDeadline{15};
constexpr std::chrono::minutes transferDeadline{2}; ///< for the connection, not for the transfer

ChannelTarget channelFor(const ConnectTarget &target)
{
    ChannelTarget channel;
    if (const auto *path = std::get_if<UnixPath>(&target)) {
        channel.kind = ChannelTarget::Kind::UnixSocket;
        channel.text = path->path.toUtf8();
        channel.shown = path->path;
        return channel;
    }
    channel.kind = ChannelTarget::Kind::Tcp;
    channel.text = "127.0.0.1";
    channel.port = std::get<TcpPort>(target).port;
    channel.shown = QStringLiteral("127.0.0.1:%1").arg(channel.port);
    return channel;
}

Future<RemoteFiles::Parcel> parcelInBackground(const QString &localPath)
{
    auto promise = std::make_shared<QPromise<Result<RemoteFiles::Parcel>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, localPath] {
        promise->addResult(RemoteFiles::parcelOf(localPath));
        promise->finish();
    });
    return promise->future();
}

using Progress = std::function<void(const QString &name, qint64 sent, qint64 total)>;

QCoro::Task<Result<RemoteFiles::Provided>> provideTask(RemoteFiles::Context context, QString localPath,
                                                       QString cacheDir, Progress progress)
{
    const auto hashing = parcelInBackground(localPath);
    const Result<RemoteFiles::Parcel> parcel = co_await outcome(hashing);
    if (!parcel)
        co_return parcel.error();
    context.sent = [progress, name = parcel->name, total = parcel->bytes](qint64 sent) { progress(name, sent, total); };
    const auto providing = RemoteFiles::provide(std::move(context), *parcel, std::move(cacheDir));
    const Result<RemoteFiles::Provided> provided = co_await outcome(providing);
    co_return provided;
}

/// By the helper, and by the login shell when its socket takes no more. Whether it is gone its own stream tells.
QCoro::Task<Result<CommandResult>> helpedOrPlain(Future<std::optional<CommandResult>> helped,
                                                 std::shared_ptr<SshLink> link, CommandSpec command,
                                                 RemoteRunOptions options)
{
    const Result<std::optional<CommandResult>> ran = co_await outcome(helped);
    if (!ran)
        co_return ran.error();
    if (*ran)
        co_return **ran;
    const auto plain = runRemotely(link, command, options);
    const Result<CommandResult> result = co_await outcome(plain);
    co_return result;
}

} // namespace

SshHost::Private::Private(SshHost *host, SshHostConfig settings, AskPerson person)
    : q(host)
    , config(std::move(settings))
    , ask(std::move(person))
    , mailbox(std::make_shared<Mailbox>(host))
    , thread(std::make_shared<SshThread>(QStringLiteral("ssh ") + config.label))
{
}

SshHost::SshHost(SshHostConfig config, AskPerson ask, QObject *parent)
    : Host(parent)
    , d(new Private(this, std::move(config), std::move(ask)))
{
    d->forwards = std::make_unique<LocalForwards>(d->config.localDir,
                                                  [this](const QString &path) { return connectTo(UnixPath{path}); });
    d->retry.setSingleShot(true);
    connect(&d->retry, &QTimer::timeout, this, [this] { d->begin(false); });
}

SshHost::~SshHost()
{
    d->mailbox->close();
    if (d->job)
        d->job->abort();
    d->forwards.reset();
    d->helper.reset();
    d->thread->shutDown();
    d->link.reset();
    const auto waiting = std::exchange(d->waiting, {});
    for (const auto &call : waiting)
        call->fail({ErrorKind::Cancelled, tr("The connection to %1 was closed.").arg(d->config.label), {}});
}

HostId SshHost::id() const
{
    return d->config.id;
}

QString SshHost::label() const
{
    return d->config.label;
}

HostState SshHost::state() const
{
    return d->state;
}

QString SshHost::stateText() const
{
    switch (d->state) {
    case HostState::Ready:
        return {};
    case HostState::Unreachable:
        return d->unreachable().text;
    case HostState::Connecting:
        break;
    }
    return d->job ? tr("%1 is being connected to.").arg(label()) : tr("%1 is not connected yet.").arg(label());
}

Future<CommandResult> SshHost::run(const CommandSpec &command)
{
    return d->withLink<CommandResult>(command.timeout,
                                      [this, command](const Private::Link &link) { return d->start(link, command); });
}

Future<CommandResult> SshHost::Private::start(const Link &with, const CommandSpec &command)
{
    RemoteRunOptions options;
    options.label = config.label;
    if (!helper || helper->socket().isEmpty())
        return runRemotely(with, command, options);
    const auto helped = runByHelper(with, helper->socket(), command, config.label);
    return toFuture(helpedOrPlain(helped, with, command, options));
}

Future<std::shared_ptr<QIODevice>> SshHost::connectTo(const ConnectTarget &target)
{
    return d->withLink<std::shared_ptr<QIODevice>>(
        streamDeadline, [target](const Private::Link &link) { return openSshStream(link, channelFor(target)); });
}

Future<void> SshHost::put(const QString &localPath, const QString &hostPath)
{
    return d->withLink<void>(transferDeadline, [this, localPath, hostPath](const Private::Link &link) {
        return RemoteFiles::put(d->context(link), localPath, hostPath);
    });
}

Future<void> SshHost::get(const QString &hostPath, const QString &localPath)
{
    return d->withLink<void>(transferDeadline, [this, hostPath, localPath](const Private::Link &link) {
        return RemoteFiles::get(d->context(link), hostPath, localPath);
    });
}

QString SshHost::runtimeDir() const
{
    return d->runtimeDir;
}

Future<QString> SshHost::provide(const QString &localPath)
{
    return d->withLink<QString>(
        transferDeadline, [this, localPath](const Private::Link &link) { return d->provideNow(localPath, link); });
}

/// Asked for many times at once, done once per connection.
Future<QString> SshHost::Private::provideNow(const QString &localPath, const Link &with)
{
    if (const auto known = provided.constFind(localPath); known != provided.cend())
        return *known;
    const Progress progress = [this, box = mailbox](const QString &name, qint64 sent, qint64 total) {
        box->post([this, name, sent, total] { Q_EMIT q->providing(name, sent, total); });
    };
    const auto providing = toFuture(provideTask(context(with), localPath, cacheDir, progress));
    auto future =
        continueOn(q, providing, [this, localPath](const Result<RemoteFiles::Provided> &done) -> Result<QString> {
            if (!done) {
                provided.remove(localPath);
                return done.error();
            }
            if (done->replaced) {
                const QString text =
                    SshHost::tr("%1 on %2 was not the file that Flotilla had put there. It was replaced.")
                        .arg(done->path, config.label);
                qCWarning(logCore).noquote() << text;
                Q_EMIT q->tampered(text);
            }
            if (localPath == config.helper && helper)
                helper->start(done->path);
            return done->path;
        });
    provided.insert(localPath, future);
    return future;
}

Future<QString> SshHost::localSocket(const QString &hostPath)
{
    return readyFuture<QString>(d->forwards->socketFor(hostPath));
}

Future<void> SshHost::connectNow()
{
    if (d->state == HostState::Ready)
        return readyFuture<void>(Status());
    d->retry.stop();
    if (!d->job)
        d->become(HostState::Connecting);
    return d->later<void>(std::chrono::minutes(10), [](const Private::Link &) { return readyFuture<void>(Status()); });
}

std::optional<QDateTime> SshHost::unreachableSince() const
{
    return d->since;
}

bool SshHost::hasHelper() const
{
    return d->helper && !d->helper->socket().isEmpty();
}

int SshHost::retrySeconds() const
{
    return d->retry.isActive() ? (d->retry.remainingTime() + 999) / 1000 : 0;
}

} // namespace Flotilla
