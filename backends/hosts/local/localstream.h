// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <memory>

namespace Flotilla {

class StreamPoller;

/// A connected Unix socket as a device. All streams of a thread share one epoll descriptor, so that thousands of idle
/// ones cost the event loop nothing: with a QSocketNotifier each, poll(2) looks at every one in every turn of the loop
/// (Qt's Unix dispatchers, with and without GLib). Lives on the thread that made it, which has an event loop. What
/// comes in is buffered to `incomingLimit`, then the peer waits; readChannelFinished() comes when it closed, after the
/// last byte was announced.
class LocalStream : public QIODevice
{
public:
    static constexpr qsizetype incomingLimit = 2 * 1024 * 1024;

    /// Takes over a connected, non-blocking socket.
    explicit LocalStream(int descriptor);
    ~LocalStream() override;

    int descriptor() const { return m_descriptor; } ///< -1 when closed
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_incoming.size() + QIODevice::bytesAvailable(); }
    qint64 bytesToWrite() const override { return m_outgoing.size(); }
    /// What was written and not sent yet is lost, as with a connection that breaks.
    void close() override;

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    friend class StreamPoller;
    void happened(quint32 events);
    void receive();
    void announce();
    void send();
    void tellWritten();
    void finish(int error);
    void updateInterest();

    std::shared_ptr<StreamPoller> m_poller;
    QByteArray m_incoming;
    QByteArray m_outgoing;
    qint64 m_written = 0; ///< sent and not yet announced
    quint64 m_key = 0;
    quint32 m_interest = 0;
    int m_descriptor;
    bool m_ended = false;
    bool m_tellingWritten = false;
    bool m_reading = false; ///< readyRead() is being delivered
};

} // namespace Flotilla
