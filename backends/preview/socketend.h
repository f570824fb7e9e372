// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>

namespace Flotilla {

/// One non-blocking socket with what is still to be written to it and its place in an epoll set. Gateway thread.
class SocketEnd
{
public:
    enum class ReadResult { Data, Nothing, End, Broken };

    SocketEnd() = default;
    ~SocketEnd() { close(); }
    SocketEnd(const SocketEnd &) = delete;
    SocketEnd &operator=(const SocketEnd &) = delete;

    void adopt(int descriptor) { m_descriptor = descriptor; } ///< takes ownership; must be non-blocking
    void close();
    bool isOpen() const { return m_descriptor >= 0; }

    ReadResult read(char *buffer, qsizetype capacity, qsizetype &size);
    /// Sends at once what the kernel takes and keeps the rest. False: the other side is gone.
    bool write(const char *data, qsizetype size);
    bool flush();
    /// Says "no more bytes" to the other side as soon as everything is written.
    void finishWriting();
    qsizetype pending() const { return m_pending.size() - m_offset; }
    bool writeFinished() const { return m_finished; }

    /// Brings the epoll set to what is wanted. A socket that wants nothing leaves the set: a hang-up would spin.
    void watch(int epoll, uint64_t tag, bool wantRead);

private:
    bool send(const char *data, qsizetype size, qsizetype &sent);
    void shutDownWhenEmpty();

    int m_descriptor = -1;
    uint32_t m_watched = 0;
    QByteArray m_pending;
    qsizetype m_offset = 0;
    bool m_finish = false;
    bool m_finished = false;
};

} // namespace Flotilla
