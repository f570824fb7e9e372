// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/loop.h"

#include <functional>
#include <string>

namespace Flotilla::Agent {

/// A listening Unix socket that appears by rename, so that whoever sees it can connect.
class Listener
{
public:
    Listener(Loop &loop, std::function<void(Fd)> onConnection)
        : m_loop(loop)
        , m_onConnection(std::move(onConnection))
    {
    }
    /// Takes over a socket that listens already (inherited from the launcher).
    void adopt(int socket);
    /// False with errno.
    bool listen(const std::string &folder, const std::string &name);
    /// Too many connections: leave the rest in the kernel's queue for now.
    void setPaused(bool paused);

private:
    void watch();
    void accept();

    Loop &m_loop;
    std::function<void(Fd)> m_onConnection;
    Fd m_socket;
    bool m_paused = false;
};

} // namespace Flotilla::Agent
