// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/greeting.h"

#include "backends/agent/frames.h"

#include <poll.h>
#include <unistd.h>

#include <chrono>

namespace Flotilla::Agent {

namespace {

using SteadyClock = std::chrono::steady_clock;

int millisecondsUntil(SteadyClock::time_point end)
{
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - SteadyClock::now()).count();
    return left > 0 ? int(left) : 0;
}

/// False at the end of the stream.
bool readSome(const Fd &fd, std::string &into)
{
    char buffer[4096];
    const ssize_t size = read(fd.get(), buffer, sizeof buffer);
    if (size > 0 && into.size() < 64 * 1024)
        into.append(buffer, std::size_t(size));
    return size > 0 || (size < 0 && (errno == EAGAIN || errno == EINTR));
}

void drain(const Fd &fd, std::string &into)
{
    pollfd waiting{fd.get(), POLLIN, 0};
    while (fd && poll(&waiting, 1, 0) == 1 && readSome(fd, into)) {
    }
}

enum class Heard { Nothing, Answer, Broken };

Heard listenTo(const Fd &control, FrameDecoder &decoder, Json &hello)
{
    std::string bytes;
    const bool open = readSome(control, bytes);
    decoder.feed(bytes);
    Frame frame;
    if (decoder.next(frame)) {
        hello = parseJson(frame.payload);
        return frame.type == 'J' && boolOf(hello, "ok") ? Heard::Answer : Heard::Broken;
    }
    return open && !decoder.broken() ? Heard::Nothing : Heard::Broken;
}

bool sayHello(const Fd &control)
{
    std::string frame;
    appendFrame(frame, 'J', R"({"op":"hello"})");
    return control && write(control.get(), frame.data(), frame.size()) == ssize_t(frame.size());
}

} // namespace

bool greet(Starting &starting, int deadlineMs, Json &hello, Failure &failure)
{
    if (!sayHello(starting.control))
        return failErrno(failure, "connect to", "the sandbox");
    const auto end = SteadyClock::now() + std::chrono::milliseconds(deadlineMs);
    FrameDecoder decoder;
    for (;;) {
        pollfd waiting[] = {{starting.control.get(), POLLIN, 0},
                            {starting.errors.get(), POLLIN, 0},
                            {starting.process.get(), POLLIN, 0}};
        if (poll(waiting, 3, millisecondsUntil(end)) == 0)
            return fail(failure, "timeout", "The sandbox did not start in time.", starting.complaints);
        if (waiting[1].revents != 0 && !readSome(starting.errors, starting.complaints))
            starting.errors.reset();
        const Heard heard = waiting[0].revents != 0 ? listenTo(starting.control, decoder, hello) : Heard::Nothing;
        if (heard == Heard::Answer)
            return true;
        if (heard == Heard::Broken || waiting[2].revents != 0) {
            drain(starting.errors, starting.complaints);
            return fail(failure, "internal", "The sandbox could not be started.", starting.complaints);
        }
    }
}

} // namespace Flotilla::Agent
