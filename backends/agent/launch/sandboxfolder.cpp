// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/sandboxfolder.h"

#include "backends/agent/launch/launchspec.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace Flotilla::Agent {

namespace {

constexpr int folderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;

std::string folderOf(const std::string &root, const std::string &id)
{
    return root + "/sb/" + id;
}

bool addressOf(const std::string &path, sockaddr_un &address)
{
    address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return false;
    path.copy(address.sun_path, path.size());
    return true;
}

/// sockaddr_un is meant to be passed as sockaddr.
const sockaddr *generic(const sockaddr_un &address)
{
    return reinterpret_cast<const sockaddr *>(&address); // NOLINT(cppcoreguidelines-pro-type-reinterpret-cast)
}

bool writeAll(const Fd &fd, const std::string &text)
{
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t size = write(fd.get(), text.data() + done, text.size() - done);
        if (size <= 0)
            return false;
        done += std::size_t(size);
    }
    return true;
}

ProcessRef refIn(const Json &label, const char *pidKey, const char *startKey)
{
    const ProcessRef stored{pid_t(numberOf(label, pidKey)), std::uint64_t(numberOf(label, startKey))};
    if (stored.pid <= 1 || stored.start == 0)
        return {};
    return processRef(stored.pid).start == stored.start ? stored : ProcessRef{};
}

} // namespace

bool makePrivateFolder(const std::string &path, Failure &failure)
{
    if (mkdir(path.c_str(), 0700) == 0)
        return true;
    const std::size_t slash = path.rfind('/');
    if (errno == ENOENT && slash != 0 && slash != std::string::npos)
        return makePrivateFolder(path.substr(0, slash), failure) && makePrivateFolder(path, failure);
    struct stat info
    {
    };
    if (errno != EEXIST || lstat(path.c_str(), &info) != 0)
        return failErrno(failure, "create the folder", path);
    if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid() || (info.st_mode & 022) != 0)
        return fail(failure, "unavailable", "The folder " + path + " belongs to somebody else or is open to others.");
    return true;
}

SandboxFolder::SandboxFolder(std::string path, Fd fd)
    : m_path(std::move(path))
    , m_fd(std::move(fd))
{
}

std::optional<SandboxFolder> SandboxFolder::lock(const std::string &root, const std::string &id, bool create,
                                                 Failure &failure)
{
    const std::string path = folderOf(root, id);
    for (int attempt = 0; attempt < 100; ++attempt) {
        if (create && !makePrivateFolder(path, failure))
            return {};
        Fd fd(open(path.c_str(), folderFlags));
        if (!fd && errno == ENOENT && !create)
            return {};
        if (fd && flock(fd.get(), LOCK_EX) == 0) {
            struct stat info
            {
            };
            if (fstat(fd.get(), &info) == 0 && info.st_nlink > 0) // else: removed while we waited
                return SandboxFolder(path, std::move(fd));
        }
    }
    failErrno(failure, "lock the folder", path);
    return {};
}

std::vector<std::string> SandboxFolder::ids(const std::string &root)
{
    std::vector<std::string> found;
    DIR *dir = opendir((root + "/sb").c_str());
    if (!dir)
        return found;
    while (const dirent *entry = readdir(dir)) {
        if (isSafeId(entry->d_name))
            found.emplace_back(entry->d_name);
    }
    closedir(dir);
    return found;
}

Json SandboxFolder::readLabel(const std::string &root, const std::string &id)
{
    return parseJson(readSmallFile(folderOf(root, id) + "/label.json"));
}

Json SandboxFolder::label() const
{
    return parseJson(readSmallFile(m_path + "/label.json"));
}

bool SandboxFolder::saveLabel(const Json &label) const
{
    Fd fd(openat(m_fd.get(), "label.new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    return fd && writeAll(fd, dump(label)) && renameat(m_fd.get(), "label.new", m_fd.get(), "label.json") == 0;
}

Fd SandboxFolder::makeSocket(const char *name) const
{
    sockaddr_un address{};
    if (!addressOf(m_path + '/' + name, address))
        return {};
    unlinkat(m_fd.get(), name, 0);
    Fd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd || bind(fd.get(), generic(address), sizeof address) != 0 || listen(fd.get(), 511) != 0)
        return {};
    return fd;
}

Fd SandboxFolder::connectTo(const char *name) const
{
    sockaddr_un address{};
    if (!addressOf(m_path + '/' + name, address))
        return {};
    Fd fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd || connect(fd.get(), generic(address), sizeof address) != 0)
        return {};
    return fd;
}

void SandboxFolder::remove()
{
    for (const char *name : {"control.sock", "app.sock", "hand/hand.sock", "passwd", "label.new", "label.json"})
        unlinkat(m_fd.get(), name, 0);
    unlinkat(m_fd.get(), "hand", AT_REMOVEDIR);
    rmdir(m_path.c_str());
}

bool isComplete(const Json &label)
{
    return stringOf(label, "from").empty() || boolOf(label, "restored");
}

LabelledProcess processOf(const Json &label)
{
    LabelledProcess process;
    if (!label.is_object() || stringOf(label, "boot") != bootId())
        return process;
    process.inner = refIn(label, "pid", "start");
    process.outer = refIn(label, "outer_pid", "outer_start");
    if (process.inner.start == 0 && process.outer.start != 0) {
        const auto children = childrenOf(process.outer.pid);
        if (!children.empty())
            process.inner = processRef(children.front());
    }
    return process;
}

} // namespace Flotilla::Agent
