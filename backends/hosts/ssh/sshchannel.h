// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/ssh/channeluser.h"

#include <libssh/callbacks.h>
#include <libssh/libssh.h>

#include <memory>

namespace Flotilla {

class SshConnection;

/// One channel of a connection. advance() does what can be done now without waiting; the callbacks of libssh only note
/// what happened and ask for another advance().
class SshChannel
{
public:
    enum class State { Opening, Requesting, Open, Refused, Ended };

    SshChannel(SshConnection *connection, quint64 id, ChannelTarget target, std::shared_ptr<ChannelUser> user);
    SshChannel(const SshChannel &) = delete;
    SshChannel &operator=(const SshChannel &) = delete;
    ~SshChannel();

    void advance();
    void abandon(bool killRemote);
    void fail(const Error &error);
    State state() const { return m_state; }
    bool isExec() const { return m_target.kind == ChannelTarget::Kind::Exec; }
    bool isPending() const { return m_state == State::Opening || m_state == State::Requesting; }
    bool canSend() const; ///< has bytes for the other side, which has room for them
    const ChannelTarget &target() const { return m_target; }
    const std::shared_ptr<ChannelUser> &user() const { return m_user; }
    quint64 id() const { return m_id; }

    int refusals = 0;    ///< for the connection: how often it was tried
    bool queued = false; ///< for the connection: in its list of channels to advance

private:
    int open();
    void request();
    void opened();
    void refuse(const QString &why);
    void offerLeftovers(bool isError);
    void send();
    void checkEnd();
    void end(const Result<ChannelEnd> &result);
    void setCallbacks();
    int take(const void *data, uint32_t size, bool isError);

    SshConnection *m_connection;
    quint64 m_id;
    ChannelTarget m_target;
    std::shared_ptr<ChannelUser> m_user;
    ssh_channel m_channel = nullptr;
    ssh_channel_callbacks_struct m_callbacks{};
    State m_state = State::Opening;
    ChannelEnd m_end;
    QByteArray m_unsentBytes;
    bool m_unsent = false;
    bool m_leftover[2] = {false, false};
    bool m_eofSent = false;
    bool m_remoteEof = false;
    bool m_remoteClosed = false;
    bool m_eofTold = false;
};

} // namespace Flotilla
