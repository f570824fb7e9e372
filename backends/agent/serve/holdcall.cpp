// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/control.h"
#include "backends/agent/serve/parts.h"
#include "backends/agent/serve/process.h"
#include "backends/agent/serve/standstill.h"

namespace Flotilla::Agent {

namespace {

constexpr std::int64_t lookAgainMs = 3;
constexpr std::int64_t stopMs = 3'000;     ///< for a thread that waits for a disk, or for its child's exec
constexpr std::int64_t silenceMs = 30'000; ///< a host that says nothing for so long is gone

/// The app stands still until the host closes the connection, or falls silent.
class HoldCall : public Call
{
public:
    explicit HoldCall(ControlConnection &connection)
        : m_connection(connection)
        , m_standstill(connection.parts().processes)
        , m_until(Loop::now() + stopMs)
    {
        look();
        expectSign();
    }
    ~HoldCall() override
    {
        m_connection.parts().loop.cancel(m_look);
        m_connection.parts().loop.cancel(m_silence);
    }
    Outcome frame(const Frame &frame) override
    {
        if (frame.type != 'J')
            return {"invalid", "a hold takes only signs of life"};
        expectSign();
        return {};
    }

private:
    void look()
    {
        m_look = 0;
        if (Standstill::isComplete() || Loop::now() >= m_until)
            return m_connection.send({{"held", true}});
        m_look = m_connection.parts().loop.after(lookAgainMs, [this] { look(); });
    }
    void expectSign()
    {
        m_connection.parts().loop.cancel(m_silence);
        m_silence = m_connection.parts().loop.after(silenceMs, [this] {
            m_silence = 0;
            m_connection.fail({"timeout", "the host fell silent, so the app goes on"});
        });
    }

    ControlConnection &m_connection;
    Standstill m_standstill;
    std::int64_t m_until;
    Loop::TimerId m_look = 0;
    Loop::TimerId m_silence = 0;
};

} // namespace

void beginHold(ControlConnection &connection)
{
    connection.start(std::make_unique<HoldCall>(connection));
}

} // namespace Flotilla::Agent
