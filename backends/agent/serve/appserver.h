// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/listener.h"

#include <memory>
#include <string>
#include <unordered_map>

namespace Flotilla::Agent {

class AppFolder;
class Builder;
class HttpConnection;
class ProxyConnection;
class ServerApp;
struct Options;

/// app.sock: what the gateway reaches.
class AppServer
{
public:
    AppServer(Loop &loop, Builder &builder, const ServerApp &server, const AppFolder &app, const Options &options);
    ~AppServer();
    bool listen();
    /// Tells the pages that listen at /_flotilla/live.
    void announceRevision();

    // For the connections.
    void close(int fd);
    Loop &loop() { return m_loop; }
    [[nodiscard]] Builder &builder() const { return m_builder; }
    [[nodiscard]] const ServerApp &server() const { return m_server; }
    [[nodiscard]] const AppFolder &app() const { return m_app; }
    [[nodiscard]] int runtimeFolder() const { return m_runtime.get(); }
    [[nodiscard]] int port() const;

private:
    void connected(Fd connection);

    Loop &m_loop;
    Builder &m_builder;
    const ServerApp &m_server;
    const AppFolder &m_app;
    const Options &m_options;
    Fd m_runtime;
    Listener m_listener;
    std::unordered_map<int, std::unique_ptr<HttpConnection>> m_http;
    std::unordered_map<int, std::unique_ptr<ProxyConnection>> m_proxied;
};

} // namespace Flotilla::Agent
