// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/ssh/sshchannel.h"
#include "backends/hosts/ssh/sshlink.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <deque>
#include <map>
#include <set>
#include <vector>

namespace Flotilla {

/// The side of SshLink that lives on the thread of the connection: polls the session when its socket has something,
/// advances channels, gives sessions out in turn, and notices when the other side is gone.
class SshConnection : public QObject
{
public:
    SshConnection(std::shared_ptr<SshSession> session, const SshLinkOptions &options,
                  std::function<void(const Error &)> lost, QObject *parent);
    ~SshConnection() override;

    void open(const ChannelTarget &target, std::shared_ptr<ChannelUser> user, bool urgent);
    void wake(const std::set<quint64> &channels);
    void end(quint64 channel, bool killRemote);
    void close(const Error &why);

    // For SshChannel.
    ssh_session session() const { return m_session->ssh; }
    const QString &label() const { return m_options.label; }
    void schedule(SshChannel *channel);
    void discard(SshChannel *channel);
    void channelRefused(SshChannel *channel, const QString &why);

private:
    struct Waiting
    {
        ChannelTarget target;
        std::shared_ptr<ChannelUser> user;
        int refusals = 0;
    };
    void turn();
    void poll();
    void advanceScheduled();
    void startWaiting();
    void refuseSession(SshChannel *channel);
    bool tryStreamAgain(SshChannel *channel, const QString &why);
    void start(const Waiting &waiting);
    int openSessions() const;
    void watchSocket();
    void beat();
    void probeSessions();
    void lose(const Error &error);
    void bury();

    std::shared_ptr<SshSession> m_session;
    SshLinkOptions m_options;
    std::function<void(const Error &)> m_lost;
    ssh_event m_event = nullptr;
    ssh_counter_struct m_socketCounter{};
    ssh_counter_struct m_packetCounter{};
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    QTimer m_beat;
    QTimer m_probe;
    QTimer m_again;
    std::map<quint64, std::unique_ptr<SshChannel>> m_channels;
    std::vector<std::unique_ptr<SshChannel>> m_buried; ///< freed outside libssh
    std::vector<SshChannel *> m_scheduled;
    std::vector<SshChannel *> m_pending;
    std::deque<Waiting> m_waitingSessions;
    std::deque<Waiting> m_waitingStreams;
    quint64 m_lastId = 0;
    int m_sessions = 0;     ///< channels that count as sessions
    int m_sessionLimit = 8; ///< of OpenSSH's ten, so that one that is just ending does not matter
    uint64_t m_lastReceived = 0;
    int m_missed = 0;
    bool m_inTurn = false;
    bool m_closed = false;
};

} // namespace Flotilla
