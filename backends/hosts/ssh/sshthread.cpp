// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshthread.h"

#include <QObject>
#include <QThread>

namespace Flotilla {

SshThread::SshThread(const QString &name)
    : m_thread(new QThread)
    , m_context(new QObject)
{
    m_thread->setObjectName(name);
    m_context->moveToThread(m_thread);
    QObject::connect(m_thread, &QThread::finished, m_context, &QObject::deleteLater);
    m_thread->start();
}

SshThread::~SshThread()
{
    shutDown();
}

void SshThread::post(std::function<void()> function)
{
    const std::lock_guard lock(m_mutex);
    if (m_context)
        QMetaObject::invokeMethod(m_context, std::move(function), Qt::QueuedConnection);
}

QObject *SshThread::context() const
{
    const std::lock_guard lock(m_mutex);
    return m_context;
}

void SshThread::shutDown()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_context)
            return;
        m_context = nullptr;
    }
    m_thread->quit();
    m_thread->wait();
    delete m_thread;
    m_thread = nullptr;
}

Mailbox::Mailbox(QObject *owner)
    : m_owner(owner)
{
}

void Mailbox::post(std::function<void()> function)
{
    const std::lock_guard lock(m_mutex);
    if (m_owner)
        QMetaObject::invokeMethod(m_owner, std::move(function), Qt::QueuedConnection);
}

void Mailbox::close()
{
    const std::lock_guard lock(m_mutex);
    m_owner = nullptr;
}

} // namespace Flotilla
