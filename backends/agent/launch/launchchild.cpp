// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/launchchild.h"

#include "backends/agent/launch/cgroup.h"
#include "backends/agent/launch/staging.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

namespace Flotilla::Agent {

namespace {

constexpr int childFailed = 125;

[[noreturn]] void giveUp(const Failure &failure)
{
    const std::string text = failure.text + ' ' + failure.detail + '\n';
    const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
    _exit(written < 0 ? childFailed - 1 : childFailed);
}

void waitForGate(const Fd &gate)
{
    char go = 0;
    if (read(gate.get(), &go, 1) != 1)
        _exit(childFailed);
}

void setLimit(__rlimit_resource what, rlim_t value)
{
    const rlimit limit{value, value};
    setrlimit(what, &limit);
}

/// Not RLIMIT_NPROC: outside the user namespace it would count the processes of the whole user.
void setLimits(const Limits &limits)
{
    setLimit(RLIMIT_CORE, 0);
    setLimit(RLIMIT_NOFILE, rlim_t(limits.openFiles));
    setLimit(RLIMIT_FSIZE, rlim_t(limits.fileBytes));
    setLimit(RLIMIT_MEMLOCK, 64 * 1024);
    setLimit(RLIMIT_MSGQUEUE, 0);
    setLimit(RLIMIT_RTPRIO, 0);
}

void becomeEasyVictim()
{
    const Fd fd(open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)); // the host's own programs go last
    if (write(fd.get(), "300", 3) != 3)
        return; // not worth failing for
}

void resetSignals()
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    for (int number = 1; number < NSIG; ++number)
        signal(number, SIG_DFL);
}

/// Puts the descriptors in their places, by way of numbers that are in nobody's way, and closes everything else.
void placeDescriptors(const ChildPlan &plan)
{
    const std::pair<const Fd *, int> places[] = {{&plan.errors, STDERR_FILENO},
                                                 {&plan.control, ControlFd},
                                                 {&plan.app, AppFd},
                                                 {&plan.seccomp, SeccompFd},
                                                 {&plan.info, InfoFd}};
    std::vector<int> high;
    for (const auto &[fd, place] : places)
        high.push_back(fcntl(fd->get(), F_DUPFD_CLOEXEC, 100));
    for (std::size_t i = 0; i < high.size(); ++i)
        dup2(high[i], places[i].second);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    close_range(FirstUnusedFd, ~0u, 0);
}

} // namespace

void runChild(ChildPlan plan)
{
    setsid();
    umask(022);
    resetSignals();
    dup2(plan.errors.get(), STDERR_FILENO);
    Failure failure;
    if (!plan.cgroup.empty() && !enterCgroup(plan.cgroup)) {
        failErrno(failure, "enter the group", plan.cgroup);
        giveUp(failure);
    }
    becomeEasyVictim();
    if (plan.user != 0 && !becomeUser(plan.user, rootViewFor(plan.spec.bwrap), plan.sources, failure))
        giveUp(failure);
    const auto args = bwrapCommand(plan.spec, plan.sources);
    std::vector<char *> argv;
    argv.reserve(args.size() + 1);
    for (const std::string &arg : args)
        argv.push_back(const_cast<char *>(arg.c_str())); // NOLINT(cppcoreguidelines-pro-type-const-cast): execve(2)
    argv.push_back(nullptr);
    char *noEnvironment[] = {nullptr};
    setLimits(plan.spec.limits);
    waitForGate(plan.gate); // until here nothing happened that outlives this process
    placeDescriptors(plan);
    execve(argv[0], argv.data(), noEnvironment);
    failErrno(failure, "run", args[0]);
    giveUp(failure);
}

} // namespace Flotilla::Agent
