// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/conformance/sandbox/containerconformance.h"
#include "tests/conformance/sandboxssh/sshsubject.h"

namespace Flotilla {

/// The engine's socket is reached through the connection.
class ContainerSshConformance : public ContainerConformance
{
public:
    using ContainerConformance::ContainerConformance;

protected:
    QString startPeers() override
    {
        const QString problem = ContainerConformance::startPeers();
        return problem.isEmpty() ? m_ssh.start() : problem;
    }
    void stopPeers() override
    {
        m_ssh.stop();
        ContainerConformance::stopPeers();
    }
    std::unique_ptr<Host> makeHost(const QString &dir) override { return SshSubject::makeHost(dir); }

private:
    SshSubject m_ssh;
};

} // namespace Flotilla
