// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <atomic>
#include <mutex>
#include <thread>

namespace Flotilla {

struct AgentKey
{
    QByteArray blob; ///< the public key, as it goes over the wire
    QString comment;
};

/// The person's SSH agent, seen through a filter: libssh would offer all keys in the agent's order and run into the
/// server's limit of attempts. It gets one end of a socket pair; a thread answers there with the one allowed key and
/// passes only signatures with that key on. Waits for the agent are bounded, so a hung agent does not hang us.
class AgentFilter
{
public:
    explicit AgentFilter(const QString &socketPath);
    AgentFilter(const AgentFilter &) = delete;
    AgentFilter &operator=(const AgentFilter &) = delete;
    ~AgentFilter();

    const QList<AgentKey> &keys() const { return m_keys; } ///< what the agent has; empty when there is none
    /// A descriptor for ssh_set_agent_socket(), which closes it; ends the one before. -1 when there is no agent.
    int open();
    void allow(const AgentKey &key);
    void abort(); ///< ends a wait for the agent; any thread

private:
    void connectTo(const QString &path);
    void serve(int client);
    QByteArray answer(const QByteArray &request);
    QByteArray askAgent(const QByteArray &request);
    void stopServing();

    std::mutex m_mutex;
    AgentKey m_allowed;
    int m_agent = -1;
    int m_client = -1; ///< our end of the pair that is in use
    std::atomic_bool m_aborted = false;
    std::thread m_thread;
    QList<AgentKey> m_keys;
};

/// Reads the answer to a request for identities. Bounded; empty for anything else.
QList<AgentKey> parseIdentities(const QByteArray &answer);

} // namespace Flotilla
