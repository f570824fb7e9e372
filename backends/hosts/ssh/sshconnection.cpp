// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshconnection.h"

#include <libssh/server.h> // ssh_send_keepalive

#include <QCoreApplication>

#include <algorithm>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr int maxPolls = 64;      ///< then other events of the thread get their turn
constexpr size_t maxPending = 32; ///< channels that are being opened at the same time
constexpr int mostSessions = 8;
constexpr std::chrono::milliseconds sessionRetry{20};
constexpr std::chrono::milliseconds sessionProbe{500};

Error connectionBroke(const QString &label, const char *detail)
{
    return {ErrorKind::Network, QCoreApplication::translate("Hosts", "The connection to %1 broke.").arg(label),
            QString::fromUtf8(detail)};
}

bool isSameFile(int one, int other)
{
    struct stat a
    {
    };
    struct stat b
    {
    };
    return fstat(one, &a) == 0 && fstat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

} // namespace

SshSession::SshSession()
    : ssh(ssh_new())
{
}

/// The number of a descriptor that libssh closed may belong to somebody else by now: only what is still the same socket
/// is ours to close.
SshSession::~SshSession()
{
    if (ssh) {
        ssh_set_blocking(ssh, 0);
        ssh_disconnect(ssh);
        ssh_free(ssh);
    }
    if (m_guard < 0)
        return;
    if (isSameFile(m_given, m_guard))
        ::close(m_given);
    ::close(m_guard);
}

void SshSession::setSocket(int descriptor)
{
    m_given = descriptor;
    m_guard = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    ssh_options_set(ssh, SSH_OPTIONS_FD, &m_given);
}

void SshSession::shutDown() const
{
    if (m_guard >= 0)
        shutdown(m_guard, SHUT_RDWR);
    else if (const int fd = ssh_get_fd(ssh); fd >= 0) // of a ProxyCommand
        shutdown(fd, SHUT_RDWR);
}

SshConnection::SshConnection(std::shared_ptr<SshSession> session, const SshLinkOptions &options,
                             std::function<void(const Error &)> lost, QObject *parent)
    : QObject(parent)
    , m_session(std::move(session))
    , m_options(options)
    , m_lost(std::move(lost))
    , m_event(ssh_event_new())
    , m_readable(ssh_get_fd(m_session->ssh), QSocketNotifier::Read)
    , m_writable(ssh_get_fd(m_session->ssh), QSocketNotifier::Write)
{
    ssh_set_blocking(m_session->ssh, 0);
    const int fd = ssh_get_fd(m_session->ssh); // which libssh may have left blocking
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    ssh_set_counters(m_session->ssh, &m_socketCounter, &m_packetCounter);
    ssh_event_add_session(m_event, m_session->ssh);
    m_writable.setEnabled(false);
    connect(&m_readable, &QSocketNotifier::activated, this, &SshConnection::turn);
    connect(&m_writable, &QSocketNotifier::activated, this, &SshConnection::turn);
    connect(&m_beat, &QTimer::timeout, this, &SshConnection::beat);
    connect(&m_probe, &QTimer::timeout, this, &SshConnection::probeSessions);
    connect(&m_again, &QTimer::timeout, this, &SshConnection::turn);
    m_again.setSingleShot(true);
    m_beat.start(m_options.interval);
}

SshConnection::~SshConnection()
{
    m_lost = {};
    close({ErrorKind::Cancelled,
           QCoreApplication::translate("Hosts", "The connection to %1 was closed.").arg(label()),
           {}});
    ssh_event_remove_session(m_event, m_session->ssh);
    ssh_event_free(m_event);
    ssh_set_counters(m_session->ssh, nullptr, nullptr);
}

void SshConnection::open(const ChannelTarget &target, std::shared_ptr<ChannelUser> user, bool urgent)
{
    if (m_closed)
        return user->ended(connectionBroke(label(), "closed"));
    auto &waiting = target.kind == ChannelTarget::Kind::Exec ? m_waitingSessions : m_waitingStreams;
    if (urgent)
        waiting.push_front({target, std::move(user), 0});
    else
        waiting.push_back({target, std::move(user), 0});
    turn();
}

void SshConnection::wake(const std::set<quint64> &channels)
{
    for (const quint64 id : channels) {
        if (const auto found = m_channels.find(id); found != m_channels.end())
            schedule(found->second.get());
    }
    turn();
}

void SshConnection::end(quint64 channel, bool killRemote)
{
    if (const auto found = m_channels.find(channel); found != m_channels.end()) {
        found->second->abandon(killRemote);
        turn();
    }
}

void SshConnection::schedule(SshChannel *channel)
{
    if (!std::exchange(channel->queued, true))
        m_scheduled.push_back(channel);
}

void SshConnection::turn()
{
    if (m_inTurn || m_closed)
        return;
    m_inTurn = true;
    poll();
    for (uint64_t packets = 0; !m_closed;) {
        packets = m_packetCounter.in_packets;
        startWaiting();
        for (const auto &[id, channel] : m_channels) { // libssh does not tell when the other side makes room
            if (channel->canSend())
                schedule(channel.get());
        }
        for (SshChannel *channel : m_pending) // libssh has no callback for them
            schedule(channel);
        advanceScheduled();
        if (m_scheduled.empty() && packets == m_packetCounter.in_packets) // advancing may have read some
            break;
    }
    bury();
    m_inTurn = false;
    if (!m_closed && !ssh_is_connected(m_session->ssh))
        return lose(connectionBroke(label(), ssh_get_error(m_session->ssh)));
    watchSocket();
}

void SshConnection::poll()
{
    int polls = 0;
    while (polls < maxPolls && ssh_event_dopoll(m_event, 0) == SSH_OK)
        ++polls;
    if (polls == maxPolls)
        m_again.start(0);
}

void SshConnection::advanceScheduled()
{
    const std::vector<SshChannel *> scheduled = std::exchange(m_scheduled, {});
    for (SshChannel *channel : scheduled)
        channel->queued = false;
    for (SshChannel *channel : scheduled) {
        channel->advance();
        if (!channel->isPending())
            m_pending.erase(std::remove(m_pending.begin(), m_pending.end(), channel), m_pending.end());
    }
}

void SshConnection::startWaiting()
{
    while (!m_waitingStreams.empty() && m_pending.size() < maxPending) {
        start(m_waitingStreams.front());
        m_waitingStreams.pop_front();
    }
    if (m_probe.isActive() && m_probe.interval() == sessionRetry.count())
        return;
    while (!m_waitingSessions.empty() && m_sessions < m_sessionLimit) {
        start(m_waitingSessions.front());
        m_waitingSessions.pop_front();
    }
}

void SshConnection::start(const Waiting &waiting)
{
    if (!waiting.user->wanted())
        return;
    auto channel = std::make_unique<SshChannel>(this, ++m_lastId, waiting.target, waiting.user);
    channel->refusals = waiting.refusals;
    m_pending.push_back(channel.get());
    if (channel->isExec())
        ++m_sessions;
    m_channels.emplace(m_lastId, std::move(channel));
}

int SshConnection::openSessions() const
{
    return int(std::count_if(m_channels.begin(), m_channels.end(), [](const auto &entry) {
        return entry.second->isExec() && entry.second->state() == SshChannel::State::Open;
    }));
}

void SshConnection::channelRefused(SshChannel *channel, const QString &why)
{
    if (channel->isExec())
        return refuseSession(channel);
    if (tryStreamAgain(channel, why))
        return;
    const bool forbidden = why.contains(QLatin1String("prohibited"));
    const QString text =
        forbidden ? QCoreApplication::translate("Hosts", "%1 does not allow forwarding to %2. Set "
                                                         "AllowStreamLocalForwarding and AllowTcpForwarding to yes in "
                                                         "its sshd_config.")
                  : QCoreApplication::translate("Hosts", "On %1 nothing answers at %2. If it is there, check that "
                                                         "AllowStreamLocalForwarding is yes in the sshd_config.");
    channel->fail(
        {forbidden ? ErrorKind::Forbidden : ErrorKind::Unavailable, text.arg(label(), channel->target().shown), why});
}

/// A refused session means that the server's MaxSessions are in use: it waits until one is free. A program that ended
/// a moment ago may still count there.
void SshConnection::refuseSession(SshChannel *channel)
{
    m_sessionLimit = std::max(1, openSessions());
    m_waitingSessions.push_front({channel->target(), channel->user(), 0});
    discard(channel);
    m_probe.start(sessionRetry);
}

/// sshd says the same for a socket that nobody made and for one whose queue is full for the moment.
bool SshConnection::tryStreamAgain(SshChannel *channel, const QString &why)
{
    constexpr std::chrono::milliseconds pauses[] = {5ms, 20ms, 80ms};
    if (channel->target().kind != ChannelTarget::Kind::UnixSocket || channel->refusals >= int(std::size(pauses)) ||
        !why.contains(QLatin1String("open failed")))
        return false;
    const Waiting again{channel->target(), channel->user(), channel->refusals + 1};
    discard(channel);
    QTimer::singleShot(pauses[again.refusals - 1], this, [this, again] {
        if (m_closed)
            return again.user->ended(connectionBroke(label(), "closed"));
        m_waitingStreams.push_back(again);
        turn();
    });
    return true;
}

/// After a refusal: tries again soon, and from time to time whether more are allowed than it seemed.
void SshConnection::probeSessions()
{
    if (m_waitingSessions.empty())
        return m_probe.stop();
    if (m_probe.interval() != sessionRetry.count())
        m_sessionLimit = std::min(mostSessions, m_sessionLimit + 1);
    m_probe.start(sessionProbe);
    turn();
}

void SshConnection::discard(SshChannel *channel)
{
    const auto found = m_channels.find(channel->id());
    if (found == m_channels.end())
        return;
    if (channel->isExec())
        --m_sessions;
    m_buried.push_back(std::move(found->second));
    m_channels.erase(found);
    for (auto *list : {&m_pending, &m_scheduled})
        list->erase(std::remove(list->begin(), list->end(), channel), list->end());
    if (!m_waitingSessions.empty())
        m_again.start(0);
}

void SshConnection::bury()
{
    m_buried.clear();
}

void SshConnection::watchSocket()
{
    if (!m_closed)
        m_writable.setEnabled((ssh_get_poll_flags(m_session->ssh) & SSH_WRITE_PENDING) != 0);
}

/// libssh does not tell whether a keep-alive was answered, but any byte from the other side is proof enough.
void SshConnection::beat()
{
    const bool heard = std::exchange(m_lastReceived, m_socketCounter.in_bytes) != m_socketCounter.in_bytes;
    m_missed = heard ? 0 : m_missed + 1;
    if (m_missed > m_options.missed)
        return lose({ErrorKind::Timeout,
                     QCoreApplication::translate("Hosts", "%1 does not answer any more.").arg(label()),
                     QStringLiteral("no byte for %1 ms").arg((m_options.interval * m_missed).count())});
    ssh_send_keepalive(m_session->ssh); // takes note of the last answer, if it came
    if (heard)
        ssh_send_keepalive(m_session->ssh);
    turn();
}

void SshConnection::close(const Error &why)
{
    if (std::exchange(m_closed, true))
        return;
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    m_beat.stop();
    m_probe.stop();
    auto streams = std::exchange(m_waitingStreams, {});
    auto sessions = std::exchange(m_waitingSessions, {});
    while (!m_channels.empty())
        m_channels.begin()->second->fail(why);
    for (const auto *waiting : {&streams, &sessions}) {
        for (const Waiting &one : *waiting)
            one.user->ended(why);
    }
    if (!m_inTurn)
        bury();
}

void SshConnection::lose(const Error &error)
{
    if (m_closed)
        return;
    const auto lost = std::exchange(m_lost, {});
    close(error);
    if (lost)
        lost(error);
}

} // namespace Flotilla
