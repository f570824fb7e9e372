// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/sshlink.h"

#include "backends/hosts/ssh/sshconnection.h"

#include <QCoreApplication>

#include <mutex>
#include <set>

namespace Flotilla {

struct SshLink::Shared
{
    SshConnection *connection = nullptr; ///< set and read on the thread of the connection only
    std::mutex mutex;
    std::set<quint64> woken; ///< channels; together they cost one event
};

std::shared_ptr<SshLink> SshLink::adopt(std::shared_ptr<SshThread> thread, std::shared_ptr<SshSession> session,
                                        const SshLinkOptions &options, std::function<void(const Error &)> lost)
{
    std::shared_ptr<SshLink> link(new SshLink);
    link->m_thread = thread;
    link->m_shared = std::make_shared<Shared>();
    thread->post([weak = std::weak_ptr(thread), session = std::move(session), options, lost = std::move(lost),
                  shared = link->m_shared] {
        const auto owner = weak.lock();
        QObject *context = owner ? owner->context() : nullptr;
        if (!context)
            return;
        shared->connection = new SshConnection(session, options, lost, context);
        QObject::connect(shared->connection, &QObject::destroyed, [shared] { shared->connection = nullptr; });
    });
    return link;
}

SshLink::~SshLink()
{
    m_thread->post([shared = m_shared] { delete shared->connection; });
}

void SshLink::post(std::function<void(SshConnection &)> function)
{
    m_thread->post([shared = m_shared, function = std::move(function)] {
        if (shared->connection)
            function(*shared->connection);
    });
}

void SshLink::open(const ChannelTarget &target, std::shared_ptr<ChannelUser> user, bool urgent)
{
    m_thread->post([shared = m_shared, target, user = std::move(user), urgent] {
        if (shared->connection)
            shared->connection->open(target, user, urgent);
        else
            user->ended(Error{ErrorKind::Network, QCoreApplication::translate("Hosts", "The connection broke."), {}});
    });
}

void SshLink::wake(quint64 channel)
{
    {
        const std::lock_guard lock(m_shared->mutex);
        const bool asked = !m_shared->woken.empty();
        m_shared->woken.insert(channel);
        if (asked)
            return;
    }
    post([shared = m_shared](SshConnection &connection) {
        std::unique_lock lock(shared->mutex);
        const std::set<quint64> woken = std::exchange(shared->woken, {});
        lock.unlock();
        connection.wake(woken);
    });
}

void SshLink::end(quint64 channel, bool killRemote)
{
    post([channel, killRemote](SshConnection &connection) { connection.end(channel, killRemote); });
}

void SshLink::close(const Error &why)
{
    post([why](SshConnection &connection) { connection.close(why); });
}

} // namespace Flotilla
