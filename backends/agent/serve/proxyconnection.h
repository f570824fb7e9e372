// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"

#include <cstdint>
#include <string>

namespace Flotilla::Agent {

class AppServer;

/// Raw bytes between the gateway and the app's own server.
class ProxyConnection
{
public:
    ProxyConnection(AppServer &server, Fd client);
    ~ProxyConnection();

private:
    struct Side
    {
        Fd socket;
        std::string out;    ///< waits to be written to `socket`
        bool ended = false; ///< it will send nothing more
        bool shut = false;  ///< we told it that nothing more comes
    };
    bool connectToApp();
    void ready(Side &side, Side &other, std::uint32_t events);
    bool read(Side &side, Side &other);
    bool write(Side &side, const Side &other);
    void update();
    void refuse();

    AppServer &m_server;
    Side m_client;
    Side m_app;
    bool m_connected = false;
};

} // namespace Flotilla::Agent
