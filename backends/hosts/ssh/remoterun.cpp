// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/ssh/remoterun.h"

#include "backends/hosts/ssh/bytepipe.h"
#include "backends/hosts/ssh/programrun.h"
#include "backends/hosts/ssh/remotecommand.h"
#include "backends/hosts/ssh/runerrors.h"
#include "backends/hosts/ssh/sshlink.h"

#include <QCoreApplication>
#include <QHash>

#include <csignal>

namespace Flotilla {

namespace {

constexpr std::chrono::milliseconds leaveBehindAfter{500};
constexpr std::chrono::seconds longestQueue{60}; ///< for one of the sessions that the server allows

int signalNumber(const QByteArray &name)
{
    static const QHash<QByteArray, int> numbers{
        {"ABRT", SIGABRT}, {"ALRM", SIGALRM}, {"FPE", SIGFPE},   {"HUP", SIGHUP},   {"ILL", SIGILL},
        {"INT", SIGINT},   {"KILL", SIGKILL}, {"PIPE", SIGPIPE}, {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV},
        {"TERM", SIGTERM}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"SYS", SIGSYS},   {"BUS", SIGBUS},
        {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ}, {"TRAP", SIGTRAP}};
    return numbers.value(name.left(name.indexOf('@') < 0 ? name.size() : name.indexOf('@')), 127);
}

/// For the other end of a pipe: output of a program that failed is not complete.
std::optional<Error> failureOf(const Result<CommandResult> &result)
{
    if (!result)
        return result.error();
    if (result->exitCode == 0)
        return std::nullopt;
    return Error{ErrorKind::Storage, {}, QString::fromUtf8(result->standardError.left(2000))};
}

class RemoteRun : public ProgramRun
{
public:
    RemoteRun(std::weak_ptr<SshLink> link, const CommandSpec &command, RemoteCommand remote, RemoteRunOptions options);
    ~RemoteRun() override;
    Future<CommandResult> begin();

    void opened(quint64 id) override;
    qsizetype room(bool isError) const override;
    qsizetype received(const char *bytes, qsizetype size, bool isError) override;
    QByteArray toSend(qsizetype most) override;
    bool sentAll() const override;
    void exited(const ChannelEnd &end) override;
    void ended(const Result<ChannelEnd> &end) override;

private:
    void add(const QByteArray &bytes, bool isError);
    void later(void (RemoteRun::*function)());
    void printedTooMuch();
    void watchExit();
    void leaveBehind();
    void giveUp();
    void stop(Error why);
    void expired() override { stop(RunErrors::timeout(m_command)); }
    void endRemoteGroup();
    void finish(Result<CommandResult> result);
    Result<CommandResult> resultOf(const ChannelEnd &end);

    RemoteCommand m_remote;
    RemoteRunOptions m_options;
    RemoteOutput m_output;
    QPromise<Result<CommandResult>> m_promise;
    qsizetype m_sent = 0;
    std::optional<ChannelEnd> m_exit;
    bool m_tooMuch = false;
};

RemoteRun::RemoteRun(std::weak_ptr<SshLink> link, const CommandSpec &command, RemoteCommand remote,
                     RemoteRunOptions options)
    : ProgramRun(std::move(link), command, options.label)
    , m_remote(std::move(remote))
    , m_options(std::move(options))
    , m_output(m_remote.mark)
{
    m_promise.start();
}

RemoteRun::~RemoteRun()
{
    dropTimer();
    finish(RunErrors::closed(m_label));
}

Future<CommandResult> RemoteRun::begin()
{
    auto future = m_promise.future();
    ChannelTarget target;
    target.text = m_remote.line;
    target.shown = m_command.program;
    open(target, longestQueue, m_options.urgent);
    return future;
}

void RemoteRun::opened(quint64 id)
{
    m_channel = id;
    startTimer();
    if (m_options.pipe)
        m_options.pipe->setWakeChannel([link = m_link, id] {
            if (const auto alive = link.lock())
                alive->wake(id);
        });
}

qsizetype RemoteRun::room(bool isError) const
{
    return m_options.pipe && !isError ? m_options.pipe->room() : 1024 * 1024;
}

/// With a pipe the mark is small, so it is taken whole; what follows it is the pipe's.
qsizetype RemoteRun::received(const char *bytes, qsizetype size, bool isError)
{
    const qsizetype taken = std::min(size, room(isError));
    if (taken > 0 && !m_done && !m_tooMuch)
        add(m_output.add(bytes, taken, isError), isError);
    return taken;
}

void RemoteRun::add(const QByteArray &bytes, bool isError)
{
    if (m_options.pipe && !isError) {
        m_options.pipe->deliver(bytes.constData(), bytes.size());
        return;
    }
    QByteArray &stream = isError ? m_result.standardError : m_result.standardOutput;
    if (stream.size() + bytes.size() <= m_command.maxOutput) {
        stream += bytes;
        return;
    }
    m_tooMuch = true;
    later(&RemoteRun::printedTooMuch);
}

/// What must not happen inside libssh.
void RemoteRun::later(void (RemoteRun::*function)())
{
    if (const auto link = m_link.lock())
        link->thread()->post(
            [self = std::static_pointer_cast<RemoteRun>(shared_from_this()), function] { (*self.*function)(); });
}

void RemoteRun::printedTooMuch()
{
    stop(RunErrors::tooMuch(m_command));
}

void RemoteRun::exited(const ChannelEnd &end)
{
    m_exit = end;
    later(&RemoteRun::watchExit);
}

/// What the program left running in the background may keep its output open: that is not waited for.
void RemoteRun::watchExit()
{
    if (!m_done)
        QTimer::singleShot(leaveBehindAfter, m_timer.get(), [weak = weak_from_this()] {
            if (const auto run = std::static_pointer_cast<RemoteRun>(weak.lock()))
                run->leaveBehind();
        });
}

/// The user of the pipe wants no more. The program sees the end of its input.
void RemoteRun::giveUp()
{
    if (m_done)
        return;
    endChannel(false);
    finish(Error{
        ErrorKind::Cancelled, QCoreApplication::translate("Hosts", "%1 was given up.").arg(m_command.program), {}});
}

void RemoteRun::leaveBehind()
{
    if (m_done)
        return;
    endChannel(false);
    finish(resultOf(*m_exit));
}

QByteArray RemoteRun::toSend(qsizetype most)
{
    if (m_options.pipe && m_options.pipe->closed())
        later(&RemoteRun::giveUp);
    if (m_options.pipe)
        return m_options.pipe->takeOutgoing(most);
    const QByteArray next = m_command.stdinData.mid(m_sent, most);
    m_sent += next.size();
    return next;
}

bool RemoteRun::sentAll() const
{
    return m_options.pipe ? m_options.pipe->outgoingDone() : m_sent >= m_command.stdinData.size();
}

void RemoteRun::stop(Error why)
{
    if (m_done)
        return;
    endRemoteGroup();
    endChannel(true);
    why.detail = QString::fromUtf8(m_result.standardError.left(2000));
    finish(std::move(why));
}

/// A signal through sshd does not reach the processes of root, so a second program sends it.
void RemoteRun::endRemoteGroup()
{
    const auto link = m_link.lock();
    if (!link || m_output.process() == 0 || m_options.urgent)
        return;
    CommandSpec kill;
    kill.program = QStringLiteral("kill");
    kill.args = {QStringLiteral("-9"), QStringLiteral("--"), QStringLiteral("-%1").arg(m_output.process())};
    RemoteRunOptions options;
    options.label = m_label;
    options.urgent = true;
    runRemotely(link, kill, options);
}

void RemoteRun::ended(const Result<ChannelEnd> &end)
{
    if (m_done)
        return;
    finish(end ? resultOf(*end) : Result<CommandResult>(end.error()));
}

Result<CommandResult> RemoteRun::resultOf(const ChannelEnd &end)
{
    if (m_output.missing() == "program")
        return RunErrors::noProgram(m_command, m_label);
    if (m_output.missing() == "folder")
        return RunErrors::noFolder(m_command, m_label);
    if (!m_output.started() || (end.exitCode < 0 && end.signal.isEmpty()))
        return Error{ErrorKind::Protocol,
                     QCoreApplication::translate("Hosts", "The login shell on %1 did not run %2.")
                         .arg(m_label, m_command.program),
                     QString::fromUtf8(m_result.standardError.left(2000))};
    m_result.exitCode = end.signal.isEmpty() ? end.exitCode : 128 + signalNumber(end.signal);
    return std::move(m_result);
}

void RemoteRun::finish(Result<CommandResult> result)
{
    if (!end())
        return;
    if (m_options.pipe)
        m_options.pipe->finish(failureOf(result));
    m_promise.addResult(std::move(result));
    m_promise.finish();
}

} // namespace

Future<CommandResult> runRemotely(const std::shared_ptr<SshLink> &link, const CommandSpec &command,
                                  const RemoteRunOptions &options)
{
    Result<RemoteCommand> remote = RemoteCommand::of(command);
    if (!remote)
        return readyFuture<CommandResult>(remote.error());
    return std::make_shared<RemoteRun>(link, command, *std::move(remote), options)->begin();
}

} // namespace Flotilla
