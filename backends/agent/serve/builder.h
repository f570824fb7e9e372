// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backends/agent/serve/build.h"
#include "backends/agent/serve/compiler.h"
#include "backends/agent/serve/fd.h"

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace Flotilla::Agent {

class AppFolder;
class Loop;
class LogRing;
class Processes;
class ServerApp;
class Watchdog;

/// What app.sock serves: the last good build, also while a newer one is made or has failed.
struct Served
{
    Kind kind = Kind::None;
    std::int64_t revision = 0;
    std::string distName;
    Fd dist; ///< react: the folder with index.html, app.js, app.css
};

/// Finds out what kind of app there is and builds it. One build at a time; a new one replaces a running one, and
/// whoever waited for the old one gets the answer of the new one.
class Builder
{
public:
    using Done = std::function<void(const BuildResult &)>;

    Builder(Loop &loop, Processes &processes, Watchdog &watchdog, LogRing &log, ServerApp &server, const AppFolder &app,
            const Options &options);
    ~Builder();

    /// `owner` is for forget().
    void build(const void *owner, Done done);
    void forget(const void *owner);
    [[nodiscard]] Kind kind() const { return m_last.kind; }
    [[nodiscard]] const BuildResult &last() const { return m_last; }
    [[nodiscard]] bool isBuilding() const { return m_building; }
    [[nodiscard]] const Served &served() const { return m_served; }
    [[nodiscard]] bool hasCompiler() const;

    static bool isSourceMap(const std::string &path);
    /// Makes the source maps of what is served; they are there afterwards, or cannot be had. `done` is called once
    /// unless forgetMaps() comes first. It may be called before this returns.
    void makeMaps(const void *owner, std::function<void()> done);
    void forgetMaps(const void *owner);

    std::function<void(const BuildResult &)> onBuilt;

private:
    struct Waiter
    {
        const void *owner;
        Done done;
    };
    void begin();
    void finish(BuildResult result);
    void cancelRunning();
    std::vector<std::string> startCommand(std::string &problem) const;
    std::string firstExisting(const char *stem) const;
    bool findReactEntry(CompileJob &job) const;
    void buildServer(std::vector<std::string> argv);
    void buildReact(const CompileJob &job);
    void compiled(CompileResult result);
    bool writePage(int dist) const;
    void mapsCompiled(const CompileResult &result);

    LogRing &m_log;
    ServerApp &m_server;
    const AppFolder &m_app;
    const Options &m_options;
    std::vector<Waiter> m_waiters;
    BuildResult m_last;
    Served m_served;
    bool m_building = false;
    std::int64_t m_startedNs = 0;
    std::int64_t m_attempt = 0;

    Compiler m_compiler;
    CompileJob m_job;       ///< of what is built
    Compiler m_mapCompiler; ///< so that no build waits for the maps of an older one
    std::unordered_map<const void *, std::function<void()>> m_mapWaiters;
};

} // namespace Flotilla::Agent
