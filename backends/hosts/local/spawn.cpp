// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/hosts/local/spawn.h"

#include <QCoreApplication>
#include <QFile>

#include <csignal>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
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

/// What happens between fork and exec, for posix_spawn.
class SpawnPlan
{
public:
    SpawnPlan()
    {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        sigset_t all;
        sigset_t none;
        sigfillset(&all);
        sigemptyset(&none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    }
    SpawnPlan(const SpawnPlan &) = delete;
    SpawnPlan &operator=(const SpawnPlan &) = delete;
    ~SpawnPlan()
    {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    void setFolder(const QString &folder)
    {
        if (!folder.isEmpty())
            posix_spawn_file_actions_addchdir_np(&actions, QFile::encodeName(folder).constData());
    }
    void setStreams(int in, int out, int err)
    {
        posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    }
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

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
    SpawnPlan plan;
    plan.setFolder(command.cwd);
    plan.setStreams(input.fd, out.write.fd, err.write.fd);
    StringArray arguments = argumentsOf(command);
    StringArray environment = environmentOf(command);
    Spawned child;
    const int error = posix_spawnp(&child.pid, QFile::encodeName(command.program).constData(), &plan.actions,
                                   &plan.attributes, arguments.pointers(), environment.pointers());
    if (error != 0)
        return cannotStart(command, error);
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
