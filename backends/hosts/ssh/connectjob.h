// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/hosts/hostquestion.h"

#include <QHash>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

struct ssh_key_struct;

namespace Flotilla {

/// What a person unlocked or typed, kept in memory for reconnects as long as the host object lives. Any thread.
class SshKeyring
{
public:
    std::shared_ptr<ssh_key_struct> key(const QString &file) const;
    void addKey(const QString &file, const std::shared_ptr<ssh_key_struct> &key);
    QString password(const QString &account) const;
    void setPassword(const QString &account, const QString &password); ///< empty: forget it

private:
    mutable std::mutex m_mutex;
    QHash<QString, std::shared_ptr<ssh_key_struct>> m_keys;
    QHash<QString, QString> m_passwords;
};

/// What the blocking steps of one attempt to connect share with the host object: whether the attempt is still wanted,
/// and the way to the person. Any thread.
class ConnectJob
{
public:
    bool aborted() const { return m_aborted; }
    void abort();
    /// Called at once when already aborted. Must not block.
    class AbortHook
    {
    public:
        AbortHook(ConnectJob &job, const std::function<void()> &function);
        AbortHook(const AbortHook &) = delete;
        AbortHook &operator=(const AbortHook &) = delete;
        ~AbortHook();

    private:
        ConnectJob &m_job;
        int m_id;
    };

    /// Blocks until answer() or abort(). Not accepted after five minutes.
    HostAnswer ask(const HostQuestion &question);
    void answer(const HostAnswer &answer);

    std::function<void(const HostQuestion &)> forwardQuestion; ///< set before the attempt starts
    bool mayAsk = true;

private:
    std::atomic_bool m_aborted = false;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::optional<HostAnswer> m_answer;
    QHash<int, std::function<void()>> m_hooks;
    int m_lastHook = 0;
};

} // namespace Flotilla
