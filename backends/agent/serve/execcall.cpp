// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/build.h"
#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/control.h"
#include "backends/agent/serve/options.h"
#include "backends/agent/serve/parts.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/process.h"
#include "backends/agent/serve/processtable.h"
#include "backends/agent/serve/terminal.h"
#include "backends/agent/serve/watchdog.h"
#include "backends/agent/serve/workspace.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace Flotilla::Agent {

namespace {

constexpr int maxCommands = 32;
constexpr std::size_t maxArguments = 1024;
constexpr std::size_t maxUnsent = 256 * 1024; ///< to the host; then the command waits
constexpr std::size_t maxStdin = 256 * 1024;  ///< to the command; then the host waits
constexpr std::int64_t maxTimeoutMs = 24 * 3600 * 1000;
constexpr std::int64_t outputGraceMs = 1000; ///< for the last output after the command ended

struct ExecRequest
{
    ProcessSpec process;
    std::int64_t timeoutMs = 60'000;
    bool terminal = false;
    int columns = 80;
    int rows = 24;
};

class ExecCall : public Call
{
public:
    explicit ExecCall(ControlConnection &connection);
    ~ExecCall() override;
    Outcome run(ExecRequest request);
    Outcome frame(const Frame &frame) override;
    void drained() override { setReadingOutput(true); }

private:
    Outcome openPipes(ProcessSpec &spec, Fd (&childEnds)[3]);
    Outcome openTerminal(const ExecRequest &request, ProcessSpec &spec, Fd (&childEnds)[3]);
    void watchOutput(int which);
    void readOutput(int which);
    void closeOutput(int which);
    void setReadingOutput(bool reading);
    void writeStdin();
    void closeStdin();
    void resize(const Json &size);
    void kill(const std::string &reason);
    void ended(const ProcessEnd &end);
    void finishWhenOver();

    ControlConnection &m_connection;
    Parts &m_parts;
    std::string m_marker;
    pid_t m_pid = 0;
    int m_workload = 0;
    Fd m_stdin;
    std::string m_stdinBuffer;
    std::size_t m_stdinWritten = 0;
    bool m_stdinEnds = false;
    bool m_terminal = false;
    Fd m_output[2]; ///< stdout (or the terminal), stderr
    bool m_readingOutput = true;
    bool m_exited = false;
    ProcessEnd m_end;
    std::string m_reason;
    Loop::TimerId m_timer = 0;
};

ExecCall::ExecCall(ControlConnection &connection)
    : m_connection(connection)
    , m_parts(connection.parts())
{
    ++m_parts.commands;
}

ExecCall::~ExecCall()
{
    --m_parts.commands;
    m_parts.loop.cancel(m_timer);
    closeOutput(0);
    closeOutput(1);
    closeStdin();
    m_parts.watchdog.remove(m_workload);
    if (m_pid > 0 && !m_exited) {
        m_parts.processes.forget(m_pid);
        killTree(m_pid, m_marker);
    }
}

Outcome ExecCall::openPipes(ProcessSpec &spec, Fd (&childEnds)[3])
{
    for (int i = 0; i < 3; ++i) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return outcomeOfErrno(errno, "the command");
        const bool isInput = i == 0;
        childEnds[i].reset(ends[isInput ? 0 : 1]);
        Fd &ours = isInput ? m_stdin : m_output[i - 1];
        ours.reset(ends[isInput ? 1 : 0]);
        ::fcntl(ours.get(), F_SETFL, O_NONBLOCK);
    }
    spec.in = childEnds[0].get();
    spec.out = childEnds[1].get();
    spec.err = childEnds[2].get();
    return {};
}

Outcome ExecCall::openTerminal(const ExecRequest &request, ProcessSpec &spec, Fd (&childEnds)[3])
{
    if (!Terminal::open(request.columns, request.rows, m_output[0], childEnds[0]))
        return outcomeOfErrno(errno, "the terminal");
    m_stdin.reset(::fcntl(m_output[0].get(), F_DUPFD_CLOEXEC, 3));
    spec.in = spec.out = spec.err = childEnds[0].get();
    spec.terminal = true;
    spec.env.emplace_back("TERM=xterm-256color");
    return {};
}

Outcome ExecCall::run(ExecRequest request)
{
    ProcessSpec &spec = request.process;
    Fd childEnds[3];
    m_terminal = request.terminal;
    const Outcome opened = m_terminal ? openTerminal(request, spec, childEnds) : openPipes(spec, childEnds);
    if (!opened.ok())
        return opened;
    m_marker = spec.marker = m_parts.watchdog.newMarker();
    const SpawnResult spawned = m_parts.processes.start(spec, [this](const ProcessEnd &end) { ended(end); });
    if (spawned.pid < 0)
        return outcomeOfErrno(spawned.error, spawned.badFolder ? "the folder " + spec.cwd
                                                               : "the program " + clipped(spec.argv[0], 200));
    m_pid = spawned.pid;
    m_workload = m_parts.watchdog.add(
        {m_pid, m_marker, request.timeoutMs > 600'000, [this](const std::string &reason) { kill(reason); }});
    m_timer = m_parts.loop.after(request.timeoutMs, [this] { kill("timeout"); });
    watchOutput(0);
    watchOutput(1);
    m_parts.loop.add(m_stdin.get(), 0, [this](std::uint32_t events) {
        if (events & (EPOLLERR | EPOLLHUP))
            closeStdin();
        else
            writeStdin();
    });
    return {};
}

void ExecCall::watchOutput(int which)
{
    if (m_output[which])
        m_parts.loop.add(m_output[which].get(), EPOLLIN, [this, which](std::uint32_t) { readOutput(which); });
}

void ExecCall::readOutput(int which)
{
    std::array<char, 32 * 1024> buffer;
    const ssize_t count = ::read(m_output[which].get(), buffer.data(), buffer.size());
    if (count > 0) {
        m_connection.send(which == 0 ? 'O' : 'E', {buffer.data(), std::size_t(count)});
        if (m_connection.unsent() > maxUnsent)
            setReadingOutput(false);
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) { // EIO: the terminal's last user has gone
        closeOutput(which);
        finishWhenOver();
    }
}

void ExecCall::setReadingOutput(bool reading)
{
    if (m_readingOutput == reading)
        return;
    m_readingOutput = reading;
    for (const Fd &output : m_output) {
        if (!output)
            continue;
        if (reading)
            m_parts.loop.change(output.get(), EPOLLIN);
        else
            m_parts.loop.change(output.get(), EPOLLET); // EPOLLHUP cannot be masked; edge-triggered it comes once
    }
}

void ExecCall::closeOutput(int which)
{
    if (!m_output[which])
        return;
    m_parts.loop.remove(m_output[which].get());
    m_output[which].reset();
}

Outcome ExecCall::frame(const Frame &frame)
{
    if (frame.type == 'R') {
        const Json size = parseJson(frame.payload);
        if (!size.is_object() || !m_terminal)
            return {"invalid", "a resize needs a terminal and its size"};
        resize(size);
        return {};
    }
    if (frame.type != 'I')
        return {"invalid", "a running command takes only input and resizes"};
    if (frame.payload.empty())
        m_stdinEnds = true;
    else if (!m_stdinEnds && m_stdin)
        m_stdinBuffer += frame.payload;
    writeStdin();
    return {};
}

void ExecCall::writeStdin()
{
    while (m_stdin && m_stdinWritten < m_stdinBuffer.size()) {
        const ssize_t count =
            ::write(m_stdin.get(), m_stdinBuffer.data() + m_stdinWritten, m_stdinBuffer.size() - m_stdinWritten);
        if (count < 0 && errno == EAGAIN)
            break;
        if (count < 0)
            closeStdin();
        else
            m_stdinWritten += std::size_t(count);
    }
    if (m_stdinWritten == m_stdinBuffer.size() || !m_stdin) {
        std::string().swap(m_stdinBuffer);
        m_stdinWritten = 0;
        if (m_stdinEnds && m_stdin && m_terminal) {
            m_stdinEnds = false;
            [[maybe_unused]] const ssize_t count = ::write(m_stdin.get(), "\x04", 1);
        } else if (m_stdinEnds) {
            closeStdin();
        }
    }
    if (m_stdin)
        m_parts.loop.change(m_stdin.get(), m_stdinBuffer.empty() ? 0u : unsigned(EPOLLOUT));
    m_connection.setReading(m_stdinBuffer.size() - m_stdinWritten < maxStdin);
}

void ExecCall::closeStdin()
{
    if (!m_stdin)
        return;
    m_parts.loop.remove(m_stdin.get());
    m_stdin.reset();
    std::string().swap(m_stdinBuffer);
    m_stdinWritten = 0;
    m_connection.setReading(true);
}

void ExecCall::resize(const Json &size)
{
    if (m_output[0])
        Terminal::resize(m_output[0].get(), int(numberOf(size, "cols", 80)), int(numberOf(size, "rows", 24)));
}

void ExecCall::kill(const std::string &reason)
{
    if (m_exited)
        return;
    if (m_reason.empty())
        m_reason = reason;
    killTree(m_pid, m_marker);
}

void ExecCall::ended(const ProcessEnd &end)
{
    m_exited = true;
    m_end = end;
    killTree(m_pid, m_marker); // a command ends with its first process
    m_parts.watchdog.remove(m_workload);
    m_parts.loop.cancel(m_timer);
    if (m_reason.empty() && end.signal == SIGKILL && m_parts.watchdog.looksOutOfMemory(end.peakBytes))
        m_reason = "out-of-memory";
    if (m_reason.empty())
        m_reason = end.signal ? "killed" : "exited";
    m_timer = m_parts.loop.after(outputGraceMs, [this] {
        m_timer = 0;
        if (m_readingOutput) { // somebody who got away still holds the other end
            closeOutput(0);
            closeOutput(1);
        }
        finishWhenOver();
    });
    finishWhenOver();
}

void ExecCall::finishWhenOver()
{
    if (m_exited && !m_output[0] && !m_output[1])
        m_connection.finish({{"exit_code", m_end.exitCode}, {"signal", m_end.signal}, {"reason", m_reason}});
}

Outcome readArguments(const Json &request, ProcessSpec &spec)
{
    const Json &argv = memberOf(request, "argv");
    if (!argv.is_array() || argv.empty() || argv.size() > maxArguments)
        return {"invalid", "\"argv\" must be a list of 1 to 1,024 words"};
    for (const Json &word : argv) {
        if (!word.is_string() || word.get_ref<const std::string &>().find('\0') != std::string::npos)
            return {"invalid", "\"argv\" holds something that is no word"};
        spec.argv.push_back(word.get<std::string>());
    }
    const Json &env = memberOf(request, "env");
    if (!env.is_object() && !env.is_null())
        return {"invalid", "\"env\" is not an object"};
    for (const auto &entry : env.items()) {
        const bool nameOk =
            !entry.key().empty() && entry.key().find_first_of(std::string_view("=\0", 2)) == std::string::npos;
        if (!nameOk || !entry.value().is_string() ||
            entry.value().get_ref<const std::string &>().find('\0') != std::string::npos)
            return {"invalid", "\"env\" holds something that is no variable"};
        spec.env.push_back(entry.key() + '=' + entry.value().get<std::string>());
    }
    return {};
}

/// "" and "/app/x" and "x" -> below the app's folder; other absolute paths as they are.
std::string workingFolder(const Json &request, const AppFolder &app)
{
    const std::string cwd = stringOf(request, "cwd");
    if (cwd.empty())
        return app.path();
    return cwd[0] == '/' ? cwd : app.path() + '/' + cwd;
}

} // namespace

void beginExec(ControlConnection &connection, const Json &request)
{
    Parts &parts = connection.parts();
    if (parts.commands >= maxCommands)
        return connection.fail({"limit", "too many commands run in this sandbox"});
    ExecRequest exec;
    if (const Outcome outcome = readArguments(request, exec.process); !outcome.ok())
        return connection.fail(outcome);
    exec.process.cwd = workingFolder(request, parts.app);
    if (exec.process.cwd.find('\0') != std::string::npos)
        return connection.fail({"invalid", "\"cwd\" is no folder"});
    exec.process.env.push_back("HOME=" + parts.options.dataDir);
    exec.timeoutMs = std::clamp<std::int64_t>(numberOf(request, "timeout_ms", 60'000), 1, maxTimeoutMs);
    const Json &pty = memberOf(request, "pty");
    exec.terminal = pty.is_object();
    exec.columns = int(numberOf(pty, "cols", 80));
    exec.rows = int(numberOf(pty, "rows", 24));
    auto call = std::make_unique<ExecCall>(connection);
    ExecCall &command = *call;
    connection.start(std::move(call));
    if (const Outcome outcome = command.run(std::move(exec)); !outcome.ok())
        connection.fail(outcome);
}

} // namespace Flotilla::Agent
