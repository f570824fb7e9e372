// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/programrun.h"

#include "backends/hosts/ssh/sshlink.h"

namespace Flotilla {

ProgramRun::ProgramRun(std::weak_ptr<SshLink> link, const CommandSpec &command, const QString &label)
    : m_link(std::move(link))
    , m_command(command)
    , m_label(label)
{
}

void ProgramRun::open(const ChannelTarget &target, std::chrono::milliseconds queue, bool urgent)
{
    const auto link = m_link.lock();
    link->thread()->post([self = shared_from_this(), queue] {
        self->m_timer = std::make_unique<QTimer>();
        self->m_timer->setSingleShot(true);
        QObject::connect(self->m_timer.get(), &QTimer::timeout, self->m_timer.get(), [weak = self->weak_from_this()] {
            if (const auto run = weak.lock())
                run->expired();
        });
        self->m_timer->start(self->m_command.timeout + queue);
    });
    link->open(target, shared_from_this(), urgent);
}

void ProgramRun::startTimer()
{
    if (m_timer && !m_done)
        m_timer->start(m_command.timeout);
}

bool ProgramRun::end()
{
    if (std::exchange(m_done, true))
        return false;
    if (m_timer)
        m_timer->stop();
    return true;
}

void ProgramRun::dropTimer()
{
    if (m_timer)
        m_timer.release()->deleteLater();
}

void ProgramRun::endChannel(bool killRemote) const
{
    if (const auto link = m_link.lock(); link && m_channel != 0)
        link->end(m_channel, killRemote);
}

} // namespace Flotilla
