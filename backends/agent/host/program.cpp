// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/host/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace Flotilla::Agent {

namespace {

struct Report
{
    int error = 0;
    bool folder = false;
};

struct ChildEnds
{
    std::array<Fd, 3> streams;
    Fd report;
};

[[noreturn]] void reportAndEnd(const ChildEnds &ends, bool folder)
{
    const Report report{errno, folder};
    [[maybe_unused]] const ssize_t written = write(ends.report.get(), &report, sizeof report);
    _exit(127);
}

void defaultSignals()
{
    for (int number = 1; number < NSIG; ++number)
        signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void becomeProgram(const ProgramSpec &spec, const std::vector<char *> &argv, const ChildEnds &ends,
                                pid_t helper)
{
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != helper)
        _exit(127);
    defaultSignals();
    for (int i = 0; i < 3; ++i)
        dup2(ends.streams[i].get(), i);
    if (!spec.cwd.empty() && chdir(spec.cwd.c_str()) != 0)
        reportAndEnd(ends, true);
    for (const std::string &entry : spec.env)
        putenv(const_cast<char *>(entry.c_str())); // NOLINT(cppcoreguidelines-pro-type-const-cast): putenv(3)
    execvp(argv[0], argv.data());
    reportAndEnd(ends, false);
}

bool pipeTo(Fd &ours, Fd &theirs, bool input)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    theirs.reset(ends[input ? 0 : 1]);
    ours.reset(ends[input ? 1 : 0]);
    return fcntl(ours.get(), F_SETFL, O_NONBLOCK) == 0;
}

std::string sentence(int error)
{
    return std::string("It could not be started: ") + std::strerror(error) + '.';
}

std::string meaning(const Report &report)
{
    if (report.folder)
        return "folder";
    return report.error == ENOENT || report.error == EACCES || report.error == ENOTDIR ? "program"
                                                                                       : sentence(report.error);
}

std::vector<char *> wordPointers(const std::vector<std::string> &words)
{
    std::vector<char *> pointers;
    pointers.reserve(words.size() + 1);
    for (const std::string &word : words)
        pointers.push_back(const_cast<char *>(word.c_str())); // NOLINT(cppcoreguidelines-pro-type-const-cast): exec(3)
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

bool startProgram(const ProgramSpec &spec, Program &program, std::string &error)
{
    ChildEnds ends;
    Fd reader;
    const bool made = pipeTo(program.in, ends.streams[0], true) && pipeTo(program.out, ends.streams[1], false) &&
                      pipeTo(program.err, ends.streams[2], false) && pipeTo(reader, ends.report, false);
    const std::vector<char *> argv = wordPointers(spec.argv);
    const pid_t helper = getpid();
    const pid_t pid = made ? fork() : -1;
    if (pid == 0)
        becomeProgram(spec, argv, ends, helper);
    if (pid < 0) {
        error = sentence(errno);
        return false;
    }
    ends = {};
    fcntl(reader.get(), F_SETFL, 0); // it says nothing when exec succeeded
    Report report;
    if (read(reader.get(), &report, sizeof report) == ssize_t(sizeof report)) {
        waitpid(pid, nullptr, 0);
        error = meaning(report);
        return false;
    }
    program.pid = pid;
    return true;
}

} // namespace Flotilla::Agent
