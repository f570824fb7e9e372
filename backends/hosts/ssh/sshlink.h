// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/ssh/channeluser.h"
#include "backends/hosts/ssh/sshthread.h"

#include <chrono>
#include <functional>
#include <memory>

struct ssh_session_struct;

namespace Flotilla {

/// A session of libssh and its socket, ended together. Not connected again.
struct SshSession
{
    SshSession();
    SshSession(const SshSession &) = delete;
    SshSession &operator=(const SshSession &) = delete;
    ~SshSession();
    void setSocket(int descriptor); ///< takes it over
    void shutDown() const;          ///< any thread: whatever waits for the other side ends

    ssh_session_struct *ssh;

private:
    int m_given = -1; ///< what libssh works with. It closes it when the connection breaks, and leaves it open otherwise
    int m_guard = -1; ///< the same socket, certainly ours
};

struct SshLinkOptions
{
    QString label; ///< of the host, for error texts
    std::chrono::milliseconds interval{5'000};
    int missed = 3; ///< so many intervals without a byte: lost
};

class SshConnection;

/// A handle on an authenticated connection that may be used from any thread and may outlive it. Everything is posted
/// to the thread of the connection.
class SshLink : public std::enable_shared_from_this<SshLink>
{
public:
    /// `lost` is called once, on the thread of the connection, when it breaks.
    static std::shared_ptr<SshLink> adopt(std::shared_ptr<SshThread> thread, std::shared_ptr<SshSession> session,
                                          const SshLinkOptions &options, std::function<void(const Error &)> lost);
    ~SshLink();

    /// Opens a channel for `user`, which is told what comes of it. Programs wait for one of the sessions that the
    /// server allows; sockets and ports do not count as sessions. `urgent`: before the others that wait.
    void open(const ChannelTarget &target, std::shared_ptr<ChannelUser> user, bool urgent = false);
    void wake(quint64 channel);                 ///< there is something to send, room for bytes, or an end to tell
    void end(quint64 channel, bool killRemote); ///< closes without waiting for the other side
    void close(const Error &why);               ///< ends all channels with this error
    std::shared_ptr<SshThread> thread() const { return m_thread; }
    void keep(std::shared_ptr<SshLink> below) { m_below = std::move(below); } ///< the jump host that carries this one

private:
    struct Shared;
    SshLink() = default;
    void post(std::function<void(SshConnection &)> function);

    std::shared_ptr<SshThread> m_thread;
    std::shared_ptr<SshLink> m_below;
    std::shared_ptr<Shared> m_shared;
};

} // namespace Flotilla
