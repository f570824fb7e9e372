// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/host.h"
#include "backends/hosts/ssh/channeluser.h"

#include <QTimer>

#include <memory>

namespace Flotilla {

class SshLink;

/// A program of a host behind a channel of its own, with a deadline. Used on the thread of the connection, except for
/// its making and open().
class ProgramRun : public ChannelUser, public std::enable_shared_from_this<ProgramRun>
{
public:
    bool wanted() const override { return !m_done; }

protected:
    ProgramRun(std::weak_ptr<SshLink> link, const CommandSpec &command, const QString &label);
    /// Asks for the channel. The program has its own time when it started, and this much more until then.
    void open(const ChannelTarget &target, std::chrono::milliseconds queue, bool urgent = false);
    void startTimer();                      ///< anew: it started
    bool end();                             ///< false when it was over already: the outcome is told once
    void dropTimer();                       ///< any thread; first thing of a destructor
    void endChannel(bool killRemote) const; ///< legal inside libssh: it is posted
    virtual void expired() = 0;

    std::weak_ptr<SshLink> m_link;
    CommandSpec m_command;
    QString m_label; ///< of the host
    CommandResult m_result;
    std::unique_ptr<QTimer> m_timer; ///< made and used on the thread of the connection
    quint64 m_channel = 0;           ///< 0: not open yet
    bool m_done = false;
};

} // namespace Flotilla
