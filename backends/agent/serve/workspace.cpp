// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/workspace.h"

#include "backends/agent/serve/paths.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unordered_set>

namespace Flotilla::Agent {

namespace {

constexpr std::string_view stagingPrefix = ".flotilla-apply-";
constexpr std::size_t maxEntries = 10'000;

bool isOurs(std::string_view name)
{
    return name.compare(0, stagingPrefix.size(), stagingPrefix) == 0;
}

struct Location
{
    std::string parent; ///< "." for the root
    std::string name;
};

Location locate(const std::string &path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos)
        return {".", path};
    return {path.substr(0, slash), path.substr(slash + 1)};
}

const char *typeOf(const struct stat &info)
{
    return S_ISREG(info.st_mode) ? "file" : S_ISDIR(info.st_mode) ? "dir" : "other";
}

std::vector<std::string> namesIn(int folder)
{
    std::vector<std::string> names;
    DIR *dir = ::fdopendir(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    while (const dirent *entry = dir ? ::readdir(dir) : nullptr) {
        if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0 && !isOurs(entry->d_name) &&
            names.size() <= maxEntries)
            names.emplace_back(entry->d_name);
    }
    if (dir)
        ::closedir(dir);
    std::sort(names.begin(), names.end());
    return names;
}

void listBelow(int folder, const std::string &prefix, int depth, std::vector<Entry> &entries, bool &truncated)
{
    for (const std::string &name : namesIn(folder)) {
        struct stat info
        {
        };
        if (::fstatat(folder, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        const std::string path = prefix + name;
        if (entries.size() >= maxEntries || path.size() > 512) {
            truncated = true;
            continue;
        }
        entries.push_back({path, S_ISREG(info.st_mode) ? std::int64_t(info.st_size) : 0, typeOf(info)});
        if (!S_ISDIR(info.st_mode) || depth > 64)
            continue;
        const Fd child = openBeneath(folder, name, O_RDONLY | O_DIRECTORY);
        if (child)
            listBelow(child.get(), path + '/', depth + 1, entries, truncated);
    }
}

} // namespace

AppFolder::AppFolder(const std::string &path)
    : m_path(path)
    , m_folder(openFolder(path))
{
}

bool AppFolder::exists(const std::string &path) const
{
    const Fd file = openBeneath(fd(), path, O_PATH);
    struct stat info
    {
    };
    return file && ::fstat(file.get(), &info) == 0 && S_ISREG(info.st_mode);
}

std::string AppFolder::readSmall(const std::string &path, std::size_t limit) const
{
    return readSmallFile(fd(), path, limit);
}

Outcome AppFolder::open(const std::string &path, Fd &file, std::int64_t &size) const
{
    if (!isValidPath(path))
        return {"invalid", "this is no path of a file: " + path};
    file = openBeneath(fd(), path, O_RDONLY | O_NONBLOCK);
    struct stat info
    {
    };
    if (!file || ::fstat(file.get(), &info) != 0)
        return outcomeOfErrno(errno, path);
    if (!S_ISREG(info.st_mode))
        return {"invalid", path + " is not a file"};
    if (info.st_size > maxFileBytes)
        return {"limit", path + " is larger than 8 MiB"};
    size = info.st_size;
    return {};
}

Outcome AppFolder::list(const std::string &path, std::vector<Entry> &entries, bool &truncated) const
{
    if (!path.empty() && !isValidPath(path))
        return {"invalid", "this is no path of a folder: " + path};
    const Fd folder = openBeneath(fd(), path.empty() ? "." : path, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return outcomeOfErrno(errno, path);
    listBelow(folder.get(), path.empty() ? path : path + '/', 0, entries, truncated);
    return {};
}

Staging::~Staging()
{
    if (!m_name.empty())
        removeTree(m_app.fd(), m_name);
}

Outcome Staging::begin(std::vector<IncomingFile> files, std::vector<std::string> deleted, bool replace)
{
    static int counter = 0;
    m_name = std::string(stagingPrefix) + std::to_string(++counter);
    removeTree(m_app.fd(), m_name);
    if (::mkdirat(m_app.fd(), m_name.c_str(), 0700) != 0)
        return outcomeOfErrno(errno, "the files");
    m_folder = openBeneath(m_app.fd(), m_name, O_RDONLY | O_DIRECTORY);
    m_files = std::move(files);
    m_deleted = std::move(deleted);
    m_replace = replace;
    return openCurrent();
}

Outcome Staging::openCurrent()
{
    m_file.reset();
    for (; m_current < m_files.size(); ++m_current) {
        m_file.reset(
            ::openat(m_folder.get(), std::to_string(m_current).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
        if (!m_file)
            return outcomeOfErrno(errno, m_files[m_current].path);
        m_missing = m_files[m_current].size;
        if (m_missing > 0)
            break;
    }
    return {};
}

Outcome Staging::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        if (complete())
            return {"invalid", "more bytes came than were announced"};
        const std::string_view part = bytes.substr(0, std::size_t(m_missing));
        if (!writeAll(m_file.get(), part))
            return outcomeOfErrno(errno, m_files[m_current].path);
        bytes.remove_prefix(part.size());
        m_missing -= std::int64_t(part.size());
        if (m_missing > 0)
            continue;
        ++m_current;
        if (const Outcome opened = openCurrent(); !opened.ok())
            return opened;
    }
    return {};
}

Outcome Staging::makeParents(const std::string &path)
{
    for (std::size_t slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1)) {
        const Location part = locate(path.substr(0, slash));
        const Fd folder = openBeneath(m_app.fd(), part.parent, O_RDONLY | O_DIRECTORY);
        if (!folder)
            return outcomeOfErrno(errno, path);
        struct stat info
        {
        };
        if (::fstatat(folder.get(), part.name.c_str(), &info, AT_SYMLINK_NOFOLLOW) == 0) {
            if (S_ISDIR(info.st_mode))
                continue;
            if (S_ISLNK(info.st_mode) && !m_replace)
                return outcomeOfErrno(ELOOP, path);
            ::unlinkat(folder.get(), part.name.c_str(), 0);
        }
        if (::mkdirat(folder.get(), part.name.c_str(), 0755) != 0)
            return outcomeOfErrno(errno, path);
    }
    return {};
}

Outcome Staging::moveIntoPlace(std::size_t index)
{
    const std::string &path = m_files[index].path;
    if (const Outcome made = makeParents(path); !made.ok())
        return made;
    const Location place = locate(path);
    const Fd folder = openBeneath(m_app.fd(), place.parent, O_RDONLY | O_DIRECTORY);
    if (!folder)
        return outcomeOfErrno(errno, path);
    const std::string staged = std::to_string(index);
    const auto move = [&] { return ::renameat(m_folder.get(), staged.c_str(), folder.get(), place.name.c_str()) == 0; };
    if (move() || (errno == EISDIR && removeTree(folder.get(), place.name) && move()))
        return {};
    return outcomeOfErrno(errno, path);
}

void Staging::remove(const std::string &path)
{
    const Location place = locate(path);
    if (const Fd folder = openBeneath(m_app.fd(), place.parent, O_RDONLY | O_DIRECTORY))
        removeTree(folder.get(), place.name);
}

void Staging::removeOthers()
{
    std::unordered_set<std::string> kept;
    for (const IncomingFile &file : m_files) {
        for (std::size_t end = file.path.size(); end != std::string::npos && end > 0;
             end = file.path.rfind('/', end - 1))
            kept.insert(file.path.substr(0, end));
    }
    std::vector<Entry> entries;
    bool truncated = false;
    m_app.list({}, entries, truncated);
    for (const Entry &entry : entries) {
        if (kept.count(entry.path) == 0)
            remove(entry.path);
    }
}

Outcome Staging::commit()
{
    m_file.reset();
    for (const std::string &path : m_deleted)
        remove(path);
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        if (const Outcome moved = moveIntoPlace(i); !moved.ok())
            return moved;
    }
    if (m_replace)
        removeOthers();
    return {};
}

} // namespace Flotilla::Agent
