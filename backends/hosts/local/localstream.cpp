// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/localstream.h"

#include <QHash>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace Flotilla {

/// The epoll descriptor of a thread; lives as long as a stream there.
class StreamPoller
{
public:
    static std::shared_ptr<StreamPoller> ofThisThread();
    StreamPoller();
    StreamPoller(const StreamPoller &) = delete;
    StreamPoller &operator=(const StreamPoller &) = delete;
    ~StreamPoller() { ::close(m_epoll); }

    quint64 add(LocalStream *stream);
    /// Nothing wanted takes it out of epoll, which would tell of a hang-up again and again.
    void change(const LocalStream &stream, quint32 from, quint32 to) const;
    void remove(const LocalStream &stream);

private:
    void dispatch();

    int m_epoll = ::epoll_create1(EPOLL_CLOEXEC);
    quint64 m_lastKey = 0;
    QHash<quint64, LocalStream *> m_streams; ///< by key: a number that is used once, unlike a descriptor
    QSocketNotifier m_notifier{m_epoll, QSocketNotifier::Read};
};

std::shared_ptr<StreamPoller> StreamPoller::ofThisThread()
{
    static thread_local std::weak_ptr<StreamPoller> current;
    auto poller = current.lock();
    if (!poller)
        current = poller = std::make_shared<StreamPoller>();
    return poller;
}

StreamPoller::StreamPoller()
{
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { dispatch(); });
}

quint64 StreamPoller::add(LocalStream *stream)
{
    m_streams.insert(++m_lastKey, stream);
    return m_lastKey;
}

void StreamPoller::change(const LocalStream &stream, quint32 from, quint32 to) const
{
    const int what = from == 0 ? EPOLL_CTL_ADD : to == 0 ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    epoll_event event{to, {}};
    event.data.u64 = stream.m_key;
    ::epoll_ctl(m_epoll, what, stream.descriptor(), &event);
}

void StreamPoller::remove(const LocalStream &stream)
{
    m_streams.remove(stream.m_key);
    if (stream.m_interest != 0)
        change(stream, stream.m_interest, 0);
}

/// Whoever hears of a stream may close that one, others, and the last one.
void StreamPoller::dispatch()
{
    const auto self = ofThisThread();
    std::array<epoll_event, 64> events{};
    const int count = ::epoll_wait(m_epoll, events.data(), int(events.size()), 0);
    for (int i = 0; i < count; ++i) {
        if (LocalStream *stream = m_streams.value(events[std::size_t(i)].data.u64))
            stream->happened(events[std::size_t(i)].events);
    }
    if (self.use_count() == 1) // it was the last one, and we are inside a signal of our notifier
        QTimer::singleShot(0, [self] {});
}

LocalStream::LocalStream(int descriptor)
    : m_poller(StreamPoller::ofThisThread())
    , m_descriptor(descriptor)
{
    open(QIODevice::ReadWrite | QIODevice::Unbuffered);
    m_key = m_poller->add(this);
    updateInterest();
}

LocalStream::~LocalStream()
{
    LocalStream::close();
}

void LocalStream::close()
{
    if (m_descriptor < 0)
        return;
    QIODevice::close();
    if (m_descriptor < 0) // somebody who heard that it is about to close closed it
        return;
    m_poller->remove(*this);
    ::close(std::exchange(m_descriptor, -1));
    m_incoming.clear();
    m_outgoing.clear();
}

void LocalStream::updateInterest()
{
    if (m_descriptor < 0)
        return;
    quint32 wanted = 0;
    if (!m_ended && m_incoming.size() < incomingLimit)
        wanted |= EPOLLIN;
    if (!m_ended && !m_outgoing.isEmpty())
        wanted |= EPOLLOUT;
    if (wanted == m_interest)
        return;
    m_poller->change(*this, std::exchange(m_interest, wanted), wanted);
}

void LocalStream::happened(quint32 events)
{
    const QPointer<LocalStream> self(this);
    if ((events & EPOLLOUT) != 0) {
        send();
        tellWritten();
    }
    if (self && isOpen() && !m_ended && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
        receive();
    if (self)
        updateInterest();
}

void LocalStream::receive()
{
    std::array<char, 64 * 1024> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init): read() fills it
    const QPointer<LocalStream> self(this);
    int error = -1; // none, not ended
    while (error < 0 && m_incoming.size() < incomingLimit) {
        const ssize_t size = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (size > 0)
            m_incoming.append(buffer.data(), size);
        else if (size == 0 || (errno != EINTR && errno != EAGAIN))
            error = size == 0 ? 0 : errno;
        if (size < qsizetype(buffer.size()))
            break;
    }
    if (!m_incoming.isEmpty())
        announce();
    if (self && isOpen() && error >= 0)
        finish(error);
}

void LocalStream::announce()
{
    if (m_reading)
        return;
    const QPointer<LocalStream> self(this);
    m_reading = true;
    Q_EMIT readyRead();
    if (self)
        m_reading = false;
}

void LocalStream::finish(int error)
{
    m_ended = true;
    m_outgoing.clear();
    updateInterest();
    if (error != 0)
        setErrorString(QString::fromLocal8Bit(std::strerror(error)));
    Q_EMIT readChannelFinished();
}

qint64 LocalStream::readData(char *data, qint64 most)
{
    const qsizetype size = std::min<qsizetype>(most, m_incoming.size());
    if (size == 0)
        return m_ended ? -1 : 0;
    std::memcpy(data, m_incoming.constData(), std::size_t(size));
    m_incoming.remove(0, size);
    updateInterest();
    return size;
}

qint64 LocalStream::writeData(const char *data, qint64 size)
{
    if (m_ended || m_descriptor < 0)
        return -1;
    m_outgoing.append(data, qsizetype(size));
    send();
    updateInterest();
    if (m_written > 0 && !std::exchange(m_tellingWritten, true))
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_tellingWritten = false;
                tellWritten();
            },
            Qt::QueuedConnection);
    return size;
}

void LocalStream::send()
{
    qsizetype done = 0;
    while (done < m_outgoing.size()) {
        const ssize_t size =
            ::send(m_descriptor, m_outgoing.constData() + done, std::size_t(m_outgoing.size() - done), MSG_NOSIGNAL);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0 && errno != EAGAIN) // the peer is gone: what it sent before can still be read
            done = m_outgoing.size();
        if (size < 0)
            break;
        done += size;
        m_written += size;
    }
    m_outgoing.remove(0, done);
}

void LocalStream::tellWritten()
{
    if (const qint64 written = std::exchange(m_written, 0); written > 0 && isOpen())
        Q_EMIT bytesWritten(written);
}

} // namespace Flotilla
