// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/paths.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace Flotilla::Agent {

namespace {

bool isDotOrDotDot(const char *name)
{
    return std::strcmp(name, ".") == 0 || std::strcmp(name, "..") == 0;
}

/// Calls visit(folder fd, entry name) for each entry.
template <typename Visit>
void forEachEntry(int folder, Visit visit)
{
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = copy < 0 ? nullptr : ::fdopendir(copy);
    if (!dir)
        return;
    while (const dirent *entry = ::readdir(dir)) {
        if (!isDotOrDotDot(entry->d_name) && !visit(::dirfd(dir), entry->d_name))
            break;
    }
    ::closedir(dir);
}

void addUse(int folder, int depth, std::int64_t maxEntries, DiskUse &use)
{
    forEachEntry(folder, [&](int dir, const char *name) {
        struct stat info
        {
        };
        if (++use.files > maxEntries)
            return false;
        if (::fstatat(dir, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            return true;
        use.bytes += std::int64_t(info.st_blocks) * 512;
        if (!S_ISDIR(info.st_mode) || depth > 32)
            return true;
        const Fd child(::openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (child)
            addUse(child.get(), depth + 1, maxEntries, use);
        return use.files <= maxEntries;
    });
}

/// An app may have taken its owner's right to list or empty a folder.
Fd openForRemoval(int folder, const char *name)
{
    const Fd place(::openat(folder, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat info
    {
    };
    if (place && ::fstat(place.get(), &info) == 0 && (info.st_mode & 0700) != 0700)
        ::chmod(("/proc/self/fd/" + std::to_string(place.get())).c_str(), 0700);
    return Fd(place ? ::openat(place.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1);
}

bool removeBelow(int folder, const char *name, int depth)
{
    if (::unlinkat(folder, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false;
    if (depth < 256) {
        const Fd child = openForRemoval(folder, name);
        if (child)
            forEachEntry(child.get(), [depth](int dir, const char *entry) {
                removeBelow(dir, entry, depth + 1);
                return true;
            });
    }
    return ::unlinkat(folder, name, AT_REMOVEDIR) == 0;
}

} // namespace

bool isValidPath(std::string_view path)
{
    if (path.empty() || path.size() > 512 || path.find('\0') != std::string_view::npos)
        return false;
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string_view part = path.substr(start, end - start);
        if (part.empty() || part == "." || part == ".." || part.size() > 255)
            return false;
        start = end + 1;
    }
    return true;
}

Fd openBeneath(int folder, const std::string &path, int flags, mode_t mode)
{
    open_how how{};
    how.flags = std::uint64_t(unsigned(flags)) | O_CLOEXEC;
    how.mode = mode;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    return Fd(int(::syscall(SYS_openat2, folder, path.c_str(), &how, sizeof how)));
}

Fd openFolder(const std::string &path)
{
    return Fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

bool removeTree(int folder, const std::string &name)
{
    return removeBelow(folder, name.c_str(), 0);
}

DiskUse diskUse(int folder, std::int64_t maxEntries)
{
    DiskUse use;
    addUse(folder, 0, maxEntries, use);
    return use;
}

bool tmpfsUse(int folder, DiskUse &use)
{
    struct statfs info
    {
    };
    if (::fstatfs(folder, &info) != 0 || info.f_type != TMPFS_MAGIC)
        return false;
    use.bytes = std::int64_t(info.f_blocks - info.f_bfree) * std::int64_t(info.f_bsize);
    use.files = std::int64_t(info.f_files - info.f_ffree);
    return true;
}

std::string readSmallFile(int folder, const std::string &path, std::size_t limit)
{
    const Fd file = openBeneath(folder, path, O_RDONLY | O_NONBLOCK);
    struct stat info
    {
    };
    if (!file || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode))
        return {};
    std::string text(std::min<std::size_t>(limit, std::size_t(info.st_size)), '\0');
    std::size_t size = 0;
    while (size < text.size()) {
        const ssize_t count = ::read(file.get(), text.data() + size, text.size() - size);
        if (count <= 0)
            break;
        size += std::size_t(count);
    }
    text.resize(size);
    return text;
}

bool writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes.remove_prefix(std::size_t(count));
    }
    return true;
}

} // namespace Flotilla::Agent
