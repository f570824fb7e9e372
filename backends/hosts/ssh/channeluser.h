// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QByteArray>
#include <QString>

namespace Flotilla {

/// What a channel leads to. Paths and commands are bytes of the host.
struct ChannelTarget
{
    enum class Kind { Exec, UnixSocket, Tcp };
    Kind kind = Kind::Exec;
    QByteArray text; ///< command line, socket path or address
    quint16 port = 0;
    QString shown; ///< for error texts
};

/// How the remote side ended. Without exit code and signal the server told neither.
struct ChannelEnd
{
    int exitCode = -1;
    QByteArray signal; ///< "KILL", without SIG
};

/// The side of a channel that is not SSH. All methods are called on the thread of the connection, some of them from
/// inside libssh: they must not call back into the connection.
class ChannelUser
{
public:
    ChannelUser() = default;
    ChannelUser(const ChannelUser &) = delete;
    ChannelUser &operator=(const ChannelUser &) = delete;
    virtual ~ChannelUser() = default;

    virtual void opened(quint64 id) = 0;
    virtual bool wanted() const { return true; }    ///< false: not worth opening any more
    virtual qsizetype room(bool isError) const = 0; ///< how many bytes can be taken now
    /// Returns how many bytes were taken; the rest is offered again after SshLink::wake().
    virtual qsizetype received(const char *bytes, qsizetype size, bool isError) = 0;
    virtual QByteArray toSend(qsizetype most) = 0;
    virtual bool sentAll() const = 0;          ///< no more will come: end of file may be sent
    virtual void remoteFinished() {}           ///< end of file, everything before it was received()
    virtual void exited(const ChannelEnd &) {} ///< the program; output of what it left behind may still come
    virtual void ended(const Result<ChannelEnd> &end) = 0; ///< last call
};

} // namespace Flotilla
