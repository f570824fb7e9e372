// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/agenthold.h"

#include "backends/agent/agentcall.h"
#include "backends/agent/agentparse.h"

#include <QCoreApplication>
#include <QPromise>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;
constexpr auto answerDeadline = 10s;
constexpr auto signEvery = 5s; // the agent waits for 30 s

} // namespace

/// Who waits for the answer. Gone after it: a promise keeps its result, which would keep itself.
struct AgentHold::Waiting
{
    Handle hold;
    QPromise<Result<Handle>> promise;

    void answer(const Result<Handle> &result)
    {
        promise.addResult(result);
        promise.finish();
    }
};

AgentHold::AgentHold(const StreamOpener &control)
    : m_call(new AgentCall(control, 0ms, this))
{
    m_sign.setInterval(signEvery);
    connect(&m_sign, &QTimer::timeout, m_call, [this] { m_call->send('J', "{}"); });
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(answerDeadline);
    connect(&m_deadline, &QTimer::timeout, m_call, [this] {
        m_call->fail(
            {ErrorKind::Timeout, QCoreApplication::translate("Agent", "The sandbox did not answer in time."), {}});
    });
}

AgentHold::~AgentHold() = default;

Future<AgentHold::Handle> AgentHold::take(const StreamOpener &control)
{
    AgentHold *const hold = new AgentHold(control);
    hold->m_waiting = std::make_unique<Waiting>();
    hold->m_waiting->hold.reset(hold);
    hold->m_waiting->promise.start();
    const auto future = hold->m_waiting->promise.future();
    connect(hold->m_call, &AgentCall::objectReceived, hold, &AgentHold::held);
    connect(hold->m_call, &AgentCall::finished, hold, &AgentHold::ended);
    hold->m_deadline.start();
    hold->m_sign.start();
    hold->m_call->start({{QStringLiteral("op"), QStringLiteral("hold")}});
    return future;
}

void AgentHold::held()
{
    m_held = true;
    m_deadline.stop();
    if (const auto waiting = std::move(m_waiting))
        waiting->answer(waiting->hold);
}

void AgentHold::ended(const Result<QJsonObject> &answer)
{
    m_held = false;
    m_sign.stop();
    const auto waiting = std::move(m_waiting);
    if (!waiting)
        return;
    waiting->answer(answer ? AgentParse::protocolError(QStringLiteral("no hold")) : answer.error());
    QTimer::singleShot(0, [last = waiting->hold] {}); // we are inside one of its signals
}

} // namespace Flotilla
