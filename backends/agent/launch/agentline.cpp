// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/agentline.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>

namespace Flotilla::Agent {

AgentLine::AgentLine(const std::string &path, int deadlineMs)
    : m_end(std::chrono::steady_clock::now() + std::chrono::milliseconds(deadlineMs))
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return;
    path.copy(address.sun_path, path.size());
    Fd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (fd && connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        m_socket = std::move(fd);
}

bool AgentLine::wait(short events, short &happened, Failure &failure)
{
    if (!m_socket)
        return fail(failure, "not-found", "The sandbox does not run.");
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(m_end - std::chrono::steady_clock::now()).count();
    pollfd waiting{m_socket.get(), events, 0};
    if (poll(&waiting, 1, int(std::max<std::int64_t>(0, left))) <= 0)
        return fail(failure, "timeout", "The sandbox did not answer in time.");
    happened = waiting.revents;
    return true;
}

bool AgentLine::readSome(Failure &failure)
{
    char buffer[64 * 1024];
    const ssize_t size = read(m_socket.get(), buffer, sizeof buffer);
    if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR))
        return fail(failure, "unavailable", "The connection to the sandbox broke.");
    if (size > 0)
        m_decoder.feed({buffer, std::size_t(size)});
    m_answered = true;
    return true;
}

bool AgentLine::send(char type, std::string_view payload, Failure &failure)
{
    std::string bytes;
    appendFrame(bytes, type, payload);
    std::size_t done = 0;
    while (done < bytes.size() && !m_answered) {
        short happened = 0;
        if (!wait(POLLIN | POLLOUT, happened, failure))
            return false;
        if ((happened & (POLLIN | POLLHUP)) != 0 && !readSome(failure))
            return false;
        if ((happened & POLLOUT) == 0 || m_answered)
            continue;
        const ssize_t size = ::send(m_socket.get(), bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
        done += size > 0 ? std::size_t(size) : 0;
    }
    return true;
}

bool AgentLine::receive(Frame &frame, Failure &failure)
{
    while (!m_decoder.next(frame)) {
        short happened = 0;
        if (m_decoder.broken())
            return fail(failure, "internal", "The sandbox answered something that makes no sense.");
        if (!wait(POLLIN, happened, failure) || !readSome(failure))
            return false;
    }
    return true;
}

bool AgentLine::isGood(const Frame &frame, Json &answer, Failure &failure)
{
    answer = frame.type == 'J' ? parseJson(frame.payload) : Json();
    if (!answer.is_object())
        return fail(failure, "internal", "The sandbox answered something that makes no sense.");
    if (boolOf(answer, "ok"))
        return true;
    return fail(failure, stringOf(answer, "error") == "timeout" ? "timeout" : "unavailable",
                "The sandbox refused the request.", stringOf(answer, "text").substr(0, 500));
}

} // namespace Flotilla::Agent
