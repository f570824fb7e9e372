// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/connectjob.h"

namespace Flotilla {

namespace {

constexpr std::chrono::minutes patience{5};

} // namespace

std::shared_ptr<ssh_key_struct> SshKeyring::key(const QString &file) const
{
    const std::lock_guard lock(m_mutex);
    return m_keys.value(file);
}

void SshKeyring::addKey(const QString &file, const std::shared_ptr<ssh_key_struct> &key)
{
    const std::lock_guard lock(m_mutex);
    m_keys.insert(file, key);
}

QString SshKeyring::password(const QString &account) const
{
    const std::lock_guard lock(m_mutex);
    return m_passwords.value(account);
}

void SshKeyring::setPassword(const QString &account, const QString &password)
{
    const std::lock_guard lock(m_mutex);
    if (password.isEmpty())
        m_passwords.remove(account);
    else
        m_passwords.insert(account, password);
}

void ConnectJob::abort()
{
    const std::lock_guard lock(m_mutex);
    m_aborted = true;
    m_changed.notify_all();
    for (const auto &hook : std::as_const(m_hooks))
        hook();
}

ConnectJob::AbortHook::AbortHook(ConnectJob &job, const std::function<void()> &function)
    : m_job(job)
{
    const std::lock_guard lock(job.m_mutex);
    m_id = ++job.m_lastHook;
    if (job.m_aborted)
        function();
    job.m_hooks.insert(m_id, function);
}

ConnectJob::AbortHook::~AbortHook()
{
    const std::lock_guard lock(m_job.m_mutex);
    m_job.m_hooks.remove(m_id);
}

HostAnswer ConnectJob::ask(const HostQuestion &question)
{
    if (!mayAsk || !forwardQuestion)
        return {};
    {
        const std::lock_guard lock(m_mutex);
        m_answer.reset();
    }
    forwardQuestion(question);
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, patience, [this] { return m_answer || m_aborted; });
    return m_answer && !m_aborted ? *std::exchange(m_answer, {}) : HostAnswer();
}

void ConnectJob::answer(const HostAnswer &answer)
{
    const std::lock_guard lock(m_mutex);
    m_answer = answer;
    m_changed.notify_all();
}

} // namespace Flotilla
