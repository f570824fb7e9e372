// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/appserver.h"

#include "backends/agent/serve/builder.h"
#include "backends/agent/serve/httpconnection.h"
#include "backends/agent/serve/options.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/proxyconnection.h"
#include "backends/agent/serve/serverapp.h"

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxAppConnections = 256;

} // namespace

AppServer::AppServer(Loop &loop, Builder &builder, const ServerApp &server, const AppFolder &app,
                     const Options &options)
    : m_loop(loop)
    , m_builder(builder)
    , m_server(server)
    , m_app(app)
    , m_options(options)
    , m_runtime(openFolder(options.runtimeDir))
    , m_listener(loop, [this](Fd connection) { connected(std::move(connection)); })
{
}

AppServer::~AppServer() = default;

bool AppServer::listen()
{
    if (m_options.appFd < 0)
        return m_listener.listen(m_options.dir, "app.sock");
    m_listener.adopt(m_options.appFd);
    return true;
}

int AppServer::port() const
{
    return m_options.port;
}

void AppServer::connected(Fd connection)
{
    const int fd = connection.get();
    if (m_builder.served().kind == Kind::Server && m_server.isReady())
        m_proxied.emplace(fd, std::make_unique<ProxyConnection>(*this, std::move(connection)));
    else
        m_http.emplace(fd, std::make_unique<HttpConnection>(*this, std::move(connection)));
    m_listener.setPaused(m_http.size() + m_proxied.size() >= maxAppConnections);
}

void AppServer::close(int fd)
{
    m_loop.remove(fd);
    m_http.erase(fd);
    m_proxied.erase(fd);
    m_listener.setPaused(m_http.size() + m_proxied.size() >= maxAppConnections);
}

void AppServer::announceRevision()
{
    for (auto &[fd, connection] : m_http)
        connection->announceRevision();
}

} // namespace Flotilla::Agent
