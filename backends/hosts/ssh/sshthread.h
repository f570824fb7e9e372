// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>
#include <memory>
#include <mutex>

QT_BEGIN_NAMESPACE
class QObject;
class QThread;
QT_END_NAMESPACE

namespace Flotilla {

/// The thread that owns the connections of one host, with an event loop. post() from any thread; nothing is run after
/// shutDown(), what was posted is dropped.
class SshThread
{
public:
    explicit SshThread(const QString &name);
    SshThread(const SshThread &) = delete;
    SshThread &operator=(const SshThread &) = delete;
    ~SshThread();

    void post(std::function<void()> function);
    /// The parent of everything on the thread; null while it ends.
    QObject *context() const;
    /// Deletes the context with its children on the thread and ends it. Thread of the creator.
    void shutDown();

private:
    mutable std::mutex m_mutex;
    QThread *m_thread;
    QObject *m_context;
};

/// The way back to an object that may be gone: post() from any thread, until close() on the object's own thread.
class Mailbox
{
public:
    explicit Mailbox(QObject *owner);
    void post(std::function<void()> function);
    void close();

private:
    std::mutex m_mutex;
    QObject *m_owner;
};

} // namespace Flotilla
