// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshstream.h"

#include "backends/core/continuation.h"
#include "backends/hosts/ssh/bytepipe.h"
#include "backends/hosts/ssh/sshlink.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

#include <atomic>

namespace Flotilla {

namespace {

using Device = std::shared_ptr<QIODevice>;
constexpr std::chrono::milliseconds openTimeout{10'000};

class SshStream : public QIODevice
{
public:
    explicit SshStream(std::shared_ptr<BytePipe> pipe);
    ~SshStream() override;

    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_pipe->available() + QIODevice::bytesAvailable(); }
    qint64 bytesToWrite() const override { return m_pipe->unsent(); }
    void close() override;

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    void look();

    std::shared_ptr<BytePipe> m_pipe;
    std::atomic_bool m_asked = false; ///< to look(), by the other thread
    bool m_ended = false;
    bool m_readyReadRunning = false;
};

SshStream::SshStream(std::shared_ptr<BytePipe> pipe)
    : m_pipe(std::move(pipe))
{
    open(QIODevice::ReadWrite | QIODevice::Unbuffered);
    m_pipe->setWakeUser([this] { // cleared by the destructor, under the lock of the pipe
        if (!m_asked.exchange(true))
            QMetaObject::invokeMethod(
                this, [this] { look(); }, Qt::QueuedConnection);
    });
    QMetaObject::invokeMethod(
        this, [this] { look(); }, Qt::QueuedConnection); // what came before
}

SshStream::~SshStream()
{
    m_pipe->setWakeUser({});
    m_pipe->close();
}

void SshStream::close()
{
    if (!isOpen())
        return;
    QIODevice::close();
    m_pipe->close();
}

void SshStream::look()
{
    m_asked = false;
    if (!isOpen())
        return;
    const QPointer<SshStream> guard(this);
    if (const qint64 sent = m_pipe->takeSentCount(); sent > 0)
        Q_EMIT bytesWritten(sent);
    if (guard && isOpen() && m_pipe->available() > 0 && !std::exchange(m_readyReadRunning, true)) {
        Q_EMIT readyRead();
        if (guard)
            m_readyReadRunning = false;
    }
    if (!guard || !isOpen() || m_ended || !m_pipe->finished())
        return;
    m_ended = true;
    if (const auto error = m_pipe->error())
        setErrorString(error->text);
    Q_EMIT readChannelFinished();
}

qint64 SshStream::readData(char *data, qint64 most)
{
    const qsizetype size = m_pipe->read(data, most);
    return size == 0 && m_pipe->finished() ? -1 : size;
}

qint64 SshStream::writeData(const char *data, qint64 size)
{
    if (m_pipe->finished())
        return -1;
    m_pipe->write(data, size);
    return size;
}

/// The channel's side: lives until the channel ended.
class StreamUser : public ChannelUser
{
public:
    StreamUser(std::shared_ptr<BytePipe> pipe, std::weak_ptr<SshLink> link)
        : m_pipe(std::move(pipe))
        , m_link(std::move(link))
    {
        m_opened.start();
    }

    Future<void> whenOpened() { return m_opened.future(); }
    bool wanted() const override { return !m_pipe->closed(); }
    void opened(quint64 id) override
    {
        m_id = id;
        m_pipe->setWakeChannel([link = m_link, id] {
            if (const auto alive = link.lock())
                alive->wake(id);
        });
        tell(Status());
    }
    qsizetype room(bool) const override { return m_pipe->room(); }
    qsizetype received(const char *bytes, qsizetype size, bool isError) override
    {
        return isError ? size : m_pipe->deliver(bytes, size);
    }
    QByteArray toSend(qsizetype most) override
    {
        QByteArray bytes = m_pipe->takeOutgoing(most);
        if (const auto link = bytes.isEmpty() && m_pipe->closed() ? m_link.lock() : nullptr)
            link->end(m_id, false);
        return bytes;
    }
    bool sentAll() const override { return m_pipe->outgoingDone(); }
    void remoteFinished() override { m_pipe->finish({}); }
    void ended(const Result<ChannelEnd> &end) override
    {
        m_pipe->finish(end ? std::nullopt : std::optional(end.error()));
        tell(end ? Status() : Status(end.error()));
    }

private:
    void tell(const Status &status)
    {
        if (std::exchange(m_told, true))
            return;
        m_opened.addResult(status);
        m_opened.finish();
    }

    std::shared_ptr<BytePipe> m_pipe;
    std::weak_ptr<SshLink> m_link;
    QPromise<Status> m_opened;
    quint64 m_id = 0;
    bool m_told = false;
};

/// One attempt on the thread of the caller: opened, failed or too late, whichever is first. Deletes itself.
class Opening : public QObject
{
public:
    Opening(std::shared_ptr<BytePipe> pipe, const QString &shown)
        : m_pipe(std::move(pipe))
    {
        m_promise.start();
        QTimer::singleShot(openTimeout, this, [this, shown] {
            finish(Error{
                ErrorKind::Timeout, QCoreApplication::translate("Hosts", "%1 did not answer in time.").arg(shown), {}});
        });
    }

    Future<Device> watch(const Future<void> &opened)
    {
        whenDone(this, opened, [this](const Status &status) {
            if (!status)
                return finish(status.error());
            finish(Device(new SshStream(m_pipe), [](QIODevice *last) {
                last->close();
                last->deleteLater();
            }));
        });
        return m_promise.future();
    }

private:
    void finish(Result<Device> result)
    {
        if (std::exchange(m_done, true))
            return;
        if (!result)
            m_pipe->close();
        m_promise.addResult(std::move(result));
        m_promise.finish();
        deleteLater();
    }

    std::shared_ptr<BytePipe> m_pipe;
    QPromise<Result<Device>> m_promise;
    bool m_done = false;
};

} // namespace

Future<Device> openSshStream(const std::shared_ptr<SshLink> &link, const ChannelTarget &target)
{
    const auto pipe = std::make_shared<BytePipe>();
    const auto user = std::make_shared<StreamUser>(pipe, link);
    auto *opening = new Opening(pipe, target.shown);
    auto future = opening->watch(user->whenOpened());
    link->open(target, user);
    return future;
}

} // namespace Flotilla
