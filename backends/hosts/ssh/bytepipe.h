// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"

#include <QByteArray>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

namespace Flotilla {

/// Bytes in both directions between a channel (thread of the connection) and its user (any other thread), with a bound
/// on what waits for the user. The wake functions are called on the thread of the other side and only post. Any thread.
class BytePipe
{
public:
    static constexpr qsizetype incomingLimit = 1024 * 1024;
    static constexpr qsizetype outgoingLimit = 1024 * 1024; ///< only waitAndWrite() keeps to it

    // The user's side.
    void setWakeUser(std::function<void()> wake); ///< empty: nobody listens any more
    qsizetype available() const;
    qsizetype read(char *bytes, qsizetype most);
    void write(const char *bytes, qsizetype size);
    qsizetype unsent() const;
    qint64 takeSentCount(); ///< since the last call
    void closeWriting();
    void close(); ///< both directions; the channel is closed
    bool finished() const;
    std::optional<Error> error() const;
    /// Blocking: waits for bytes. 0 at the end, -1 when the channel broke.
    qsizetype waitAndRead(char *bytes, qsizetype most);
    /// Blocking: waits for room. False when the channel ended.
    bool waitAndWrite(const char *bytes, qsizetype size);

    // The channel's side.
    void setWakeChannel(std::function<void()> wake);
    qsizetype room(); ///< when there is none the channel is woken as soon as there is
    qsizetype deliver(const char *bytes, qsizetype size);
    QByteArray takeOutgoing(qsizetype most);
    bool outgoingDone() const;
    bool closed() const;
    void finish(std::optional<Error> error);

private:
    void wakeUser();
    void wakeChannel();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::function<void()> m_wakeUser;
    std::function<void()> m_wakeChannel;
    QByteArray m_incoming;
    QByteArray m_outgoing;
    qint64 m_sent = 0;
    bool m_refused = false; ///< the channel holds bytes back
    bool m_writingClosed = false;
    bool m_closed = false;
    bool m_finished = false;
    std::optional<Error> m_error;
};

} // namespace Flotilla
