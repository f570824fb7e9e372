// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/aside.h"

#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/paths.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

namespace Flotilla::Agent {

namespace {

// One of the first two at a time. Each name tells what is to be done with it when nobody does it any more.
constexpr char moving[] = ".flotilla-moving"; ///< some of it is in there, some of it is outside: all of it goes out
constexpr char kept[] = ".flotilla-kept";     ///< all of it is in there: what is outside goes, then all of it goes out
constexpr char spent[] = ".flotilla-spent";   ///< goes

std::vector<std::string> entriesOf(int folder)
{
    std::vector<std::string> names;
    DIR *dir = ::fdopendir(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    while (const dirent *entry = dir ? ::readdir(dir) : nullptr) {
        const std::string name = entry->d_name;
        if (name != "." && name != ".." && name != moving && name != kept && name != spent)
            names.push_back(name);
    }
    if (dir)
        ::closedir(dir);
    return names;
}

/// A folder that its owner may not write to cannot be renamed into another one.
bool moveOne(int from, int to, const char *name)
{
    if (::renameat(from, name, to, name) == 0)
        return true;
    struct stat info
    {
    };
    if (errno != EACCES || ::fstatat(from, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(info.st_mode) ||
        ::fchmodat(from, name, (info.st_mode & 0777) | 0700, 0) != 0)
        return false;
    const bool moved = ::renameat(from, name, to, name) == 0;
    return ::fchmodat(moved ? to : from, name, info.st_mode & 0777, 0) == 0 && moved;
}

bool moveAll(int from, int to)
{
    const std::vector<std::string> names = entriesOf(from);
    return std::all_of(names.begin(), names.end(),
                       [&](const std::string &name) { return moveOne(from, to, name.c_str()); });
}

Fd openInner(int folder, const char *name)
{
    return Fd(::openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

void moveOut(int folder)
{
    if (const Fd inner = openInner(folder, moving); inner && moveAll(inner.get(), folder))
        ::unlinkat(folder, moving, AT_REMOVEDIR);
}

} // namespace

Aside::Aside(int folder)
    : m_folder(folder)
{
    if (folder < 0)
        return;
    recover(folder);
    m_ok = ::mkdirat(folder, moving, 0700) == 0;
    const Fd inner = openInner(folder, moving);
    m_ok = m_ok && inner && moveAll(folder, inner.get()) && ::renameat(folder, moving, folder, kept) == 0;
    if (!m_ok)
        moveOut(folder);
}

Aside::~Aside()
{
    if (m_folder >= 0 && m_ok && !m_dropped)
        recover(m_folder);
}

void Aside::drop()
{
    m_dropped = true;
    if (m_folder < 0 || ::renameat(m_folder, kept, m_folder, spent) != 0)
        return;
    removeTree(m_folder, spent);
}

void Aside::recover(int folder)
{
    removeTree(folder, spent);
    if (const Fd inner = openInner(folder, kept); inner) {
        for (const std::string &name : entriesOf(folder))
            removeTree(folder, name);
        ::renameat(folder, kept, folder, moving);
    }
    moveOut(folder);
}

} // namespace Flotilla::Agent
