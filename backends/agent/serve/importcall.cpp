// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/aside.h"
#include "backends/agent/serve/builder.h"
#include "backends/agent/serve/calls.h"
#include "backends/agent/serve/control.h"
#include "backends/agent/serve/options.h"
#include "backends/agent/serve/parts.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/tar.h"
#include "backends/agent/serve/workspace.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxImported = 100'000;

bool isMemberPath(const std::string &path)
{
    for (std::size_t start = 0; start <= path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        const std::string part = path.substr(start, end - start);
        if (part.empty() || part == "." || part == ".." || part.size() > 255)
            return false;
        start = end + 1;
    }
    return path.size() < 4096 && path.find('\0') == std::string::npos;
}

void emptyFolder(int folder)
{
    std::vector<std::string> names;
    DIR *dir = ::fdopendir(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    while (const dirent *entry = dir ? ::readdir(dir) : nullptr) {
        if (std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0)
            names.emplace_back(entry->d_name);
    }
    if (dir)
        ::closedir(dir);
    for (const std::string &name : names)
        removeTree(folder, name);
}

/// Replaces the workspace and /data by an archive of `export`. Links are made, never followed.
class ImportCall : public Call, private TarReader::Sink
{
public:
    ImportCall(ControlConnection &connection, std::unique_ptr<Aside> before, bool build)
        : m_connection(connection)
        , m_reader(*this)
        , m_before(std::move(before))
        , m_build(build)
    {
        emptyFolder(connection.parts().app.fd());
    }
    ~ImportCall() override { m_connection.parts().builder.forget(this); }

    Outcome frame(const Frame &frame) override
    {
        if (frame.type == 'B' && frame.payload.empty() && m_reader.complete())
            return {}; // the end, as it should be
        if (frame.type != 'B' || m_reader.complete())
            return {"invalid", "only the archive may follow"};
        if (frame.payload.empty())
            return {"invalid", "the archive is cut off"};
        if (!m_reader.feed(frame.payload))
            return m_problem.ok() ? Outcome{"invalid", "the archive is broken"} : m_problem;
        if (m_reader.complete())
            finish();
        return {};
    }

private:
    bool entry(const TarEntry &entry) override;
    bool content(std::string_view bytes) override;
    bool endOfEntry() override;
    bool make(int parent, const std::string &name, const TarEntry &entry);
    bool refuse(Outcome why)
    {
        m_problem = std::move(why);
        return false;
    }
    void finish();

    ControlConnection &m_connection;
    TarReader m_reader;
    std::unique_ptr<Aside> m_before; ///< what /data held
    Outcome m_problem;
    Fd m_file;
    TarEntry m_entry;
    std::size_t m_count = 0;
    std::int64_t m_dataBytes = 0;
    bool m_build = false;
};

bool ImportCall::entry(const TarEntry &entry)
{
    const Parts &parts = m_connection.parts();
    const std::size_t slash = entry.name.find('/');
    const std::string root = entry.name.substr(0, slash);
    std::string path = slash == std::string::npos ? "" : entry.name.substr(slash + 1);
    if (entry.type == '5' && !path.empty() && path.back() == '/')
        path.pop_back();
    if ((root != "app" && root != "data") || !isMemberPath(path) || ++m_count > maxImported)
        return refuse({"invalid", "the archive holds something that does not belong there"});
    const bool isData = root == "data";
    const int folder = isData ? parts.dataFolder : parts.app.fd();
    m_dataBytes += isData ? entry.size : 0;
    if (folder < 0 || (parts.options.limits.dataBytes > 0 && m_dataBytes > parts.options.limits.dataBytes))
        return refuse({"limit", "the data of the snapshot is larger than this sandbox may keep"});
    const std::size_t last = path.rfind('/');
    const std::string above = last == std::string::npos ? "." : path.substr(0, last);
    const Fd parent = openBeneath(folder, above, O_RDONLY | O_DIRECTORY);
    m_entry = entry;
    return parent ? make(parent.get(), path.substr(last == std::string::npos ? 0 : last + 1), entry)
                  : refuse(outcomeOfErrno(errno, path));
}

bool ImportCall::make(int parent, const std::string &name, const TarEntry &entry)
{
    bool made = false;
    if (entry.type == '5') {
        made = ::mkdirat(parent, name.c_str(), mode_t(entry.mode & 0777) | 0700) == 0;
    } else if (entry.type == '2') {
        made = !entry.target.empty() && ::symlinkat(entry.target.c_str(), parent, name.c_str()) == 0;
    } else if (entry.type == '0') {
        m_file.reset(::openat(parent, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        made = bool(m_file);
    } else {
        errno = EINVAL;
    }
    return made || refuse(outcomeOfErrno(errno, entry.name));
}

bool ImportCall::content(std::string_view bytes)
{
    return writeAll(m_file.get(), bytes) || refuse(outcomeOfErrno(errno, m_entry.name));
}

bool ImportCall::endOfEntry()
{
    if (!m_file)
        return true;
    const timespec times[2] = {{m_entry.mtime, 0}, {m_entry.mtime, 0}};
    const bool good = ::fchmod(m_file.get(), mode_t(m_entry.mode & 0777)) == 0 && ::futimens(m_file.get(), times) == 0;
    const Outcome why = good ? Outcome() : outcomeOfErrno(errno, m_entry.name);
    m_file.reset();
    return good || refuse(why);
}

void ImportCall::finish()
{
    ControlConnection &connection = m_connection;
    m_before->drop();
    if (!m_build)
        return connection.finish({{"entries", m_count}});
    connection.parts().builder.build(this, [&connection, count = m_count](const BuildResult &result) {
        connection.finish({{"entries", count}, {"build", toJson(result)}});
    });
}

} // namespace

void beginImport(ControlConnection &connection, const Json &request)
{
    auto before = std::make_unique<Aside>(connection.parts().dataFolder);
    if (!before->ok())
        return connection.fail({"internal", "the data of the app could not be set aside"});
    connection.start(std::make_unique<ImportCall>(connection, std::move(before), boolOf(request, "build")));
}

} // namespace Flotilla::Agent
