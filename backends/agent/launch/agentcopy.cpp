// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/launch/agentcopy.h"

#include "backends/agent/serve/fd.h"

#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

namespace Flotilla::Agent {

namespace {

constexpr unsigned long sandboxesPerFile = 500;

/// Without counting them: a folder has a link from each folder in it.
unsigned long sandboxesIn(const std::string &root)
{
    struct stat info
    {
    };
    return stat((root + "/sb").c_str(), &info) == 0 && info.st_nlink > 2 ? info.st_nlink - 2 : 0;
}

bool runsPrograms(const std::string &folder)
{
    struct statvfs info
    {
    };
    return statvfs(folder.c_str(), &info) == 0 && (info.f_flag & ST_NOEXEC) == 0;
}

bool copyBytes(const Fd &source, const Fd &target, off_t size)
{
    for (off_t done = 0; done < size;) {
        if (sendfile(target.get(), source.get(), &done, std::size_t(size - done)) <= 0)
            return false;
    }
    return true;
}

/// Whole or not there at all. Of two who make it at the same time the first one's stays, which may be in use already.
bool makeCopy(const std::string &agent, const struct stat &info, const std::string &path)
{
    const std::string draft = path + '.' + std::to_string(getpid());
    bool good = false;
    {
        const Fd source(open(agent.c_str(), O_RDONLY | O_CLOEXEC));
        const Fd target(open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0700));
        good = source && target && copyBytes(source, target, info.st_size) && fchmod(target.get(), 0755) == 0;
    }
    good = good && (link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST);
    unlink(draft.c_str());
    return good;
}

} // namespace

std::string agentFor(const std::string &root, const std::string &agent)
{
    const unsigned long number = sandboxesIn(root) / sandboxesPerFile;
    struct stat info
    {
    };
    if (number == 0 || !runsPrograms(root) || stat(agent.c_str(), &info) != 0)
        return agent;
    const std::string path = root + "/agent-" + std::to_string(number) + '-' + std::to_string(info.st_size) + '-' +
                             std::to_string(info.st_mtim.tv_sec) + '-' + std::to_string(info.st_mtim.tv_nsec);
    return access(path.c_str(), X_OK) == 0 || makeCopy(agent, info, path) ? path : agent;
}

} // namespace Flotilla::Agent
