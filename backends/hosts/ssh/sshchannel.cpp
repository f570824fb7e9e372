// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshchannel.h"

#include "backends/hosts/ssh/sshconnection.h"

#include <QCoreApplication>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qsizetype chunk = 32 * 1024;

SshChannel *from(void *data)
{
    return static_cast<SshChannel *>(data);
}

} // namespace

SshChannel::SshChannel(SshConnection *connection, quint64 id, ChannelTarget target, std::shared_ptr<ChannelUser> user)
    : m_connection(connection)
    , m_id(id)
    , m_target(std::move(target))
    , m_user(std::move(user))
    , m_channel(ssh_channel_new(connection->session()))
{
    setCallbacks();
}

SshChannel::~SshChannel()
{
    if (!m_channel)
        return;
    ssh_remove_channel_callbacks(m_channel, &m_callbacks);
    ssh_channel_free(m_channel);
}

void SshChannel::setCallbacks()
{
    ssh_callbacks_init(&m_callbacks);
    m_callbacks.userdata = this;
    m_callbacks.channel_data_function = [](ssh_session, ssh_channel, void *data, uint32_t size, int isError,
                                           void *self) { return from(self)->take(data, size, isError != 0); };
    m_callbacks.channel_eof_function = [](ssh_session, ssh_channel, void *self) {
        from(self)->m_remoteEof = true;
        from(self)->m_connection->schedule(from(self));
    };
    m_callbacks.channel_close_function = [](ssh_session, ssh_channel, void *self) {
        from(self)->m_remoteClosed = true;
        from(self)->m_connection->schedule(from(self));
    };
    m_callbacks.channel_exit_status_function = [](ssh_session, ssh_channel, int code, void *self) {
        from(self)->m_end.exitCode = code;
        from(self)->m_user->exited(from(self)->m_end);
    };
    m_callbacks.channel_exit_signal_function = [](ssh_session, ssh_channel, const char *signal, int, const char *,
                                                  const char *, void *self) {
        from(self)->m_end.signal = QByteArray(signal).left(20);
    };
    m_callbacks.channel_write_wontblock_function = [](ssh_session, ssh_channel, uint32_t, void *self) {
        if (from(self)->m_unsent)
            from(self)->m_connection->schedule(from(self));
        return 0;
    };
    if (m_channel)
        ssh_set_channel_callbacks(m_channel, &m_callbacks);
}

/// Inside libssh.
int SshChannel::take(const void *data, uint32_t size, bool isError)
{
    if (m_state == State::Ended)
        return int(size);
    const qsizetype taken = m_user->received(static_cast<const char *>(data), size, isError);
    m_leftover[isError ? 1 : 0] = taken < qsizetype(size);
    return int(taken);
}

void SshChannel::advance()
{
    if (!m_channel)
        return fail({ErrorKind::Internal, QCoreApplication::translate("Hosts", "There is too little memory."), {}});
    if (m_state == State::Opening) {
        const int opening = open();
        if (opening == SSH_AGAIN || !ssh_is_connected(m_connection->session())) // then the connection tells all
            return;
        if (opening != SSH_OK)
            return refuse(QString::fromUtf8(ssh_get_error(m_connection->session())));
        m_state = isExec() ? State::Requesting : State::Open;
        if (m_state == State::Open)
            opened();
    }
    if (m_state == State::Requesting)
        request();
    if (m_state != State::Open)
        return;
    offerLeftovers(false);
    offerLeftovers(true);
    send();
    checkEnd();
}

int SshChannel::open()
{
    switch (m_target.kind) {
    case ChannelTarget::Kind::Exec:
        return ssh_channel_open_session(m_channel);
    case ChannelTarget::Kind::UnixSocket:
        return ssh_channel_open_forward_unix(m_channel, m_target.text.constData(), "127.0.0.1", 0);
    case ChannelTarget::Kind::Tcp:
        break;
    }
    return ssh_channel_open_forward(m_channel, m_target.text.constData(), m_target.port, "127.0.0.1", 0);
}

void SshChannel::request()
{
    const int requested = ssh_channel_request_exec(m_channel, m_target.text.constData());
    if (requested == SSH_AGAIN || !ssh_is_connected(m_connection->session())) // then the connection tells all
        return;
    if (requested != SSH_OK)
        return fail({ErrorKind::Forbidden,
                     QCoreApplication::translate("Hosts", "%1 refuses to run programs. Look at ForceCommand and "
                                                          "PermitTTY in its sshd_config.")
                         .arg(m_connection->label()),
                     QString::fromUtf8(ssh_get_error(m_connection->session()))});
    m_state = State::Open;
    opened();
}

void SshChannel::opened()
{
    m_user->opened(m_id);
}

void SshChannel::refuse(const QString &why)
{
    m_state = State::Refused;
    m_connection->channelRefused(this, why);
}

/// Bytes that the user did not take before.
void SshChannel::offerLeftovers(bool isError)
{
    bool &leftover = m_leftover[isError ? 1 : 0];
    while (leftover && m_state == State::Open) {
        char buffer[chunk];
        const int size = ssh_channel_poll(m_channel, isError);
        if (size <= 0) {
            leftover = false;
            return;
        }
        const qsizetype most = std::min({qsizetype(size), chunk, m_user->room(isError)});
        if (most <= 0)
            return;
        const int got = ssh_channel_read_nonblocking(m_channel, buffer, uint32_t(most), isError);
        if (got <= 0)
            return;
        m_user->received(buffer, got, isError);
    }
}

bool SshChannel::canSend() const
{
    return m_unsent && m_state == State::Open && ssh_channel_window_size(m_channel) > 0;
}

void SshChannel::send()
{
    for (;;) {
        if (m_unsentBytes.isEmpty())
            m_unsentBytes = m_user->toSend(chunk);
        m_unsent = !m_unsentBytes.isEmpty();
        if (!m_unsent)
            break;
        const uint32_t window = ssh_channel_window_size(m_channel);
        if (window == 0)
            return;
        const auto most = uint32_t(std::min<qsizetype>(m_unsentBytes.size(), window));
        const int sent = ssh_channel_write(m_channel, m_unsentBytes.constData(), most);
        if (sent <= 0)
            return;
        m_unsentBytes.remove(0, sent);
    }
    if (m_user->sentAll() && !m_eofSent) {
        m_eofSent = true;
        ssh_channel_send_eof(m_channel);
    }
}

void SshChannel::checkEnd()
{
    if (m_leftover[0] || m_leftover[1])
        return;
    if ((m_remoteEof || m_remoteClosed) && !m_eofTold) {
        m_eofTold = true;
        m_user->remoteFinished();
    }
    if (m_remoteClosed)
        end(m_end);
}

void SshChannel::abandon(bool killRemote)
{
    if (m_channel && killRemote && m_state == State::Open)
        ssh_channel_request_send_signal(m_channel, "KILL"); // OpenSSH does it for users other than root
    m_connection->discard(this);
    m_state = State::Ended;
}

void SshChannel::fail(const Error &error)
{
    end(error);
}

void SshChannel::end(const Result<ChannelEnd> &result)
{
    if (m_state == State::Ended)
        return;
    m_state = State::Ended;
    m_connection->discard(this);
    m_user->ended(result);
}

} // namespace Flotilla
