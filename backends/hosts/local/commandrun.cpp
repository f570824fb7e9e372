// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/commandrun.h"

#include "backends/hosts/local/spawn.h"

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

namespace Flotilla {

namespace {

class CommandRun : public QObject
{
public:
    CommandRun(const CommandSpec &command, QObject *owner);
    ~CommandRun() override;
    Future<CommandResult> begin();

private:
    struct Output
    {
        int fd = -1;
        QByteArray bytes;
        std::unique_ptr<QSocketNotifier> notifier;
    };
    void watch(Output &output, int fd);
    void readFrom(Output &output);
    void stop(ErrorKind kind, const QString &text);
    void processEnded();
    void finish(Result<CommandResult> result);
    static void close(Output &output);

    CommandSpec m_command;
    QPromise<Result<CommandResult>> m_promise;
    Spawned m_process;
    std::unique_ptr<QSocketNotifier> m_end;
    Output m_out;
    Output m_err;
    QTimer m_timer;
    std::optional<Error> m_stopped;
};

CommandRun::CommandRun(const CommandSpec &command, QObject *owner)
    : QObject(owner)
    , m_command(command)
{
    m_promise.start();
}

CommandRun::~CommandRun()
{
    close(m_out);
    close(m_err);
    if (m_process.pid <= 0)
        return;
    kill(-m_process.pid, SIGKILL);
    waitpid(m_process.pid, nullptr, 0);
    ::close(m_process.pidfd);
}

Future<CommandResult> CommandRun::begin()
{
    auto future = m_promise.future();
    auto spawned = spawn(m_command);
    if (!spawned) {
        finish(spawned.error());
        return future;
    }
    m_process = *spawned;
    watch(m_out, m_process.out);
    watch(m_err, m_process.err);
    m_end = std::make_unique<QSocketNotifier>(m_process.pidfd, QSocketNotifier::Read);
    connect(m_end.get(), &QSocketNotifier::activated, this, &CommandRun::processEnded);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        stop(ErrorKind::Timeout,
             QCoreApplication::translate("Hosts", "%1 did not finish in time.").arg(m_command.program));
    });
    m_timer.setSingleShot(true);
    m_timer.start(m_command.timeout);
    return future;
}

void CommandRun::watch(Output &output, int fd)
{
    output.fd = fd;
    output.notifier = std::make_unique<QSocketNotifier>(fd, QSocketNotifier::Read);
    connect(output.notifier.get(), &QSocketNotifier::activated, this, [this, &output] { readFrom(output); });
}

void CommandRun::close(Output &output)
{
    output.notifier.reset();
    if (output.fd >= 0)
        ::close(output.fd);
    output.fd = -1;
}

/// Until there is nothing for now.
void CommandRun::readFrom(Output &output)
{
    char buffer[64 * 1024];
    while (output.fd >= 0) {
        const ssize_t size = read(output.fd, buffer, sizeof buffer);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return;
        if (size == 0) {
            output.notifier->setEnabled(false);
            return;
        }
        if (output.bytes.size() + size > m_command.maxOutput) {
            stop(ErrorKind::Protocol,
                 QCoreApplication::translate("Hosts", "%1 printed too much.").arg(m_command.program));
            return;
        }
        output.bytes.append(buffer, size);
    }
}

void CommandRun::stop(ErrorKind kind, const QString &text)
{
    if (m_stopped)
        return;
    m_stopped = Error{kind, text, QString::fromUtf8(m_err.bytes.left(2000))};
    m_timer.stop();
    m_out.notifier->setEnabled(false);
    m_err.notifier->setEnabled(false);
    kill(-m_process.pid, SIGKILL); // not reaped yet: the number is still ours
}

void CommandRun::processEnded()
{
    m_end->setEnabled(false);
    int status = 0;
    if (waitpid(m_process.pid, &status, 0) != m_process.pid)
        status = 0;
    m_process.pid = -1;
    ::close(m_process.pidfd);
    if (!m_stopped) {
        readFrom(m_out);
        readFrom(m_err);
    }
    if (m_stopped)
        return finish(*m_stopped);
    CommandResult result;
    result.exitCode = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    result.standardOutput = std::move(m_out.bytes);
    result.standardError = std::move(m_err.bytes);
    finish(std::move(result));
}

void CommandRun::finish(Result<CommandResult> result)
{
    m_timer.stop();
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace

Future<CommandResult> runCommand(const CommandSpec &command, QObject *owner)
{
    return (new CommandRun(command, owner))->begin();
}

} // namespace Flotilla
