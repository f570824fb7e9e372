// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/standstill.h"

#include "backends/agent/serve/process.h"
#include "backends/agent/serve/processtable.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>

namespace Flotilla::Agent {

namespace {

void signalAll(int signal)
{
    if (::getpid() == 1) {
        ::kill(-1, signal); // one step, which no fork outruns
        return;
    }
    for (const ProcessInfo &process : descendants())
        ::kill(process.pid, signal);
}

} // namespace

Standstill::Standstill(Processes &processes)
    : m_processes(processes)
{
    m_processes.hold();
    signalAll(SIGSTOP);
}

Standstill::~Standstill()
{
    if (m_processes.letGo())
        signalAll(SIGCONT);
}

bool Standstill::isComplete()
{
    const std::vector<ProcessInfo> all = descendants();
    return std::all_of(all.begin(), all.end(), [](const ProcessInfo &process) { return isStopped(process.pid); });
}

} // namespace Flotilla::Agent
