// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/agentcall.h"

#include "backends/core/continuation.h"

#include "backends/agent/agentparse.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QPointer>

#include <algorithm>

namespace Flotilla {

namespace {

constexpr qint64 maxUnwritten = 1024 * 1024; // in the device's buffer; the rest waits here
constexpr qint64 readChunk = 256 * 1024;
constexpr qint64 readBuffer = 2 * 1024 * 1024;
constexpr int maxRetryMs = 20;

/// Not a lambda that is called later: when the program ends first, its event is thrown away under a lock of Qt that the
/// stream's deleter waits for.
struct Kept : QObject
{
    std::shared_ptr<QIODevice> stream;
};

} // namespace

AgentCall::AgentCall(StreamOpener opener, std::chrono::milliseconds deadline, QObject *parent)
    : QObject(parent)
    , m_opener(std::move(opener))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &AgentCall::timedOut);
    if (deadline.count() > 0)
        m_deadline.start(deadline);
}

AgentCall::~AgentCall()
{
    closeStream();
}

void AgentCall::start(const QJsonObject &request)
{
    const QByteArray payload = QJsonDocument(request).toJson(QJsonDocument::Compact);
    if (payload.size() > qsizetype(Agent::maxPayload)) {
        const Error error{
            ErrorKind::Invalid, QCoreApplication::translate("Agent", "This is too much for one request."), {}};
        QMetaObject::invokeMethod(
            this, [this, error] { fail(error); }, Qt::QueuedConnection);
        return;
    }
    send('J', payload);
    open();
}

void AgentCall::send(char type, const QByteArray &payload)
{
    if (m_finished)
        return;
    std::string frame;
    Agent::appendFrame(frame, type, {payload.constData(), std::size_t(payload.size())});
    m_pending.enqueue(QByteArray(frame.data(), qsizetype(frame.size())));
    m_pendingBytes += qint64(frame.size());
    write();
}

qint64 AgentCall::unsent() const
{
    return m_pendingBytes + (m_stream ? m_stream->bytesToWrite() : 0);
}

void AgentCall::open()
{
    whenDone(this, m_opener(), [this](const Result<std::shared_ptr<QIODevice>> &stream) {
        if (!stream && stream.error().kind == ErrorKind::Cancelled)
            openFailed({ErrorKind::Cancelled, QCoreApplication::translate("Agent", "The sandbox is gone."), {}});
        else
            opened(stream);
    });
}

void AgentCall::opened(const Result<std::shared_ptr<QIODevice>> &stream)
{
    if (m_finished)
        return;
    if (!stream)
        return openFailed(stream.error());
    if (!*stream || !(*stream)->isOpen())
        return openFailed({ErrorKind::Unavailable, QCoreApplication::translate("Agent", "The sandbox does not answer."),
                           QStringLiteral("no open stream")});
    m_stream = *stream;
    QIODevice *device = m_stream.get();
    connect(device, &QIODevice::readyRead, this, &AgentCall::read);
    connect(device, &QIODevice::bytesWritten, this, [this] {
        write();
        Q_EMIT sent();
    });
    connect(device, &QIODevice::readChannelFinished, this, &AgentCall::disconnected);
    if (auto *socket = qobject_cast<QLocalSocket *>(device)) {
        socket->setReadBufferSize(readBuffer);
        connect(socket, &QLocalSocket::disconnected, this, &AgentCall::disconnected);
    }
    connect(device, &QIODevice::aboutToClose, this, &AgentCall::disconnected);
    Q_EMIT connected();
    write();
    if (m_stream && m_stream->bytesAvailable() > 0)
        read();
}

void AgentCall::openFailed(const Error &error)
{
    if (!m_patient)
        return fail(error);
    QTimer::singleShot(m_retryMs, this, [this] {
        if (!m_finished)
            open();
    });
    m_retryMs = std::min(m_retryMs * 2, maxRetryMs);
}

void AgentCall::write()
{
    while (m_stream && !m_pending.isEmpty() && m_stream->bytesToWrite() < maxUnwritten) {
        const QByteArray frame = m_pending.dequeue();
        m_pendingBytes -= frame.size();
        if (m_stream->write(frame) != frame.size())
            return disconnected();
    }
}

void AgentCall::read()
{
    const QPointer<AgentCall> self(this); // whoever gets our signals may delete us
    while (self && m_stream && m_stream->bytesAvailable() > 0) {
        const QByteArray bytes = m_stream->read(readChunk);
        if (bytes.isEmpty())
            return;
        m_decoder.feed({bytes.constData(), std::size_t(bytes.size())});
        Agent::Frame frame;
        while (self && !m_finished && m_decoder.next(frame))
            handle(frame);
        if (self && !m_finished && m_decoder.broken())
            fail(AgentParse::protocolError(QStringLiteral("not a frame")));
    }
}

void AgentCall::handle(const Agent::Frame &frame)
{
    if (frame.type == 'I' || frame.type == 'R')
        return fail(AgentParse::protocolError(QStringLiteral("a frame that only we may send")));
    if (frame.type != 'J') {
        Q_EMIT bytesReceived(frame.type, QByteArray(frame.payload.data(), qsizetype(frame.payload.size())));
        return;
    }
    const Result<QJsonObject> object = AgentParse::object(frame.payload);
    if (!object)
        return fail(object.error());
    const QJsonValue ok = object->value(QLatin1String("ok"));
    if (ok.isUndefined())
        Q_EMIT objectReceived(*object);
    else if (ok.toBool())
        finish(object);
    else
        finish(AgentParse::failure(*object));
}

void AgentCall::disconnected()
{
    if (m_finished)
        return;
    const QPointer<AgentCall> self(this);
    read(); // the answer may be in the buffer
    if (self && !m_finished)
        fail({ErrorKind::Network, QCoreApplication::translate("Agent", "The connection to the sandbox broke."), {}});
}

void AgentCall::timedOut()
{
    fail({ErrorKind::Timeout, QCoreApplication::translate("Agent", "The sandbox did not answer in time."), {}});
}

void AgentCall::fail(const Error &error)
{
    finish(error);
}

void AgentCall::finish(const Result<QJsonObject> &answer)
{
    if (m_finished)
        return;
    m_finished = true;
    m_deadline.stop();
    m_pending.clear();
    m_pendingBytes = 0;
    closeStream();
    Q_EMIT finished(answer);
}

void AgentCall::closeStream()
{
    if (!m_stream)
        return;
    m_stream->disconnect(this);
    auto stream = std::exchange(m_stream, nullptr);
    if (auto *socket = qobject_cast<QLocalSocket *>(stream.get()))
        socket->abort();
    else
        stream->close();
    auto *kept = new Kept; // we may be inside one of its signals
    kept->stream = std::move(stream);
    kept->deleteLater();
}

} // namespace Flotilla
