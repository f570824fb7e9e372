// SPDX-License-Identifier: GPL-3.0-or-later
#include "backends/agent/serve/calls.h"

#include "backends/agent/serve/builder.h"
#include "backends/agent/serve/control.h"
#include "backends/agent/serve/logring.h"
#include "backends/agent/serve/options.h"
#include "backends/agent/serve/parts.h"
#include "backends/agent/serve/paths.h"
#include "backends/agent/serve/process.h"
#include "backends/agent/serve/processtable.h"
#include "backends/agent/serve/serverapp.h"
#include "backends/agent/serve/workspace.h"

#include <sys/resource.h>

#include <string>

namespace Flotilla::Agent {

namespace {

constexpr std::size_t maxAnswerBytes = 900 * 1024; ///< leaves room for the rest of the frame
constexpr std::size_t maxEventBacklog = 512 * 1024;

void answerHello(ControlConnection &connection)
{
    const Parts &parts = connection.parts();
    const Limits &limits = parts.options.limits;
    connection.finish({{"protocol", 1},
                       {"version", "0.1.0"},
                       {"pid", ::getpid()},
                       {"started_ms", parts.startedMs},
                       {"esbuild", parts.builder.hasCompiler()},
                       {"limits",
                        {{"memory_bytes", limits.memoryBytes},
                         {"processes", limits.processes},
                         {"workspace_bytes", limits.workspaceBytes},
                         {"data_bytes", limits.dataBytes},
                         {"file_bytes", limits.fileBytes},
                         {"open_files", limits.openFiles}}}});
}

void answerStatus(ControlConnection &connection)
{
    const Parts &parts = connection.parts();
    connection.finish({{"kind", nameOf(parts.builder.kind())},
                       {"build", toJson(parts.builder.last())},
                       {"server", toJson(parts.server.status())}});
}

void answerList(ControlConnection &connection, const Json &request)
{
    std::vector<Entry> found;
    bool truncated = false;
    const Outcome outcome = connection.parts().app.list(stringOf(request, "path"), found, truncated);
    if (!outcome.ok())
        return connection.fail(outcome);
    Json entries = Json::array();
    std::size_t bytes = 0;
    for (const Entry &entry : found) {
        Json json{{"path", entry.path}, {"size", entry.size}, {"type", entry.type}};
        bytes += dump(json).size() + 1;
        if (bytes > maxAnswerBytes) {
            truncated = true;
            break;
        }
        entries.push_back(std::move(json));
    }
    connection.finish({{"entries", std::move(entries)}, {"truncated", truncated}});
}

void answerLogs(ControlConnection &connection, const Json &request)
{
    const std::int64_t since = numberOf(request, "since");
    Json lines = Json::array();
    std::size_t bytes = 0;
    bool more = false;
    for (const LogLine &line : connection.parts().log.lines()) {
        if (line.sequence <= since)
            continue;
        Json json = toJson(line);
        bytes += dump(json).size() + 1;
        if (bytes > maxAnswerBytes) {
            more = true;
            break;
        }
        lines.push_back(std::move(json));
    }
    connection.finish({{"lines", std::move(lines)}, {"more", more}});
}

std::int64_t cpuMsOf(int who)
{
    rusage usage{};
    ::getrusage(static_cast<__rusage_who_t>(who), &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

void answerStats(ControlConnection &connection)
{
    const Parts &parts = connection.parts();
    ProcessInfo self;
    self.pid = ::getpid();
    std::int64_t memory = proportionalBytes(self);
    std::int64_t cpu = cpuMsOf(RUSAGE_SELF) + cpuMsOf(RUSAGE_CHILDREN);
    const std::vector<ProcessInfo> all = descendants();
    for (const ProcessInfo &process : all) {
        memory += proportionalBytes(process);
        cpu += process.cpuMs;
    }
    connection.finish({{"memory_bytes", memory},
                       {"cpu_ms", cpu},
                       {"processes", all.size() + 1},
                       {"data_bytes", parts.dataFolder < 0 ? 0 : diskUse(parts.dataFolder).bytes},
                       {"workspace_bytes", diskUse(parts.app.fd()).bytes},
                       {"commands", parts.commands}});
}

class EventsCall : public Call
{
public:
    explicit EventsCall(ControlConnection &connection)
        : m_connection(connection)
    {
        connection.parts().watchers.insert(&connection);
    }
    ~EventsCall() override { m_connection.parts().watchers.erase(&m_connection); }
    Outcome frame(const Frame &) override { return {"invalid", "a subscription takes no further frames"}; }

private:
    ControlConnection &m_connection;
};

bool startsProcesses(const std::string &op)
{
    return op == "apply" || op == "build" || op == "exec" || op == "import";
}

const char *nameOf(BuildResult::State state)
{
    return state == BuildResult::State::Ok ? "ok" : state == BuildResult::State::Failed ? "failed" : "none";
}

} // namespace

void beginCall(ControlConnection &connection, const Json &request)
{
    const std::string op = stringOf(request, "op");
    if (startsProcesses(op) && connection.parts().processes.standStill())
        connection.fail({"held", "the app stands still, because it is being copied"});
    else if (op == "hello")
        answerHello(connection);
    else if (op == "apply")
        beginApply(connection, request);
    else if (op == "build")
        beginBuild(connection);
    else if (op == "status")
        answerStatus(connection);
    else if (op == "exec")
        beginExec(connection, request);
    else if (op == "read")
        beginRead(connection, request);
    else if (op == "hold")
        beginHold(connection);
    else if (op == "export")
        beginExport(connection);
    else if (op == "import")
        beginImport(connection, request);
    else if (op == "list")
        answerList(connection, request);
    else if (op == "logs")
        answerLogs(connection, request);
    else if (op == "stats")
        answerStats(connection);
    else if (op == "events")
        connection.start(std::make_unique<EventsCall>(connection));
    else if (op == "shutdown") {
        connection.finish(Json::object());
        connection.parts().shutDown();
    } else
        connection.fail({"unsupported", "this agent does not know the operation \"" + clipped(op, 64) + '"'});
}

Json toJson(const BuildResult &build)
{
    Json diagnostics = Json::array();
    for (const Diagnostic &diagnostic : build.diagnostics) {
        diagnostics.push_back({{"file", diagnostic.file},
                               {"line", diagnostic.line},
                               {"column", diagnostic.column},
                               {"text", diagnostic.text},
                               {"line_text", diagnostic.lineText},
                               {"error", diagnostic.error}});
    }
    return {{"state", nameOf(build.state)},
            {"revision", build.revision},
            {"kind", nameOf(build.kind)},
            {"ms", build.ms},
            {"diagnostics", std::move(diagnostics)},
            {"text", build.text}};
}

Json toJson(const ServerStatus &server)
{
    return {{"state", server.state},
            {"restarts", server.restarts},
            {"exit_code", server.exitCode},
            {"signal", server.signal},
            {"reason", server.reason}};
}

Json toJson(const LogLine &line)
{
    return {{"seq", line.sequence},
            {"time_ms", line.timeMs},
            {"source", line.source},
            {"error", line.error},
            {"text", line.text}};
}

void broadcast(Parts &parts, const Json &event)
{
    const std::string text = dump(event);
    const auto watchers = parts.watchers; // sending may end a subscription
    for (ControlConnection *watcher : watchers) {
        if (parts.watchers.count(watcher) > 0 && watcher->unsent() < maxEventBacklog)
            watcher->send('J', text);
    }
}

} // namespace Flotilla::Agent
