// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/bytepipe.h"

#include <algorithm>
#include <cstring>

namespace Flotilla {

namespace {

QByteArray takeFront(QByteArray &buffer, qsizetype most)
{
    if (most >= buffer.size())
        return std::exchange(buffer, QByteArray());
    QByteArray front = buffer.left(most);
    buffer.remove(0, most);
    return front;
}

} // namespace

void BytePipe::setWakeUser(std::function<void()> wake)
{
    const std::lock_guard lock(m_mutex);
    m_wakeUser = std::move(wake);
}

void BytePipe::setWakeChannel(std::function<void()> wake)
{
    const std::lock_guard lock(m_mutex);
    m_wakeChannel = std::move(wake);
}

void BytePipe::wakeUser()
{
    m_changed.notify_all();
    if (m_wakeUser)
        m_wakeUser();
}

void BytePipe::wakeChannel()
{
    if (m_wakeChannel)
        m_wakeChannel();
}

qsizetype BytePipe::available() const
{
    const std::lock_guard lock(m_mutex);
    return m_incoming.size();
}

qsizetype BytePipe::read(char *bytes, qsizetype most)
{
    const std::lock_guard lock(m_mutex);
    const qsizetype size = std::min(most, m_incoming.size());
    std::memcpy(bytes, m_incoming.constData(), size_t(size));
    m_incoming.remove(0, size);
    if (m_refused && m_incoming.size() < incomingLimit / 2) {
        m_refused = false;
        wakeChannel();
    }
    return size;
}

void BytePipe::write(const char *bytes, qsizetype size)
{
    const std::lock_guard lock(m_mutex);
    m_outgoing.append(bytes, size);
    wakeChannel();
}

qsizetype BytePipe::unsent() const
{
    const std::lock_guard lock(m_mutex);
    return m_outgoing.size();
}

qint64 BytePipe::takeSentCount()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_sent, 0);
}

void BytePipe::closeWriting()
{
    const std::lock_guard lock(m_mutex);
    m_writingClosed = true;
    wakeChannel();
}

void BytePipe::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
    m_incoming.clear();
    m_changed.notify_all();
    wakeChannel();
}

bool BytePipe::finished() const
{
    const std::lock_guard lock(m_mutex);
    return m_finished;
}

std::optional<Error> BytePipe::error() const
{
    const std::lock_guard lock(m_mutex);
    return m_error;
}

qsizetype BytePipe::waitAndRead(char *bytes, qsizetype most)
{
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_incoming.isEmpty() || m_finished || m_closed; });
        if (m_incoming.isEmpty())
            return m_error || m_closed ? -1 : 0;
    }
    return read(bytes, most);
}

bool BytePipe::waitAndWrite(const char *bytes, qsizetype size)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_outgoing.size() < outgoingLimit || m_finished || m_closed; });
    if (m_finished || m_closed)
        return false;
    m_outgoing.append(bytes, size);
    wakeChannel();
    return true;
}

qsizetype BytePipe::room()
{
    const std::lock_guard lock(m_mutex);
    const qsizetype room = std::max<qsizetype>(0, incomingLimit - m_incoming.size());
    m_refused = m_refused || room == 0;
    return room;
}

qsizetype BytePipe::deliver(const char *bytes, qsizetype size)
{
    const std::lock_guard lock(m_mutex);
    if (m_closed)
        return size;
    const qsizetype taken = std::clamp<qsizetype>(incomingLimit - m_incoming.size(), 0, size);
    m_refused = taken < size;
    if (taken > 0) {
        m_incoming.append(bytes, taken);
        wakeUser();
    }
    return taken;
}

QByteArray BytePipe::takeOutgoing(qsizetype most)
{
    const std::lock_guard lock(m_mutex);
    QByteArray bytes = takeFront(m_outgoing, most);
    if (!bytes.isEmpty()) {
        m_sent += bytes.size();
        wakeUser();
    }
    return bytes;
}

bool BytePipe::outgoingDone() const
{
    const std::lock_guard lock(m_mutex);
    return m_writingClosed && m_outgoing.isEmpty();
}

bool BytePipe::closed() const
{
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

void BytePipe::finish(std::optional<Error> error)
{
    const std::lock_guard lock(m_mutex);
    if (m_finished)
        return;
    m_finished = true;
    m_error = std::move(error);
    wakeUser();
}

} // namespace Flotilla
