// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/agentexec.h"

#include "backends/agent/agentcall.h"
#include "backends/agent/agentparse.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace Flotilla {

namespace {

constexpr std::chrono::seconds deadlineMargin{15}; // the agent enforces the command's own timeout
constexpr qsizetype stdinChunk = 64 * 1024;

QJsonObject requestOf(const ExecSpec &spec)
{
    QJsonObject env;
    for (auto it = spec.env.cbegin(); it != spec.env.cend(); ++it)
        env.insert(it.key(), it.value());
    QJsonObject request{{QStringLiteral("op"), QStringLiteral("exec")},
                        {QStringLiteral("argv"), QJsonArray::fromStringList(spec.argv)},
                        {QStringLiteral("cwd"), spec.cwd},
                        {QStringLiteral("env"), env},
                        {QStringLiteral("timeout_ms"), qint64(spec.timeout.count())}};
    if (spec.pty)
        request.insert(QStringLiteral("pty"),
                       QJsonObject{{QStringLiteral("cols"), spec.columns}, {QStringLiteral("rows"), spec.rows}});
    return request;
}

} // namespace

AgentExec::AgentExec(StreamOpener control, const ExecSpec &spec)
    : ExecProcess(nullptr)
    , m_call(new AgentCall(std::move(control), spec.timeout + deadlineMargin, this))
{
    connect(m_call, &AgentCall::sent, this, &AgentExec::stdinTaken);
    connect(m_call, &AgentCall::finished, this, &AgentExec::ended);
    connect(m_call, &AgentCall::bytesReceived, this, [this](char type, const QByteArray &bytes) {
        if (type == 'O')
            Q_EMIT standardOutput(bytes);
        else if (type == 'E')
            Q_EMIT standardError(bytes);
        else
            m_call->fail(AgentParse::protocolError(QStringLiteral("file bytes in the output of a command")));
    });
    m_call->start(requestOf(spec));
}

void AgentExec::writeStdin(const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size(); at += stdinChunk)
        m_call->send('I', bytes.mid(at, stdinChunk));
}

qint64 AgentExec::stdinWaiting() const
{
    return m_call->unsent();
}

void AgentExec::closeStdin()
{
    m_call->send('I', {});
}

void AgentExec::resize(int columns, int rows)
{
    const QJsonObject size{{QStringLiteral("cols"), columns}, {QStringLiteral("rows"), rows}};
    m_call->send('R', QJsonDocument(size).toJson(QJsonDocument::Compact));
}

void AgentExec::kill()
{
    m_call->fail({ErrorKind::Cancelled, QCoreApplication::translate("Agent", "The command was stopped."), {}});
}

void AgentExec::ended(const Result<QJsonObject> &answer)
{
    if (answer)
        Q_EMIT finished(AgentParse::exec(*answer));
    else
        Q_EMIT finished(answer.error());
}

} // namespace Flotilla
