// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/host/helpercall.h"

#include "backends/agent/host/helper.h"
#include "backends/agent/host/programrequest.h"

#include <signal.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxUnsent = 256 * 1024; ///< to the connection; then the program waits
constexpr std::size_t maxInput = 256 * 1024;  ///< to the program; then the connection waits
constexpr std::size_t outputChunk = 32 * 1024;
constexpr std::int64_t firstFrameMs = 20'000;
constexpr std::int64_t outputGraceMs = 500; ///< what a program left behind may hold its streams
constexpr std::int64_t lingerMs = 5'000;

} // namespace

HelperCall::HelperCall(Helper &helper, Fd socket)
    : FrameSocket(helper.loop(), std::move(socket))
    , m_helper(helper)
{
    m_timer = m_loop.after(firstFrameMs, [this] { close(); });
}

HelperCall::~HelperCall()
{
    m_loop.cancel(m_timer);
    closeInput();
    closeOutput(0);
    closeOutput(1);
    kill();
}

void HelperCall::close()
{
    if (m_closed)
        return;
    m_closed = true;
    leaveLoop();
    m_loop.cancel(m_timer);
    kill();
    m_helper.closed(this);
    if (m_pid > 0)
        m_helper.ended();
    m_pid = 0;
    if (m_holds)
        m_helper.released();
}

/// The number is the program's until exited() was told.
void HelperCall::kill()
{
    if (m_pid > 0)
        ::kill(-m_pid, SIGKILL);
}

void HelperCall::take(const Frame &frame)
{
    if (!m_begun) {
        m_begun = true;
        m_loop.cancel(m_timer);
        return takeRequest(frame.type == 'J' ? parseJson(frame.payload) : Json());
    }
    if (frame.type != 'I' || m_holds)
        return refuse("invalid", "a program takes only input");
    takeInput(frame.payload);
}

void HelperCall::takeRequest(const Json &request)
{
    if (stringOf(request, "op") == "hold") {
        m_holds = true;
        m_helper.held();
        return send('J', dump({{"held", true}, {"protocol", 1}}));
    }
    std::string error;
    if (!readProgramRequest(request, m_spec, m_timeoutMs, error))
        return refuse("invalid", error);
    m_helper.wants(this);
}

bool HelperCall::begin()
{
    Program program;
    std::string error;
    if (!startProgram(m_spec, program, error)) {
        const bool missing = error == "folder" || error == "program";
        refuse(missing ? error.c_str() : "internal", error);
        return false;
    }
    m_pid = program.pid;
    m_input = std::move(program.in);
    m_output[0] = std::move(program.out);
    m_output[1] = std::move(program.err);
    m_helper.runs(m_pid, this);
    m_timer = m_loop.after(m_timeoutMs, [this] { kill(); });
    send('J', dump({{"started", m_pid}}));
    if (m_closed)
        return true;
    watchOutput(0);
    watchOutput(1);
    m_loop.add(m_input.get(), 0, [this](std::uint32_t events) {
        if (events & (EPOLLERR | EPOLLHUP))
            closeInput();
        else
            writeInput();
    });
    writeInput();
    return true;
}

void HelperCall::takeInput(const std::string &bytes)
{
    if (bytes.empty())
        m_inputEnds = true;
    else if (!m_inputEnds && !m_exited && (m_input || m_pid == 0))
        m_inputBuffer += bytes;
    writeInput();
}

void HelperCall::writeInput()
{
    std::size_t written = 0;
    while (m_input && written < m_inputBuffer.size()) {
        const ssize_t count = ::write(m_input.get(), m_inputBuffer.data() + written, m_inputBuffer.size() - written);
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            break;
        if (count < 0)
            closeInput();
        else
            written += std::size_t(count);
    }
    m_inputBuffer.erase(0, written);
    if (m_inputEnds && m_inputBuffer.empty())
        closeInput();
    if (m_input)
        m_loop.change(m_input.get(), m_inputBuffer.empty() ? 0u : unsigned(EPOLLOUT));
    update();
}

void HelperCall::closeInput()
{
    if (!m_input)
        return;
    m_loop.remove(m_input.get());
    m_input.reset();
    std::string().swap(m_inputBuffer);
    update();
}

void HelperCall::watchOutput(int which)
{
    m_loop.add(m_output[which].get(), EPOLLIN, [this, which](std::uint32_t) { readOutput(which); });
}

void HelperCall::readOutput(int which)
{
    std::array<char, outputChunk> buffer;
    const ssize_t count = ::read(m_output[which].get(), buffer.data(), buffer.size());
    if (count > 0) {
        send(which == 0 ? 'O' : 'E', {buffer.data(), std::size_t(count)});
        setReadingOutput(m_out.size() <= maxUnsent);
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
        closeOutput(which);
        finishWhenOver();
    }
}

void HelperCall::setReadingOutput(bool reading)
{
    if (m_readingOutput == reading)
        return;
    m_readingOutput = reading;
    for (const Fd &output : m_output) {
        if (output) // EPOLLHUP cannot be masked; edge-triggered it comes once
            m_loop.change(output.get(), reading ? unsigned(EPOLLIN) : unsigned(EPOLLET));
    }
}

void HelperCall::closeOutput(int which)
{
    if (!m_output[which])
        return;
    m_loop.remove(m_output[which].get());
    m_output[which].reset();
}

void HelperCall::exited(int status)
{
    m_pid = 0;
    m_exited = true;
    m_status = status;
    m_helper.ended();
    closeInput();
    m_loop.cancel(m_timer);
    m_timer = m_loop.after(outputGraceMs, [this] { endOutput(); });
    finishWhenOver();
}

/// What a pipe holds now is the program's, however slowly the other side takes it; what comes later is not waited for.
void HelperCall::endOutput()
{
    for (int which : {0, 1}) {
        int left = 0;
        if (m_output[which] && ioctl(m_output[which].get(), FIONREAD, &left) != 0)
            left = 0;
        for (; left > 0 && m_output[which] && !m_closed; left -= int(outputChunk))
            readOutput(which);
        closeOutput(which);
    }
    finishWhenOver();
}

void HelperCall::finishWhenOver()
{
    if (!m_exited || m_output[0] || m_output[1])
        return;
    const int signal = WIFSIGNALED(m_status) ? WTERMSIG(m_status) : 0;
    finish({{"exit_code", signal ? 128 + signal : WEXITSTATUS(m_status)}}, true);
}

void HelperCall::refuse(const char *kind, const std::string &text)
{
    finish({{"error", kind}, {"text", text}}, false);
}

void HelperCall::finish(Json answer, bool ok)
{
    if (m_finished || m_closed)
        return;
    answer["ok"] = ok;
    send('J', dump(answer));
    m_finished = true;
    linger();
    if (!m_closed)
        update();
}

/// The other side has this long to take the next part of what is left, and then to close.
void HelperCall::linger()
{
    m_loop.cancel(m_timer);
    m_timer = m_loop.after(lingerMs, [this] { close(); });
}

void HelperCall::send(char type, std::string_view payload)
{
    if (m_finished || m_closed)
        return;
    appendFrame(m_out, type, payload);
    flush();
}

void HelperCall::flush()
{
    std::size_t written = 0;
    if (!sendSome(m_out, written))
        return close();
    m_out.erase(0, written);
    if (m_finished && written > 0)
        linger();
    if (m_out.size() <= maxUnsent / 2)
        setReadingOutput(true);
    update();
}

void HelperCall::update()
{
    const bool reading = m_finished || m_inputBuffer.size() < maxInput;
    watch(reading, !m_out.empty());
}

} // namespace Flotilla::Agent
