// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/fd.h"
#include "backends/agent/serve/outcome.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Flotilla::Agent {

struct Entry
{
    std::string path;
    std::int64_t size = 0;
    const char *type = "file"; ///< "file", "dir", "other"
};

/// The app's folder. Every path comes from outside and is resolved beneath it without following links.
class AppFolder
{
public:
    explicit AppFolder(const std::string &path);
    [[nodiscard]] int fd() const { return m_folder.get(); }
    [[nodiscard]] const std::string &path() const { return m_path; }

    [[nodiscard]] bool exists(const std::string &path) const;
    std::string readSmall(const std::string &path, std::size_t limit) const;
    /// A regular file opened for reading, with its size.
    Outcome open(const std::string &path, Fd &file, std::int64_t &size) const;
    /// Everything below `path` ("" is the root), sorted, at most 10,000. `truncated` tells that there is more.
    Outcome list(const std::string &path, std::vector<Entry> &entries, bool &truncated) const;

private:
    std::string m_path;
    Fd m_folder;
};

struct IncomingFile
{
    std::string path;
    std::int64_t size = 0;
};

/// One `apply`: collects the files in a hidden folder beside the app, then deletes and renames. A transfer that breaks
/// off changes nothing.
class Staging
{
public:
    explicit Staging(const AppFolder &app)
        : m_app(app)
    {
    }
    ~Staging();
    Staging(const Staging &) = delete;
    Staging &operator=(const Staging &) = delete;

    Outcome begin(std::vector<IncomingFile> files, std::vector<std::string> deleted, bool replace);
    /// The files' bytes back to back.
    Outcome write(std::string_view bytes);
    [[nodiscard]] bool complete() const { return m_current == m_files.size(); }
    Outcome commit();

private:
    Outcome openCurrent();
    Outcome makeParents(const std::string &path);
    Outcome moveIntoPlace(std::size_t index);
    void remove(const std::string &path);
    void removeOthers();

    const AppFolder &m_app;
    std::string m_name;
    Fd m_folder;
    std::vector<IncomingFile> m_files;
    std::vector<std::string> m_deleted;
    bool m_replace = false;
    std::size_t m_current = 0;
    std::int64_t m_missing = 0;
    Fd m_file;
};

} // namespace Flotilla::Agent
