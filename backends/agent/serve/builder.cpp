// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/builder.h"

#include "backends/agent/serve/json.h"
#include "backends/agent/serve/page.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/serverapp.h"
#include "backends/agent/serve/watchdog.h"
#include "backends/agent/serve/workspace.h"

#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <ctime>

namespace Flotilla::Agent {

namespace {

constexpr const char *mapNames[] = {"app.js.map", "app.css.map"};

bool isSameFile(const std::string &name, const Fd &folder, const Fd &other)
{
    constexpr std::size_t limit = 64 << 20;
    const std::string text = readSmallFile(folder.get(), name, limit);
    return !text.empty() && text == readSmallFile(other.get(), name, limit);
}

std::int64_t monotonicNs()
{
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return std::int64_t(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

BuildResult failedBuild(Kind kind, std::string text)
{
    BuildResult result;
    result.state = BuildResult::State::Failed;
    result.kind = kind;
    result.text = std::move(text);
    return result;
}

BuildResult goodBuild(Kind kind)
{
    BuildResult result;
    result.state = BuildResult::State::Ok;
    result.kind = kind;
    return result;
}

} // namespace

Builder::Builder(Loop &loop, Processes &processes, Watchdog &watchdog, LogRing &log, ServerApp &server,
                 const AppFolder &app, const Options &options)
    : m_log(log)
    , m_server(server)
    , m_app(app)
    , m_options(options)
    , m_compiler(loop, processes, watchdog, app, options, "dist-")
    , m_mapCompiler(loop, processes, watchdog, app, options, "maps-")
{
}

Builder::~Builder() = default;

bool Builder::hasCompiler() const
{
    return m_compiler.isInstalled();
}

void Builder::build(const void *owner, Done done)
{
    m_waiters.push_back({owner, std::move(done)});
    ++m_attempt;
    m_compiler.cancel();
    m_building = true;
    m_startedNs = monotonicNs();
    begin();
}

void Builder::forget(const void *owner)
{
    m_waiters.erase(std::remove_if(m_waiters.begin(), m_waiters.end(),
                                   [owner](const Waiter &waiter) { return waiter.owner == owner; }),
                    m_waiters.end());
}

void Builder::begin()
{
    std::string problem;
    std::vector<std::string> command = startCommand(problem);
    if (!problem.empty())
        return finish(failedBuild(Kind::Server, problem));
    if (!command.empty())
        return buildServer(std::move(command));
    m_server.stop();
    CompileJob job;
    if (findReactEntry(job))
        return buildReact(job);
    if (m_app.exists("index.html"))
        return finish(goodBuild(Kind::Static));
    BuildResult nothing;
    nothing.text = "There is nothing to show yet: no src/App.tsx, no index.html and no app.json with a start command";
    finish(std::move(nothing));
}

void Builder::finish(BuildResult result)
{
    m_building = false;
    result.ms = double(monotonicNs() - m_startedNs) / 1e6;
    if (result.state == BuildResult::State::Ok) {
        ++m_served.revision;
        m_served.kind = result.kind;
    } else if (result.state == BuildResult::State::None || result.kind == Kind::Server) {
        m_served.kind = result.kind;
    }
    result.revision = m_served.revision;
    for (const Diagnostic &diagnostic : result.diagnostics)
        m_log.add("build", diagnostic.error,
                  diagnostic.file + ':' + std::to_string(diagnostic.line) + ": " + diagnostic.text);
    m_last = std::move(result);
    const std::vector<Waiter> waiters = std::exchange(m_waiters, {});
    for (const Waiter &waiter : waiters)
        waiter.done(m_last);
    if (onBuilt)
        onBuilt(m_last);
}

std::vector<std::string> Builder::startCommand(std::string &problem) const
{
    if (!m_app.exists("app.json"))
        return {};
    const Json json = parseJson(m_app.readSmall("app.json", 64 * 1024));
    if (!json.is_object()) {
        problem = "app.json is not a JSON object";
        return {};
    }
    const Json &start = memberOf(json, "start");
    if (start.is_string() && !start.get_ref<const std::string &>().empty())
        return {"/bin/sh", "-c", start.get<std::string>()};
    std::vector<std::string> argv;
    for (const Json &word : start.is_array() ? start : Json::array()) {
        if (!word.is_string())
            problem = "\"start\" in app.json must be a command line or a list of words";
        else
            argv.push_back(word.get<std::string>());
    }
    return argv;
}

std::string Builder::firstExisting(const char *stem) const
{
    for (const char *extension : {".tsx", ".jsx", ".ts", ".js"}) {
        if (m_app.exists(std::string(stem) + extension))
            return std::string(stem) + extension;
    }
    return {};
}

bool Builder::findReactEntry(CompileJob &job) const
{
    const std::string main = firstExisting("src/main"), index = firstExisting("src/index");
    for (const char *stem : {"src/App", "App"}) {
        if (job.app.empty())
            job.app = firstExisting(stem);
    }
    const bool isJsx = !main.empty() && main.back() == 'x';
    if (job.app.empty() && !isJsx)
        return false;
    job.main = !main.empty() ? main : index;
    return true;
}

void Builder::buildServer(std::vector<std::string> argv)
{
    const std::int64_t attempt = m_attempt;
    m_served.kind = Kind::Server;
    m_server.start(std::move(argv), [this, attempt](bool listening) {
        if (attempt != m_attempt)
            return;
        if (listening)
            return finish(goodBuild(Kind::Server));
        const ServerStatus &status = m_server.status();
        std::string text =
            std::string(status.state) == "crashed"
                ? "The server ended (" + status.reason + ", exit code " + std::to_string(status.exitCode) + ")"
                : "The server does not listen on the port in $PORT (" + std::to_string(m_options.port) + ")";
        finish(failedBuild(Kind::Server, clipped(text + '\n' + m_server.lastWords(), maxDiagnosticText)));
    });
}

void Builder::buildReact(const CompileJob &job)
{
    m_job = job;
    m_compiler.run(job, [this](CompileResult result) { compiled(std::move(result)); });
}

void Builder::compiled(CompileResult compiledResult)
{
    BuildResult result =
        compiledResult.ok ? goodBuild(Kind::React) : failedBuild(Kind::React, std::move(compiledResult.text));
    result.diagnostics = std::move(compiledResult.diagnostics);
    if (compiledResult.ok && !writePage(compiledResult.dist.get())) {
        result.state = BuildResult::State::Failed;
        result.text = "There is no space left for the built app";
    }
    if (result.state == BuildResult::State::Ok) {
        const std::string old = std::exchange(m_served.distName, compiledResult.distName);
        m_served.dist = std::move(compiledResult.dist);
        m_compiler.discard(old);
    } else {
        m_compiler.discard(compiledResult.distName);
    }
    finish(std::move(result));
}

bool Builder::isSourceMap(const std::string &path)
{
    return std::find(std::begin(mapNames), std::end(mapNames), path) != std::end(mapNames);
}

void Builder::makeMaps(const void *owner, std::function<void()> done)
{
    const bool isMaking = !m_mapWaiters.empty();
    m_mapWaiters[owner] = std::move(done);
    if (isMaking)
        return;
    CompileJob job = m_job;
    job.withMaps = true;
    m_mapCompiler.run(job, [this](const CompileResult &result) { mapsCompiled(result); });
}

void Builder::forgetMaps(const void *owner)
{
    if (m_mapWaiters.erase(owner) > 0 && m_mapWaiters.empty())
        m_mapCompiler.cancel();
}

void Builder::mapsCompiled(const CompileResult &result)
{
    for (const char *name : mapNames) {
        const std::string built = std::string(name).substr(0, std::strlen(name) - std::strlen(".map"));
        if (result.ok && isSameFile(built, result.dist, m_served.dist)) // else the sources have changed since
            ::renameat(result.dist.get(), name, m_served.dist.get(), name);
    }
    m_mapCompiler.discard(result.distName);
    for (const auto &[owner, done] : std::exchange(m_mapWaiters, {}))
        done();
}

bool Builder::writePage(int dist) const
{
    const std::string own = m_app.readSmall("index.html", 1 << 20);
    const Fd runtime = openFolder(m_options.runtimeDir);
    const std::string head = readSmallFile(runtime.get(), "head.html", 256 * 1024);
    const bool hasCss = ::faccessat(dist, "app.css", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
    const Fd file(::openat(dist, "index.html", O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644));
    return file && writeAll(file.get(), reactPage(own, head, hasCss));
}

} // namespace Flotilla::Agent
