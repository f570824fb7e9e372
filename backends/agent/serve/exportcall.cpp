// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/control.h"
#include "backends/agent/serve/parts.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/standstill.h"
#include "backends/agent/serve/tar.h"
#include "backends/agent/serve/workspace.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <climits>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t exportChunk = 256 * 1024;
constexpr std::size_t maxMembers = 100'000;
constexpr std::int64_t freezeMs = 60'000; ///< the longest that the app stands still

struct Member
{
    TarEntry entry;
    int root = -1;
    std::string path; ///< below the root
};

/// Lists everything below without following links. False: too much.
bool collect(int root, const std::string &path, const std::string &name, std::vector<Member> &members)
{
    const Fd folder = openBeneath(root, path.empty() ? "." : path, O_RDONLY | O_DIRECTORY);
    DIR *dir = folder ? ::fdopendir(::dup(folder.get())) : nullptr;
    std::vector<std::string> names;
    while (const dirent *entry = dir ? ::readdir(dir) : nullptr)
        names.emplace_back(entry->d_name);
    if (dir)
        ::closedir(dir);
    std::sort(names.begin(), names.end());
    for (const std::string &one : names) {
        struct stat info
        {
        };
        if (one == "." || one == ".." || (path.empty() && one.rfind(".flotilla-apply-", 0) == 0) ||
            ::fstatat(folder.get(), one.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        std::string below = path;
        below.append(path.empty() ? 0 : 1, '/').append(one);
        if (members.size() >= maxMembers || below.size() > PATH_MAX / 2)
            return false;
        std::string shown = name;
        shown.append(1, '/').append(below);
        Member member{{std::move(shown), '0', int(info.st_mode & 0777), 0, info.st_mtim.tv_sec, {}}, root, below};
        if (S_ISREG(info.st_mode)) {
            member.entry.size = info.st_size;
        } else if (S_ISDIR(info.st_mode)) {
            member.entry.type = '5';
            member.entry.name += '/';
        } else if (S_ISLNK(info.st_mode)) {
            std::string target(PATH_MAX, '\0');
            const ssize_t size = ::readlinkat(folder.get(), one.c_str(), target.data(), target.size());
            member.entry.type = '2';
            member.entry.target = target.substr(0, std::size_t(std::max<ssize_t>(0, size)));
        } else {
            continue; // sockets and pipes mean nothing elsewhere
        }
        members.push_back(std::move(member));
        if (S_ISDIR(info.st_mode) && !collect(root, below, name, members))
            return false;
    }
    return true;
}

/// Sends the archive piece by piece, as fast as the host takes it.
class ExportCall : public Call
{
public:
    ExportCall(ControlConnection &connection, std::unique_ptr<Standstill> still, std::vector<Member> members)
        : m_connection(connection)
        , m_still(std::move(still))
        , m_members(std::move(members))
    {
        m_limit = connection.parts().loop.after(freezeMs, [this] {
            m_limit = 0;
            m_connection.fail({"timeout", "the files could not be read in time"});
        });
    }
    ~ExportCall() override
    {
        m_connection.parts().loop.cancel(m_next);
        m_connection.parts().loop.cancel(m_limit);
    }
    Outcome frame(const Frame &) override { return {"invalid", "this call takes no further frames"}; }
    void drained() override
    {
        m_connection.parts().loop.cancel(m_next);
        m_next = m_connection.parts().loop.after(0, [this] { step(); });
    }

private:
    void step();
    void beginMember(std::string &out);
    void readContent(std::string &out);

    ControlConnection &m_connection;
    std::unique_ptr<Standstill> m_still; ///< so that all files are of one moment
    std::vector<Member> m_members;
    std::size_t m_at = 0;
    Fd m_file;
    std::int64_t m_left = 0;
    std::int64_t m_sent = 0;
    bool m_ended = false;
    Loop::TimerId m_next = 0;
    Loop::TimerId m_limit = 0;
};

void ExportCall::beginMember(std::string &out)
{
    Member &member = m_members[m_at];
    m_file = member.entry.type == '0' ? openBeneath(member.root, member.path, O_RDONLY | O_NONBLOCK) : Fd();
    out += tarHeader(member.entry);
    m_left = member.entry.size;
    if (m_left == 0)
        ++m_at;
}

void ExportCall::readContent(std::string &out)
{
    std::string chunk(std::min<std::size_t>(exportChunk, std::size_t(m_left)), '\0');
    const ssize_t count = m_file ? ::read(m_file.get(), chunk.data(), chunk.size()) : 0;
    if (count > 0) // else: it became shorter or unreadable; the announced length stays, filled with zeros
        chunk.resize(std::size_t(count));
    m_left -= std::int64_t(chunk.size());
    out += chunk;
    if (m_left > 0)
        return;
    out.append(tarPadding(m_members[m_at].entry.size), '\0');
    ++m_at;
}

void ExportCall::step()
{
    m_next = 0;
    if (m_ended)
        return m_connection.finish({{"bytes", m_sent}, {"entries", m_members.size()}});
    std::string out;
    while (out.size() < exportChunk && m_at < m_members.size()) {
        if (m_left > 0)
            readContent(out);
        else
            beginMember(out);
    }
    if (m_at == m_members.size()) {
        out.append(2 * tarBlock, '\0');
        m_still.reset();
        m_ended = true;
    }
    m_sent += std::int64_t(out.size());
    m_connection.send('B', out);
}

} // namespace

void beginExport(ControlConnection &connection)
{
    const Parts &parts = connection.parts();
    auto still = std::make_unique<Standstill>(connection.parts().processes);
    std::vector<Member> members;
    const bool all = collect(parts.app.fd(), {}, "app", members) &&
                     (parts.dataFolder < 0 || collect(parts.dataFolder, {}, "data", members));
    if (!all)
        return connection.fail({"limit", "there are more than 100,000 files"});
    auto call = std::make_unique<ExportCall>(connection, std::move(still), std::move(members));
    ExportCall &begun = *call;
    connection.start(std::move(call));
    begun.drained();
}

} // namespace Flotilla::Agent
