// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/agentkeys.h"

#include <QFile>
#include <QtEndian>

#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace Flotilla {

namespace {

// draft-miller-ssh-agent
constexpr char failure = 5;
constexpr char requestIdentities = 11;
constexpr char identitiesAnswer = 12;
constexpr char signRequest = 13;
constexpr quint32 maxMessage = 256 * 1024;
constexpr quint32 maxKeys = 64;
constexpr int listTimeout = 5'000;
constexpr int signTimeout = 45'000; ///< a key in hardware waits for a touch

QByteArray number(quint32 value)
{
    QByteArray bytes(4, 0);
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray string(const QByteArray &bytes)
{
    return number(quint32(bytes.size())) + bytes;
}

/// Takes numbers and strings off the front; says so when there are too few bytes.
struct WireReader
{
    const QByteArray &bytes;
    qsizetype at = 0;
    bool good = true;

    quint32 number()
    {
        if (!good || bytes.size() - at < 4) {
            good = false;
            return 0;
        }
        const auto value = qFromBigEndian<quint32>(bytes.constData() + at);
        at += 4;
        return value;
    }
    QByteArray string()
    {
        const quint32 size = number();
        if (!good || size > bytes.size() - at) {
            good = false;
            return {};
        }
        at += size;
        return bytes.mid(at - size, size);
    }
};

bool waitFor(int fd, short events, int milliseconds)
{
    pollfd entry{fd, events, 0};
    return poll(&entry, 1, milliseconds) > 0;
}

bool receive(int fd, char *bytes, qsizetype size, int milliseconds)
{
    while (size > 0) {
        if (!waitFor(fd, POLLIN, milliseconds))
            return false;
        const ssize_t got = recv(fd, bytes, size_t(size), 0);
        if (got <= 0)
            return false;
        bytes += got;
        size -= got;
    }
    return true;
}

bool sendAll(int fd, const QByteArray &bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t sent = send(fd, bytes.constData() + done, size_t(bytes.size() - done), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        done += sent;
    }
    return true;
}

bool receiveMessage(int fd, QByteArray &message, int milliseconds)
{
    char head[4];
    if (!receive(fd, head, 4, milliseconds))
        return false;
    const auto size = qFromBigEndian<quint32>(head);
    if (size == 0 || size > maxMessage)
        return false;
    message.resize(size);
    return receive(fd, message.data(), size, milliseconds);
}

} // namespace

QList<AgentKey> parseIdentities(const QByteArray &answer)
{
    QList<AgentKey> keys;
    if (answer.isEmpty() || answer.at(0) != identitiesAnswer)
        return keys;
    WireReader reader{answer, 1};
    const quint32 count = std::min(reader.number(), maxKeys);
    for (quint32 i = 0; i < count && reader.good; ++i) {
        AgentKey key;
        key.blob = reader.string();
        key.comment = QString::fromUtf8(reader.string()).left(200);
        if (reader.good)
            keys.append(key);
    }
    return keys;
}

AgentFilter::AgentFilter(const QString &socketPath)
{
    if (!socketPath.isEmpty())
        connectTo(socketPath);
    if (m_agent >= 0)
        m_keys = parseIdentities(askAgent(QByteArray(1, requestIdentities)));
}

AgentFilter::~AgentFilter()
{
    abort();
    stopServing();
    if (m_agent >= 0)
        ::close(m_agent);
}

void AgentFilter::connectTo(const QString &path)
{
    sockaddr_un address{};
    const QByteArray name = QFile::encodeName(path);
    if (name.size() >= qsizetype(sizeof address.sun_path))
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
    m_agent = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (m_agent >= 0 && connect(m_agent, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(m_agent);
        m_agent = -1;
    }
}

void AgentFilter::allow(const AgentKey &key)
{
    const std::lock_guard lock(m_mutex);
    m_allowed = key;
}

int AgentFilter::open()
{
    stopServing();
    int ends[2];
    if (m_agent < 0 || m_aborted || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return -1;
    m_client = ends[1];
    m_thread = std::thread([this, client = ends[1]] { serve(client); });
    return ends[0];
}

void AgentFilter::abort()
{
    m_aborted = true;
    const std::lock_guard lock(m_mutex);
    if (m_agent >= 0)
        shutdown(m_agent, SHUT_RDWR);
}

void AgentFilter::stopServing()
{
    if (m_client >= 0)
        shutdown(m_client, SHUT_RDWR);
    if (m_thread.joinable())
        m_thread.join();
    if (m_client >= 0)
        ::close(m_client);
    m_client = -1;
}

void AgentFilter::serve(int client)
{
    QByteArray request;
    while (receiveMessage(client, request, -1) && sendAll(client, string(answer(request)))) {
    }
    shutdown(client, SHUT_RDWR);
}

QByteArray AgentFilter::answer(const QByteArray &request)
{
    std::unique_lock lock(m_mutex);
    const AgentKey key = m_allowed;
    lock.unlock();
    if (request.at(0) == requestIdentities)
        return QByteArray(1, identitiesAnswer) + number(1) + string(key.blob) + string(key.comment.toUtf8());
    WireReader reader{request, 1};
    if (request.at(0) == signRequest && reader.string() == key.blob) {
        const QByteArray reply = askAgent(request);
        if (!reply.isEmpty())
            return reply;
    }
    return QByteArray(1, failure);
}

QByteArray AgentFilter::askAgent(const QByteArray &request)
{
    QByteArray reply;
    const int timeout = request.at(0) == signRequest ? signTimeout : listTimeout;
    if (m_aborted || !sendAll(m_agent, string(request)) || !receiveMessage(m_agent, reply, timeout))
        return {};
    return reply;
}

} // namespace Flotilla
