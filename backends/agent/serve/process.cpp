// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

extern char **environ;

namespace Flotilla::Agent {

namespace {

struct Failure
{
    int error = 0;
    bool badFolder = false;
};

std::vector<std::string> mergedEnvironment(const ProcessSpec &spec)
{
    std::vector<std::string> merged = spec.env;
    if (!spec.marker.empty())
        merged.push_back(spec.marker);
    for (char **entry = environ; *entry; ++entry) {
        const std::string_view text(*entry);
        const std::string_view name = text.substr(0, text.find('=') + 1);
        const auto same = [name](const std::string &other) { return other.compare(0, name.size(), name) == 0; };
        if (std::none_of(merged.begin(), merged.end(), same))
            merged.emplace_back(text);
    }
    return merged;
}

std::vector<char *> pointersTo(const std::vector<std::string> &strings)
{
    std::vector<char *> pointers;
    pointers.reserve(strings.size() + 1);
    for (const std::string &text : strings)
        pointers.push_back(const_cast<char *>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

void setLimit(__rlimit_resource resource, std::int64_t value)
{
    rlimit now{};
    if (value <= 0 || ::getrlimit(resource, &now) != 0)
        return;
    const rlim_t wanted = std::min<rlim_t>(rlim_t(value), now.rlim_max);
    const rlimit limit{wanted, wanted};
    ::setrlimit(resource, &limit);
}

// RLIMIT_DATA counts what is reserved writable, which V8 and Go do generously; the watchdog is the exact limit.
void applyLimits(const Limits &limits)
{
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    if (::getppid() == 1 && !limits.sharedUser) // elsewhere it would count the whole user
        setLimit(RLIMIT_NPROC, limits.processes);
    setLimit(RLIMIT_NOFILE, limits.openFiles);
    setLimit(RLIMIT_FSIZE, limits.fileBytes);
    setLimit(RLIMIT_DATA, limits.memoryBytes * 4);
}

void dieFirstWhenMemoryRunsOut()
{
    ::prctl(PR_SET_DUMPABLE, 1); // without it the file belongs to root; exec would set it anyway
    const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return;
    [[maybe_unused]] const ssize_t written = ::write(file, "1000", 4);
    ::close(file);
}

void resetSignals()
{
    sigset_t all;
    sigfillset(&all);
    ::sigprocmask(SIG_UNBLOCK, &all, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
}

void connectStreams(const ProcessSpec &spec)
{
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    // First out of the way of 0 to 2, then into place.
    const int in = ::fcntl(spec.in >= 0 ? spec.in : nothing, F_DUPFD, 3);
    const int out = ::fcntl(spec.out >= 0 ? spec.out : nothing, F_DUPFD, 3);
    const int err = ::fcntl(spec.err >= 0 ? spec.err : nothing, F_DUPFD, 3);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(err, 2);
    if (spec.terminal)
        ::ioctl(0, TIOCSCTTY, 0);
}

[[noreturn]] void fail(int report, bool badFolder)
{
    const Failure failure{errno, badFolder};
    [[maybe_unused]] const ssize_t written = ::write(report, &failure, sizeof failure);
    ::_exit(127);
}

[[noreturn]] void becomeChild(const ProcessSpec &spec, const Limits &limits, char *const *argv, char *const *env,
                              int report)
{
    ::setsid();
    resetSignals();
    connectStreams(spec);
    report = ::fcntl(report, F_DUPFD_CLOEXEC, 3);
    if (!spec.cwd.empty() && ::chdir(spec.cwd.c_str()) != 0)
        fail(report, true);
    ::close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
    dieFirstWhenMemoryRunsOut();
    applyLimits(limits);
    if (spec.timerSlackNs > 0)
        ::prctl(PR_SET_TIMERSLACK, spec.timerSlackNs);
    ::execvpe(argv[0], argv, env);
    fail(report, false);
}

} // namespace

Processes::Processes(Loop &loop, const Limits &limits)
    : m_loop(loop)
    , m_limits(limits)
{
}

Processes::~Processes() = default;

SpawnResult Processes::start(const ProcessSpec &spec, Ended ended)
{
    int report[2];
    if (::pipe2(report, O_CLOEXEC) != 0)
        return {-1, errno, false};
    Fd reader(report[0]), writer(report[1]);
    const std::vector<std::string> environment = mergedEnvironment(spec);
    const std::vector<char *> argv = pointersTo(spec.argv), env = pointersTo(environment);
    const pid_t pid = ::fork();
    if (pid < 0)
        return {-1, errno, false};
    if (pid == 0)
        becomeChild(spec, m_limits, argv.data(), env.data(), writer.get());
    writer.reset();
    Failure failure;
    if (::read(reader.get(), &failure, sizeof failure) == ssize_t(sizeof failure)) {
        ::waitpid(pid, nullptr, 0);
        return {-1, failure.error, failure.badFolder};
    }
    m_ended[pid] = std::move(ended);
    return {pid, 0, false};
}

void Processes::reap()
{
    int status = 0;
    rusage usage{};
    for (pid_t pid = 0; (pid = ::wait4(-1, &status, WNOHANG, &usage)) > 0;) {
        const auto found = m_ended.find(pid);
        if (found == m_ended.end())
            continue;
        const Ended ended = std::move(found->second);
        m_ended.erase(found);
        const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        if (ended)
            ended({signal ? 128 + signal : WEXITSTATUS(status), signal, std::int64_t(usage.ru_maxrss) * 1024});
    }
}

} // namespace Flotilla::Agent
