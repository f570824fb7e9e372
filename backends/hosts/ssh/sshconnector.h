// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/core/result.h"
#include "backends/hosts/ssh/connectjob.h"
#include "backends/hosts/ssh/sshlink.h"

namespace Flotilla {

struct ConnectRequest
{
    QString target;
    QString configFile;
    SshLinkOptions link;
    std::shared_ptr<SshThread> thread;
    std::shared_ptr<ConnectJob> job;
    std::shared_ptr<SshKeyring> keyring;
    std::function<void(const Error &)> lost; ///< called on the thread of the connections
};

/// Resolves, connects (through all jump hosts), verifies the host keys and logs in. Blocking: for a thread of its own;
/// ends soon after the job was aborted. The detail of an error begins with the step: "resolve: ", "connect: ",
/// "host-key: ", "authenticate: ".
Result<std::shared_ptr<SshLink>> connectSsh(const ConnectRequest &request);

} // namespace Flotilla
