// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/spawn.h"

#include <QCoreApplication>
#include <QFile>
#include <QMutex>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstring>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace Flotilla {

namespace {

struct Descriptor
{
    Descriptor() = default;
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
    int take() { return std::exchange(fd, -1); }
    int fd = -1;
};

struct OutputPipe
{
    Descriptor read;
    Descriptor write;
    bool open()
    {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0)
            return false;
        read.fd = ends[0];
        write.fd = ends[1];
        return fcntl(read.fd, F_SETFL, O_NONBLOCK) == 0;
    }
};

/// As a file in memory: no writing while the child reads, and no SIGPIPE when it does not.
bool openInput(const QByteArray &bytes, Descriptor &input)
{
    input.fd = bytes.isEmpty() ? open("/dev/null", O_RDONLY | O_CLOEXEC) : memfd_create("stdin", MFD_CLOEXEC);
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t size = write(input.fd, bytes.constData() + done, size_t(bytes.size() - done));
        if (size <= 0)
            return false;
        done += size;
    }
    return input.fd >= 0 && (bytes.isEmpty() || lseek(input.fd, 0, SEEK_SET) == 0);
}

/// Owns strings and the array of pointers that exec wants.
struct StringArray
{
    void add(const QByteArray &text) { strings.push_back(text); }
    char **pointers()
    {
        list.clear();
        for (QByteArray &text : strings)
            list.push_back(text.data());
        list.push_back(nullptr);
        return list.data();
    }
    std::vector<QByteArray> strings;
    std::vector<char *> list;
};

StringArray argumentsOf(const CommandSpec &command)
{
    StringArray array;
    array.add(QFile::encodeName(command.program));
    for (const QString &argument : command.args)
        array.add(argument.toUtf8());
    return array;
}

StringArray environmentOf(const CommandSpec &command)
{
    StringArray array;
    for (char **entry = environ; *entry; ++entry) {
        const char *equals = std::strchr(*entry, '=');
        const QString name = QString::fromLocal8Bit(*entry, equals ? equals - *entry : -1);
        if (!command.env.contains(name))
            array.add(*entry);
    }
    for (auto it = command.env.cbegin(); it != command.env.cend(); ++it)
        array.add((it.key() + QLatin1Char('=') + it.value()).toUtf8());
    return array;
}

/// Three low descriptors, kept for the streams of the next child. A program with 10,000 sandboxes has 30,000 open
/// files, and posix_spawn copies and closes every one (3 ms); a child that shares them may leave with its lowest ones
/// alone.
class StreamSlots
{
public:
    bool fill(const std::array<int, 3> &streams)
    {
        for (size_t i = 0; i < streams.size(); ++i) {
            if (m_slots[i] < 0)
                m_slots[i] = fcntl(streams[i], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
            else if (dup3(streams[i], m_slots[i], O_CLOEXEC) < 0)
                return false;
            if (m_slots[i] < 0)
                return false;
        }
        return true;
    }
    void empty()
    {
        const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        for (const int slot : m_slots) {
            if (null >= 0 && slot >= 0)
                dup3(null, slot, O_CLOEXEC);
        }
        if (null >= 0)
            ::close(null);
    }
    const std::array<int, 3> &slots() const { return m_slots; }

private:
    std::array<int, 3> m_slots{-1, -1, -1};
};

/// What the child needs; it shares the memory of the caller, which waits until the program runs.
struct ChildPlan
{
    const char *program;
    char **arguments;
    char **environment;
    const char *folder; ///< null: the caller's
    std::array<int, 3> streams;
    int error = 0;
};

/// A table of open files of its own; until then whatever the child does to them happens to the caller.
bool leaveFiles(const std::array<int, 3> &streams)
{
    const int last = *std::max_element(streams.begin(), streams.end());
    return close_range(unsigned(last) + 1, ~0u, CLOSE_RANGE_UNSHARE) == 0 || unshare(CLONE_FILES) == 0;
}

bool placeStreams(const std::array<int, 3> &streams)
{
    for (int i = 0; i < 3; ++i) {
        if (dup2(streams[size_t(i)], i) < 0)
            return false;
    }
    close_range(STDERR_FILENO + 1, ~0u, 0);
    return true;
}

void resetSignals()
{
    struct sigaction fresh = {};
    fresh.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; ++number)
        sigaction(number, &fresh, nullptr);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[gnu::no_sanitize("address", "undefined")]] int childMain(void *memory)
{
    auto *plan = static_cast<ChildPlan *>(memory);
    if (leaveFiles(plan->streams) && placeStreams(plan->streams) && setsid() >= 0 &&
        (!plan->folder || chdir(plan->folder) == 0)) {
        resetSignals();
        execvpe(plan->program, plan->arguments, plan->environment);
    }
    plan->error = errno;
    _exit(127);
}

/// The process, or -1 with `plan.error`. No signal may find its handler in the child.
pid_t startChild(ChildPlan &plan)
{
    constexpr size_t stackBytes = 256 * 1024; // execvpe copies the arguments for a script
    const auto stack = std::make_unique_for_overwrite<std::max_align_t[]>(stackBytes / sizeof(std::max_align_t));
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = clone(childMain, stack.get() + stackBytes / sizeof(std::max_align_t),
                            CLONE_VM | CLONE_VFORK | CLONE_FILES | SIGCHLD, &plan);
    if (pid < 0)
        plan.error = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid > 0 && plan.error != 0)
        waitpid(pid, nullptr, 0);
    return plan.error == 0 ? pid : -1;
}

/// One at a time, for the slots.
pid_t startWithStreams(ChildPlan &plan)
{
    static QMutex mutex;
    static StreamSlots slots;
    const QMutexLocker lock(&mutex);
    pid_t pid = -1;
    if (slots.fill(plan.streams)) {
        plan.streams = slots.slots();
        pid = startChild(plan);
    } else {
        plan.error = errno;
    }
    slots.empty();
    return pid;
}

Error cannotStart(const CommandSpec &command, int error)
{
    const QString detail = QString::fromLocal8Bit(std::strerror(error));
    if (error == ENOENT)
        return {ErrorKind::Unavailable,
                QCoreApplication::translate("Hosts", "%1 was not found on this computer.").arg(command.program),
                command.cwd.isEmpty() ? detail : detail + QLatin1String(" (in ") + command.cwd + QLatin1Char(')')};
    const ErrorKind kind = error == EACCES ? ErrorKind::Forbidden : ErrorKind::Unavailable;
    return {kind, QCoreApplication::translate("Hosts", "%1 could not be started.").arg(command.program), detail};
}

} // namespace

Result<Spawned> spawn(const CommandSpec &command)
{
    Descriptor input;
    OutputPipe out;
    OutputPipe err;
    if (!openInput(command.stdinData, input) || !out.open() || !err.open())
        return cannotStart(command, errno);
    const QByteArray program = QFile::encodeName(command.program);
    const QByteArray folder = QFile::encodeName(command.cwd);
    StringArray arguments = argumentsOf(command);
    StringArray environment = environmentOf(command);
    ChildPlan plan{program.constData(),
                   arguments.pointers(),
                   environment.pointers(),
                   folder.isEmpty() ? nullptr : folder.constData(),
                   {input.fd, out.write.fd, err.write.fd}};
    Spawned child;
    child.pid = startWithStreams(plan);
    if (child.pid < 0)
        return cannotStart(command, plan.error);
    child.pidfd = int(syscall(SYS_pidfd_open, child.pid, 0));
    if (child.pidfd < 0) {
        const int why = errno;
        kill(-child.pid, SIGKILL);
        waitpid(child.pid, nullptr, 0);
        return cannotStart(command, why);
    }
    child.out = out.read.take();
    child.err = err.read.take();
    return child;
}

} // namespace Flotilla
