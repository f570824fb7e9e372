// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/fleet/sandboxaccess.h"

#include "backends/core/continuation.h"
#include "backends/sandbox/sandboxprovider.h"

#include <QCoreApplication>

namespace Flotilla {

namespace {

using namespace std::chrono_literals;

constexpr qint64 mostUnseen = 256 * 1024;
constexpr qsizetype mostHeld = 1024 * 1024;
constexpr qint64 mostUnread = 1024 * 1024;
constexpr int mostColumns = 500, mostRows = 300;

ExecSpec shellSpec(int columns, int rows)
{
    ExecSpec spec;
    spec.argv = {QStringLiteral("/bin/sh"), QStringLiteral("-c"),
                 QStringLiteral("command -v bash >/dev/null 2>&1 && exec bash || exec sh")};
    spec.env = {{QStringLiteral("TERM"), QStringLiteral("xterm-256color")}};
    spec.timeout = 12h;
    spec.pty = true;
    spec.columns = qBound(2, columns, mostColumns);
    spec.rows = qBound(2, rows, mostRows);
    return spec;
}

QString endText(const Result<ExecResult> &result)
{
    if (!result)
        return result.error().text;
    if (result->reason == QLatin1String("timeout"))
        return QCoreApplication::translate("Fleet", "The terminal was open for twelve hours and was closed.");
    return QCoreApplication::translate("Fleet", "The shell ended with exit code %1.").arg(result->exitCode);
}

} // namespace

SandboxTerminal::SandboxTerminal(std::unique_ptr<ExecProcess> shell)
    : m_shell(std::move(shell))
{
    connect(m_shell.get(), &ExecProcess::standardOutput, this, &SandboxTerminal::received);
    connect(m_shell.get(), &ExecProcess::standardError, this, &SandboxTerminal::received);
    connect(m_shell.get(), &ExecProcess::finished, this, [this](const Result<ExecResult> &result) {
        m_end = endText(result);
        if (m_started)
            finish(m_end);
    });
}

SandboxTerminal::~SandboxTerminal() = default;

void SandboxTerminal::start()
{
    QMetaObject::invokeMethod(this, [this] {
        m_started = true;
        pass();
        if (!m_end.isEmpty())
            finish(m_end);
    });
}

void SandboxTerminal::finish(const QString &why)
{
    m_unseen = 0;
    pass();
    Q_EMIT ended(why);
}

void SandboxTerminal::write(const QByteArray &bytes)
{
    QMetaObject::invokeMethod(this, [this, bytes] {
        if (m_shell->stdinWaiting() < mostUnread)
            m_shell->writeStdin(bytes);
    });
}

void SandboxTerminal::resize(int columns, int rows)
{
    QMetaObject::invokeMethod(
        this, [this, columns, rows] { m_shell->resize(qBound(2, columns, mostColumns), qBound(2, rows, mostRows)); });
}

void SandboxTerminal::acknowledge(qint64 bytes)
{
    QMetaObject::invokeMethod(this, [this, bytes] {
        m_unseen = qMax(0ll, m_unseen - bytes);
        pass();
    });
}

// The protocol has no way to stop the sender, so what does not fit is dropped, from the front: the end is what counts.
void SandboxTerminal::received(const QByteArray &bytes)
{
    m_held += bytes;
    if (m_held.size() > mostHeld) {
        m_held = m_held.right(mostHeld / 2);
        m_dropped = true;
    }
    pass();
}

void SandboxTerminal::pass()
{
    if (!m_started || m_held.isEmpty() || m_unseen > mostUnseen)
        return;
    if (std::exchange(m_dropped, false))
        m_held.prepend("\033[0m\r\n[...]\r\n");
    const QByteArray bytes = std::exchange(m_held, {});
    m_unseen += bytes.size();
    Q_EMIT output(bytes);
}

SandboxAccess::SandboxAccess(SandboxProvider *sandboxes, QObject *parent)
    : QObject(parent)
    , m_sandboxes(sandboxes)
{
}

template <typename T, typename Call>
Future<T> SandboxAccess::withAgent(const AppId &app, Call call)
{
    return onThread(this, [this, app, call]() -> Future<T> {
        const Result<AgentClient *> agent = m_sandboxes->agent(app);
        return agent ? call(**agent) : readyFuture<T>(agent.error());
    });
}

Future<QList<AgentLogLine>> SandboxAccess::logs(const AppId &app, qint64 since)
{
    return withAgent<QList<AgentLogLine>>(app, [since](AgentClient &agent) { return agent.logs(since); });
}

Future<QList<AgentEntry>> SandboxAccess::listFiles(const AppId &app)
{
    return withAgent<QList<AgentEntry>>(app, [](AgentClient &agent) { return agent.listFiles({}); });
}

Future<QByteArray> SandboxAccess::readFile(const AppId &app, const QString &path)
{
    return withAgent<QByteArray>(app, [path](AgentClient &agent) { return agent.readFile(path); });
}

Future<void> SandboxAccess::putFiles(const AppId &app, const QHash<QString, QByteArray> &files)
{
    return withAgent<void>(app, [this, files](AgentClient &agent) {
        return continueOn(this, agent.apply(files, {}, false, false), [](const Result<AgentBuild> &applied) {
            return applied ? Status() : Status(applied.error());
        });
    });
}

Future<SandboxTerminalHandle> SandboxAccess::openTerminal(const AppId &app, int columns, int rows)
{
    return withAgent<SandboxTerminalHandle>(app, [columns, rows](AgentClient &agent) {
        SandboxTerminalHandle terminal(new SandboxTerminal(agent.exec(shellSpec(columns, rows))),
                                       [](SandboxTerminal *gone) { gone->deleteLater(); });
        return readyFuture<SandboxTerminalHandle>(terminal);
    });
}

} // namespace Flotilla
