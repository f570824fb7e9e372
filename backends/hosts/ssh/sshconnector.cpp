// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshconnector.h"

#include "backends/core/continuation.h"
#include "backends/hosts/ssh/knownhosts.h"
#include "backends/hosts/ssh/sshauth.h"
#include "backends/hosts/ssh/sshstream.h"
#include "backends/hosts/ssh/streambridge.h"
#include "backends/hosts/ssh/tcpconnect.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocalSocket>
#include <QProcess>

#include <libssh/libssh.h>

#include <future>

#include <sys/socket.h>
#include <unistd.h>

namespace Flotilla {

namespace {

constexpr int maxConnections = 12; ///< to try many keys
constexpr int maxHops = 8;
using Link = std::shared_ptr<SshLink>;
using Session = std::shared_ptr<SshSession>;

Error cancelled()
{
    return {ErrorKind::Cancelled, QCoreApplication::translate("Hosts", "The connection was given up."), {}};
}

class Connector
{
public:
    explicit Connector(const ConnectRequest &request)
        : m_request(request)
    {
    }

    Result<Link> connectAll()
    {
        Result<QList<SshTarget>> route = findRoute(m_request.target, false, 0);
        if (!route)
            return route.error();
        Link link;
        for (const SshTarget &hop : *route) {
            const bool last = &hop == &route->last();
            m_label = last ? m_request.link.label : hop.name;
            Result<Link> next = connectHop(hop, link, last);
            if (!next)
                return next.error();
            (*next)->keep(std::move(link));
            link = *next;
        }
        return link;
    }

private:
    Result<SshTarget> resolve(const QString &name, bool isJump);
    Result<QList<SshTarget>> findRoute(const QString &name, bool isJump, int depth);
    Result<Link> connectHop(const SshTarget &target, const Link &through, bool last);
    Result<Session> connectSession(const SshTarget &target, const KnownHosts &known, const Link &through);
    Status setUp(SshSession &session, const SshTarget &target, const KnownHosts &known, const Link &through);
    Result<int> openThrough(const Link &link, const SshTarget &target);
    Status verify(ssh_session session, const SshTarget &target, const KnownHosts &known);
    Status askAbout(ssh_key key, const SshTarget &target, const KnownHosts &known);
    Error changedKey(const SshTarget &target, const KnownHosts &known) const;

    const ConnectRequest &m_request;
    QString m_label;
};

Result<SshTarget> Connector::resolve(const QString &name, bool isJump)
{
    const auto refuse = [&](ErrorKind kind, const QString &text, const QString &detail) {
        return Error{kind, text, QStringLiteral("resolve: ") + detail};
    };
    if (!SshConfig::isSafeTarget(name))
        return refuse(ErrorKind::Invalid,
                      QCoreApplication::translate("Hosts", "\"%1\" is not a name of a host.").arg(name), {});
    QProcess ssh;
    ssh.setStandardInputFile(QProcess::nullDevice());
    ssh.start(QStringLiteral("ssh"), SshConfig::resolveArguments(name, m_request.configFile, isJump));
    if (!ssh.waitForStarted(5'000))
        return refuse(ErrorKind::Unavailable,
                      QCoreApplication::translate("Hosts", "The program ssh was not found. Install openssh-client."),
                      ssh.errorString());
    const bool ended = ssh.waitForFinished(10'000);
    if (!ended)
        ssh.kill();
    if (!ended || ssh.exitCode() != 0)
        return refuse(ErrorKind::Invalid,
                      QCoreApplication::translate("Hosts", "ssh does not understand the configuration of %1. Run "
                                                           "\"ssh -G %1\" to see why.")
                          .arg(name),
                      QString::fromUtf8(ssh.readAllStandardError().left(1000)));
    SshTokens tokens{QDir::homePath(), qEnvironmentVariable("USER"), qEnvironmentVariable("SSH_AUTH_SOCK")};
    return SshConfig::parse(ssh.readAllStandardOutput(), name, tokens);
}

/// All jump hosts of a target, in the order of the connections, then the target.
Result<QList<SshTarget>> Connector::findRoute(const QString &name, bool isJump, int depth)
{
    Result<SshTarget> target = resolve(name, isJump);
    if (!target)
        return target.error();
    QList<SshTarget> route;
    for (const QString &jump : std::as_const(target->jumps)) {
        if (depth >= maxHops)
            return Error{ErrorKind::Invalid,
                         QCoreApplication::translate("Hosts", "The jump hosts of %1 lead in a circle.").arg(name),
                         QStringLiteral("resolve: ProxyJump")};
        if (!route.isEmpty()) { // only the first one may have jump hosts of its own
            Result<SshTarget> next = resolve(jump, true);
            if (!next)
                return next.error();
            route.append(*next);
            continue;
        }
        Result<QList<SshTarget>> first = findRoute(jump, true, depth + 1);
        if (!first)
            return first;
        route = *first;
    }
    return route << *target;
}

Result<Link> Connector::connectHop(const SshTarget &target, const Link &through, bool last)
{
    SshAuthenticator authenticator(target, m_label, *m_request.job, *m_request.keyring);
    for (int i = 0; i < maxConnections && !m_request.job->aborted(); ++i) {
        const KnownHosts known(target);
        Result<Session> session = connectSession(target, known, through);
        if (!session)
            return session.error();
        const ConnectJob::AbortHook hook(*m_request.job, [tried = session->get()] { tried->shutDown(); });
        const Result<SshAuthenticator::Step> step = authenticator.run((*session)->ssh);
        if (!step)
            return step.error();
        if (*step == SshAuthenticator::Step::NeedsNewConnection)
            continue;
        SshLinkOptions options = m_request.link;
        options.label = m_label;
        return SshLink::adopt(m_request.thread, *session, options, last ? m_request.lost : nullptr);
    }
    return cancelled();
}

Result<Session> Connector::connectSession(const SshTarget &target, const KnownHosts &known, const Link &through)
{
    auto session = std::make_shared<SshSession>();
    if (const Status ready = setUp(*session, target, known, through); !ready)
        return ready.error();
    const ConnectJob::AbortHook hook(*m_request.job, [tried = session.get()] { tried->shutDown(); });
    if (ssh_connect(session->ssh) != SSH_OK)
        return m_request.job->aborted()
                   ? cancelled()
                   : Error{ErrorKind::Unavailable,
                           QCoreApplication::translate("Hosts",
                                                       "%1 answered at %2, port %3, but no SSH connection came "
                                                       "about. Check that sshd listens there.")
                               .arg(m_label, target.hostName)
                               .arg(target.port),
                           QStringLiteral("connect: ") + QString::fromUtf8(ssh_get_error(session->ssh))};
    if (const Status trusted = verify(session->ssh, target, known); !trusted)
        return trusted.error();
    return session;
}

Status Connector::setUp(SshSession &session, const SshTarget &target, const KnownHosts &known, const Link &through)
{
    const bool noConfig = false;
    const long timeout = long(target.connectTimeout.count());
    const int port = target.port;
    ssh_options_set(session.ssh, SSH_OPTIONS_PROCESS_CONFIG, &noConfig);
    ssh_options_set(session.ssh, SSH_OPTIONS_HOST, target.hostName.toUtf8().constData());
    ssh_options_set(session.ssh, SSH_OPTIONS_PORT, &port);
    ssh_options_set(session.ssh, SSH_OPTIONS_USER, target.user.toUtf8().constData());
    ssh_options_set(session.ssh, SSH_OPTIONS_TIMEOUT, &timeout);
    ssh_options_set(session.ssh, SSH_OPTIONS_KNOWNHOSTS, "/dev/null"); // we read them
    ssh_options_set(session.ssh, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
    ssh_options_set(session.ssh, SSH_OPTIONS_HOSTKEYS, known.algorithms().constData());
    if (!through && !target.proxyCommand.isEmpty()) {
        ssh_options_set(session.ssh, SSH_OPTIONS_PROXYCOMMAND, target.proxyCommand.toUtf8().constData());
        return {};
    }
    const Result<int> fd =
        through ? openThrough(through, target)
                : connectTcp(m_label, target.hostName, target.port, target.connectTimeout, *m_request.job);
    if (!fd)
        return fd.error();
    session.setSocket(*fd);
    return {};
}

/// A socket pair whose far end is carried by a channel of the jump host.
Result<int> Connector::openThrough(const Link &link, const SshTarget &target)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return cancelled();
    ChannelTarget channel{ChannelTarget::Kind::Tcp, target.hostName.toUtf8(), target.port, {}};
    channel.shown = QStringLiteral("%1:%2").arg(target.hostName).arg(target.port);
    auto opened = std::make_shared<std::promise<Status>>();
    std::future<Status> outcome = opened->get_future();
    link->thread()->post([link, channel, opened, far = ends[1]] {
        QObject *context = link->thread()->context();
        if (!context)
            return;
        whenDone(context, openSshStream(link, channel), [=](const Result<std::shared_ptr<QIODevice>> &stream) {
            auto *socket = new QLocalSocket;
            socket->setSocketDescriptor(far);
            if (stream)
                new StreamBridge(*stream, socket, context);
            else
                delete socket;
            opened->set_value(stream ? Status() : Status(stream.error()));
        });
    });
    while (outcome.wait_for(std::chrono::milliseconds(50)) != std::future_status::ready) {
        if (m_request.job->aborted())
            break;
    }
    const Status status = m_request.job->aborted() ? Status(cancelled()) : outcome.get();
    if (status)
        return ends[0];
    ::close(ends[0]);
    return Error{status.error().kind, status.error().text, QStringLiteral("connect: ") + status.error().detail};
}

Status Connector::verify(ssh_session session, const SshTarget &target, const KnownHosts &known)
{
    ssh_key shown = nullptr;
    if (ssh_get_server_publickey(session, &shown) != SSH_OK)
        return Error{ErrorKind::Protocol,
                     QCoreApplication::translate("Hosts", "%1 showed no key, so it was not trusted.").arg(m_label),
                     QStringLiteral("host-key: ")};
    const std::shared_ptr<ssh_key_struct> key(shown, ssh_key_free);
    switch (known.check(shown)) {
    case KnownHosts::Verdict::Known:
        return {};
    case KnownHosts::Verdict::Unknown:
        return askAbout(shown, target, known);
    case KnownHosts::Verdict::Changed:
        return changedKey(target, known);
    case KnownHosts::Verdict::Revoked:
        break;
    }
    return Error{
        ErrorKind::Forbidden,
        QCoreApplication::translate("Hosts", "The key of %1 is marked as revoked, so Flotilla did not connect.")
            .arg(m_label),
        QStringLiteral("host-key: ") + fingerprintOf(shown)};
}

Error Connector::changedKey(const SshTarget &target, const KnownHosts &known) const
{
    return {ErrorKind::Forbidden,
            QCoreApplication::translate(
                "Hosts", "The key of %1 is not the one it had before. If it was installed anew, run \"ssh-keygen -R "
                         "'%2' -f '%3'\" and connect again. If not, somebody may be listening in.")
                .arg(m_label, known.name(), known.file()),
            QStringLiteral("host-key: %1 in %2").arg(target.hostName, known.file())};
}

Status Connector::askAbout(ssh_key key, const SshTarget &target, const KnownHosts &known)
{
    const QString fingerprint = fingerprintOf(key);
    if (target.policy == HostKeyPolicy::AcceptNew || target.policy == HostKeyPolicy::AcceptAll)
        return known.remember(key);
    HostQuestion question;
    question.kind = HostQuestion::Kind::UnknownHostKey;
    question.host = m_label;
    question.title = QCoreApplication::translate("Hosts", "New host");
    question.text =
        QCoreApplication::translate("Hosts", "%1 (%2, port %3) is new to this computer. Its %4 key has the "
                                             "fingerprint %5. Compare it with the one that its owner knows.")
            .arg(m_label, target.hostName)
            .arg(target.port)
            .arg(QString::fromLatin1(ssh_key_type_to_char(ssh_key_type(key))), fingerprint);
    question.fingerprint = fingerprint;
    if (target.policy == HostKeyPolicy::Ask && m_request.job->ask(question).accepted)
        return known.remember(key);
    return Error{ErrorKind::Forbidden,
                 QCoreApplication::translate("Hosts",
                                             "The key of %1 is not known, so Flotilla did not connect. Connect "
                                             "again and accept it, or run \"ssh %2\" once.")
                     .arg(m_label, target.name),
                 QStringLiteral("host-key: unknown ") + fingerprint};
}

} // namespace

Result<std::shared_ptr<SshLink>> connectSsh(const ConnectRequest &request)
{
    return Connector(request).connectAll();
}

} // namespace Flotilla
