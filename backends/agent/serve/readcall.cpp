// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/control.h"
#include "backends/agent/serve/parts.h"
#include "backends/agent/serve/workspace.h"

#include <algorithm>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t chunkBytes = 64 * 1024;

/// Sends a file piece by piece, as fast as the host takes it.
class ReadCall : public Call
{
public:
    ReadCall(ControlConnection &connection, Fd file, std::int64_t size)
        : m_connection(connection)
        , m_file(std::move(file))
        , m_left(size)
    {
    }
    Outcome frame(const Frame &) override { return {"invalid", "this call takes no further frames"}; }
    void drained() override
    {
        m_connection.parts().loop.cancel(m_next), m_next = m_connection.parts().loop.after(0, [this] { sendChunk(); });
    }
    ~ReadCall() override { m_connection.parts().loop.cancel(m_next); }

private:
    void sendChunk();

    ControlConnection &m_connection;
    Fd m_file;
    std::int64_t m_left;
    Loop::TimerId m_next = 0;
};

void ReadCall::sendChunk()
{
    m_next = 0;
    if (m_left == 0)
        return m_connection.finish(Json::object());
    std::string chunk(std::min<std::size_t>(chunkBytes, std::size_t(m_left)), '\0');
    const ssize_t count = ::read(m_file.get(), chunk.data(), chunk.size());
    if (count <= 0)
        return m_connection.fail({"internal", "the file became shorter while it was read"});
    chunk.resize(std::size_t(count));
    m_left -= count;
    m_connection.send('B', chunk);
}

} // namespace

void beginRead(ControlConnection &connection, const Json &request)
{
    Fd file;
    std::int64_t size = 0;
    const Outcome outcome = connection.parts().app.open(stringOf(request, "path"), file, size);
    if (!outcome.ok())
        return connection.fail(outcome);
    connection.start(std::make_unique<ReadCall>(connection, std::move(file), size));
    connection.send({{"size", size}});
}

} // namespace Flotilla::Agent
